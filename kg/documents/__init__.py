"""Sources ─▶ Documents: whatever people have, told by its content, read right or refused by name and reason."""

from kg.documents.article import Settings
from kg.documents.fields import mapping_of
from kg.documents.limits import Limits, limits_of
from kg.documents.read import read_document, read_documents
from kg.documents.sources import Files, find_files, find_sources

__all__ = [
    "Files",
    "Limits",
    "Settings",
    "find_files",
    "find_sources",
    "limits_of",
    "mapping_of",
    "read_document",
    "read_documents",
]
