"""The namespaces and prefixes of the output."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

DIP = "https://w3id.org/dipkg/ontology#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
WIKIDATA = "http://www.wikidata.org/entity/"
OWL = "http://www.w3.org/2002/07/owl#"
ITSRDF = "http://www.w3.org/2005/11/its/rdf#"

PREFIXES = {
    "dip": DIP,
    "nif": NIF,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "skos": SKOS,
    "dct": DCT,
    "prov": PROV,
    "schema": SCHEMA,
    "wd": WIKIDATA,
    "owl": OWL,
    "itsrdf": ITSRDF,
}

TYPE = NamedNode(f"{RDF}type")
LABEL = NamedNode(f"{RDFS}label")
DATE = NamedNode(f"{XSD}date")
DATE_TIME = NamedNode(f"{XSD}dateTime")
INDEX = NamedNode(f"{XSD}nonNegativeInteger")
DECIMAL = NamedNode(f"{XSD}decimal")

SITUATIONS = frozenset({"Alliance", "Tension", "OfficeHolding"})
"""The classes below dip:Situation, by local name."""
GENERAL = frozenset({"Event", "Situation", "Actor", "Organization", "Place"})
"""Classes that are stated beside a more specific one."""

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]


def dip(name: str) -> NamedNode:
    """A term of the diplomacy ontology.

    >>> dip("Meeting")
    <NamedNode value=https://w3id.org/dipkg/ontology#Meeting>
    """
    return NamedNode(f"{DIP}{name}")


def nif(name: str) -> NamedNode:
    """A term of NIF 2.0 Core."""
    return NamedNode(f"{NIF}{name}")


def with_prefixes(query: str) -> str:
    """A SPARQL text with the output's prefixes declared, as far as it does not declare them itself."""
    missing = (f"PREFIX {n}: <{iri}>\n" for n, iri in PREFIXES.items() if f"PREFIX {n}:" not in query)
    return "".join(missing) + query
