"""``kg serve``: a local web application over a built graph, with a SPARQL endpoint."""

from kg.serve.app import application
from kg.serve.workers import Limits

__all__ = ["Limits", "application"]
