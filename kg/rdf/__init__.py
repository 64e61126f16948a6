"""Extractions ─▶ quads in the terms of ``ontologies/diplomacy.ttl``."""

from kg.rdf.iris import Iris
from kg.rdf.quads import document_quads

__all__ = ["Iris", "document_quads"]
