"""Loading a built graph into a triplestore, so that what is there is what is here: planned, sent, confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import EndpointError
from kg.export.source import graphs
from kg.publish.dialects import Way
from kg.publish.journal import Journal
from kg.publish.parallel import bounded
from kg.publish.store import RemoteStore
from kg.publish.survey import GraphState
from kg.publish.transfer import Batch, Payload, payload, send

_OF_ONE_GRAPH = frozenset({400, 408, 409, 413, 422, 500, 507})
"""What may be about what was sent. Any other refusal (401, 404 …) would meet every graph, and ends the load."""
_HOPELESS = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """What a load would do."""

    here: Mapping[str, GraphState]
    there: Mapping[str, int]
    """Graphs that the store has, with their numbers of triples."""
    new: frozenset[str]
    replaced: frozenset[str]
    gone: tuple[str, ...]
    """Graphs that are only there; they are removed only if the user says so."""

    @property
    def unchanged(self) -> int:
        """Graphs that need not be sent."""
        return len(self.here) - len(self.new) - len(self.replaced)

    @property
    def triples(self) -> int:
        """Triples to send."""
        return sum(self.here[name].triples for name in self.new | self.replaced)


@dataclass(frozen=True, slots=True)
class Failed:
    """A graph that the store refused, and its words."""

    graph: str
    reason: str


def make_plan(here: Mapping[str, GraphState], there: Mapping[str, int], confirmed: Mapping[str, str]) -> Plan:
    """Which graphs to send.

    One that the store has confirmed and still has in the same size need not be sent again.

    Args:
        confirmed: graph ─▶ digest, from the journal; empty to send everything.
    """
    same = {g for g, s in here.items() if confirmed.get(g) == s.digest and there.get(g) == s.triples}
    present = {g for g in here if there.get(g)}
    return Plan(
        here, there,
        new=frozenset(here.keys() - same - present),
        replaced=frozenset(present - same),
        gone=tuple(sorted(there.keys() - here.keys())),
    )  # fmt: skip


def load(
    out: Path, store: RemoteStore, plan: Plan, journal: Journal, jobs: int, progress: Callable[[int], None] = lambda _: None
) -> list[Failed]:  # fmt: skip
    """Send what a plan says; return the graphs that the store refused.

    Args:
        jobs: requests at once.
        progress: called with the triples of each batch that was dealt with.

    Raises:
        EndpointError: the store cannot be reached any more, or refuses everything. What it has confirmed is in the journal.
    """
    failed: list[Failed] = []

    def announced() -> Iterator[Batch]:
        for batch in _batches(out, store, plan):
            journal.forget(p.graph for p in batch.graphs)
            yield batch

    for batch, refused in bounded(lambda b: _deliver(store, b), announced(), jobs):
        failed.extend(refused)
        wrong = {f.graph for f in refused}
        journal.confirm((p.graph, plan.here[p.graph].digest) for p in batch.graphs if p.graph not in wrong)
        if len(failed) >= _HOPELESS and not journal.confirmed:
            raise EndpointError(
                f"gave up after {len(failed)} graphs, none of which was taken; the last: {failed[-1].reason}"
            )
        progress(batch.triples)
    return failed


def prune(store: RemoteStore, plan: Plan, journal: Journal) -> None:
    """Remove the graphs that are only there.

    Raises:
        EndpointError: the store refuses.
    """
    store.drop(plan.gone)
    journal.forget(plan.gone)


def _batches(out: Path, store: RemoteStore, plan: Plan) -> Iterator[Batch]:
    """The graphs to send, as many in a request as the store allows; no graph is cut."""
    dialect = store.dialect
    waiting: dict[Way, list[Payload]] = {}
    for name, quads in graphs(out):
        if name in plan.new:
            way = dialect.new
        elif name in plan.replaced:
            way = dialect.old
        else:
            continue
        queue = waiting.setdefault(way, [])
        one = payload(way, name, quads)
        full = sum(p.triples for p in queue) + one.triples > dialect.triples
        if queue and (
            way == "put" or full or sum(len(p.content) for p in queue) + len(one.content) > dialect.bytes
        ):
            yield Batch(way, tuple(queue))
            queue.clear()
        queue.append(one)
    for way, queue in waiting.items():
        if queue:
            yield Batch(way, tuple(queue))


def _deliver(store: RemoteStore, batch: Batch) -> tuple[Batch, list[Failed]]:
    """Send a batch; one that is refused is sent in halves, until it is known which graph is at fault."""
    try:
        send(store, batch)
        return batch, []
    except EndpointError as error:
        if error.status not in _OF_ONE_GRAPH:
            raise
        if len(batch.graphs) > 1:
            one, other = batch.halves()
            return batch, _deliver(store, one)[1] + _deliver(store, other)[1]
        again = error.status in (500, 507)  # the server's own fault, which may be over by now
        return batch, _last_try(store, batch) if again else [Failed(batch.graphs[0].graph, str(error))]


def _last_try(store: RemoteStore, batch: Batch) -> list[Failed]:
    try:
        send(store, batch)
    except EndpointError as error:
        if error.status not in _OF_ONE_GRAPH:
            raise
        return [Failed(batch.graphs[0].graph, str(error))]
    return []
