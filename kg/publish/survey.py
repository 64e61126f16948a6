"""A look through the whole graph before anything is sent: what there is, and whether a store can hold it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OutputError
from kg.export.source import graphs
from kg.publish.dialects import Dialect
from kg.publish.fitness import Fitness
from kg.rdf.serialise import nquads

_NAMED = 10


@dataclass(frozen=True, slots=True)
class GraphState:
    """A named graph here: how many triples, and what they are."""

    triples: int
    digest: str
    """SHA-256 of its N-Quads, shortened to 32 hexadecimal digits."""


def survey(out: Path, dialect: Dialect) -> dict[str, GraphState]:
    """All graphs of a built folder by IRI, in the order in which they are read.

    Raises:
        OutputError: the store cannot hold some triples unchanged; the first ones are named.
        UsageError: there is no built graph.
    """
    fitness = Fitness(dialect)
    found: dict[str, GraphState] = {}
    faults: list[str] = []
    for name, quads in graphs(out):
        content = nquads(quads)
        faults.extend(fitness.faults(quads, content))
        found[name] = GraphState(len(quads), hashlib.sha256(content).hexdigest()[:32])
    if faults:
        more = f"; and {len(faults) - _NAMED} more" if len(faults) > _NAMED else ""
        raise OutputError(f"nothing was sent: {'; '.join(faults[:_NAMED])}{more}")
    return found
