"""The formats of results: one table that `kg query`, `kg serve` and `kg export` share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the name by which `kg query` asks for it, its media type, its name in the engine, and how files end.

    ``also`` are other media types by which clients ask for it. ``prefixes``: it can shorten IRIs.
    """

    name: str
    media_type: str
    engine: str
    suffix: str
    also: tuple[str, ...] = ()
    prefixes: bool = False


ROWS = (
    Format("json", "application/sparql-results+json", "JSON", "json", ("application/json",)),
    Format("xml", "application/sparql-results+xml", "XML", "xml", ("application/xml", "text/xml")),
    Format("csv", "text/csv", "CSV", "csv"),
    Format("tsv", "text/tab-separated-values", "TSV", "tsv"),
)
"""Of SELECT and ASK, the most liked first."""
GRAPHS = (
    Format("turtle", "text/turtle", "TURTLE", "ttl", prefixes=True),
    Format("ntriples", "application/n-triples", "N_TRIPLES", "nt", ("text/plain",)),
    Format("rdfxml", "application/rdf+xml", "RDF_XML", "xml", ("application/xml",), prefixes=True),
    Format("jsonld", "application/ld+json", "JSON_LD", "jsonld", ("application/json",), prefixes=True),
)
"""Of CONSTRUCT, DESCRIBE, and of a graph without names."""
DATASETS = (
    Format("trig", "application/trig", "TRIG", "trig", prefixes=True),
    Format("nquads", "application/n-quads", "N_QUADS", "nq"),
)
"""With a named graph a document."""


def named(name: str | None, formats: tuple[Format, ...]) -> Format:
    """A format by its name, the first one if there is none of it.

    >>> named("ntriples", GRAPHS).suffix, named(None, GRAPHS).suffix
    ('nt', 'ttl')
    """
    return next((f for f in formats if f.name == name), formats[0])


def names(formats: tuple[Format, ...]) -> tuple[str, ...]:
    """The names of formats, in order."""
    return tuple(f.name for f in formats)
