"""SHACL validation of document graphs: core constraints compiled (`kg.rdf.shapes`), SPARQL constraints by Oxigraph.

Many graphs are checked in one go: each query runs once over all of them, graph by graph. Queries that look at the text of a
document for every mention are answered by slicing it, which costs the same wherever the mention stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store

from kg.errors import DataError
from kg.rdf.shapes import Facts, Term, Violation, compile_shapes, is_well_formed
from kg.rdf.terms import NIF, TYPE, XSD
from kg.resources import ontologies

if TYPE_CHECKING:
    from rdflib import Graph

_INTEGERS = (NamedNode(f"{XSD}nonNegativeInteger"), NamedNode(f"{XSD}integer"))
_STRING = NamedNode(f"{XSD}string")
__all__ = ["Validator", "Violation"]


@dataclass(frozen=True, slots=True)
class SparqlConstraint:
    """A ``sh:sparql`` of a node shape: its query must give no row for a node of the target classes."""

    targets: tuple[NamedNode, ...]
    pattern: str
    """What is asked for: the group behind ``SELECT $this ?value WHERE``."""
    message: str
    prefixes: dict[str, str]

    @property
    def predicates(self) -> frozenset[str] | None:
        """The predicates that its query speaks of; None if it may be any."""
        pattern = re.sub(r'"[^"]*"', "", self.pattern)
        if re.search(r"[?$]\w+\s+[?$]\w+\s+[?$]\w+|<\w+:", pattern):
            return None
        names = re.findall(r"\b(\w+):(\w+)", pattern)
        return frozenset(self.prefixes[prefix] + name for prefix, name in names) | {TYPE.value}

    def violations(
        self, store: Store, graphs: Mapping[NamedNode, Facts]
    ) -> Iterator[tuple[NamedNode, Violation]]:
        """What the query finds among the target nodes of a store's named graphs, with the graph."""
        query = f"SELECT DISTINCT ?graph ?this ?value {{ GRAPH ?graph {self.pattern} }}"
        rows = store.query(query, prefixes=self.prefixes)
        assert isinstance(rows, QuerySolutions)
        for row in rows:
            if any(graphs[row["graph"]].is_a(row["this"], t.value) for t in self.targets):
                yield row["graph"], Violation(row["this"].value, self.message, _text(row["value"]))


class Validator:
    """Checks graphs against ``ontologies/shapes.ttl``; construction reads the shapes."""

    def __init__(self) -> None:
        from rdflib import Graph

        shapes = Graph().parse(ontologies() / "shapes.ttl")
        found = list(_cut_sparql(shapes))
        self._shapes = compile_shapes(shapes)
        self._sliced = [(c, _SLICED[c.pattern]) for c in found if c.pattern in _SLICED]
        self._constraints = [c for c in found if c.pattern not in _SLICED]
        asked = [c.predicates for c in self._constraints]
        self._asked = None if None in asked else frozenset[str]().union(*filter(None, asked))
        """The predicates that the engine is asked about; None: any."""

    def check(self, quads: Iterable[Quad]) -> list[Violation]:
        """The violations in one document's quads, sorted; empty when the graph conforms."""
        return self.check_all([list(quads)])[0]

    def check_all(self, graphs: Iterable[list[Quad]]) -> list[list[Violation]]:
        """The violations in each of several graphs."""
        store = Store()
        found: list[set[Violation]] = []
        facts_of: dict[NamedNode, Facts] = {}
        for number, quads in enumerate(graphs):
            name = _name(number)
            asked = quads if self._asked is None else [q for q in quads if q.predicate.value in self._asked]
            store.extend(Quad(q.subject, q.predicate, q.object, name) for q in asked)
            facts = facts_of[name] = Facts(quads)
            violations = {v for shape in self._shapes for v in shape.violations(facts)}
            for constraint, sliced in self._sliced:
                targets = (n for t in constraint.targets for n in facts.instances.get(t.value, ()))
                violations |= {
                    Violation(n.value, constraint.message, _text(v))
                    for n in targets
                    for v in sliced(facts, n)
                }
            found.append(violations)
        names = {_name(number): violations for number, violations in enumerate(found)}
        for constraint in self._constraints:
            for graph, violation in constraint.violations(store, facts_of):
                names[graph].add(violation)
        return [sorted(v, key=lambda v: (v.node, v.message, v.value)) for v in found]


def _name(number: int) -> NamedNode:
    return NamedNode(f"urn:graph:{number}")


def _text(term: object) -> str:
    return str(getattr(term, "value", "") or "")


def _cut_sparql(shapes: Graph) -> Iterator[SparqlConstraint]:
    """Take the SPARQL constraints out of a shapes graph."""
    from rdflib import SH

    for shape, constraint in list(shapes.subject_objects(SH.sparql)):
        prefixes = {
            str(shapes.value(declared, SH.prefix)): str(shapes.value(declared, SH.namespace))
            for ontology in shapes.objects(constraint, SH.prefixes)
            for declared in shapes.objects(ontology, SH.declare)
        }
        yield SparqlConstraint(
            tuple(NamedNode(str(c)) for c in shapes.objects(shape, SH.targetClass)),
            _pattern(str(shapes.value(constraint, SH.select))),
            str(shapes.value(constraint, SH.message)),
            prefixes,
        )
        shapes.remove((shape, SH.sparql, constraint))


def _pattern(select: str) -> str:
    found = re.fullmatch(r"\s*SELECT (?:DISTINCT )?\$this \?value WHERE (\{.*\})\s*", select, re.DOTALL)
    if found is None:
        raise DataError(f"shapes.ttl: sh:select: SELECT $this ?value WHERE {{ … }} is needed: {select}")
    return found[1]


def _texts(facts: Facts, mention: Term) -> Iterator[str]:
    for document in facts.values(mention, f"{NIF}referenceContext"):
        known = facts.texts.get(document)
        if known is None:  # the engine copies a literal's text whenever it is asked for it
            texts = (t for t in facts.values(document, f"{NIF}isString") if isinstance(t, Literal))
            known = tuple(t.value for t in texts if t.language or t.datatype == _STRING)
            facts.texts[document] = known
        yield from known


def _numbers(facts: Facts, mention: Term, name: str) -> list[tuple[int, Term]]:
    terms = facts.values(mention, f"{NIF}{name}")
    return [
        (int(t.value), t)
        for t in terms
        if isinstance(t, Literal) and t.datatype in _INTEGERS and is_well_formed(t)
    ]


def _not_the_anchor(facts: Facts, mention: Term) -> Iterator[Term]:
    """SPARQL counts characters as Python does."""
    anchors = [a for a in facts.values(mention, f"{NIF}anchorOf") if not isinstance(a, BlankNode)]
    for text in _texts(facts, mention):
        for begin, _ in _numbers(facts, mention, "beginIndex"):
            for end, _ in _numbers(facts, mention, "endIndex"):
                yield from (a for a in anchors if text[begin : max(end, begin)] != a.value)


def _behind_the_text(facts: Facts, mention: Term) -> Iterator[Term]:
    for text in _texts(facts, mention):
        yield from (term for end, term in _numbers(facts, mention, "endIndex") if end > len(text))


def _of_another_document(facts: Facts, mention: Term) -> Iterator[Term]:
    for document in facts.values(mention, f"{NIF}referenceContext"):
        if not isinstance(document, BlankNode) and not mention.value.startswith(f"{document.value}#"):
            yield document


def _without_name(facts: Facts, document: Term) -> Iterator[Term]:
    yield from facts.blank_nodes


_SLICED: Mapping[str, Callable[[Facts, Term], Iterable[Term]]] = {
    "{ $this nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?value ; "
    "nif:referenceContext/nif:isString ?text . FILTER (SUBSTR(?text, ?b + 1, ?e - ?b) != STR(?value)) }": _not_the_anchor,
    "{ $this nif:endIndex ?value ; nif:referenceContext/nif:isString ?text . "
    "FILTER (?value > STRLEN(?text)) }": _behind_the_text,
    '{ $this nif:referenceContext ?value . FILTER (!STRSTARTS(STR($this), CONCAT(STR(?value), "#"))) }': _of_another_document,
    "{ $this a dip:Document . { ?value ?p ?o } UNION { ?s ?q ?value } FILTER (ISBLANK(?value)) }": _without_name,
}
"""Patterns whose matches are found without the engine; any other wording of them goes to it."""
