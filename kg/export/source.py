"""A built folder's graph as a stream: document graph by document graph, with its links applied."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from pyoxigraph import Quad

from kg.builds import Build
from kg.errors import UsageError
from kg.identity import merged, read_links
from kg.rdf.shards import shards_of


def graphs(out: Path, only: str | None = None) -> Iterator[tuple[str, list[Quad]]]:
    """Each named graph's IRI with its quads; the graph of links comes last.

    Args:
        only: the IRI of one graph, or the identifier of its document.

    Raises:
        UsageError: there is no built graph, or no such graph in it.
    """
    found = False
    with Build(out) as build:  # whatever is built meanwhile
        shards = shards_of(out) if build.shards is None else build.shards
        for quads in merged(sorted(shards), read_links(build.folder)):
            by_name: dict[str, list[Quad]] = {}
            for name, group in groupby(quads, key=attrgetter("graph_name")):  # mostly one group per graph
                by_name.setdefault(getattr(name, "value", ""), []).extend(group)
            for name in sorted(by_name):
                if only is None or only == name or name.endswith(f"/graph/{only}"):
                    found = True
                    yield name, by_name[name]
    if only is not None and not found:
        raise UsageError(f"{out}: no graph {only!r}; kg show names the documents")


def quads(out: Path, only: str | None = None) -> Iterator[Quad]:
    """All quads of `graphs`."""
    for _, group in graphs(out, only):
        yield from group


def names(out: Path) -> Iterator[str]:
    """The names of all graphs, as they are read."""
    for name, _ in graphs(out):
        yield name
