"""IRIs, quads and what the shapes catch."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kg.model import Document, Entity, EntityClass, Event, Extraction, Factuality, Span
from kg.rdf import Iris, document_quads
from kg.rdf.provenance import Provenance
from kg.rdf.serialise import ntriples
from kg.rdf.shards import read_shard, write_shard
from kg.rdf.terms import DCT, DIP, LABEL, NIF, PROV, SKOS, TYPE, XSD
from kg.rdf.validate import Validator

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
WRONG_ADDITIONS = [
    ("exactly one factuality", "Meeting", dip("factuality"), dip("Planned")),
    ("no agent", "Meeting", dip("agent"), "Person"),
    ("no recipient", "Meeting", dip("recipient"), "Person"),
    ("agents and recipients are also stated as participants", "Threat", dip("agent"), "Xi"),
    ("a topic is a dip:Topic", "Threat", dip("topic"), dip("Actual")),
    ("a source is an actor", "Threat", dip("attributedTo"), dip("Actual")),
    ("one place at most", "Threat", dip("place"), dip("Actual")),
    ("one xsd:date at most", "Threat", dip("date"), Literal("gestern")),
    ("confidence is one decimal", "Threat", dip("confidence"), _literal("1.5", "decimal")),
    ("one label, with a language", "Person", LABEL, Literal("ohne Sprache")),
    ("a surface form has a language", "Person", NamedNode(f"{SKOS}altLabel"), Literal("ohne Sprache")),
    ("exactMatch is a Wikidata entity", "Person", NamedNode(f"{SKOS}exactMatch"), NamedNode("http://a.b/Q1")),
    ("a country is a state", "Person", dip("country"), "Person"),
    ("a document has one identifier", "Document", NamedNode(f"{DCT}identifier"), Literal("e")),
    ("a mention stands in one document", "Mention", NamedNode(f"{NIF}referenceContext"), dip("Actual")),
    ("there are no blank nodes", "Threat", dip("topic"), BlankNode("b")),
    ("one destination at most", "Threat", dip("destination"), dip("Actual")),
    ("a recipient is an actor", "Threat", dip("recipient"), dip("Actual")),
    ("an agent is an actor", "Threat", dip("agent"), dip("Actual")),
    ("a quotation is one literal with a language", "Threat", dip("quotation"), Literal("ohne Sprache")),
    ("a document has its text", "Document", NamedNode(f"{NIF}isString"), Literal("noch einer")),
    ("one day of publication at most", "Document", NamedNode(f"{DCT}issued"), Literal("gestern")),
    (
        "a mention has one begin",
        "Mention",
        NamedNode(f"{NIF}beginIndex"),
        _literal("1", "nonNegativeInteger"),
    ),
    ("belongs to the document whose IRI", "Mention", NamedNode(f"{NIF}referenceContext"), dip("Actual")),
    (
        "ends within its document's text",
        "Mention",
        NamedNode(f"{NIF}endIndex"),
        _literal("999", "nonNegativeInteger"),
    ),
    ("a topic has a label", "Threat", TYPE, dip("Topic")),
    ("the activity used a document", "Threat", NamedNode(f"{PROV}wasGeneratedBy"), NamedNode("urn:x")),
    ("is generated by a prov:Activity", "Threat", NamedNode(f"{PROV}wasGeneratedBy"), NamedNode("urn:x")),
    ("names the program", "Threat", NamedNode(f"{PROV}wasGeneratedBy"), NamedNode("urn:x")),
    ("a mention has one end", "Mention", NamedNode(f"{NIF}endIndex"), _literal("2", "nonNegativeInteger")),
]


@pytest.mark.parametrize(("says", "kind", "predicate", "value"), WRONG_ADDITIONS)
def test_a_wrong_statement_is_caught(
    says: str,
    kind: str,
    predicate: NamedNode,
    value: NamedNode | BlankNode | Literal | str,
    validator: Validator,
) -> None:
    if isinstance(value, str):
        value = _of("Person") if value == "Person" else NamedNode("https://w3id.org/dipkg/id/entity/xi")
    quads = [*_conforming(), Quad(_of(kind), predicate, value, GRAPH)]
    assert says in " | ".join(v.message for v in validator.check(quads))


WRONG_REMOVALS = [
    ("exactly one factuality", "Meeting", "factuality"),
    ("at least one participant", "Meeting", "participant"),
    ("at least one span of text", "Meeting", "evidence"),
    ("confidence is one decimal", "Meeting", "confidence"),
    ("names the office", "OfficeHolding", "office"),
    ("held by a person", "OfficeHolding", "agent"),
]


@pytest.mark.parametrize(("says", "kind", "name"), WRONG_REMOVALS)
def test_a_missing_statement_is_caught(says: str, kind: str, name: str, validator: Validator) -> None:
    node = _of(kind)
    quads = [q for q in _conforming() if not (q.subject == node and q.predicate == dip(name))]
    assert says in " | ".join(v.message for v in validator.check(quads))


def test_a_span_that_is_not_its_anchor_is_caught(validator: Validator) -> None:
    anchor = NamedNode(f"{NIF}anchorOf")
    quads = [
        Quad(q.subject, q.predicate, Literal("erfunden"), q.graph_name) if q.predicate == anchor else q
        for q in _conforming()
    ]
    assert {v.message for v in validator.check(quads)} == {"the text at a mention's offsets is its anchor"}


def test_dates_that_contradict_each_other_are_caught(validator: Validator) -> None:
    node = _of("Threat")
    bounds = [("earliest", "2018-05-09"), ("latest", "2018-05-01")]
    wrong = [Quad(node, dip(name), _literal(day, "date"), GRAPH) for name, day in bounds]
    assert "not after latest" in " ".join(v.message for v in validator.check([*_conforming(), *wrong]))
    exact = [Quad(node, dip(n), _literal(d, "date"), GRAPH) for n, d in [("date", "2018-05-01"), bounds[0]]]
    assert "contradict" in " ".join(v.message for v in validator.check([*_conforming(), *exact]))
