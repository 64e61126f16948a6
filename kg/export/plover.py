"""An event table as political scientists use it: source, target, PLOVER type, Goldstein value.

Columns after POLECAT/NGEC. An event among equals has a row for each ordered pair of them; one
without a target has an empty target.

Source: Halterman et al. 2023, "PLOVER and POLECAT: A New Political Event Ontology and Dataset".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from kg.rdf.codes import EventCodes
from kg.rdf.facts import Facts
from kg.rdf.terms import DCT, WIKIDATA

COLUMNS = {
    "event_id": "anyURI", "event_date": "date", "date_earliest": "date", "date_latest": "date",
    "source_name": "string", "source_class": "string", "source_country": "string", "source_wikidata": "string",
    "target_name": "string", "target_class": "string", "target_country": "string", "target_wikidata": "string",
    "event_type": "string", "cameo": "string", "quad_class": "string", "goldstein": "decimal",
    "factuality": "string", "attributed_to": "string", "location": "string", "story_id": "string",
    "publication_date": "date", "publication": "string", "confidence": "decimal",
}  # fmt: skip


class PloverTable:
    """Rows of document graphs; construction reads the codes of the ontology."""

    def __init__(self) -> None:
        self._codes = EventCodes.load()

    def __call__(self, facts: Facts) -> Iterator[dict[str, str]]:
        """The rows of one document graph."""
        for event in facts.of_class("Event"):
            kind = facts.kind(event)
            codes = self._codes.of(kind)
            shared = {
                "event_id": event,
                "event_date": facts.one(event, "date"),
                "date_earliest": facts.one(event, "earliest"),
                "date_latest": facts.one(event, "latest"),
                "event_type": codes.plover or kind.upper(),
                "cameo": codes.cameo,
                "quad_class": codes.quad_class,
                "goldstein": "" if codes.goldstein is None else str(codes.goldstein),
                "factuality": facts.one(event, "factuality").rpartition("#")[2],
                "attributed_to": facts.labels(event, "attributedTo"),
                "location": facts.labels(event, "place") or facts.labels(event, "destination"),
                "story_id": facts.identifier,
                "publication_date": facts.one(facts.document, f"{DCT}issued"),
                "publication": facts.one(facts.document, f"{DCT}publisher"),
                "confidence": facts.one(event, "confidence"),
            }
            for source, target in _pairs(facts, event):
                yield {
                    **shared, **self._actor(facts, "source", source), **self._actor(facts, "target", target),
                }  # fmt: skip

    def _actor(self, facts: Facts, side: str, entity: str) -> dict[str, str]:
        kind = facts.kind(entity)
        country = facts.label(entity) if kind == "State" else facts.labels(entity, "country")
        match = facts.one(entity, "http://www.w3.org/2004/02/skos/core#exactMatch")
        return {
            f"{side}_name": facts.label(entity),
            f"{side}_class": kind,
            f"{side}_country": country,
            f"{side}_wikidata": match.removeprefix(WIKIDATA),
        }


def _pairs(facts: Facts, event: str) -> Iterator[tuple[str, str]]:
    agents, participants = facts.all(event, "agent"), facts.all(event, "participant")
    if not agents:
        yield from permutations(participants, 2) if len(participants) > 1 else ((p, "") for p in participants)
        return
    targets = facts.all(event, "recipient") or facts.all(event, "destination") or [""]
    yield from ((a, t) for a in agents for t in targets)
