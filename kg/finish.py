"""What is made from the shards of a build: links between documents, store, ``graph.trig``, page.

All of it can be made again from the shards at any time.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import Store

from kg import __version__, garbage
from kg.actor_network import write_page
from kg.builds import new_build
from kg.errors import UsageError
from kg.identity import find_links, merged, merged_lines, read_links, write_links
from kg.identity.decisions import DIFFERENT, SAME, Decision, read_decisions, write_decisions
from kg.identity.links import Links
from kg.pipeline import Stopwatch
from kg.rdf.iris import Iris
from kg.rdf.serialise import write_trig
from kg.rdf.shards import shards_of
from kg.report import REPORTS, read_options
from kg.search import indexed
from kg.store import fill_store, find_node, open_build
from kg.store.disk import STORE
from kg.store.lock import writing

WHOLE_GRAPH = 200_000_000
"""Up to so many bytes of shards, OUT also gets one ``graph.trig``."""


@garbage.later()
def finish(
    folder: Path, shards: Sequence[Path], decisions: Sequence[Decision], base: str, watch: Stopwatch
) -> int:
    """Write everything but the shards into the folder of a new build; return the number of triples.

    Args:
        base: the base IRI of the build.
        watch: counts the seconds of each step.
    """
    links = watch.timed("links", lambda: find_links(shards, Iris(base), decisions, __version__))
    write_links(folder, links)
    triples = watch.timed("store", lambda: fill_store(folder, merged_lines(shards, links)))
    watch.timed("graph", lambda: _write_graph(folder, shards, links))
    watch.timed("network", lambda: write_page(Store.read_only(str(folder / STORE)), folder / "network.html"))
    return triples


def decide(out: Path, one: str, other: str, *, same: bool, note: str = "") -> Decision:
    """Record a user's decision on two nodes of a built graph, and follow it.

    Args:
        one: an entity or event, by its IRI, the end of it, or its name.
        other: the same, or a document, if they are not the same.

    Raises:
        UsageError: there is no such node, or several.
    """
    opened = open_build(out)
    store, links = opened.store, read_links(opened.build.folder)
    decision = Decision(
        SAME if same else DIFFERENT, find_node(store, one, links), find_node(store, other, links), note
    )
    if decision.one == decision.other:
        raise UsageError(f"{one!r} and {other!r} are one node already: {decision.one}")
    pair = {decision.one, decision.other}
    with writing(out):
        kept = [d for d in read_decisions(out) if {d.one, d.other} != pair]
        write_decisions(out, [*kept, decision])
        shards = shards_of(out)
        with new_build(out, shards) as folder:
            finish(folder, shards, read_decisions(out), read_options(out).base, Stopwatch())
            for name in REPORTS:
                if (opened.build.folder / name).is_file():
                    shutil.copyfile(opened.build.folder / name, folder / name)
    opened.build.close()
    return decision


def _write_graph(folder: Path, shards: Sequence[Path], links: Links) -> None:
    """The search index, and one TriG file of all shards where they are few enough for that; both in one go."""
    parts = indexed(folder, merged(shards, links))
    if sum(s.stat().st_size for s in shards) > WHOLE_GRAPH:
        for _ in parts:
            pass
        return
    write_trig(folder / "graph.trig", (quad for quads in parts for quad in quads))
