"""Quads ─▶ bytes. The engine's serializers are many times faster than rdflib's own."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.rdf.terms import PREFIXES


def write_trig(path: Path, quads: Iterable[Quad]) -> None:
    """The same, streamed into a file."""
    with path.open("wb") as file:
        serialize(quads, file, format=RdfFormat.TRIG, prefixes=PREFIXES)
        file.flush()
        os.fsync(file.fileno())


def nquads(quads: Iterable[Quad]) -> bytes:
    """N-Quads, one line per quad."""
    return serialize(quads, format=RdfFormat.N_QUADS) or b""


def ntriples(triples: Iterable[Triple] | Iterable[Quad]) -> bytes:
    """N-Triples of triples, or of quads in the default graph."""
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def write_atomically(path: Path, data: bytes) -> None:
    """Write beside, flush to disk, rename; nothing is left beside when it is stopped on the way."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
