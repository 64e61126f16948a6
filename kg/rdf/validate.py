"""SHACL validation of document graphs with pySHACL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from kg.rdf.serialise import nquads
from kg.resources import ontologies

if TYPE_CHECKING:
    from rdflib import Graph


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a shape."""

    node: str
    message: str
    value: str


class Validator:
    """Checks graphs against ``ontologies/shapes.ttl``; construction reads the shapes."""

    def __init__(self) -> None:
        from rdflib import Graph

        folder = ontologies()
        self._shapes = Graph().parse(folder / "shapes.ttl")
        self._ontology = Graph().parse(folder / "diplomacy.ttl")

    def check(self, quads: Iterable[Quad]) -> list[Violation]:
        """The violations in one document's quads, sorted; empty when the graph conforms."""
        from rdflib import Graph

        lines = nquads(quads).decode("utf-8", "surrogatepass")
        graph = Graph().parse(data=_triples(lines), format="nt")
        return self.check_graph(graph)

    def check_graph(self, graph: Graph) -> list[Violation]:
        """The same for an rdflib graph."""
        from pyshacl import validate
        from rdflib import RDF, SH

        conforms, report, text = validate(
            graph, shacl_graph=self._shapes, ont_graph=None, advanced=True, meta_shacl=False
        )
        if conforms:
            return []
        if not hasattr(report, "subjects"):
            return [Violation("", str(text), "")]
        found = [
            Violation(
                str(report.value(result, SH.focusNode) or ""),
                str(report.value(result, SH.resultMessage) or ""),
                str(report.value(result, SH.value) or ""),
            )
            for result in report.subjects(RDF.type, SH.ValidationResult)
        ]
        return sorted(found, key=lambda v: (v.node, v.message, v.value))


def _triples(nquad_lines: str) -> str:
    """N-Quads of one graph as N-Triples: the graph name is the last term of a line."""
    lines = []
    for line in nquad_lines.splitlines():
        body = line.removesuffix(" .")
        lines.append(f"{body[: body.rindex(' <')]} .")
    return "\n".join(lines) + "\n"
