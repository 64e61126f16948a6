"""The core constraints of a shapes graph, compiled once into checks over quads.

A general SHACL engine reads the shapes anew for every graph. What is compiled here are the components that
``ontologies/shapes.ttl`` uses; another one is a fault in it (`DataError`), never ignored. A test compares the answers with pySHACL's.

Source: Shapes Constraint Language (SHACL), W3C Recommendation of 2017, sections 2.1.3 (targets) and 4 (components).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import DataError
from kg.rdf.terms import TYPE, XSD

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

Term = NamedNode | BlankNode | Literal
_LEXICAL = {
    f"{XSD}decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    f"{XSD}integer": re.compile(r"[+-]?\d+"),
    f"{XSD}nonNegativeInteger": re.compile(r"\+?\d+|-0+"),
    f"{XSD}date": re.compile(r"\d{4}-\d\d-\d\d"),
}
_IGNORED = {"type", "message", "path", "targetClass", "targetObjectsOf", "property", "sparql"}


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a shape."""

    node: str
    message: str
    value: str


class Facts:
    """The triples of one graph by subject and property."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[Term, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self.instances: dict[str, dict[Term, None]] = defaultdict(dict)
        self.blank_nodes: dict[Term, None] = {}
        self.texts: dict[Term, tuple[str, ...]] = {}
        """Texts of documents that were asked for already."""
        for quad in dict.fromkeys(quads):
            subject, value = quad.subject, quad.object
            values = self._values[subject][quad.predicate.value]  # type: ignore[index]
            if value not in values:
                values.append(value)  # type: ignore[arg-type]
            for term in (subject, value):
                if isinstance(term, BlankNode):
                    self.blank_nodes[term] = None
        for node, of in self._values.items():
            for kind in of.get(TYPE.value, ()):
                self.instances[kind.value][node] = None

    def objects_of(self, path: str) -> dict[Term, None]:
        """All values of a property."""
        return {value: None for of in self._values.values() for value in of.get(path, ())}

    def values(self, node: Term, path: str) -> Sequence[Term]:
        """The values of a property."""
        return self._values[node][path] if node in self._values else ()

    def is_a(self, node: Term, kind: str) -> bool:
        """Whether a node is an instance of a class."""
        return node in self.instances[kind] if kind in self.instances else False


Check = Callable[[Facts, Term, Sequence[Term]], Iterable[Term | None]]
"""What breaks a constraint among the values that a focus node has: values, or None for the node itself."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape's targets with the checks of each property (None: of the node itself)."""

    classes: tuple[str, ...]
    objects_of: tuple[str, ...]
    checks: tuple[tuple[str | None, str, Check], ...]
    """(path, message, check)"""

    def violations(self, facts: Facts) -> Iterator[Violation]:
        """What breaks it in a graph."""
        focus: dict[Term, None] = {}
        for kind in self.classes:
            focus.update(facts.instances.get(kind, {}))
        for pointing in self.objects_of:
            focus.update(facts.objects_of(pointing))
        for node in focus:
            for path, message, check in self.checks:
                values = (node,) if path is None else facts.values(node, path)
                for wrong in check(facts, node, values):
                    yield Violation(node.value, message, "" if wrong is None else wrong.value)


def compile_shapes(shapes: Graph) -> list[Shape]:
    """The node shapes of a graph.

    Raises:
        DataError: a shape has a component that is not known here.
    """
    from rdflib import RDF, SH

    return [
        Shape(
            tuple(map(str, shapes.objects(shape, SH.targetClass))),
            tuple(map(str, shapes.objects(shape, SH.targetObjectsOf))),
            tuple(
                (None if part == shape else str(shapes.value(part, SH.path)), *compiled)
                for part in (shape, *shapes.objects(shape, SH.property))
                for compiled in _checks(shapes, part)
            ),
        )
        for shape in shapes.subjects(RDF.type, SH.NodeShape)
    ]


def _checks(shapes: Graph, part: Node) -> Iterator[tuple[str, Check]]:
    """The checks of a node shape itself, or of one of its properties, each with its message."""
    from rdflib import SH

    message = str(shapes.value(part, SH.message) or "the shape is broken")
    for predicate, value in shapes.predicate_objects(part):
        name = str(predicate).rpartition("#")[2]
        if name in _IGNORED:
            continue
        make = _COMPONENTS.get(name)
        if make is None:
            raise DataError(f"shapes.ttl: {name}: not known to kg/rdf/shapes.py")
        yield message, make(shapes, value)


def _each(fits: Callable[[Facts, Term], bool]) -> Check:
    return lambda facts, node, values: [v for v in values if not fits(facts, v)]


def _min_count(_: Graph, value: Node) -> Check:
    least = int(str(value))
    return lambda facts, node, values: [None] if len(values) < least else []


def _max_count(_: Graph, value: Node) -> Check:
    most = int(str(value))
    return lambda facts, node, values: [None] if len(values) > most else []


def _node_kind(_: Graph, value: Node) -> Check:
    kind = {"IRI": NamedNode, "Literal": Literal, "BlankNode": BlankNode}.get(str(value).rpartition("#")[2])
    if kind is None:
        raise DataError(f"shapes.ttl: sh:nodeKind {value}: not known to kg/rdf/shapes.py")
    return _each(lambda facts, v: isinstance(v, kind))


def _class(_: Graph, value: Node) -> Check:
    kind = str(value)
    return _each(lambda facts, v: facts.is_a(v, kind))


def _or(shapes: Graph, value: Node) -> Check:
    from rdflib import SH
    from rdflib.collection import Collection

    kinds = []
    for option in Collection(shapes, value):
        if {str(p) for p in shapes.predicates(option)} != {str(SH["class"])}:
            raise DataError("shapes.ttl: sh:or: only classes are known to kg/rdf/shapes.py")
        kinds.append(str(shapes.value(option, SH["class"])))
    return _each(lambda facts, v: any(facts.is_a(v, kind) for kind in kinds))


def _in(shapes: Graph, value: Node) -> Check:
    from rdflib.collection import Collection

    allowed = {str(option) for option in Collection(shapes, value)}
    return _each(lambda facts, v: isinstance(v, NamedNode) and v.value in allowed)


def _has_value(_: Graph, value: Node) -> Check:
    wanted = NamedNode(str(value))
    return lambda facts, node, values: [] if wanted in values else [None]


def _datatype(_: Graph, value: Node) -> Check:
    kind = str(value)
    return _each(lambda facts, v: isinstance(v, Literal) and v.datatype.value == kind and is_well_formed(v))


def _pattern(_: Graph, value: Node) -> Check:
    pattern = re.compile(str(value))
    return _each(lambda facts, v: not isinstance(v, BlankNode) and pattern.search(v.value) is not None)


def _unique_lang(_: Graph, value: Node) -> Check:
    def check(facts: Facts, node: Term, values: Sequence[Term]) -> Iterable[None]:
        languages = [v.language for v in values if isinstance(v, Literal) and v.language]
        return [None for _ in {one for one in languages if languages.count(one) > 1}]

    return check


def _least(_: Graph, value: Node) -> Check:
    least = Decimal(str(value))
    return _each(lambda facts, v: isinstance(number := _comparable(v), Decimal) and number >= least)


def _most(_: Graph, value: Node) -> Check:
    most = Decimal(str(value))
    return _each(lambda facts, v: isinstance(number := _comparable(v), Decimal) and number <= most)


def _compared(*, equal: bool) -> Callable[[Graph, Node], Check]:
    def make(_: Graph, value: Node) -> Check:
        path = str(value)

        def check(facts: Facts, node: Term, values: Sequence[Term]) -> Iterable[Term]:
            return [v for v in values for w in facts.values(node, path) if not _before(v, w, equal=equal)]

        return check

    return make


def _before(one: Term, other: Term, *, equal: bool) -> bool:
    a, b = _comparable(one), _comparable(other)
    if a is None or type(a) is not type(b):
        return False
    return bool(a < b or (equal and a == b))  # type: ignore[operator]


def is_well_formed(literal: Literal) -> bool:
    """Whether a literal is one of its datatype's; other datatypes than the output's are not looked at."""
    pattern = _LEXICAL.get(literal.datatype.value)
    if pattern is None:
        return True
    return pattern.fullmatch(literal.value) is not None and (
        not literal.datatype.value.endswith("#date") or _day(literal.value) is not None
    )


def _comparable(term: Term) -> Decimal | date | None:
    if not isinstance(term, Literal) or term.datatype.value not in _LEXICAL or not is_well_formed(term):
        return None
    return _day(term.value) if term.datatype.value.endswith("#date") else Decimal(term.value)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_COMPONENTS: Mapping[str, Callable[[Graph, Node], Check]] = {
    "minCount": _min_count, "maxCount": _max_count, "nodeKind": _node_kind, "class": _class, "or": _or, "in": _in,
    "hasValue": _has_value, "datatype": _datatype, "pattern": _pattern, "uniqueLang": _unique_lang,
    "minInclusive": _least, "maxInclusive": _most,
    "lessThan": _compared(equal=False), "lessThanOrEquals": _compared(equal=True),
}  # fmt: skip
