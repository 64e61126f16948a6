"""Questions to a graph: shipped queries, result formats."""

from kg.query.library import ShippedQuery, shipped_queries
from kg.query.run import FORMATS, run_query

__all__ = ["FORMATS", "ShippedQuery", "run_query", "shipped_queries"]
