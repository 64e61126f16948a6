"""Files for stores that are filled offline: the graph as N-Quads, and the store's own loader as a ready script."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Mapping
from pathlib import Path

from kg.errors import OutputError, UsageError
from kg.export import export_rdf

GRAPH = "graph.nq.gz"


def _declarations() -> Mapping[str, Mapping[str, str]]:
    declared: dict[str, dict[str, str]] = tomllib.loads(
        Path(__file__).with_name("bulk.toml").read_text("utf-8")
    )
    return declared


STORES = ("fuseki", "qlever", "virtuoso", "neptune", "oxigraph", "graphdb")
"""The stores that there are files for."""


def write_bulk(out: Path, folder: Path, store: str) -> list[Path]:
    """Write a built graph and what a store needs to load it; return the files.

    Args:
        store: one of `STORES`.

    Raises:
        UsageError: there is no such store, or no built graph.
        OutputError: the folder cannot be written.
    """
    files = _declarations().get(store)
    if files is None:
        raise UsageError(f"{store!r}: there are files for {', '.join(STORES)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f".{GRAPH}.part"
        with (
            beside.open("wb") as plain,
            gzip.GzipFile(fileobj=plain, mode="wb", mtime=0, filename="") as packed,
        ):
            export_rdf(out, "nq", packed)  # type: ignore[arg-type]
        beside.replace(folder / GRAPH)
        for name, content in files.items():
            path = folder / name
            path.write_text(content.lstrip("\n").replace("{graph}", GRAPH), "utf-8")
            if content.lstrip().startswith("#!"):
                path.chmod(0o755)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}") from None
    return [folder / GRAPH, *(folder / name for name in files)]
