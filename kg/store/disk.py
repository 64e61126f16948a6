"""Oxigraph on disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from kg.builds import Build, home
from kg.errors import OutputError, UsageError

STORE = "store"
_AT_ONCE = 20_000
"""Quads given to the engine at once."""


def fill_store(out: Path, parts: Iterable[Iterable[bytes]]) -> int:
    """Build ``OUT/store`` anew from the lines of parts of the graph, and return the number of quads in them.

    Beside the graph of every document, the store's default graph holds what all of them say, each
    triple once. (Oxigraph can also query the union of named graphs, but does not remove
    duplicates there: a join over what fifty documents say of Germany would give 50 × 50 rows.)

    Args:
        parts: N-Quads, a line each; they are read in this order, and only once.

    Raises:
        OutputError: the store cannot be written.
    """
    folder = out / STORE
    count = 0
    try:
        shutil.rmtree(folder, ignore_errors=True)
        store = Store(str(folder))
        for lines in _slices(parts):
            triples = dict.fromkeys(line[:-2].rpartition(b" ")[0] + b" ." for line in lines)
            content = b"\n".join((*lines, *triples, b""))
            store.bulk_load(content, format=RdfFormat.N_QUADS, lenient=True)
            count += len(lines)
        store.flush()
        del store
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise OutputError(f"{folder}: cannot be written: {error}") from None
    return count


def _slices(parts: Iterable[Iterable[bytes]]) -> Iterator[list[bytes]]:
    """Parts put together to what the engine is given at once; it holds and sorts that in memory."""
    lines: list[bytes] = []
    for part in parts:
        lines.extend(part)
        if len(lines) >= _AT_ONCE:
            yield lines
            lines = []
    if lines:
        yield lines


@dataclass(frozen=True, slots=True)
class OpenBuild:
    """A build with its store, for reading; it stays whole until the build is closed."""

    build: Build
    store: Store


def open_build(out: Path) -> OpenBuild:
    """The last finished build of a folder; several readers may have it open.

    Raises:
        UsageError: there is none.
    """
    if not (home(out) / STORE).is_dir():
        raise UsageError(f"{out}: holds no built graph (no {STORE}/ folder); run kg build first")
    build = Build(out)
    try:
        return OpenBuild(build, Store.read_only(str(build.folder / STORE)))
    except OSError as error:
        build.close()
        raise UsageError(f"{build.folder / STORE}: cannot be opened: {error}") from None


_open: list[Build] = []
"""The engine's stores cannot carry what keeps their build; these are kept until the process ends."""


def open_store(out: Path) -> Store:
    """The store of a build for reading, for a process that reads one and ends; others take `open_build`.

    Raises:
        UsageError: there is none.
    """
    opened = open_build(out)
    _open.append(opened.build)
    return opened.store


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
        quads = list(parse(path=str(path), format=form))
        store.bulk_extend(quads)
        store.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    except (SyntaxError, OSError, ValueError) as error:
        raise UsageError(f"{path}: not readable as RDF: {error}") from None
    return store
