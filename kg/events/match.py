"""Clause + frames ─▶ the frame that fits, with its roles filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.events.frames import SYMMETRIC, Frame, FrameLexicon, Slot, Trigger
from kg.events.resolve import Referents
from kg.events.rules import DiscourseRules
from kg.language.phrases import extent, preposition, subtree
from kg.model import Clause, Complement, EntityClass, Parse, Token, Voice

_LONGEST_TOPIC = 8


@dataclass(frozen=True, slots=True)
class Match:
    """A clause read through a frame."""

    clause: Clause
    trigger: Trigger
    participants: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    place: str | None = None
    destination: str | None = None
    topics: tuple[str, ...] = ()
    indirect: bool = False
    supported: bool = False

    @property
    def kind(self) -> str:
        """The event class."""
        return self.trigger.frame.kind

    @property
    def actors(self) -> tuple[str, ...]:
        """All actors of all roles."""
        return tuple(dict.fromkeys(self.agents + self.participants + self.recipients))


class Matcher:
    """Reads the clauses of one document through the frames."""

    def __init__(
        self, lexicon: FrameLexicon, rules: DiscourseRules, parse: Parse, clauses: Sequence[Clause], referents: Referents,
    ) -> None:  # fmt: skip
        self._lexicon = lexicon
        self._rules = rules
        self._parse = parse
        self._clauses = clauses
        self._referents = referents

    def match(self, clause: Clause) -> Match | None:
        """The most specific frame whose conditions and needs a clause meets."""
        triggers = (
            self._lexicon.for_noun(clause.predicate)
            if clause.nominal
            else self._lexicon.for_verb(clause.predicate)
        )
        for trigger in triggers:
            if not self._fits(clause, trigger):
                continue
            match = self._fill(clause, trigger)
            if self._meets(match):
                return match
        return None

    def _fits(self, clause: Clause, trigger: Trigger) -> bool:
        if trigger.reflexive and not clause.reflexive:
            return False
        if trigger.preposition and not any(c.slot == trigger.preposition for c in clause.complements):
            return False
        if not trigger.beside:
            return True
        words = [t for t in subtree(self._parse, self._parse.tokens[clause.head]) if t.index != clause.head]
        return all(
            any(t.lemma in wanted or t.text in wanted or t.lemma.rpartition("-")[2] in wanted for t in words)
            for wanted in trigger.beside
        )

    def _fill(self, clause: Clause, trigger: Trigger) -> Match:
        frame = trigger.frame
        participants = tuple(
            dict.fromkeys(k for s in frame.roles.get("participant", ()) for k in self._actors(clause, s))
        )
        agents = self._first(clause, frame, "agent")
        recipients = self._first(clause, frame, "recipient", without=agents)
        if frame.compound_recipient:
            agents, recipients = self._compound_side(clause, agents, recipients)
        joined = self._joined(clause)
        if joined:
            agents = tuple(dict.fromkeys(agents + joined)) if agents else agents
        topics = tuple(t for s in frame.roles.get("topic", ()) for t in self._topic(clause, s, recipients))
        return Match(
            clause,
            trigger,
            participants=participants,
            agents=agents,
            recipients=recipients,
            sources=self._first(clause, frame, "source"),
            place=self._place(clause, frame),
            destination=self._destination(clause, frame),
            topics=topics[:2],
            indirect=self._indirect(clause),
            supported=frame.nominal and not self._explicit(clause),
        )

    def _first(
        self, clause: Clause, frame: Frame, role: str, without: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        for slot in frame.roles.get(role, ()):
            found = tuple(k for k in self._actors(clause, slot) if k not in without)
            if found:
                return found
        return ()

    def _complements(self, clause: Clause, slot: Slot) -> Iterator[Complement]:
        for complement in clause.complements:
            if complement.slot == slot.name and (
                not slot.case or not complement.case or complement.case == slot.case
            ):
                yield complement

    def _actors(self, clause: Clause, slot: Slot) -> tuple[str, ...]:
        if slot.name == "support":
            return self._support(clause)
        if slot.name == "compound":
            return self._referents.own_modifier(clause.head)
        found: dict[str, None] = {}
        for complement in self._complements(clause, slot):
            if slot.name == "adjective":
                keys = self._referents.own_modifier(complement.head)
            elif slot.owner:
                keys = self._referents.owner(complement.head)
            else:
                keys = self._referents.actors(complement.head)
            found.update(dict.fromkeys(keys))
        return tuple(found)

    def _support(self, clause: Clause) -> tuple[str, ...]:
        """The subject of the verb that carries an event noun (*X übt Kritik*)."""
        if clause.parent is None:
            return ()
        parent = self._clauses[clause.parent]
        if parent.nominal or parent.predicate not in self._rules.support:
            return ()
        for complement in parent.complements:
            if complement.slot == "subject" and complement.head != clause.head:
                return self._referents.actors(complement.head)
        return ()

    def _joined(self, clause: Clause) -> tuple[str, ...]:
        if not clause.nominal or clause.parent is None:
            return ()
        parent = self._clauses[clause.parent]
        if parent.predicate not in self._rules.joining:
            return ()
        return next(
            (self._referents.actors(c.head) for c in parent.complements if c.slot == "subject"), ()
        )

    def _compound_side(
        self, clause: Clause, agents: tuple[str, ...], recipients: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """*Iran-Sanktionen* are against Iran where somebody else imposes them; *US-Sanktionen* are not."""
        compound = self._referents.own_modifier(clause.head)
        if compound and not recipients and agents != compound and agents:
            return agents, compound
        supported = self._support(clause)
        if compound and agents == compound and supported and supported != compound and not recipients:
            return supported, compound
        return agents, recipients

    def _topic(self, clause: Clause, slot: Slot, recipients: tuple[str, ...]) -> Iterator[str]:
        for complement in self._complements(clause, slot):
            if self._referents.actors(complement.head) or complement.head == clause.head:
                continue
            token = self._parse.tokens[complement.head]
            if token.pos not in ("NOUN", "PROPN"):
                continue
            words = [t for t in subtree(self._parse, token) if t.label != "case"]
            while words and words[0].pos in ("DET", "PUNCT", "ADP") and words[0].index != token.index:
                words = words[1:]
            if words and words[-1].index - words[0].index < _LONGEST_TOPIC:
                span = extent(self._parse, token)
                yield self._parse.text[words[0].begin : max(words[-1].end, min(span.end, words[-1].end))]
            else:
                yield token.text

    def _place(self, clause: Clause, frame: Frame) -> str | None:
        slots = frame.roles.get("place")
        if slots:
            names = {s.name for s in slots}
        elif "destination" in frame.roles:
            return None
        else:
            names = set(self._rules.place_prepositions)
        for complement in self._with_event(clause):
            if complement.slot in names and complement.case != "Acc":
                place = self._referents.place(complement.head)
                if place is not None:
                    return place
        return None

    def _with_event(self, clause: Clause) -> Iterator[Complement]:
        """A clause's complements; an event noun also has those of the verb it occurs with."""
        yield from clause.complements
        if clause.nominal and clause.parent is not None:
            parent = self._clauses[clause.parent]
            if not parent.nominal and parent.predicate in self._rules.occurrence:
                yield from parent.complements

    def _destination(self, clause: Clause, frame: Frame) -> str | None:
        for slot in frame.roles.get("destination", ()):
            for complement in self._complements(clause, slot):
                place = self._referents.place(complement.head)
                if place is not None:
                    return place
        return None

    def _indirect(self, clause: Clause) -> bool:
        return any(self._referents.indirect(c.head) for c in clause.complements)

    def _explicit(self, clause: Clause) -> bool:
        return any(
            self._referents.actors(c.head) or self._referents.own_modifier(c.head) for c in clause.complements
        )

    def _meets(self, match: Match) -> bool:
        """The frame's needs, and that somebody acts."""
        frame = match.trigger.frame
        if not all(any(self._has(match, need) for need in choice) for choice in frame.needs):
            return False
        if frame.kind in SYMMETRIC:
            return bool(match.participants) or (frame.nominal and self._definite(match.clause))
        if frame.kind in self._rules.agentive and not match.agents:
            return False
        return bool(match.actors)

    def _has(self, match: Match, need: str) -> bool:
        entities = self._referents.discourse.entities
        checks = {
            "agent": lambda: bool(match.agents),
            "recipient": lambda: bool(match.recipients),
            "destination": lambda: match.destination is not None,
            "two": lambda: len(match.participants) > 1 or self._anaphoric(match),
            "person": lambda: any(entities[k].kind is EntityClass.PERSON for k in match.agents),
            "intransitive": lambda: not any(c.slot == "accusative" for c in match.clause.complements),
        }
        return checks[need]()

    def _anaphoric(self, match: Match) -> bool:
        """*die historischen Gespräche*: takes up a meeting told before."""
        return match.trigger.frame.nominal and not match.participants and self._definite(match.clause)

    def _definite(self, clause: Clause) -> bool:
        head = self._parse.tokens[clause.head]
        return any(
            self._parse.tokens[i].label == "det" and self._parse.tokens[i].text.lower() in ("das", "die", "der", "dem", "den", "des", "dieses", "diese", "diesem")
            for i in head.children
        )


def place_names(parse: Parse, token: Token) -> bool:
    """Whether a phrase is governed by a preposition at all."""
    return preposition(parse, token) is not None


def is_passive(clause: Clause) -> bool:
    """Whether a clause is passive."""
    return clause.voice is Voice.PASSIVE
