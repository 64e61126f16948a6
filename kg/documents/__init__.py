"""Sources ─▶ Documents: paths, folders and globs of text files with metadata sidecars."""

from kg.documents.read import identifier, read_document
from kg.documents.sources import find_files

__all__ = ["find_files", "identifier", "read_document"]
