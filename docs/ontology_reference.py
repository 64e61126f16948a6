"""Write the HTML reference of the ontology: ``python docs/ontology_reference.py``.

(pyLODE, the usual tool, prints the texts of both languages into one another and leaves out individuals.)
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

HERE = Path(__file__).parent
FOLDER = HERE.parent / "ontologies"
KINDS = (
    ("Klassen · Classes", OWL.Class),
    ("Beziehungen · Object properties", OWL.ObjectProperty),
    ("Angaben · Datatype properties", OWL.DatatypeProperty),
    ("Vermerke · Annotation properties", OWL.AnnotationProperty),
    ("Werte · Individuals", OWL.NamedIndividual),
)
SHOWN = (
    RDFS.subClassOf, RDFS.subPropertyOf, RDF.type, RDFS.domain, RDFS.range, OWL.disjointWith, RDFS.seeAlso,
    SKOS.exactMatch, SKOS.closeMatch, SKOS.narrowMatch, SKOS.relatedMatch,
)  # fmt: skip
PAGE = """<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ title }}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff }
nav { columns: 14rem } nav a { display: block } section { border-top: 1px solid #bbb; padding: .6rem 0 }
h3 { margin: .2rem 0 } code { background: #f2f2f2; padding: 0 .2em } dt { font-weight: 600 } dd { margin: 0 0 .3rem 1rem }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #161616 } code { background: #2a2a2a } a { color: #8ab4f8 } }
</style></head><body>
<h1>{{ title }}</h1>
<p>{{ about.de }}</p><p lang="en">{{ about.en }}</p>
<p>Version {{ version }}, <code>@prefix dip: &lt;{{ namespace }}&gt; .</code></p>
{% for heading, terms in kinds %}<h2>{{ heading }}</h2>
<nav>{% for t in terms %}<a href="#{{ t.name }}">dip:{{ t.name }}</a>{% endfor %}</nav>
{% for t in terms %}<section id="{{ t.name }}">
<h3>{{ t.label.de }} · <span lang="en">{{ t.label.en }}</span></h3>
<p><code>{{ t.iri }}</code></p>
<p>{{ t.definition.de }}</p><p lang="en">{{ t.definition.en }}</p>
<dl>{% for example in t.examples %}<dt>Beispiel · Example</dt><dd>{{ example }}</dd>{% endfor %}
{% for name, values in t.facts %}<dt><code>{{ name }}</code></dt><dd>{% for text, link in values %}<a href="{{ link }}">{{ text }}</a>{{ ", " if not loop.last }}{% endfor %}</dd>
{% endfor %}{% for name, value in t.codes %}<dt><code>{{ name }}</code></dt><dd>{{ value }}</dd>{% endfor %}</dl></section>
{% endfor %}{% endfor %}</body></html>
"""


def main() -> None:
    """Write ``docs/ontology.html``."""
    graph = Graph()
    for name in ("diplomacy.ttl", "alignments.ttl"):
        graph.parse(FOLDER / name)
    ontology = URIRef("https://w3id.org/dipkg/ontology")
    kinds = [
        (heading, [_term(graph, s) for s in sorted(set(graph.subjects(RDF.type, kind))) if str(s).startswith(f"{ontology}#")])
        for heading, kind in KINDS
    ]  # fmt: skip
    page = Environment(autoescape=True).from_string(PAGE)
    text = page.render(
        title=" · ".join(_by_language(graph, ontology, DCTERMS.title).values()),
        about=_by_language(graph, ontology, DCTERMS.description),
        version=graph.value(ontology, OWL.versionInfo),
        namespace=f"{ontology}#",
        kinds=kinds,
    )
    (HERE / "ontology.html").write_text(text + "\n", "utf-8")


def _term(graph: Graph, term: Node) -> dict[str, object]:
    return {
        "name": str(term).rpartition("#")[2],
        "iri": str(term),
        "label": _by_language(graph, term, RDFS.label),
        "definition": _by_language(graph, term, SKOS.definition),
        "examples": sorted(map(str, graph.objects(term, SKOS.example))),
        "facts": [(graph.qname(p), links) for p in SHOWN if (links := _links(graph, term, p))],
        "codes": sorted(
            (graph.qname(str(p)), str(o))
            for p, o in graph.predicate_objects(term)
            if isinstance(o, Literal) and p not in (RDFS.label, SKOS.definition, SKOS.example)
        ),
    }


def _links(graph: Graph, term: Node, predicate: URIRef) -> list[tuple[str, str]]:
    found = sorted(str(o) for o in graph.objects(term, predicate) if isinstance(o, URIRef))
    here = "https://w3id.org/dipkg/ontology#"
    return [
        (
            graph.namespace_manager.normalizeUri(iri),
            f"#{iri.removeprefix(here)}" if iri.startswith(here) else iri,
        )
        for iri in found
        if not iri.startswith(str(OWL))
    ]


def _by_language(graph: Graph, subject: Node, predicate: URIRef) -> dict[str, str]:
    found = {str(getattr(o, "language", "")): str(o) for o in graph.objects(subject, predicate)}
    return dict(sorted(found.items()))


if __name__ == "__main__":
    main()
