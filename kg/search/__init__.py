"""Full-text search over articles, entities and quotations."""

from kg.search.index import Hit, search, write_index

__all__ = ["Hit", "search", "write_index"]
