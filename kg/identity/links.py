"""The links between documents: found, kept in ``OUT/links.nq.gz``, applied to the shards' quads.

Shards stay as they were written, each document complete in itself. Links say which IRIs of different
documents are one node; whoever reads the whole graph (store, ``graph.trig``, exports) reads it through them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from kg.builds import home
from kg.identity.clusters import Clusters
from kg.identity.copies import find_copies
from kg.identity.decisions import DIFFERENT, SAME, Decision
from kg.identity.entities import join_entities
from kg.identity.events import contradictions, join_events, realizations
from kg.identity.records import EntityRecord, EventRecord, Records, read_records
from kg.rdf.iris import LOCAL, NAMED, Iris
from kg.rdf.serialise import nquads
from kg.rdf.shards import lines_of, read_lines, read_shard, write_shard
from kg.rdf.terms import OWL, PROV, dip

FILE = "links.nq.gz"
_Record = TypeVar("_Record", EntityRecord, EventRecord)
_SAME_AS = NamedNode(f"{OWL}sameAs")
_DIFFERENT_FROM = NamedNode(f"{OWL}differentFrom")
_FROM = NamedNode(f"{PROV}wasDerivedFrom")


@dataclass(frozen=True, slots=True)
class Links:
    """Which nodes stand for which, and what is said of documents and events across documents."""

    nodes: Mapping[str, str] = field(default_factory=dict)
    """IRI ─▶ IRI of the node that it is one with."""
    apart: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(graph, IRI) ─▶ IRI of the node that it is in that graph, by a user's decision."""
    statements: tuple[Quad, ...] = ()
    """The graph of links itself."""

    def node(self, graph: str, iri: str) -> str:
        """The node that an IRI of a document graph stands for."""
        iri = self.apart.get((graph, iri), iri)
        return self.nodes.get(iri, iri)

    def apply(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Lines of N-Quads of document graphs with their final nodes, each once.

        Of text, not of terms: most lines stay as they are, and need not be read for that.
        """
        if not self.nodes and not self.apart:
            yield from lines
            return
        nodes = {f"<{old}>".encode(): f"<{new}>".encode() for old, new in self.nodes.items()}
        apart: dict[tuple[bytes, bytes], bytes] = {
            (f"<{graph}>".encode(), f"<{old}>".encode()): f"<{self.nodes.get(new, new)}>".encode()
            for (graph, old), new in self.apart.items()
        }
        graph, seen = b"", set[bytes]()
        for line in lines:
            head, _, name = line[:-2].rpartition(b" ")  # "… <graph> ."
            subject, predicate, value = head.split(b" ", 2)
            if name != graph:
                graph, seen = name, set()
            new_subject = (apart and apart.get((graph, subject))) or nodes.get(subject)
            new_value = (apart and apart.get((graph, value))) or nodes.get(value)
            if new_subject or new_value:
                line = b" ".join((new_subject or subject, predicate, new_value or value, graph, b"."))
            if line not in seen:
                seen.add(line)
                yield line


def find_links(shards: Sequence[Path], iris: Iris, decisions: Sequence[Decision], program: str) -> Links:
    """Compare all documents of a build with each other.

    The result depends on what the documents say, not on the order or the shards they came in.
    """
    records = read_records(shards)
    graphs = {t.document: t.graph for t in records.texts}
    apart = {
        (
            graphs[d.other],
            d.one,
        ): f"{iris.base}{LOCAL}/{d.other.rpartition('/')[2]}/{d.one.rpartition('/')[2]}"
        for d in decisions
        if d.decision == DIFFERENT and d.other in graphs
    }
    records = _with(records, lambda graph, iri: apart.get((graph, iri), iri))
    copies = find_copies(records.texts)
    clusters = Clusters((d.one, d.other) for d in decisions if d.decision == DIFFERENT)
    for decision in decisions:
        if decision.decision == SAME:
            clusters.join(decision.one, decision.other)
    join_entities(records.entities, copies, iris.base, clusters)
    nodes = _names(clusters, iris.base)
    records = _with(records, lambda _, iri: nodes.get(iri, iri))
    state_of = {e.iri: e.country for e in records.entities if e.country}
    join_events(records.events, copies, state_of, clusters)
    nodes = _names(clusters, iris.base)
    events = _with(records, lambda _, iri: nodes.get(iri, iri)).events
    documents = {t.graph: t.document for t in records.texts}
    triples: set[tuple[str, NamedNode, str]] = set()
    triples |= {(new, _SAME_AS, old) for old, new in nodes.items()}
    triples |= {(new, _DIFFERENT_FROM, old) for (_, old), new in apart.items()}
    triples |= {(new, _FROM, graph) for (graph, _), new in apart.items()}
    triples |= {(documents[c], dip("copyOf"), documents[o]) for c, o in copies.items()}
    triples |= {(done, dip("realizes"), plan) for done, plan in realizations(events, state_of)}
    triples |= {(denied, dip("contradicts"), told) for denied, told in contradictions(events, state_of)}
    graph = NamedNode(iris.links)
    statements = [Quad(NamedNode(s), p, NamedNode(o), graph) for s, p, o in triples]
    if statements:
        statements.append(Quad(graph, dip("programVersion"), Literal(program), graph))
    return Links(nodes, apart, tuple(sorted(statements, key=str)))


def merged(shards: Iterable[Path], links: Links) -> Iterator[list[Quad]]:
    """The whole graph, shard by shard, with its links applied, and the graph of links at the end."""
    for shard in shards:
        yield list(read_lines(links.apply(lines_of(shard)), shard))
    yield list(links.statements)


def merged_lines(shards: Iterable[Path], links: Links) -> Iterator[list[bytes]]:
    """The same as lines of N-Quads."""
    for shard in shards:
        yield list(links.apply(lines_of(shard)))
    yield nquads(links.statements).splitlines()


def write_links(out: Path, links: Links) -> None:
    """Keep the links of a build."""
    write_shard(out / FILE, links.statements)


def read_links(out: Path) -> Links:
    """The links of a build; none if it has no file."""
    path = home(out) / FILE
    if not path.is_file():
        return Links()
    statements = tuple(read_shard(path))
    pairs = [(q.predicate, q.subject.value, getattr(q.object, "value", "")) for q in statements]  # type: ignore[union-attr]
    graph_of = {s: o for p, s, o in pairs if p == _FROM}
    return Links(
        {o: s for p, s, o in pairs if p == _SAME_AS},
        {(graph_of[s], o): s for p, s, o in pairs if p == _DIFFERENT_FROM and s in graph_of},
        statements,
    )


def _names(clusters: Clusters, base: str) -> dict[str, str]:
    """IRI ─▶ the one IRI of its set: linked before named before of one document, then the first by name."""
    ranks = {f"{base}{NAMED}/": 1, f"{base}{LOCAL}/": 3, f"{base}group/": 3}

    def rank(iri: str) -> tuple[int, int, str]:
        kind = next((r for prefix, r in ranks.items() if iri.startswith(prefix)), 0)
        return kind, iri.count("/"), iri

    return {
        iri: kept
        for members in clusters.groups()
        for kept in (min(members, key=rank),)
        for iri in members
        if iri != kept
    }


def _changed(record: _Record, **values: object) -> _Record:
    """A record with other values; itself if they are the same, as of most they are."""
    new = {name: value for name, value in values.items() if value != getattr(record, name)}
    return replace(record, **new) if new else record  # type: ignore[arg-type]


def _with(records: Records, node: Callable[[str, str], str]) -> Records:
    """The records with other IRIs."""

    def entity(e: EntityRecord) -> EntityRecord:
        return _changed(
            e,
            iri=node(e.graph, e.iri),
            country=node(e.graph, e.country) if e.country else None,
            offices=frozenset((office, node(e.graph, body)) for office, body in e.offices),
        )

    def event(e: EventRecord) -> EventRecord:
        def one(iri: str | None) -> str | None:
            return node(e.graph, iri) if iri else None

        def several(iris: frozenset[str]) -> frozenset[str]:
            return frozenset(node(e.graph, iri) for iri in iris)

        return _changed(
            e,
            iri=node(e.graph, e.iri),
            participants=several(e.participants),
            agents=several(e.agents),
            recipients=several(e.recipients),
            place=one(e.place),
            destination=one(e.destination),
            body=one(e.body),
        )

    return Records(records.texts, tuple(map(entity, records.entities)), tuple(map(event, records.events)))
