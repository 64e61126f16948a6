"""A built graph in the formats of others: RDF serialisations, CSV tables, an event-data table."""

from kg.export.rdf import FORMATS, export_rdf
from kg.export.tables import export_tables

__all__ = ["FORMATS", "export_rdf", "export_tables"]
