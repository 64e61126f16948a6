"""``kg serve``: a local web application over a built graph, with a SPARQL endpoint."""

from kg.query.workers import Limits
from kg.serve.app import application

__all__ = ["Limits", "application"]
