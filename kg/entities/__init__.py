"""Names, offices, groups, pronouns ─▶ linked mentions."""

from kg.entities.discourse import EntityLinker
from kg.entities.gazetteer import Gazetteer

__all__ = ["EntityLinker", "Gazetteer"]
