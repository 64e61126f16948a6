"""Oxigraph on disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from kg.errors import OutputError, UsageError

STORE = "store"


def fill_store(out: Path, parts: Iterable[list[Quad]]) -> int:
    """Build ``OUT/store`` anew from parts of the graph and return the number of quads in them.

    Beside the graph of every document, the store's default graph holds what all of them say, each
    triple once. (Oxigraph can also query the union of named graphs, but does not remove
    duplicates there: a join over what fifty documents say of Germany would give 50 × 50 rows.)

    The new store is made beside the old one and takes its place when it is complete.

    Raises:
        OutputError: the store cannot be written.
    """
    beside = out / f".{STORE}.part"
    shutil.rmtree(beside, ignore_errors=True)
    try:
        store = Store(str(beside))
        count = sum(_add(store, quads) for quads in parts)
        store.flush()
        del store
        shutil.rmtree(out / STORE, ignore_errors=True)
        beside.rename(out / STORE)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise OutputError(f"{out / STORE}: cannot be written: {error}") from None
    return count


def _add(store: Store, quads: list[Quad]) -> int:
    """Load quads, and their triples into the default graph; return the number of quads."""
    store.bulk_extend(quads)
    store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    return len(quads)


def open_store(out: Path) -> Store:
    """The store of a build for reading; several readers may have it open.

    Raises:
        UsageError: there is none.
    """
    folder = out / STORE
    if not folder.is_dir():
        raise UsageError(f"{out}: holds no built graph (no {STORE}/ folder); run kg build first")
    try:
        return Store.read_only(str(folder))
    except OSError as error:
        raise UsageError(f"{folder}: cannot be opened: {error}") from None


def load_file(path: Path) -> Store:
    """A graph file in memory, as `open_store` has a folder: the default graph holds what all graphs say.

    Raises:
        UsageError: it is no RDF.
    """
    form = RdfFormat.from_extension(path.suffix.lstrip("."))
    if form is None:
        raise UsageError(f"{path}: no graph file (.trig, .nq, .ttl, .nt, .jsonld, .rdf)")
    store = Store()
    try:
        _add(store, list(parse(path=str(path), format=form)))
    except (SyntaxError, OSError, ValueError) as error:
        raise UsageError(f"{path}: not readable as RDF: {error}") from None
    return store
