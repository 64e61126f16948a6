"""SHACL validation of document graphs: core constraints by pySHACL, SPARQL constraints by Oxigraph.

pySHACL parses the query of a SPARQL constraint anew for every focus node, which takes nine tenths of its
time; run once for all nodes, the same query gives the same violations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, QuerySolutions, Store

from kg.rdf.serialise import ntriples
from kg.rdf.terms import TYPE
from kg.resources import ontologies

if TYPE_CHECKING:
    from rdflib import Graph


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a shape."""

    node: str
    message: str
    value: str


@dataclass(frozen=True, slots=True)
class SparqlConstraint:
    """A ``sh:sparql`` of a node shape: its query must give no row for a node of the target classes."""

    targets: tuple[NamedNode, ...]
    query: str
    message: str
    prefixes: dict[str, str]

    def violations(self, store: Store) -> Iterator[Violation]:
        """What the query finds among the target nodes of a store's default graph."""
        focus = {q.subject for target in self.targets for q in store.quads_for_pattern(None, TYPE, target)}
        rows = store.query(self.query, prefixes=self.prefixes)
        assert isinstance(rows, QuerySolutions)
        for row in rows:
            if row["this"] in focus:
                yield Violation(row["this"].value, self.message, str(getattr(row["value"], "value", "")))


class Validator:
    """Checks graphs against ``ontologies/shapes.ttl``; construction reads the shapes."""

    def __init__(self) -> None:
        from rdflib import Graph

        self._shapes = Graph().parse(ontologies() / "shapes.ttl")
        self._constraints = list(_cut_sparql(self._shapes))

    def check(self, quads: Iterable[Quad]) -> list[Violation]:
        """The violations in one document's quads, sorted; empty when the graph conforms."""
        from rdflib import Graph

        triples = [Quad(q.subject, q.predicate, q.object) for q in quads]
        store = Store()
        store.extend(triples)
        graph = Graph(bind_namespaces="none")
        graph.parse(data=ntriples(triples).decode(), format="nt")
        found = {*self._core(graph)}
        for constraint in self._constraints:
            found.update(constraint.violations(store))
        return sorted(found, key=lambda v: (v.node, v.message, v.value))

    def _core(self, graph: Graph) -> Iterator[Violation]:
        from pyshacl import validate
        from rdflib import RDF, SH

        conforms, report, text = validate(graph, shacl_graph=self._shapes, meta_shacl=False)
        if conforms:
            return
        if not hasattr(report, "subjects"):  # pySHACL could not read the shapes
            yield Violation("", str(text), "")
            return
        for result in report.subjects(RDF.type, SH.ValidationResult):
            yield Violation(
                str(report.value(result, SH.focusNode) or ""),
                str(report.value(result, SH.resultMessage) or ""),
                str(report.value(result, SH.value) or ""),
            )


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
            str(shapes.value(constraint, SH.select)),
            str(shapes.value(constraint, SH.message)),
            prefixes,
        )
        shapes.remove((shape, SH.sparql, constraint))
