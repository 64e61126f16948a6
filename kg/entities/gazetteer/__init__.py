"""What is known of the world: states, organisations, persons, places, and one key for the spellings of a name."""

from kg.entities.gazetteer.gazetteer import Gazetteer

__all__ = ["Gazetteer"]
