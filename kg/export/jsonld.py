"""JSON-LD 1.1 with the shipped context: one object per node, named graph by named graph.

Source: JSON-LD 1.1, W3C Recommendation of 2020; the context is ``ontologies/context.jsonld``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.rdf.terms import DIP, RDF, TYPE, XSD
from kg.resources import ontologies


class _Compactor:
    """IRIs and literals as the context lets them be written."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._prefixes = sorted(
            (
                (k, v)
                for k, v in context.items()
                if isinstance(v, str) and v[-1:] in "#/" and not k.startswith("@")
            ),
            key=lambda item: -len(item[1]),
        )
        self._terms: dict[str, tuple[str, str]] = {}
        for term, definition in context.items():
            if isinstance(definition, dict):
                self._terms[self._full(definition["@id"])] = (term, definition.get("@type", ""))

    def property(self, iri: str) -> tuple[str, str]:
        """The term for a property, and the type that its values have without saying so."""
        return self._terms.get(iri) or (self.iri(iri), "")

    def type(self, iri: str) -> str:
        """A class; those of the ontology need no prefix."""
        return iri.removeprefix(DIP) if iri.startswith(DIP) else self.iri(iri)

    def iri(self, iri: str) -> str:
        """An IRI with a prefix of the context where that can be read back."""
        for prefix, namespace in self._prefixes:
            local = iri[len(namespace) :]
            if iri.startswith(namespace) and local and not local.startswith("//"):
                return f"{prefix}:{local}"
        return iri

    def value(self, term: NamedNode | Literal, coerced: str) -> Any:
        """An object, as short as its property's type allows."""
        if isinstance(term, NamedNode):
            return self.iri(term.value) if coerced == "@id" else {"@id": self.iri(term.value)}
        kind = term.datatype.value
        if kind == f"{RDF}langString":
            return {"@value": term.value, "@language": term.language}
        if self._full(coerced) == kind or (not coerced and kind == f"{XSD}string"):
            return term.value
        return {"@value": term.value, "@type": self.iri(kind)}

    def _full(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return next((ns + local for p, ns in self._prefixes if p == prefix), name)


def write_jsonld(graphs: Iterable[tuple[str, list[Quad]]], target: IO[bytes]) -> None:
    """Write graphs as one document: the context, then each graph."""
    context = json.loads((ontologies() / "context.jsonld").read_text("utf-8"))
    compact = _Compactor(context["@context"])
    head = json.dumps(context["@context"], ensure_ascii=False, indent=1)
    target.write(f'{{"@context": {head},\n"@graph": ['.encode())
    separator = "\n"
    for name, quads in graphs:
        content = {"@id": compact.iri(name), "@graph": list(_nodes(quads, compact))}
        text = json.dumps(content, ensure_ascii=False, indent=1)
        target.write((separator + text).encode())
        separator = ",\n"
    target.write(b"\n]}\n")


def _nodes(quads: Iterable[Quad], compact: _Compactor) -> Iterable[dict[str, Any]]:
    nodes: dict[str, dict[str, Any]] = {}
    for quad in quads:
        assert isinstance(quad.subject, NamedNode)  # the output has no blank nodes
        assert isinstance(quad.object, NamedNode | Literal)
        node = nodes.setdefault(quad.subject.value, {"@id": compact.iri(quad.subject.value)})
        if quad.predicate == TYPE:
            node.setdefault("@type", []).append(compact.type(str(quad.object.value)))
            continue
        term, coerced = compact.property(quad.predicate.value)
        node.setdefault(term, []).append(compact.value(quad.object, coerced))
    for node in nodes.values():
        yield {k: v[0] if isinstance(v, list) and len(v) == 1 else v for k, v in node.items()}
