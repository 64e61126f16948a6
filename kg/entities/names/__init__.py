"""Proper names ─▶ mentions: those of the gazetteer, those behind titles and nouns, those that the recogniser found."""

from kg.entities.names.find import find_names, regroup_names
from kg.entities.names.unknown import family_names

__all__ = ["family_names", "find_names", "regroup_names"]
