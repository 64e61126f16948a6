"""Common nouns that name actors: governments, parts of states, unnamed persons and groups."""

from kg.entities.nouns.bodies import find_bodies
from kg.entities.nouns.implied import implied_groups

__all__ = ["find_bodies", "implied_groups"]
