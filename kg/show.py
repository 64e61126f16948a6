"""What was understood of a document, for reading: one line per event, with its sentence, in German or English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.messages import messages
from kg.rdf.codes import labels
from kg.store import select

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store

_DOCUMENTS = """
SELECT ?doc ?id ?text ?issued WHERE {
  ?doc a dip:Document ; dct:identifier ?id ; nif:isString ?text . OPTIONAL { ?doc dct:issued ?issued }
} ORDER BY ?id
"""
_EVENTS = """
SELECT ?doc ?event ?p ?value ?begin ?end WHERE {
  ?mention nif:referenceContext ?doc ; nif:beginIndex ?begin ; nif:endIndex ?end .
  GRAPH ?g { ?event dip:evidence ?mention ; ?p ?o . }
  OPTIONAL { GRAPH ?g { ?o rdfs:label ?label } }
  BIND (IF(ISIRI(?o) && ?p != rdf:type && ?p != dip:factuality, COALESCE(?label, ?o), ?o) AS ?value)
} ORDER BY ?begin ?end ?event ?p ?value
"""


@dataclass(slots=True)
class _Line:
    """One event's values by property, with its first evidence."""

    iri: str
    begin: int
    end: int
    values: dict[str, dict[str, None]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        return next(iter(self.values.get(name, {})), "")

    def all(self, name: str) -> str:
        return ", ".join(self.values.get(name, {}))


def show(
    store: Store, identifier: str | None = None, *, ids: bool = False, language: str = "de"
) -> Iterator[str]:
    """The lines of one document, or of all.

    Raises:
        UsageError: there is no such document.
    """
    rows = list(select(store, _DOCUMENTS))
    chosen = [r for r in rows if identifier in (None, r["id"].value)]
    if not chosen:
        known = ", ".join(r["id"].value for r in rows[:10])
        raise UsageError(f"no document {identifier!r} in the graph; there is: {known}")
    for row in chosen:
        issued = f" ({row['issued'].value})" if row["issued"] else ""
        yield f"── {_plain(row['id'].value)}{issued}"
        text = row["text"].value
        for line in _lines(store, row["doc"]):
            yield _sentence(line, language) + (f"  [{line.iri.rpartition('/')[2]}]" if ids else "")
            yield f"     „{_plain(_around(text, line.begin, line.end))}“"
        yield ""


def _lines(store: Store, document: NamedNode) -> list[_Line]:
    lines: dict[str, _Line] = {}
    for row in select(store, _EVENTS, doc=document):
        iri = row["event"].value
        line = lines.setdefault(iri, _Line(iri, int(row["begin"].value), int(row["end"].value)))
        name = row["p"].value.rpartition("#")[2]
        line.values.setdefault(name, {})[row["value"].value] = None
    return sorted(lines.values(), key=lambda line: line.begin)


def _sentence(line: _Line, language: str) -> str:
    texts = messages(language, "show")
    kinds = [k.rpartition("#")[2] for k in line.values.get("type", {})]
    kind = next((k for k in kinds if k not in ("Event", "Situation")), "")
    agents, recipients = line.all("agent"), line.all("recipient")
    who = f"{agents} → {recipients}".strip() if recipients else agents or line.all("participant")
    parts = [f"  {labels(language).get(kind, kind)}: {who}"]
    if line.first("office"):
        parts.append(f", {line.first('office')}" + (f" ({line.first('body')})" if line.first("body") else ""))
    if line.first("destination"):
        parts.append(texts["destination"].format(place=line.first("destination")))
    if line.first("place"):
        parts.append(texts["place"].format(place=line.first("place")))
    if line.all("topic"):
        parts.append(texts["topic"].format(topic=line.all("topic")))
    when = line.first("date") or (
        texts["between"].format(earliest=line.first("earliest"), latest=line.first("latest"))
        if line.first("earliest")
        else line.first("timeExpression")
    )
    if when:
        parts.append(f", {when}")
    parts.append(texts.get(line.first("factuality").rpartition("#")[2], ""))
    if line.all("attributedTo"):
        parts.append(texts["source"].format(speakers=line.all("attributedTo")))
    return _plain("".join(parts), keep_indent=True)


def _around(text: str, begin: int, end: int) -> str:
    """The evidence with its line's surroundings, at most 300 characters."""
    anchor = text[begin:end]
    return anchor if len(anchor) <= 300 else f"{anchor[:297]}…"


def _plain(text: str, *, keep_indent: bool = False) -> str:
    """Text from an article for a terminal: no control characters, one line."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return clean if keep_indent else " ".join(clean.split())
