"""Full-text search over articles, entities and quotations."""

from kg.search.index import Hit, indexed, search, write_index

__all__ = ["Hit", "indexed", "search", "write_index"]
