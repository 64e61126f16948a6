"""Common nouns that name actors: governments, parts of states, unnamed persons and groups."""

from kg.entities.nouns.bodies import find_bodies

__all__ = ["find_bodies"]
