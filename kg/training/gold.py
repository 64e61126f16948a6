"""Annotated articles: gold files beside texts, and which events of ours they bear out.

The format is that of the annotation guidelines: one JSON file per article with entities and events, each event
with a class, roles by entity id, and its evidence as a part of the text.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from kg.documents import read_document
from kg.model import Document, Entity, Event

_ROLES = ("participant", "agent", "recipient")


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An annotated event: class, where its evidence stands, the names of each of its actors."""

    kind: str
    begin: int
    end: int
    core: bool
    actors: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its annotation as it stands in the file."""

    document: Document
    annotation: Mapping[str, Any]
    events: tuple[GoldEvent, ...]


def read_gold(gold: Path, texts: Path, part: str) -> Iterator[GoldArticle]:
    """The articles of one part of ``parts.json``, in the order of their ids."""
    for name in sorted(json.loads((gold / "parts.json").read_text("utf-8"))[part]):
        annotation = json.loads((gold / f"{name}.json").read_text("utf-8"))
        document = read_document(texts / f"{name}.txt")
        names = {e["id"]: folded([e["label"], *e.get("aliases", [])]) for e in annotation["entities"]}
        events = []
        for event in annotation["events"]:
            begin = document.text.find(event["evidence"])
            keys = (k for role in _ROLES for k in event.get(role) or ())
            actors = tuple(names[k] for k in keys if k in names)
            end = begin + len(event["evidence"])
            events.append(GoldEvent(event["type"], begin, end, event.get("core", True), actors))
        yield GoldArticle(document, annotation, tuple(events))


def borne_out(
    gold: Sequence[GoldEvent], events: Sequence[Event], entities: Mapping[str, Entity]
) -> list[bool]:
    """Which events an annotation bears out: same class, evidence overlaps, an actor shared; one to one."""
    graph = nx.Graph()
    for i, event in enumerate(events):
        names = [folded([entities[k].label, *entities[k].aliases]) for k in event.actors]
        for j, wanted in enumerate(gold):
            if event.kind != wanted.kind or not _overlaps(event, wanted):
                continue
            shared = sum(any(a & b for b in names) for a in wanted.actors)
            if shared or not wanted.actors:
                graph.add_edge(("ours", i), ("gold", j), weight=1 + shared + 0.5 * wanted.core)
    pairs = nx.max_weight_matching(graph)
    found = {node[1] for pair in pairs for node in pair if node[0] == "ours"}
    return [i in found for i in range(len(events))]


def _overlaps(event: Event, wanted: GoldEvent) -> bool:
    return any(s.begin < wanted.end and wanted.begin < s.end for s in event.evidence)


def folded(names: Iterable[str]) -> frozenset[str]:
    """Names for comparison: case and punctuation do not count."""
    return frozenset(
        re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", name).casefold()).strip()
        for name in names
        if name
    )
