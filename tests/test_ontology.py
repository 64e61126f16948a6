"""The ontology declares every term of the contract, in two languages, aligned with its neighbours."""

from __future__ import annotations

import html

import pytest
from conftest import ROOT
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, Graph, URIRef

from kg import lang
from kg.events.lexicon import Lexicon
from kg.rdf.terms import DIP
from kg.resources import ontologies

ENTITIES = "Actor Person State Organization InternationalOrganization GovernmentBody NewsAgency MediaOutlet ArmedGroup Party Group Place"
EVENTS = (
    "Meeting Visit PhoneCall Negotiation Mediation Statement Agreement Support Concession Cooperation Aid Retreat "
    "Request Accusation Rejection Threat Protest Sanction Mobilization Coercion Assault"
)
SITUATIONS = "Alliance Tension OfficeHolding"
PROPERTIES = (
    "participant agent recipient place destination topic office body date earliest latest timeExpression factuality "
    "attributedTo quotation evidence confidence country plover cameo goldstein quadClass frame realizes contradicts copyOf "
    "programVersion pipelineVersion rulesVersion pipelineSha256 sha256"
)
INDIVIDUALS = "Actual Planned Possible Negated"
OTHERS = "Event Situation Topic Mention Document Factuality"
CLASSES = [*ENTITIES.split(), *EVENTS.split(), *SITUATIONS.split(), *OTHERS.split()]


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ontologies() / "diplomacy.ttl")


@pytest.mark.parametrize("name", [*CLASSES, *PROPERTIES.split(), *INDIVIDUALS.split()])
def test_every_term_has_labels_and_definitions_in_german_and_english(name: str, ontology: Graph) -> None:
    term = URIRef(DIP + name)
    for predicate in (RDFS.label, SKOS.definition):
        assert {getattr(o, "language", "") for o in ontology.objects(term, predicate)} == {"de", "en"}


@pytest.fixture(scope="module")
def aligned(ontology: Graph) -> Graph:
    """The ontology with its alignments and codes."""
    return (
        ontology
        + Graph().parse(ontologies() / "alignments.ttl")
        + Graph().parse(ontologies() / "event-codes.ttl")
    )


def test_the_tests_know_every_term_and_every_term_has_an_example(ontology: Graph) -> None:
    declared = {str(s).removeprefix(DIP) for s in ontology.subjects(RDF.type) if str(s).startswith(DIP)} - {
        "kinds",
        "others",
        "factualities",
    }
    assert declared == {*CLASSES, *PROPERTIES.split(), *INDIVIDUALS.split()}
    assert not [name for name in declared if not list(ontology.objects(URIRef(DIP + name), SKOS.example))]


def test_the_ontology_describes_itself(ontology: Graph) -> None:
    (node,) = ontology.subjects(RDF.type, OWL.Ontology)
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert {getattr(o, "language", "") for o in ontology.objects(node, predicate)} == {"de", "en"}
    for predicate in (DCTERMS.creator, DCTERMS.license, OWL.versionIRI, VANN.preferredNamespacePrefix):
        assert ontology.value(node, predicate) is not None


def _closure(graph: Graph) -> Graph:
    """The OWL 2 RL closure; owlrl leaves a note for every inconsistency that it finds."""
    from owlrl import DeductiveClosure, OWLRL_Semantics

    closure = graph + Graph()
    DeductiveClosure(OWLRL_Semantics).expand(closure)
    return closure


_ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def test_it_is_consistent_and_every_class_can_have_members(aligned: Graph) -> None:
    """A class is satisfiable if one thing of every class makes no contradiction."""
    with_members = aligned + Graph()
    for name in CLASSES:
        with_members.add((URIRef(f"urn:example:{name}"), RDF.type, URIRef(DIP + name)))
    closure = _closure(with_members)
    assert [str(o) for o in closure.objects(None, _ERROR)] == []
    assert [str(s) for s in closure.subjects(RDFS.subClassOf, OWL.Nothing) if s != OWL.Nothing] == []


def test_a_contradiction_would_be_found(aligned: Graph) -> None:
    wrong = aligned + Graph()
    for name in ("Person", "State"):
        wrong.add((URIRef("urn:example:x"), RDF.type, URIRef(DIP + name)))
    assert list(_closure(wrong).objects(None, _ERROR))


def test_codes_are_a_scheme_that_covers_what_the_classes_say(aligned: Graph) -> None:
    notations = {str(o) for o in aligned.objects(None, SKOS.notation)}
    for name in EVENTS.split():
        for code in ("plover", "cameo"):
            value = aligned.value(URIRef(DIP + name), URIRef(DIP + code))
            assert value is None or str(value) in notations, (name, code)


def test_the_html_reference_is_of_this_version_and_has_every_term(ontology: Graph) -> None:
    page = html.unescape((ROOT / "docs" / "ontology.html").read_text("utf-8"))
    for name in [*CLASSES, *PROPERTIES.split(), *INDIVIDUALS.split()]:
        for text in (f"{DIP}{name}", *ontology.objects(URIRef(DIP + name), SKOS.definition)):
            assert str(text) in page, f"{name}: run python docs/ontology_reference.py"


@pytest.mark.parametrize("name", EVENTS.split())
def test_every_event_class_has_its_codes(name: str, ontology: Graph) -> None:
    term = URIRef(DIP + name)
    assert ontology.value(term, URIRef(f"{DIP}cameo")) is not None
    assert ontology.value(term, URIRef(f"{DIP}goldstein")) is not None
    assert ontology.value(term, URIRef(f"{DIP}plover")) is not None or name == "Statement"
    assert URIRef(f"{DIP}Event") in set(ontology.transitive_objects(term, RDFS.subClassOf))


@pytest.mark.parametrize("name", CLASSES)
def test_classes_are_classes(name: str, ontology: Graph) -> None:
    assert (URIRef(DIP + name), RDF.type, OWL.Class) in ontology


ALIGNED = [
    ("Actor", "http://semanticweb.cs.vu.nl/2009/11/sem/Actor"),
    ("Actor", "http://www.w3.org/ns/prov#Agent"),
    ("Person", "https://schema.org/Person"),
    ("Person", "http://xmlns.com/foaf/0.1/Person"),
    ("State", "https://schema.org/Country"),
    ("Organization", "https://schema.org/Organization"),
    ("Place", "http://semanticweb.cs.vu.nl/2009/11/sem/Place"),
    ("Event", "http://semanticweb.cs.vu.nl/2009/11/sem/Event"),
    ("Situation", "http://semanticweb.cs.vu.nl/2009/11/sem/Event"),
]


@pytest.mark.parametrize(("name", "other"), ALIGNED)
def test_classes_are_aligned(name: str, other: str, aligned: Graph) -> None:
    assert URIRef(other) in set(aligned.transitive_objects(URIRef(DIP + name), RDFS.subClassOf))


@pytest.mark.parametrize("name", ["agent", "recipient"])
def test_agents_and_recipients_are_participants(name: str, ontology: Graph) -> None:
    assert (URIRef(DIP + name), RDFS.subPropertyOf, URIRef(f"{DIP}participant")) in ontology


def test_nothing_is_imported_from_the_network(ontology: Graph) -> None:
    assert not list(ontology.subject_objects(OWL.imports))


def test_the_lexicon_speaks_of_declared_classes_and_of_all_of_them() -> None:
    lexicon = Lexicon.of(lang.load("de"))
    framed = {trigger.kind for trigger in lexicon.triggers() if trigger.kind}
    assert framed <= set(CLASSES)
    assert {*EVENTS.split(), "Alliance", "Tension"} <= framed
