"""Store ─▶ actor network: networkx, measures, roll-ups, exports, and a page."""

from kg.actor_network.export import export_network
from kg.actor_network.filters import Filters
from kg.actor_network.graph import read_network
from kg.actor_network.page import View, page, write_page

__all__ = ["Filters", "View", "export_network", "page", "read_network", "write_page"]
