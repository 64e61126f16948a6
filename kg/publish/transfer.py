"""The ways by which graphs come into a store; each may be carried out twice with the same result."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.endpoint import Client
from kg.errors import EndpointError
from kg.publish.dialects import Way
from kg.publish.plan import Step
from kg.publish.store import RemoteStore, drops
from kg.rdf.serialise import ntriples

_QUADS_TYPE = "application/n-quads"
_AFTER_BACKSLASH = re.compile(rb"(?<!\\)((?:\\\\)+)([uU])")
_U = {b"u": rb"\u0075", b"U": rb"\u0055"}


@dataclass(frozen=True, slots=True)
class Payload:
    """One named graph, ready to be sent."""

    graph: str
    triples: int
    content: bytes
    """N-Quads for the ways that take many graphs as data, N-Triples for the others."""
    digest: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Graphs that go in one request."""

    way: Way
    graphs: tuple[Payload, ...]

    @property
    def triples(self) -> int:
        """Triples of all graphs."""
        return sum(p.triples for p in self.graphs)

    def halves(self) -> tuple[Batch, Batch]:
        """The batch as two; no graph is cut."""
        middle = len(self.graphs) // 2
        return Batch(self.way, self.graphs[:middle]), Batch(self.way, self.graphs[middle:])


def payload(way: Way, step: Step) -> Payload:
    """A graph as a way needs it."""
    as_quads = way in ("quads", "transaction")
    content = step.content if as_quads else ntriples(q.triple for q in step.quads)
    return Payload(step.graph, len(step.quads), content, step.digest)


def send(store: RemoteStore, batch: Batch) -> None:
    """Bring a batch into a store.

    Raises:
        EndpointError: the store refuses, or cannot be reached.
    """
    _WAYS[batch.way](store, batch.graphs)


def _put(store: RemoteStore, graphs: Sequence[Payload]) -> None:
    """SPARQL 1.1 Graph Store HTTP Protocol, 5.3."""
    dialect = store.dialect
    for one in graphs:
        store.client.send(
            "PUT", dialect.graph_store, parameters={dialect.graph_parameter: one.graph}, body=dialect.preamble.encode() + one.content,
            headers={"Content-Type": dialect.triples_type}, compress=store.compress,
        )  # fmt: skip


def _quads(store: RemoteStore, graphs: Sequence[Payload]) -> None:
    store.client.send(
        "POST", store.dialect.quads, body=b"".join(p.content for p in graphs),
        headers={"Content-Type": _QUADS_TYPE}, compress=store.compress,
    )  # fmt: skip


def _update(store: RemoteStore, graphs: Sequence[Payload]) -> None:
    """SPARQL 1.1 Update; the operations of one request are carried out as one (section 2.2)."""
    inserts = b"".join(
        b"GRAPH %b {\n%b}\n" % (str(NamedNode(p.graph)).encode(), in_sparql(p.content)) for p in graphs
    )
    store.change(drops(p.graph for p in graphs).encode() + b" ;\nINSERT DATA {\n" + inserts + b"}")


def _transaction(store: RemoteStore, graphs: Sequence[Payload]) -> None:
    """RDF4J's REST API, "transactions"."""
    client = store.client
    address = _begin(client, store.dialect.transactions)
    update = {"Content-Type": "application/sparql-update; charset=utf-8"}
    try:
        client.send(
            "PUT",
            address,
            parameters={"action": "UPDATE"},
            body=drops(p.graph for p in graphs).encode(),
            headers=update,
        )
        client.send(
            "PUT", address, parameters={"action": "ADD"}, body=b"".join(p.content for p in graphs),
            headers={"Content-Type": _QUADS_TYPE}, compress=store.compress,
        )  # fmt: skip
        client.send("PUT", address, parameters={"action": "COMMIT"})
    except EndpointError:
        _roll_back(client, address)
        raise


def _begin(client: Client, address: str) -> str:
    headers: Mapping[str, str] = client.send("POST", address).headers
    location = headers.get("Location", "")
    if not location:
        raise EndpointError(f"{address}: began no transaction")
    # Behind a proxy the server may not know by which name it was reached; the identifier is what counts.
    return f"{address}/{location.rstrip('/').rpartition('/')[2]}"


def _roll_back(client: Client, address: str) -> None:
    try:
        client.send("DELETE", address)
    except EndpointError:
        return  # the store ends a transaction by itself after a while; what counts is the first error


_WAYS: Mapping[Way, Callable[[RemoteStore, Sequence[Payload]], None]] = {
    "put": _put,
    "quads": _quads,
    "update": _update,
    "transaction": _transaction,
}


def in_sparql(content: bytes) -> bytes:
    r"""N-Triples as they may stand in a SPARQL Update.

    SPARQL reads \uXXXX before anything else (19.2), and some engines do so even after an escaped
    backslash; an article that holds ``\u0022 } ; DROP ALL`` must stay a text. So a u after an escaped
    backslash is itself written as an escape, which all engines read as a u.

    >>> in_sparql(rb'"a\\u0022"') == rb'"a\\\u00750022"'
    True
    """
    return _AFTER_BACKSLASH.sub(lambda m: m[1] + _U[m[2]], content)
