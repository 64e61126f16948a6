"""What is made from the shards of a build: links between documents, store, ``graph.trig``, page.

All of it can be made again from the shards at any time.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg import __version__
from kg.actor_network import write_page
from kg.errors import UsageError
from kg.identity import find_links, merged, read_links, write_links
from kg.identity.decisions import DIFFERENT, SAME, Decision, read_decisions, write_decisions
from kg.identity.links import Links
from kg.pipeline import Stopwatch
from kg.rdf.iris import Iris
from kg.rdf.serialise import write_trig
from kg.rdf.shards import shards_of
from kg.report import read_options
from kg.search import write_index
from kg.store import fill_store, find_node, open_store
from kg.store.lock import writing

WHOLE_GRAPH = 200_000_000
"""Up to so many bytes of shards, OUT also gets one ``graph.trig``."""


def finish(out: Path, shards: Sequence[Path], base: str, watch: Stopwatch) -> int:
    """Write everything but the shards; return the number of triples.

    Args:
        base: the base IRI of the build.
        watch: counts the seconds of each step.
    """
    decisions = read_decisions(out)
    links = watch.timed("links", lambda: find_links(shards, Iris(base), decisions, __version__))
    write_links(out, links)
    triples = watch.timed("store", lambda: fill_store(out, merged(shards, links)))
    watch.timed("graph", lambda: _write_graph(out / "graph.trig", shards, links))
    watch.timed("search", lambda: write_index(out, merged(shards, links)))
    watch.timed("network", lambda: write_page(open_store(out), out / "network.html"))
    return triples


def decide(out: Path, one: str, other: str, *, same: bool, note: str = "") -> Decision:
    """Record a user's decision on two nodes of a built graph, and follow it.

    Args:
        one: an entity or event, by its IRI, the end of it, or its name.
        other: the same, or a document, if they are not the same.

    Raises:
        UsageError: there is no such node, or several.
    """
    store = open_store(out)
    links = read_links(out)
    decision = Decision(
        SAME if same else DIFFERENT, find_node(store, one, links), find_node(store, other, links), note
    )
    del store  # before it is built anew
    if decision.one == decision.other:
        raise UsageError(f"{one!r} and {other!r} are one node already: {decision.one}")
    pair = {decision.one, decision.other}
    with writing(out):
        kept = [d for d in read_decisions(out) if {d.one, d.other} != pair]
        write_decisions(out, [*kept, decision])
        finish(out, shards_of(out), read_options(out).base, Stopwatch())
    return decision


def _write_graph(path: Path, shards: Sequence[Path], links: Links) -> None:
    """One TriG file of all shards, streamed; none where it would be too large for one file."""
    if sum(s.stat().st_size for s in shards) > WHOLE_GRAPH:
        path.unlink(missing_ok=True)
        return
    beside = path.with_name(f".{path.name}.part")
    write_trig(beside, (quad for quads in merged(shards, links) for quad in quads))
    beside.replace(path)
