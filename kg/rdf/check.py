"""Validation of what lies on disk: graph files and built folders, document by document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from kg.errors import UsageError
from kg.rdf.shards import read_shard, shards_of
from kg.rdf.validate import Validator, Violation


def check_path(path: Path) -> Iterator[tuple[str, Violation]]:
    """The violations in a graph file or a built folder, with the graph that each stands in.

    Raises:
        UsageError: there is no such file, or it is no RDF.
    """
    validator = Validator()
    for graphs in _graphs(path):
        for name, violations in zip(graphs, validator.check_all(graphs.values()), strict=True):
            for violation in violations:
                yield name, violation


def _graphs(path: Path) -> Iterator[dict[str, list[Quad]]]:
    """The quads of each graph, file by file. (Not by way of a store: Oxigraph's turns data types into its own.)"""
    for quads in _files(path):
        graphs: dict[str, list[Quad]] = {}
        for quad in quads:
            graphs.setdefault(getattr(quad.graph_name, "value", "default graph"), []).append(quad)
        yield graphs


def _files(path: Path) -> Iterator[Iterable[Quad]]:
    """A graph file's content, or that of each shard of a built folder."""
    if path.is_dir():
        yield from map(read_shard, shards_of(path))
        return
    form = RdfFormat.from_extension(path.suffix.lstrip("."))
    if form is None or not path.is_file():
        raise UsageError(f"{path}: no such graph file (.trig, .nq, .ttl, .nt, .jsonld, .rdf) or built folder")
    try:
        yield list(parse(path=str(path), format=form))
    except (SyntaxError, OSError, ValueError) as error:
        raise UsageError(f"{path}: not readable as RDF: {error}") from None
