"""Questions to a graph: shipped queries and their parameters, result formats."""

from kg.query.library import ShippedQuery, find_query, shipped_queries
from kg.query.parameters import bind
from kg.query.run import FORMATS, run_query

__all__ = ["FORMATS", "ShippedQuery", "bind", "find_query", "run_query", "shipped_queries"]
