"""Validation of what lies on disk: graph files and built folders, document by document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from kg.errors import UsageError
from kg.rdf.validate import Validator, Violation


def check_path(path: Path) -> Iterator[tuple[str, Violation]]:
    """The violations in a graph file or a built folder, with the graph that each stands in.

    Raises:
        UsageError: there is no such file, or it is no RDF.
    """
    validator = Validator()
    for name, quads in _graphs(path):
        for violation in validator.check(quads):
            yield name, violation


def _graphs(path: Path) -> Iterator[tuple[str, list[Quad]]]:
    store = _store(path)
    for name in store.named_graphs():
        yield name.value, list(store.quads_for_pattern(None, None, None, name))
    # The default graph of a built folder only repeats what the named graphs say.
    plain = [] if path.is_dir() else list(store.quads_for_pattern(None, None, None, DefaultGraph()))
    if plain:
        yield "default graph", plain


def _store(path: Path) -> Store:
    if path.is_dir():
        from kg.store import open_store

        return open_store(path)
    form = RdfFormat.from_extension(path.suffix.lstrip("."))
    if form is None or not path.is_file():
        raise UsageError(f"{path}: no such graph file (.trig, .nq, .ttl, .nt, .jsonld, .rdf) or built folder")
    store = Store()
    try:
        store.extend(parse(path=str(path), format=form))
    except (SyntaxError, OSError, ValueError) as error:
        raise UsageError(f"{path}: not readable as RDF: {error}") from None
    return store
