"""Which of the entities that a text refers to its document is about: those that ``schema:mentions`` lists."""

from kg.listing.lister import Lister

__all__ = ["Lister"]
