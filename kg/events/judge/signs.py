"""What speaks for or against a reading: signs, each a short text that a person can read.

Signs of a telling come from its clause (*subject=pronoun*, *relation=acl*), signs of an event from its
roles (*Assault agent is Person*). They name no entity, so that nothing is learnt of who is who, and count nothing
of the article, so that a sentence alone is judged as it is in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.events.match import Match
from kg.model import Clause, Discourse, EntityClass, Event, Factuality, Mood, Parse, Span, Voice

_SLOTS = frozenset(
    {"subject", "accusative", "dative", "genitive", "von", "durch", "mit", "gegen", "an", "zwischen"}
)
_ENDS = frozenset('.!?:“"»')
_BODIES = frozenset(
    {EntityClass.ORGANIZATION, EntityClass.INTERNATIONAL_ORGANIZATION, EntityClass.GOVERNMENT_BODY, EntityClass.PARTY}
)  # fmt: skip


class SignReader:
    """Reads the signs of one document's events.

    Args:
        matches: all readings of the document's clauses.
        quotes: the spans of direct speech.
    """

    def __init__(
        self, parse: Parse, discourse: Discourse, clauses: Sequence[Clause], matches: Sequence[Match], quotes: Sequence[Span]
    ) -> None:  # fmt: skip
        self._parse = parse
        self._discourse = discourse
        self._clauses = clauses
        self._kinds = {m.clause.index: m.kind for m in matches}
        self._quotes = quotes

    def of_telling(self, match: Match) -> tuple[str, ...]:
        """The signs of a clause that was read as an event."""
        return tuple(dict.fromkeys(self._of_clause(match)))

    def _of_clause(self, match: Match) -> Iterator[str]:
        clause, kind = match.clause, match.kind
        head = self._parse.tokens[clause.head]
        form = "noun" if clause.nominal else "verb"
        yield f"line={match.trigger.id}"
        yield form
        yield f"{kind} {form}"
        yield f"relation={clause.relation}"
        yield f"{kind} relation={clause.relation}"
        yield f"asks={min(match.trigger.specificity, 4)}"
        if not clause.nominal:
            yield from self._of_verb(clause, kind)
        for name, holds in (
            ("supported", match.supported), ("indirect", match.indirect), ("negated", clause.negated),
            ("quoted", any(q.begin <= head.begin < q.end for q in self._quotes)),
        ):  # fmt: skip
            if holds:
                yield name
                yield f"{kind} {name}"
        yield from self._of_slots(clause, kind)
        above = self._kinds.get(clause.parent) if clause.parent is not None else None
        yield f"above={above or 'none'}"
        if clause.nominal and clause.parent is not None:
            yield f"noun below {'event' if above else 'other'} {clause.relation}"
        yield from self._of_sentence(clause)

    def _of_verb(self, clause: Clause, kind: str) -> Iterator[str]:
        if clause.voice is Voice.PASSIVE:
            yield "passive"
            yield f"{kind} passive"
        if clause.mood is not Mood.INDICATIVE:
            yield f"mood={clause.mood}"
        yield "past" if clause.past else "present"
        if not clause.finite:
            yield "infinite"
        yield from (f"modal={m}" for m in clause.modals)
        if clause.marker:
            yield f"marker={clause.marker}"

    def _of_slots(self, clause: Clause, kind: str) -> Iterator[str]:
        seen = set()
        for complement in clause.complements:
            if complement.slot not in _SLOTS:
                continue
            number = self._discourse.referents.get(complement.head)
            what = self._discourse.mentions[number].kind.value if number is not None else "thing"
            seen.add(complement.slot)
            yield f"{complement.slot}={what}"
            yield f"{kind} {complement.slot}={what}"
            if complement.slot == "subject":
                away = abs(complement.head - clause.head)
                yield f"subject away={'near' if away < 4 else 'some' if away < 10 else 'far'}"
        if not clause.nominal and "subject" not in seen:
            yield "no subject"

    def _of_sentence(self, clause: Clause) -> Iterator[str]:
        sentence = self._parse.sentences[clause.sentence]
        words = sentence.last - sentence.first
        yield f"sentence={'usual' if words < 26 else 'long' if words < 41 else 'very long'}"
        if self._parse.tokens[sentence.last - 1].text not in _ENDS:
            yield "headline"
        inside = sum(1 for i in self._kinds if self._clauses[i].sentence == clause.sentence)
        yield f"events in the sentence={min(inside, 4)}"

    def of_event(self, event: Event) -> tuple[str, ...]:
        """The signs of an event's roles, with all its tellings."""
        return tuple(dict.fromkeys(self._of_event(event)))

    def _of_event(self, event: Event) -> Iterator[str]:
        kind = event.kind
        yield kind
        yield f"factuality={event.factuality}"
        if event.factuality is not Factuality.ACTUAL:
            yield f"{kind} not actual"
        for role, keys in (
            ("agent", event.agents),
            ("recipient", event.recipients),
            ("participant", event.participants),
        ):
            if role == "participant" and (event.agents or event.recipients):
                continue
            yield f"{kind} {role}s={min(len(keys), 3)}"
            for sign in dict.fromkeys(s for k in keys for s in self._of_actor(k)):
                yield f"{role} {sign}"
                yield f"{kind} {role} {sign}"
        for name, value in (
            ("source", event.attributed_to), ("place", event.place), ("destination", event.destination),
            ("topic", event.topics), ("time", event.time), ("quotation", event.quotation), ("body", event.body),
        ):  # fmt: skip
            if value:
                yield f"has {name}"
                yield f"{kind} has {name}"
        if set(event.agents) & set(event.recipients):
            yield "acts on itself"

    def _of_actor(self, key: str) -> Iterator[str]:
        entity = self._discourse.entities[key]
        yield f"is {'body' if entity.kind in _BODIES else entity.kind}"
        if not entity.known:
            yield f"unknown {'one word' if ' ' not in entity.label else 'words'}"
