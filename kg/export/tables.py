"""CSV tables for spreadsheets and data frames, described by CSVW.

``events.csv``, ``roles.csv``, ``entities.csv``, ``mentions.csv``, ``plover.csv`` and
``csv-metadata.json``. An event that several documents tell has a row per document.

Source: "Metadata Vocabulary for Tabular Data", W3C Recommendation of 2015.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from kg.errors import OutputError
from kg.export.plover import COLUMNS as PLOVER
from kg.export.plover import PloverTable
from kg.export.source import graphs
from kg.rdf.facts import Facts
from kg.rdf.foreign import cell
from kg.rdf.terms import DCT, ITSRDF, LABEL, NIF, SKOS, WIKIDATA

Row = dict[str, str]
_ROLES = ("agent", "recipient", "participant", "place", "destination", "body", "attributedTo")
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "events": {
        "event": "anyURI", "document": "string", "issued": "date", "class": "string", "who": "string", "factuality": "string",
        "date": "date", "earliest": "date", "latest": "date", "time_expression": "string",
        "place": "string", "destination": "string", "topics": "string", "office": "string",
        "body": "string", "quotation": "string", "source": "string", "confidence": "decimal",
        "rule": "string", "sentence": "string",
    },
    "roles": {
        "event": "anyURI", "document": "string", "role": "string", "entity": "anyURI", "label": "string",
    },
    "entities": {
        "entity": "anyURI", "label": "string", "class": "string", "country": "string", "wikidata": "string",
        "other_names": "string",
    },
    "mentions": {
        "document": "string", "begin": "nonNegativeInteger", "end": "nonNegativeInteger", "text": "string",
        "entity": "anyURI", "event": "anyURI",
    },
    "plover": PLOVER,
}  # fmt: skip


def export_tables(out: Path, folder: Path) -> list[Path]:
    """Write all tables and their description into a folder; return the files.

    Raises:
        OutputError: the folder cannot be written.
        UsageError: there is no built graph.
    """
    makers: dict[str, Callable[[Facts], Iterator[Row]]] = {
        "events": _events, "roles": _roles, "entities": _Entities(), "mentions": _mentions,
        "plover": PloverTable(),
    }  # fmt: skip
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            writers = {}
            for name in makers:
                file = stack.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
                writers[name] = csv.DictWriter(file, list(COLUMNS[name]), lineterminator="\r\n")
                writers[name].writeheader()
            for graph, quads in graphs(out):
                facts = Facts(graph, quads)
                for name, rows in makers.items():
                    writers[name].writerows(_safe(row, COLUMNS[name]) for row in rows(facts))
        _describe(folder / "csv-metadata.json")
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}") from None
    return sorted([folder / "csv-metadata.json", *(folder / f"{name}.csv" for name in makers)])


def _events(facts: Facts) -> Iterator[Row]:
    for event in facts.of_class("Event", "Situation"):
        yield {
            "event": event,
            "document": facts.identifier,
            "issued": facts.one(facts.document, f"{DCT}issued"),
            "class": facts.kind(event),
            "who": facts.labels(event, "participant"),
            "factuality": facts.one(event, "factuality").rpartition("#")[2],
            **{
                name: facts.one(event, name) for name in ("date", "earliest", "latest", "office", "quotation")
            },
            "time_expression": facts.one(event, "timeExpression"),
            **{name: facts.labels(event, name) for name in ("place", "destination", "body")},
            "topics": facts.labels(event, "topic"),
            "source": facts.labels(event, "attributedTo"),
            "confidence": facts.one(event, "confidence"),
            "rule": facts.one(event, "frame"),
            "sentence": facts.sentences(event),
        }


def _roles(facts: Facts) -> Iterator[Row]:
    for event in facts.of_class("Event", "Situation"):
        for role in _ROLES:
            for entity in facts.all(event, role):
                yield {
                    "event": event, "document": facts.identifier, "role": role, "entity": entity,
                    "label": facts.label(entity),
                }  # fmt: skip


class _Entities:
    """Each entity once, as the first document has it."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def __call__(self, facts: Facts) -> Iterator[Row]:
        for entity in facts.of_class("Actor", "Place"):
            if entity in self._seen:
                continue
            self._seen.add(entity)
            yield {
                "entity": entity,
                "label": facts.one(entity, LABEL.value),
                "class": facts.kind(entity),
                "country": facts.labels(entity, "country"),
                "wikidata": facts.one(entity, f"{SKOS}exactMatch").removeprefix(WIKIDATA),
                "other_names": "; ".join(facts.all(entity, f"{SKOS}altLabel")),
            }


def _mentions(facts: Facts) -> Iterator[Row]:
    evidence = {m: e for e in facts.of_class("Event", "Situation") for m in facts.all(e, "evidence")}
    for mention in facts.of_class("Mention"):
        row = {
            "document": facts.identifier,
            "begin": facts.one(mention, f"{NIF}beginIndex"),
            "end": facts.one(mention, f"{NIF}endIndex"),
            "text": facts.one(mention, f"{NIF}anchorOf"),
        }
        for entity in facts.all(mention, f"{ITSRDF}taIdentRef"):
            yield {**row, "entity": entity, "event": ""}
        if mention in evidence:
            yield {**row, "entity": "", "event": evidence[mention]}


def _safe(row: Row, columns: Mapping[str, str]) -> Row:
    return {k: cell(v) if columns[k] == "string" else v for k, v in row.items()}


def _describe(path: Path) -> None:
    tables = [
        {
            "url": f"{name}.csv",
            "tableSchema": {
                "columns": [
                    {"name": column, "titles": column, "datatype": kind} for column, kind in columns.items()
                ]
            },
        }
        for name, columns in COLUMNS.items()
    ]
    content = {"@context": "http://www.w3.org/ns/csvw", "tables": tables}
    path.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
