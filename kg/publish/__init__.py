"""The graph for other people's triplestores."""

from kg.publish.bulk import STORES, write_bulk

__all__ = ["STORES", "write_bulk"]
