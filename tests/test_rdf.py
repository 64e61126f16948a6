"""IRIs, quads and what the shapes catch."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse
from rdflib import RDF, SH, Graph

from kg.model import Document, Entity, EntityClass, Event, Extraction, Factuality, Span
from kg.rdf import Iris, document_quads
from kg.rdf.provenance import Provenance
from kg.rdf.serialise import ntriples
from kg.rdf.shards import read_shard, write_shard
from kg.rdf.terms import DCT, DIP, LABEL, NIF, PROV, SKOS, TYPE, XSD
from kg.rdf.validate import Validator
from kg.resources import ontologies

PROVENANCE = Provenance("0", "p", "r")
NAMES = st.text(min_size=1, max_size=60)


@given(NAMES)
def test_any_identifier_makes_a_valid_iri(name: str) -> None:
    iris = Iris()
    for iri in (iris.document(name), iris.graph(name), iris.topic(name), iris.mention(name, Span(0, 1))):
        line = ntriples([Quad(NamedNode(iri), TYPE, NamedNode(iri))])
        assert [q.subject.value for q in parse(line, format=RdfFormat.N_TRIPLES)] == [iri]
        assert not set(iri) & set(' <>"{}|\\^`\n')


@given(NAMES, NAMES)
def test_different_identifiers_get_different_iris(one: str, other: str) -> None:
    assert (Iris().document(one) == Iris().document(other)) == (one == other)


@given(st.text(st.characters(codec="utf-8"), min_size=2, max_size=80), st.data())
def test_any_text_and_spans_survive_as_quads(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    actor = Entity("x", EntityClass.PERSON, text)
    event = Event("Statement", agents=("x",), quotation=text, evidence=(Span(begin, end),))
    quads = document_quads(Extraction(Document("d", text), {"x": actor}, (), (event,)), Iris(), PROVENANCE)
    again = {q.triple for q in parse(ntriples(Quad(*q.triple) for q in quads), format=RdfFormat.N_TRIPLES)}
    assert again == {q.triple for q in quads}
    (anchor,) = (str(getattr(q.object, "value", "")) for q in quads if q.predicate.value == f"{NIF}anchorOf")
    assert anchor == text[begin:end]


def test_shards_come_back_as_written_and_equal_quads_are_equal_bytes(tmp_path: Path) -> None:
    quads = _conforming()
    write_shard(tmp_path / "a.nq.gz", quads)
    write_shard(tmp_path / "b.nq.gz", quads)
    assert list(read_shard(tmp_path / "a.nq.gz")) == quads
    assert (tmp_path / "a.nq.gz").read_bytes() == (tmp_path / "b.nq.gz").read_bytes()


TEXT = "Kim traf Xi. Trump drohte dem Iran."


def _conforming() -> list[Quad]:
    """A small graph with a meeting, a threat and an office holding."""
    entities = {
        "kim": Entity("kim", EntityClass.PERSON, "Kim Jong Un", ("Kim",), country="nk"),
        "xi": Entity("xi", EntityClass.PERSON, "Xi Jinping"),
        "trump": Entity("trump", EntityClass.PERSON, "Donald Trump"),
        "iran": Entity("iran", EntityClass.STATE, "Iran", wikidata="Q794"),
        "nk": Entity("nk", EntityClass.STATE, "Nordkorea", wikidata="Q423"),
    }
    events = (
        Event("Meeting", participants=("kim", "xi"), evidence=(Span(0, 11),), confidence=0.9),
        Event(
            "Threat",
            agents=("trump",),
            recipients=("iran",),
            evidence=(Span(13, 34),),
            confidence=0.8,
            factuality=Factuality.PLANNED,
        ),
        Event("OfficeHolding", agents=("kim",), office="Staatschef", body="nk", evidence=(Span(0, 3),)),
    )
    return document_quads(Extraction(Document("d", TEXT), entities, (), events), Iris(), PROVENANCE)


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator()


def test_a_conforming_graph_conforms(validator: Validator) -> None:
    assert validator.check(_conforming()) == []


def dip(name: str) -> NamedNode:
    return NamedNode(DIP + name)


def _of(kind: str) -> NamedNode:
    """The node of a class in the conforming graph."""
    node = next(q.subject for q in _conforming() if q.predicate == TYPE and q.object == dip(kind))
    assert isinstance(node, NamedNode)
    return node


def _literal(value: str, kind: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + kind))


GRAPH = NamedNode("https://w3id.org/dipkg/id/graph/d")
ID = "https://w3id.org/dipkg/id"
XI, KIM = NamedNode(f"{ID}/name/Person/Xi%20Jinping"), NamedNode(f"{ID}/name/Person/Kim%20Jong%20Un/nk")
ELSEWHERE = NamedNode(f"{ID}/document/e")
ACTIVITY, DOC, MENTION = "prov:Activity", "Document", "Mention"
_Value = NamedNode | BlankNode | Literal

# What is added to the conforming graph, or taken from it, so that it breaks just the constraint that says so.
# A subject is named by its class. None takes the values of a property away, a pair of values puts one for another.
WRONG: list[tuple[str, list[tuple[str | NamedNode | BlankNode, NamedNode, _Value | None]]]] = [
    ("an event has exactly one factuality", [("Meeting", dip("factuality"), dip("Planned"))]),
    ("an event has exactly one factuality", [("Meeting", dip("factuality"), None)]),
    ("at least one participant, and participants are actors", [("Meeting", dip("participant"), None)]),
    ("at least one participant, and participants are actors", [("Meeting", dip("participant"), dip("Actual"))]),
    ("a symmetric event has participants, no agent", [("Meeting", dip("agent"), XI)]),
    ("a symmetric event has participants, no recipient", [("Meeting", dip("recipient"), XI)]),
    ("agents and recipients are also stated as participants", [("Threat", dip("agent"), XI)]),
    ("agents and recipients are also stated as participants", [("Threat", dip("recipient"), XI)]),
    ("a topic is a dip:Topic", [("Threat", dip("topic"), dip("Actual"))]),
    ("a topic has a label, with a language", [(dip("Actual"), TYPE, dip("Topic"))]),
    ("a source is an actor", [("Threat", dip("attributedTo"), dip("Actual"))]),
    ("there is one place at most", [("Threat", dip("place"), dip("Actual"))]),
    ("there is one destination at most", [("Threat", dip("destination"), dip("Actual"))]),
    ("at least one span of text as evidence", [("Meeting", dip("evidence"), None)]),
    ("one xsd:date at most", [("Threat", dip("date"), Literal("gestern"))]),
    ("one xsd:date at most", [("Threat", dip("latest"), Literal("gestern"))]),
    ("earliest is one xsd:date at most and not after latest", [
        ("Threat", dip("earliest"), _literal("2018-05-09", "date")), ("Threat", dip("latest"), _literal("2018-05-01", "date")),
    ]),
    ("an exact date and bounds contradict each other", [
        ("Threat", dip("date"), _literal("2018-05-01", "date")), ("Threat", dip("earliest"), _literal("2018-05-09", "date")),
    ]),
    ("confidence is one decimal from 0 to 1", [("Threat", dip("confidence"), _literal("1.5", "decimal"))]),
    ("confidence is one decimal from 0 to 1", [("Threat", dip("confidence"), None)]),
    ("a quotation is one literal with a language", [("Threat", dip("quotation"), Literal("ohne Sprache"))]),
    ("an office holding names the office, with a language", [("OfficeHolding", dip("office"), None)]),
    ("an office is held by a person", [("OfficeHolding", dip("agent"), None)]),
    ("an entity has one label, with a language", [(XI, LABEL, Literal("ohne Sprache"))]),
    ("an entity has one label, with a language", [(XI, LABEL, None)]),
    ("a surface form has a language", [(XI, NamedNode(f"{SKOS}altLabel"), Literal("ohne Sprache"))]),
    ("exactMatch is a Wikidata entity", [(XI, NamedNode(f"{SKOS}exactMatch"), NamedNode("http://a.b/Q1"))]),
    ("a country is a state", [(XI, dip("country"), KIM)]),
    ("a document has one identifier", [(DOC, NamedNode(f"{DCT}identifier"), Literal("e"))]),
    ("a document has its text", [(DOC, NamedNode(f"{NIF}isString"), None)]),
    ("one day of publication at most", [(DOC, NamedNode(f"{DCT}issued"), Literal("gestern"))]),
    ("there are no blank nodes", [(BlankNode("b"), NamedNode("urn:x"), Literal("x"))]),
    ("a mention has one begin, before its end", [(MENTION, NamedNode(f"{NIF}beginIndex"), None)]),
    ("a mention has one end", [(MENTION, NamedNode(f"{NIF}endIndex"), None)]),
    ("a mention states its exact text", [(MENTION, NamedNode(f"{NIF}anchorOf"), None)]),
    ("a mention stands in one document", [(MENTION, NamedNode(f"{NIF}referenceContext"), None)]),
    ("the text at a mention's offsets is its anchor", [
        (MENTION, NamedNode(f"{NIF}anchorOf"), None), (MENTION, NamedNode(f"{NIF}anchorOf"), Literal("erfunden")),
    ]),
    ("a mention ends within its document's text", [
        ("last", NamedNode(f"{NIF}endIndex"), None), ("last", NamedNode(f"{NIF}endIndex"), _literal("999", "nonNegativeInteger")),
        ("last", NamedNode(f"{NIF}anchorOf"), None), ("last", NamedNode(f"{NIF}anchorOf"), Literal(TEXT[13:])),
    ]),
    ("a mention belongs to the document whose IRI it begins with", [
        (MENTION, NamedNode(f"{NIF}referenceContext"), None), (MENTION, NamedNode(f"{NIF}referenceContext"), ELSEWHERE),
        (ELSEWHERE, TYPE, dip("Document")), (ELSEWHERE, NamedNode(f"{NIF}isString"), Literal(TEXT)),
        (ELSEWHERE, NamedNode(f"{DCT}identifier"), Literal("e")),
    ]),
    ("a graph is generated by a prov:Activity", [(ACTIVITY, TYPE, None)]),
    ("the activity used a document", [(ACTIVITY, NamedNode(f"{PROV}used"), None)]),
    ("the activity names the program that carried it out", [(ACTIVITY, NamedNode(f"{PROV}wasAssociatedWith"), None)]),
]  # fmt: skip


@pytest.mark.parametrize(("says", "changes"), WRONG)
def test_each_constraint_is_broken_alone_and_reported(
    says: str,
    changes: list[tuple[str | NamedNode | BlankNode, NamedNode, _Value | None]],
    validator: Validator,
) -> None:
    quads = set(_conforming())
    for subject, predicate, value in changes:
        node = _node(subject) if isinstance(subject, str) else subject
        if value is None:
            quads = {q for q in quads if not (q.subject == node and q.predicate == predicate)}
        else:
            quads.add(Quad(node, predicate, value, GRAPH))
    messages = {v.message for v in validator.check(quads)}
    assert len(messages) == 1, messages
    assert says in messages.pop()


def test_every_constraint_has_its_test() -> None:
    shapes = Graph().parse(ontologies() / "shapes.ttl")
    messages = {str(m) for m in shapes.objects(None, SH.message)}
    assert not [m for m in messages if not any(says in m for says, _ in WRONG)]


def _node(name: str) -> NamedNode:
    if name == ACTIVITY:
        return NamedNode(f"{ID}/activity/d")
    if name == "last":
        return NamedNode(f"{ID}/document/d#char=13,34")
    return NamedNode(f"{ID}/document/d#char=0,11") if name == MENTION else _of(name)


def _by_others(quads: set[Quad]) -> set[tuple[str, str, str]]:
    """(node, message, value) of what pySHACL finds wrong, and Oxigraph by the queries as they stand in the shapes.

    (pySHACL's queries are rdflib's, which compares text with numbers.)
    """
    from pyshacl import validate

    triples = [Quad(*q.triple) for q in quads]
    graph = Graph(bind_namespaces="none")
    graph.parse(data=ntriples(triples).decode(), format="nt")
    shapes = Graph().parse(ontologies() / "shapes.ttl")
    store = Store()
    store.extend(triples)
    found = set()
    for shape, constraint in list(shapes.subject_objects(SH.sparql)):
        shapes.remove((shape, SH.sparql, constraint))
        targets = {str(c) for c in shapes.objects(shape, SH.targetClass)}
        focus = {
            q.subject for q in triples if q.predicate == TYPE and getattr(q.object, "value", "") in targets
        }
        rows = store.query(str(shapes.value(constraint, SH.select)), prefixes={"dip": DIP, "nif": NIF})
        assert isinstance(rows, QuerySolutions)
        message = str(shapes.value(constraint, SH.message))
        found |= {(r["this"].value, message, r["value"].value) for r in rows if r["this"] in focus}
    _, report, _ = validate(graph, shacl_graph=shapes, meta_shacl=False)
    assert isinstance(report, Graph)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        told = (report.value(result, p) for p in (SH.focusNode, SH.resultMessage, SH.value))
        node, message, value = ("" if term is None else str(term) for term in told)
        found.add((node, message, value))
    return found


def _broken(rng: random.Random) -> set[Quad]:
    """The conforming graph with a few triples left out, changed, or added."""
    quads = sorted(_conforming(), key=str)
    values = [q.object for q in quads] + [
        Literal("x"), Literal("x", language="de"), _literal("-1", "decimal"), _literal("2", "decimal"), _literal("a", "decimal"),
        _literal("2018-05-01", "date"), _literal("2018-05-09", "date"), _literal("2018-02-31", "date"), _literal("5", "nonNegativeInteger"), _literal("99999", "nonNegativeInteger"), NamedNode("http://a.b/c"),
    ]  # fmt: skip
    properties = [q.predicate for q in quads] + [
        dip(n) for n in ("date", "earliest", "latest", "place", "topic", "attributedTo", "recipient")
    ]
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(quads))
        old = quads[at]
        match rng.randrange(4):
            case 0:
                quads.pop(at)
            case 1:
                quads[at] = Quad(old.subject, old.predicate, rng.choice(values), GRAPH)
            case 2:
                quads.append(Quad(old.subject, old.predicate, rng.choice(values), GRAPH))
            case _:
                quads.append(Quad(old.subject, rng.choice(properties), rng.choice(values), GRAPH))
    return set(quads)


def _plain(violation: tuple[str, str, str]) -> tuple[str, str, str]:
    """Oxigraph writes a decimal 1.0 as 1."""
    node, message, value = violation
    return node, message, value.removesuffix(".0")


def test_broken_graphs_are_judged_as_pyshacl_and_the_queries_judge_them(validator: Validator) -> None:
    """All in one go here, one by one there; node shapes without a message of their own get pySHACL's there."""
    rng = random.Random(5)
    graphs = [_broken(rng) for _ in range(60)]
    own = {"the shape is broken"}
    messages = {str(m) for m in Graph().parse(ontologies() / "shapes.ttl").objects(None, SH.message)}
    for quads, found in zip(graphs, validator.check_all(map(list, graphs)), strict=True):
        theirs = {(n, m if m in messages else "the shape is broken", v) for n, m, v in _by_others(quads)}
        ours = {(v.node, v.message, v.value) for v in found}
        assert {_plain(v) for v in ours} == {_plain(v) for v in theirs}
        assert {v.message for v in found} <= messages | own
    assert sum(bool(v) for v in validator.check_all(map(list, graphs))) > 40
