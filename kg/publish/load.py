"""Loading a built graph into a triplestore, so that what is there is what is here: sent, confirmed, pruned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.errors import EndpointError
from kg.publish.dialects import Way
from kg.publish.journal import Journal
from kg.publish.parallel import bounded
from kg.publish.plan import Action, Step, Tally
from kg.publish.store import RemoteStore
from kg.publish.transfer import Batch, Payload, payload, send

_OF_ONE_GRAPH = frozenset({400, 408, 409, 413, 422, 500, 507})
"""What may be about what was sent. Any other refusal (401, 404 …) would meet every graph, and ends the load."""
_HOPELESS = 20


@dataclass(frozen=True, slots=True)
class Failed:
    """A graph that the store refused, and its words."""

    graph: str
    reason: str


def load(
    store: RemoteStore, steps: Iterable[Step], journal: Journal, jobs: int, progress: Callable[[int], None] = lambda _: None
) -> tuple[Tally, list[Failed]]:  # fmt: skip
    """Carry out steps; return what they were, and the graphs that the store refused.

    Args:
        jobs: requests at once.
        progress: called with the triples that were dealt with since it was called last.

    Raises:
        EndpointError: the store cannot be reached any more, or refuses everything. What it has confirmed is in the journal.
    """
    tally, failed, shown = Tally(), list[Failed](), 0

    def announced() -> Iterator[Batch]:
        for batch in _batches(store, steps, tally):
            journal.forget(p.graph for p in batch.graphs)
            yield batch

    for batch, refused in bounded(lambda b: _deliver(store, b), announced(), jobs):
        failed.extend(refused)
        wrong = {f.graph for f in refused}
        journal.confirm((p.graph, p.digest) for p in batch.graphs if p.graph not in wrong)
        if len(failed) >= _HOPELESS and not journal.confirmed:
            raise EndpointError(
                f"gave up after {len(failed)} graphs, none of which was taken; the last: {failed[-1].reason}"
            )
        shown += batch.triples
        progress(batch.triples)
    progress(sum(tally.here.values()) - shown)  # those that are there already
    return tally, failed


def prune(store: RemoteStore, gone: Sequence[str], journal: Journal) -> None:
    """Remove graphs that are only there.

    Raises:
        EndpointError: the store refuses.
    """
    store.drop(gone)
    journal.forget(gone)


def _batches(store: RemoteStore, steps: Iterable[Step], tally: Tally) -> Iterator[Batch]:
    """The graphs to send, as many in a request as the store allows; no graph is cut."""
    dialect = store.dialect
    ways = {Action.ADD: dialect.new, Action.REPLACE: dialect.old}
    waiting: dict[Way, list[Payload]] = {}
    for step in steps:
        tally.add(step)
        if step.action is Action.KEEP:
            continue
        way = ways[step.action]
        queue = waiting.setdefault(way, [])
        one = payload(way, step)
        triples = sum(p.triples for p in queue) + one.triples
        size = sum(len(p.content) for p in queue) + len(one.content)
        if queue and (way == "put" or triples > dialect.triples or size > dialect.bytes):
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
