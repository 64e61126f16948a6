"""Shards: the immutable files of gzipped N-Quads that hold what a build wrote, a batch each.

A shard that exists is complete. Store, ``graph.trig`` and page are made from shards.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from kg.builds import read_manifest
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


def unpack(path: Path) -> bytes:
    """The N-Quads of a shard, unread.

    Raises:
        UsageError: the file is damaged.
    """
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"{path}: a damaged shard: {error}; delete it and build again") from None


def lines_of(path: Path) -> list[bytes]:
    """The lines of a shard, unread.

    Raises:
        UsageError: the file is damaged.
    """
    return unpack(path).split(b"\n")[:-1]  # not at other characters that end lines in text


def read_shard(path: Path) -> Iterator[Quad]:
    """The quads of a shard, in order.

    Raises:
        UsageError: the file is damaged; the message has the beginning of the line, and its graph.
    """
    return read_lines(lines_of(path), path)


def read_lines(lines: Iterable[bytes], path: Path) -> Iterator[Quad]:
    """The quads of a shard's lines, in order.

    Raises:
        UsageError: one is damaged; the message has its beginning, and its graph.
    """
    content = b"".join(line + b"\n" for line in lines)
    try:
        yield from parse(content, format=RdfFormat.N_QUADS)
    except (SyntaxError, ValueError) as error:
        line = (
            content.split(b"\n")[error.lineno - 1] if isinstance(error, SyntaxError) and error.lineno else b""
        )
        where = f" in {line[:200].decode('utf-8', 'replace')!r} of {_graph_of(line)}" if line else ""
        raise UsageError(f"{path}: a damaged shard: {error}{where}; delete it and build again") from None


def _graph_of(line: bytes) -> str:
    """The IRI that an N-Quads line ends with."""
    return line.rstrip(b" .").rpartition(b" ")[2].decode("utf-8", "replace")


def shards_of(out: Path) -> list[Path]:
    """The shards of a folder's last finished build, sorted by name.

    Raises:
        UsageError: the folder holds none.
    """
    manifest = read_manifest(out)
    if manifest is not None:
        return sorted(out / FOLDER / name for name in manifest.shards)
    found = sorted((out / FOLDER).glob(f"*{SUFFIX}"))
    if not found:
        raise UsageError(f"{out}: holds no built graph (no {FOLDER}/ folder); run kg build first")
    return found
