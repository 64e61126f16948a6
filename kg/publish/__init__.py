"""The graph in other people's triplestores: loaded over HTTP, compared, and as files for stores filled offline."""

from kg.publish.bulk import STORES, write_bulk
from kg.publish.connect import connect

__all__ = ["STORES", "connect", "write_bulk"]
