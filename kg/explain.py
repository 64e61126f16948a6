"""Why an event is in the graph: the words, the clause, the lexicon's file and line, the links, the judge's reasons.

A wrong statement is to lead to the line of data to mend. The article is read again from the graph
(the same input gives the same events), or a trace that ``kg build --trace`` kept is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import lang
from kg.errors import UsageError
from kg.events.judge import Judge
from kg.identity import Links, read_links
from kg.model import Document, Event, Extraction, Mention, Span
from kg.pipeline import Understanding
from kg.rdf.iris import Iris
from kg.rdf.shards import shards_of
from kg.report import Options, read_options
from kg.store import open_store, select

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store

TRACES = "traces"
_EVENTS = "SELECT DISTINCT ?event { ?event dip:evidence ?mention }"
_DOCUMENTS = """
SELECT DISTINCT ?event ?id ?text ?issued WHERE {
  ?event dip:evidence/nif:referenceContext ?doc . ?doc dct:identifier ?id ; nif:isString ?text .
  OPTIONAL { ?doc dct:issued ?issued }
} ORDER BY ?id
"""
_CHAIN = 5
"""So many mentions of an actor are shown at the most."""
_SIGNS = 5
"""So many signs are shown that spoke for an event, and against it."""


def explain(out: Path, *events: str) -> Iterator[str]:
    """The lines that explain some events, per article that tells them.

    The language is loaded once, and only if no trace was kept; an article is read once for all its events.

    Args:
        events: their IRIs, or the ends of them.

    Raises:
        UsageError: there is no such event, or several.
    """
    store = open_store(out)
    links = read_links(out)
    nodes = [_event(store, links.nodes.get(event.strip("<>"), event)) for event in events]
    again = _Again(read_options(out))
    for node in nodes:
        yield node.value
        yield from _explained(out, store, links, node, again)


class _Again:
    """Reads articles of a graph again: the same input gives the same events."""

    def __init__(self, options: Options) -> None:
        self.iris = Iris(options.base)
        self._options = options
        self._reader: Understanding | None = None
        self._read: dict[str, list[tuple[str, list[str]]]] = {}

    def traces(self, row: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
        """The traces of an article, as it stands in a row of the graph."""
        name = row["id"].value
        if name not in self._read:
            options = self._options
            if self._reader is None:
                self._reader = Understanding(lang.load(options.language, options.data), options.model)
            issued = date.fromisoformat(row["issued"].value) if row["issued"] else None
            document = Document(name, row["text"].value, published=issued, language=options.language)
            extraction = self._reader.read(document)
            self._read[name] = list(traces(extraction, self.iris, self._reader.judge))
        return self._read[name]


def _explained(out: Path, store: Store, links: Links, node: NamedNode, again: _Again) -> Iterator[str]:
    told = {node.value} | {old for old, new in links.nodes.items() if new == node.value}
    for row in select(store, _DOCUMENTS, event=node):
        graph = again.iris.graph(row["id"].value)
        kept = _kept(out, told, row["id"].value)
        if kept is None:
            found = (ls for iri, ls in again.traces(row) if links.node(graph, iri) in told)
            kept = next(found, None)
        yield from kept or [f"  {row['id'].value}: is read otherwise by this version; build again"]


def traces(extraction: Extraction, iris: Iris, judge: Judge) -> Iterator[tuple[str, list[str]]]:
    """Each event's IRI in a document with the lines that explain it."""
    for event in extraction.events:
        iri = iris.event(event, dict(extraction.entities), extraction.document.id)
        yield iri, list(_lines(extraction, event, judge))


def trace_lines(extraction: Extraction, iris: Iris, judge: Judge) -> Iterator[str]:
    """The explanations of a document's events, a JSON object each."""
    for iri, lines in traces(extraction, iris, judge):
        yield json.dumps(
            {"event": iri, "document": extraction.document.id, "lines": lines}, ensure_ascii=False
        )


def write_traces(path: Path, lines: Iterable[str]) -> None:
    """Keep the explanations of a batch."""
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def read_traces(path: Path) -> dict[str, list[str]]:
    """What was kept of a batch, by document; nothing where nothing was."""
    found: dict[str, list[str]] = {}
    if path.is_file():
        for line in path.read_text("utf-8").splitlines():
            found.setdefault(str(json.loads(line)["document"]), []).append(line)
    return found


def _event(store: Store, event: str) -> NamedNode:
    nodes: list[NamedNode] = [row["event"] for row in select(store, _EVENTS)]
    found = sorted((n for n in nodes if n.value.endswith(event.strip("<>"))), key=str)
    if len(found) != 1:
        several = (
            f"several events end so: {', '.join(n.value for n in found[:5])}" if found else "no such event"
        )
        raise UsageError(f"{event!r}: {several}; kg show --ids prints the ids")
    return found[0]


def _kept(out: Path, told: set[str], document: str) -> list[str] | None:
    for path in (out / TRACES / f"{s.name.partition('.')[0]}.jsonl" for s in shards_of(out)):
        if not path.is_file():
            continue
        for line in path.read_text("utf-8").splitlines():
            content = json.loads(line)
            if content["event"] in told and content["document"] == document:
                lines: list[str] = content["lines"]
                return lines
    return None


def _lines(extraction: Extraction, event: Event, judge: Judge) -> Iterator[str]:
    text = extraction.document.text
    yield f"  {extraction.document.id}: {event.kind}, {event.factuality}, confidence {event.confidence}"
    for side, signs in zip(("for it", "against it"), judge.strongest(event, _SIGNS), strict=True):
        if signs:
            yield f"    {side}: {', '.join(f'{_plain(sign)} {weight:+.2f}' for sign, weight in signs)}"
    for telling in event.tellings:
        sentence = next((s for s in extraction.sentences if s.covers(telling.span)), telling.span)
        yield f"    text {telling.span.begin}–{telling.span.end}: {_marked(text, sentence, telling.span)}"
        if telling.clause:
            yield f"      clause: {_plain(telling.clause)}"
        yield f"      lexicon: {telling.frame}" + (f" ({telling.trigger})" if telling.trigger else "")
        for edit in extraction.edits:
            if sentence.covers(edit.span):
                word = _plain(text[edit.span.begin : edit.span.end])
                yield f"      edit: {edit.edit}: {word!r} {_plain(edit.before)} ─▶ {_plain(edit.after)}"
        if telling.source:
            yield f"      source: {_plain(telling.source)}"
    roles = (
        ("agent", event.agents), ("recipient", event.recipients), ("participant", event.participants),
        ("attributed to", event.attributed_to),
        *((name, (key,)) for name, key in (("place", event.place), ("destination", event.destination), ("body", event.body)) if key),
    )  # fmt: skip
    for role, keys in roles:
        for key in keys:
            yield f"    {role}: {_plain(extraction.entities[key].label)}"
            yield from (f"      {_link(mention)}" for mention in _chain(extraction, key, event))
    if event.time is not None:
        when = event.time.date or (
            f"{event.time.earliest} to {event.time.latest}" if event.time.earliest else "not dated"
        )
        yield f"    time: {_plain(event.time.text)!r}, {when}"


def _chain(extraction: Extraction, key: str, event: Event) -> list[Mention]:
    """The mentions in the sentences of the evidence, and the first one, to which they go back."""
    spans = [s for s in extraction.sentences if any(s.covers(t.span) for t in event.tellings)]
    named = [m for m in extraction.mentions if key in m.actors or key == m.place]
    inside = [m for m in named if any(s.covers(m.span) for s in spans)]
    return sorted(dict.fromkeys((*named[:1], *inside)), key=lambda m: m.span)[:_CHAIN]


def _link(mention: Mention) -> str:
    why = f" – {_plain(mention.why)}" if mention.why else ""
    return f"{mention.span.begin}–{mention.span.end} {_plain(mention.text)!r} ({mention.kind}{why})"


def _marked(text: str, sentence: Span, span: Span) -> str:
    before, inside, after = (
        text[sentence.begin : span.begin],
        text[span.begin : span.end],
        text[span.end : sentence.end],
    )
    return _plain(f"{before}⟦{inside}⟧{after}")


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
