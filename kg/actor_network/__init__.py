"""The graph as an actor network: networkx, and a page for reading."""

from kg.actor_network.graph import read_network
from kg.actor_network.page import write_page

__all__ = ["read_network", "write_page"]
