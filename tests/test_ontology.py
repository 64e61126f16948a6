"""The ontology declares every term of the contract, in two languages, aligned with its neighbours."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg import lang
from kg.events.frames import FrameLexicon
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
    "attributedTo quotation evidence confidence country plover cameo"
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


@pytest.mark.parametrize("name", EVENTS.split())
def test_every_event_class_has_its_codes(name: str, ontology: Graph) -> None:
    term = URIRef(DIP + name)
    assert ontology.value(term, URIRef(f"{DIP}cameo")) is not None
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
def test_classes_are_aligned(name: str, other: str, ontology: Graph) -> None:
    assert URIRef(other) in set(ontology.transitive_objects(URIRef(DIP + name), RDFS.subClassOf))


@pytest.mark.parametrize("name", ["agent", "recipient"])
def test_agents_and_recipients_are_participants(name: str, ontology: Graph) -> None:
    assert (URIRef(DIP + name), RDFS.subPropertyOf, URIRef(f"{DIP}participant")) in ontology


def test_nothing_is_imported_from_the_network(ontology: Graph) -> None:
    assert not list(ontology.subject_objects(OWL.imports))


def test_frames_speak_of_declared_classes_and_of_all_of_them() -> None:
    lexicon = FrameLexicon.of(lang.load("de"))
    framed = {trigger.frame.kind for trigger in lexicon.triggers()}
    assert framed <= set(CLASSES)
    assert {*EVENTS.split(), "Alliance", "Tension"} <= framed
