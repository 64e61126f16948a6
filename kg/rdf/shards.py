"""Shards: the immutable files of gzipped N-Quads that hold what a build wrote, a batch each.

A shard that exists is complete. Store, ``graph.trig`` and page are made from shards.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from kg.errors import UsageError
from kg.rdf.serialise import nquads, write_atomically

FOLDER, SUFFIX = "shards", ".nq.gz"


def write_shard(path: Path, quads: Iterable[Quad]) -> None:
    """Write gzipped N-Quads so that the file is there whole or not at all.

    The gzip header carries no time, so equal quads give equal bytes.
    """
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, filename="") as packed:
        packed.write(nquads(quads))
    write_atomically(path, buffer.getvalue())


def read_shard(path: Path) -> Iterator[Quad]:
    """The quads of a shard, in order.

    Raises:
        UsageError: the file is damaged; where it is a line, the message has its beginning and its graph.
    """
    content = b""
    try:
        content = gzip.decompress(path.read_bytes())
        yield from parse(content, format=RdfFormat.N_QUADS)
    except (OSError, EOFError, SyntaxError, ValueError) as error:
        line = (
            content.splitlines()[error.lineno - 1] if isinstance(error, SyntaxError) and error.lineno else b""
        )
        where = f" in {line[:200].decode('utf-8', 'replace')!r} of {_graph_of(line)}" if line else ""
        raise UsageError(f"{path}: a damaged shard: {error}{where}; delete it and build again") from None


def _graph_of(line: bytes) -> str:
    """The IRI that an N-Quads line ends with."""
    return line.rstrip(b" .").rpartition(b" ")[2].decode("utf-8", "replace")


def shards_of(out: Path) -> list[Path]:
    """The shards of a built folder, sorted by name.

    Raises:
        UsageError: the folder holds none.
    """
    found = sorted((out / FOLDER).glob(f"*{SUFFIX}"))
    if not found:
        raise UsageError(f"{out}: holds no built graph (no {FOLDER}/ folder); run kg build first")
    return found
