"""The graph on disk: an index over the shards that can always be rebuilt from them."""

from kg.store.disk import fill_store, open_build, open_store
from kg.store.find import find_node
from kg.store.select import select

__all__ = ["fill_store", "find_node", "open_build", "open_store", "select"]
