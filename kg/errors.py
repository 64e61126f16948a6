"""What can go wrong, as one small tree.

KgError                 shown to the user as one line; ``exit_code`` is the process's
├── UsageError          2  wrong use: no such path, no such query, unusable option
│   ├── SourceError     2  a source that cannot be found or read at all
│   └── OutputError     2  a place that cannot be written
├── DataError           2  a data file of a language or a user has a fault (file and line)
├── PipelineError       2  the language pipeline is missing or lacks a component
├── DocumentError       1  one document cannot be used; the others go on
├── ValidationError     1  a graph breaks the shapes
├── EndpointError       1  a store elsewhere cannot be reached, or refuses
└── QueryError          2  a SPARQL query is wrong or failed
    └── FederationError 2  it might ask another endpoint, which nobody allowed
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors that `kg` raises on purpose."""

    exit_code = 1


class UsageError(KgError):
    """The command was used wrongly."""

    exit_code = 2


class SourceError(UsageError):
    """A source does not exist or cannot be read."""


class OutputError(UsageError):
    """The output folder cannot be written."""


class DataError(KgError):
    """A data file is malformed; the message begins with ``file:line``."""

    exit_code = 2


class PipelineError(KgError):
    """The language pipeline cannot be used."""

    exit_code = 2


class DocumentError(KgError):
    """One document cannot be used."""


class ValidationError(KgError):
    """A graph breaks the SHACL shapes."""


class EndpointError(KgError):
    """A store elsewhere cannot be reached, or refuses what it is sent."""

    def __init__(self, message: str, *, status: int | None = None, passing: bool = False) -> None:
        """Describe what happened.

        Args:
            status: the store's HTTP status; None if there was no answer.
            passing: the same request may succeed a moment later.
        """
        super().__init__(message)
        self.status = status
        self.passing = passing


class QueryError(KgError):
    """A query cannot be parsed or answered."""

    exit_code = 2


class FederationError(QueryError):
    """A query might ask another endpoint, and nobody allowed that."""
