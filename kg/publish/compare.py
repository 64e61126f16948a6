"""Is there what is here? By counts per graph, or triple by triple."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pyoxigraph import Literal, Quad, Triple

from kg.export.source import graphs
from kg.publish.parallel import bounded
from kg.publish.store import RemoteStore
from kg.rdf.terms import XSD

Normal = tuple[str, ...]
_INTEGERS = frozenset(
    f"{XSD}{name}"
    for name in (
        "integer", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger", "long", "int", "short",
        "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """How a graph there differs from the one here."""

    graph: str
    here: int
    there: int
    added: tuple[Triple, ...] = ()
    """Only here: a load would add them. Empty where only counts were compared."""
    removed: tuple[Triple, ...] = ()
    """Only there: a load would remove them."""

    def __str__(self) -> str:
        counts = f"{self.graph}: {self.here} triples here, {self.there} there"
        return (
            f"{counts}, {len(self.added)} only here, {len(self.removed)} only there"
            if self.added or self.removed
            else counts
        )


def by_counts(here: Mapping[str, int], there: Mapping[str, int]) -> list[Difference]:
    """The graphs that are larger or smaller there, or missing; graphs that are only there are left out."""
    return [
        Difference(name, size, there.get(name, 0))
        for name, size in here.items()
        if there.get(name, 0) != size
    ]


def by_triples(
    out: Path, store: RemoteStore, jobs: int, seen: Callable[[str], None] = lambda _: None
) -> Iterator[Difference]:
    """The graphs that differ in any triple.

    Two literals are the same if their values are: stores keep values in a form of their own
    (Oxigraph an ``xsd:nonNegativeInteger`` as ``xsd:integer``, Virtuoso ``de-AT`` as ``de-at``).

    Args:
        seen: called with each graph that was compared.
    """

    def compare(graph: tuple[str, Sequence[Quad]]) -> tuple[str, Difference | None]:
        name, quads = graph
        return name, difference(name, [q.triple for q in quads], store.triples(name))

    for name, found in bounded(compare, graphs(out), jobs):
        seen(name)
        if found:
            yield found


def difference(name: str, here: Sequence[Triple], there: set[Triple]) -> Difference | None:
    """How two versions of a graph differ; None if they say the same."""
    ours = {normal(t): t for t in here}
    theirs = {normal(t): t for t in there}
    if ours.keys() == theirs.keys():
        return None
    return Difference(
        name, len(ours), len(theirs),
        added=tuple(sorted((t for n, t in ours.items() if n not in theirs), key=str)),
        removed=tuple(sorted((t for n, t in theirs.items() if n not in ours), key=str)),
    )  # fmt: skip


def normal(triple: Triple) -> Normal:
    """A triple in a form that is equal for equal values.

    >>> from pyoxigraph import NamedNode
    >>> s, p, xsd = NamedNode("urn:s"), NamedNode("urn:p"), "http://www.w3.org/2001/XMLSchema#"
    >>> one = Literal("1", datatype=NamedNode(f"{xsd}nonNegativeInteger"))
    >>> normal(Triple(s, p, one)) == normal(Triple(s, p, Literal("01", datatype=NamedNode(f"{xsd}integer"))))
    True
    """
    value = triple.object
    node = _literal(value) if isinstance(value, Literal) else (str(value),)
    return str(triple.subject), str(triple.predicate), *node


def _literal(literal: Literal) -> Normal:
    datatype, text = literal.datatype.value, literal.value
    if literal.language:
        return text, literal.language.lower()
    try:
        if datatype in _INTEGERS:
            return str(int(text)), f"{XSD}integer"
        if datatype == f"{XSD}decimal":
            return str(Decimal(text).normalize()), datatype
        if datatype == f"{XSD}dateTime":
            moment = datetime.fromisoformat(text)
            return (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat(), datatype
    except (ValueError, InvalidOperation, OverflowError):
        return text, datatype
    return text, datatype
