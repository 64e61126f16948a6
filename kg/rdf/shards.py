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
        UsageError: the file is damaged.
    """
    try:
        yield from parse(gzip.decompress(path.read_bytes()), format=RdfFormat.N_QUADS)
    except (OSError, EOFError, SyntaxError, ValueError) as error:
        raise UsageError(f"{path}: a damaged shard: {error}; delete it and build again") from None


def shards_of(out: Path) -> list[Path]:
    """The shards of a built folder, sorted by name.

    Raises:
        UsageError: the folder holds none.
    """
    found = sorted((out / FOLDER).glob(f"*{SUFFIX}"))
    if not found:
        raise UsageError(f"{out}: holds no built graph (no {FOLDER}/ folder); run kg build first")
    return found
