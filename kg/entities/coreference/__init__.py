"""Pronouns and definite descriptions ─▶ the entities they take up, by a learnt choice."""

from kg.entities.coreference.choice import Choice
from kg.entities.coreference.resolve import resolve

__all__ = ["Choice", "resolve"]
