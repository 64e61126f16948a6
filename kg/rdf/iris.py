"""Deterministic IRIs: the same thing gets the same IRI in every document and on every machine.

Entities by Wikidata id or slug; events with known participants and an exact day by class,
participants, day and place, others within their document. Merging documents is then set union.
"""

from __future__ import annotations

import hashlib
import unicodedata
from urllib.parse import quote

from kg.model import Entity, EntityClass, Event, Span

DEFAULT_BASE = "https://w3id.org/dipkg/id/"
LOCAL, NAMED = "local", "name"
"""Path segments of entities that no gazetteer knows: of one document, and by their full name."""
_LONGEST_NAME = 80


class Iris:
    """Makes the IRIs below one base."""

    def __init__(self, base: str = DEFAULT_BASE) -> None:
        """Args: base: an absolute IRI that ends with ``/`` or ``#``."""
        self.base = base

    def document(self, identifier: str) -> str:
        """The IRI of a document.

        >>> Iris().document("a b/ö")
        'https://w3id.org/dipkg/id/document/a%20b%2F%C3%B6'
        """
        return f"{self.base}document/{_safe(identifier)}"

    def graph(self, identifier: str) -> str:
        """The IRI of a document's named graph."""
        return f"{self.base}graph/{_safe(identifier)}"

    def original(self, identifier: str) -> str:
        """The IRI of what a document was read from."""
        return f"{self.document(identifier)}#original"

    def mention(self, identifier: str, span: Span) -> str:
        """The IRI of a span of a document, in RFC 5147's manner."""
        return f"{self.document(identifier)}#char={span.begin},{span.end}"

    def entity(self, entity: Entity, identifier: str) -> str:
        """The IRI of an entity.

        One that no gazetteer knows goes by class, full name and state; a bare family name and an
        unnamed group say too little to be the same in another document, so they belong to their own.
        """
        if entity.wikidata:
            return f"{self.base}entity/{entity.wikidata}"
        if entity.known:
            return f"{self.base}entity/{_safe(entity.key)}"
        if entity.described or entity.kind is EntityClass.GROUP:
            return f"{self.base}group/{_safe(identifier)}/{_safe(entity.key)}"
        name = " ".join(unicodedata.normalize("NFC", entity.label).split())
        if entity.kind is EntityClass.PERSON and " " not in name:
            return f"{self.base}{LOCAL}/{_safe(identifier)}/{_safe(entity.key)}"
        state = f"/{_safe(entity.country)}" if entity.country else ""
        return f"{self.base}{NAMED}/{entity.kind}/{_safe(name)}{state}"

    def activity(self, identifier: str) -> str:
        """The IRI of the run that wrote a document's graph."""
        return f"{self.base}activity/{_safe(identifier)}"

    def software(self, version: str) -> str:
        """The IRI of the program in a version."""
        return f"{self.base}software/kg-{_safe(version)}"

    @property
    def links(self) -> str:
        """The IRI of the graph of links between documents."""
        return f"{self.base}links"

    def topic(self, label: str) -> str:
        """The IRI of a topic, by its words."""
        return f"{self.base}topic/{_safe(label.casefold())}"

    def event(self, event: Event, entities: dict[str, Entity], identifier: str) -> str:
        """The IRI of an event: shared between documents where it is told precisely enough."""
        exact = event.time is not None and event.time.date is not None
        known = len(event.actors) > 1 and all(entities[k].known for k in event.actors)
        if exact and known and event.time is not None:
            key = "|".join(
                (
                    event.kind,
                    event.factuality,
                    ",".join(sorted(event.agents)),
                    ",".join(sorted(event.participants + event.recipients)),
                    str(event.time.date),
                    event.place or event.destination or "",
                )
            )
            return f"{self.base}event/{_digest(key)}"
        first = event.evidence[0]
        key = f"{event.kind}|{first.begin}|{first.end}|{','.join(event.actors)}|{event.office or ''}|{event.factuality}"
        return f"{self.base}event/{_safe(identifier)}/{_digest(key)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _safe(name: str) -> str:
    """Percent-encode a name for a path segment; a long one is cut and gets its digest."""
    encoded = quote(name.encode("utf-8", "surrogatepass"), safe="")
    if len(encoded) <= _LONGEST_NAME and encoded not in (".", ".."):
        return encoded
    return f"{encoded[:40].rpartition('%')[0] or encoded[:40]}-{_digest(name)}"
