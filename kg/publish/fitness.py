"""What a store cannot hold unchanged, found before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, Quad

from kg.publish.dialects import Dialect
from kg.rdf.terms import PREFIXES, XSD

_DATES = ("date", "dateTime", "gYear", "gYearMonth")
_YEARS = {"year-before-1": ("-|0000", "years before 1"), "year-after-9999": (r"\d{5}", "years after 9999")}
"""Rule ─▶ how such a date begins, and what to call it."""


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
        self._suspicious = re.compile("|".join(patterns).encode()) if patterns else None

    def faults(self, quads: Sequence[Quad], content: bytes) -> Iterator[str]:
        """What of a graph the store would change, with the triple.

        Args:
            content: the same graph as N-Triples or N-Quads; most graphs are cleared by one look at the bytes.
        """
        if self._suspicious is None or not self._suspicious.search(content):
            return
        for quad in quads:
            value = quad.object
            if isinstance(value, Literal) and (what := self._changed(value)):
                shown = value.value if len(value.value) <= 80 else f"{value.value[:77]}…"
                yield f"{quad.graph_name}: {quad.subject} {quad.predicate} {shown!r}: {self._title} changes {what}"

    def _changed(self, value: Literal) -> str | None:
        datatype = value.datatype.value
        if datatype in self._types:
            return self._types[datatype]
        if datatype.startswith(XSD) and datatype.removeprefix(XSD) in _DATES:
            return next((what for begin, what in self._years if begin.match(value.value)), None)
        return None
