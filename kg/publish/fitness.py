"""What a store cannot hold unchanged, found before anything is sent."""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import Literal, Quad

from kg.errors import OutputError
from kg.publish.dialects import Dialect
from kg.rdf.shards import read_shard, shards_of, unpack
from kg.rdf.terms import PREFIXES, XSD

_DATES = ("date", "dateTime", "gYear", "gYearMonth")
_YEARS = {"year-before-1": ("-|0000", "years before 1"), "year-after-9999": (r"\d{5}", "years after 9999")}
"""Rule ─▶ how such a date begins, and what to call it."""


_SURROGATE = r"\\u[dD][89a-fA-F]"
"""Half of a character: no RDF, and found by parsing what may hold it."""
_NAMED = 10


def check(out: Path, dialect: Dialect) -> int:
    """Look through a built folder before anything is sent; return its number of triples.

    (Triples that links between documents make equal are counted apart.)

    Raises:
        OutputError: the store cannot hold some triples unchanged; the first ones are named.
        UsageError: there is no built graph, or a line of it is no RDF; it is named, with its graph.
    """
    fitness, triples, faults = Fitness(dialect), 0, list[str]()
    for shard in shards_of(out):
        content = unpack(shard)
        triples += content.count(b"\n")
        if fitness.suspicious(content):
            faults.extend(fault for quad in read_shard(shard) if (fault := fitness.fault(quad)))
    if faults:
        more = f"; and {len(faults) - _NAMED} more" if len(faults) > _NAMED else ""
        raise OutputError(f"nothing was sent: {'; '.join(faults[:_NAMED])}{more}")
    return triples


class Fitness:
    """The rules of one kind of store."""

    def __init__(self, dialect: Dialect) -> None:
        self._title = dialect.title
        self._years = [
            (re.compile(begin), what) for rule, (begin, what) in _YEARS.items() if rule in dialect.refuses
        ]
        self._types = {
            PREFIXES[p] + n: f"values of {t}" for t in dialect.changes for p, _, n in (t.partition(":"),)
        }
        begins = "|".join(begin.pattern for begin, _ in self._years)
        patterns = [rf'"(?:{begins})[^"]*"\^\^<{XSD}(?:{"|".join(_DATES)})>'] if begins else []
        patterns += [re.escape(f"^^<{iri}>") for iri in self._types]
        self._suspicious = re.compile("|".join([*patterns, _SURROGATE]).encode())

    def suspicious(self, content: bytes) -> bool:
        """Whether N-Quads may hold something that the store would change; most shards are cleared by this look."""
        return self._suspicious.search(content) is not None

    def fault(self, quad: Quad) -> str | None:
        """What of a quad the store would change, with the graph and the triple."""
        value = quad.object
        if not isinstance(value, Literal) or not (what := self._changed(value)):
            return None
        shown = value.value if len(value.value) <= 80 else f"{value.value[:77]}…"
        return f"{quad.graph_name}: {quad.subject} {quad.predicate} {shown!r}: {self._title} changes {what}"

    def _changed(self, value: Literal) -> str | None:
        datatype = value.datatype.value
        if datatype in self._types:
            return self._types[datatype]
        if datatype.startswith(XSD) and datatype.removeprefix(XSD) in _DATES:
            return next((what for begin, what in self._years if begin.match(value.value)), None)
        return None
