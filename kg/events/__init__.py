"""Clauses ─▶ events: frames, roles, factuality, attribution, time, merging."""

from kg.events.extract import EventExtractor

__all__ = ["EventExtractor"]
