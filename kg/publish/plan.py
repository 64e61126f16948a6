"""What is to be done with each graph of a built folder, one after the other as they are read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pyoxigraph import Quad

from kg.export.source import graphs
from kg.rdf.serialise import nquads


class Action(StrEnum):
    """What a load does with a graph."""

    ADD = "add"
    REPLACE = "replace"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Step:
    """A named graph, and what is to be done with it."""

    graph: str
    quads: Sequence[Quad]
    content: bytes
    """As N-Quads."""
    digest: str
    """SHA-256 of the content, shortened to 32 hexadecimal digits."""
    action: Action


def steps(out: Path, there: Mapping[str, int], confirmed: Mapping[str, str]) -> Iterator[Step]:
    """What to do with every graph.

    One that the store has confirmed and still has in the same size need not be sent again.

    Args:
        there: the graphs that the store has, with their numbers of triples.
        confirmed: graph ─▶ digest, from the journal; empty to send everything.
    """
    for name, quads in graphs(out):
        content = nquads(quads)
        digest = hashlib.sha256(content).hexdigest()[:32]
        if confirmed.get(name) == digest and there.get(name) == len(quads):
            action = Action.KEEP
        else:
            action = Action.REPLACE if there.get(name) else Action.ADD
        yield Step(name, quads, content, digest, action)


@dataclass(slots=True)
class Tally:
    """Counts steps as they go by."""

    here: dict[str, int] = field(default_factory=dict)
    """Every graph with its number of triples."""
    graphs: Counter[Action] = field(default_factory=Counter)
    triples: int = 0
    """Triples to send."""

    def add(self, step: Step) -> None:
        """Count a step."""
        self.here[step.graph] = len(step.quads)
        self.graphs[step.action] += 1
        self.triples += len(step.quads) if step.action is not Action.KEEP else 0

    def gone(self, there: Mapping[str, int]) -> list[str]:
        """The graphs that are only there."""
        return sorted(there.keys() - self.here.keys())
