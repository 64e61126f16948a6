"""Oxigraph on disk."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, Store, parse

from kg.builds import Build, home
from kg.errors import OutputError, UsageError

STORE = "store"


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
    feed = _Feed(parts)
    try:
        shutil.rmtree(folder, ignore_errors=True)
        store = Store(str(folder))
        store.bulk_load(cast("IO[bytes]", feed), format=RdfFormat.N_QUADS, lenient=True)
        store.flush()
        del store
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise OutputError(f"{folder}: cannot be written: {error}") from None
    return feed.quads


class _Feed(io.RawIOBase):
    """Lines of N-Quads as a file, each of them also without its graph."""

    def __init__(self, parts: Iterable[Iterable[bytes]]) -> None:
        self._chunks = self._all(parts)
        self._rest = b""
        self.quads = 0

    def _all(self, parts: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
        for part in parts:
            lines = list(part)
            self.quads += len(lines)
            triples = dict.fromkeys(line[:-2].rpartition(b" ")[0] + b" ." for line in lines)
            yield b"\n".join((*lines, *triples, b""))

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def read(self, size: int = -1) -> bytes:
        """So many bytes at most."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._rest = chunk
        size = len(self._rest) if size is None or size < 0 else size
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken


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
