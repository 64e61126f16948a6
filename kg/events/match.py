"""Clause + frames ─▶ the frame that fits, with its roles filled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.entities.patterns import WordSet
from kg.events.frames import SYMMETRIC, Frame, FrameLexicon, Slot, Trigger
from kg.events.places import PlaceReader
from kg.events.resolve import Referents
from kg.events.rules import DiscourseRules
from kg.events.slots import SlotReader
from kg.language.phrases import children, preposition, subtree
from kg.language.quotations import quotations
from kg.model import Clause, EntityClass, Parse, Token

_LONGEST_TOPIC = 8
_MAIN = ("root", "parataxis", "conj")


def _is(token: Token, wanted: WordSet) -> bool:
    """Whether a word, or the last part of its compound, is among those wanted."""
    word = token.text.lower() if token.pos == "PRON" else token.text
    return token.lemma in wanted or word in wanted or token.lemma.rpartition("-")[2] in wanted


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
    words: frozenset[int] = frozenset()
    """Tokens that the trigger asked for beside the predicate (*ein Abkommen schließen*)."""

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
        self._slots = SlotReader(rules, parse, clauses, referents)
        self._places = PlaceReader(rules, parse, self._slots, referents)
        self._referents = referents
        self._quotes = quotations(parse.text)
        self._words_of: dict[int, tuple[list[Token], dict[int, str]]] = {}

    def match(self, clause: Clause) -> Match | None:
        """The most specific frame whose conditions and needs a clause meets."""
        triggers = (
            self._lexicon.for_noun(clause.predicate)
            if clause.nominal
            else self._lexicon.for_verb(clause.predicate)
        )
        for trigger in triggers:
            words = self._words(clause, trigger)
            if words is None:
                continue
            match = self._fill(clause, trigger, words)
            if self._meets(match):
                return match
        return None

    def _words(self, clause: Clause, trigger: Trigger) -> frozenset[int] | None:
        """The tokens that a trigger asks for beside its predicate; None where it does not fit."""
        if trigger.reflexive and not clause.reflexive:
            return None
        if trigger.preposition and not any(c.slot == trigger.preposition for c in clause.complements):
            return None
        if not trigger.beside:
            return frozenset()
        near = self._near(clause, trigger.text)
        found = set()
        for wanted in trigger.beside:
            token = next((t for t in near if _is(t, wanted)), None)
            if token is None:
                return None
            found.add(token.index)
        return frozenset(found)

    def _near(self, clause: Clause, trigger: str) -> list[Token]:
        """The words of a clause that a trigger may ask for.

        A noun behind a preposition only if the trigger has that preposition: *zu Besuch reisen* is
        not *nach dem Besuch reisen*.
        """
        known = self._words_of.get(clause.index)
        if known is None:
            head = self._parse.tokens[clause.head]
            predicative = clause.predicate != head.lemma  # "ist angespannt": the verb is the copula
            words = [t for t in subtree(self._parse, head) if t.index != clause.head or predicative]
            words.extend(self._parse.tokens[i] for i in head.children)
            words.extend(self._parse.tokens[c.head] for c in clause.complements)
            behind = {
                c.head: adposition.lemma
                for c in clause.complements
                if (adposition := preposition(self._parse, self._parse.tokens[c.head])) is not None
            }
            known = self._words_of[clause.index] = (list({t.index: t for t in words}.values()), behind)
        words, behind = known
        asked = trigger.split()
        return [t for t in words if t.index not in behind or behind[t.index] in asked]

    def _fill(self, clause: Clause, trigger: Trigger, words: frozenset[int]) -> Match:
        frame = trigger.frame
        participants = tuple(
            dict.fromkeys(
                k
                for s in frame.roles.get("participant", ())
                for k in self._slots.actors(clause, s, frame.kind, all_subjects=True)
            )
        )
        agents = self._first(clause, frame, "agent")
        destination = self._places.destination(clause, frame)
        recipients = self._first(clause, frame, "recipient", without=(*agents, destination or ""))
        if frame.compound_agents is not None:
            agents, recipients = self._compound_side(clause, frame.compound_agents, agents, recipients)
        if frame.nominal and frame.kind in self._rules.harm:
            agents, recipients = self._victim(clause, agents, recipients)
        joined = self._slots.joined(clause)
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
            place=self._places.place(clause, frame, (*agents, *recipients, *participants, destination or "")),
            destination=destination,
            topics=topics[:2],
            words=words,
            indirect=self._indirect(clause),
            supported=frame.nominal and not self._explicit(clause),
        )

    def _first(
        self, clause: Clause, frame: Frame, role: str, without: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        for slot in frame.roles.get(role, ()):
            found = tuple(k for k in self._slots.actors(clause, slot, frame.kind) if k not in without)
            if found:
                return found
        return ()

    def _compound_side(
        self, clause: Clause, acting: frozenset[str], agents: tuple[str, ...], recipients: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """*US-Sanktionen* are imposed by, *Iran-Sanktionen* against whom the compound names."""
        target = tuple(k for k in self._referents.own_modifier(clause.head) if k not in acting)
        if not target:
            return agents, recipients
        others = tuple(k for k in agents if k not in target) or self._slots.support(clause, "")
        return others, recipients or target

    def _victim(
        self, clause: Clause, agents: tuple[str, ...], recipients: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """*der Skripal-Anschlag*: a person in the compound is the victim."""
        entities = self._referents.discourse.entities
        named = self._referents.own_modifier(clause.head)
        persons = tuple(k for k in named if entities[k].kind is EntityClass.PERSON)
        return tuple(k for k in agents if k not in persons), recipients or persons

    def _topic(self, clause: Clause, slot: Slot, recipients: tuple[str, ...]) -> Iterator[str]:
        for complement in self._slots.complements(clause, slot):
            token = self._parse.tokens[complement.head]
            for noun in (token, *children(self._parse, token, "conj")):
                if noun.index == clause.head or self._referents.actors(noun.index):
                    continue
                if noun.pos in ("NOUN", "PROPN"):
                    yield self._phrase(noun)

    def _phrase(self, noun: Token) -> str:
        """A noun with its attributes, but without article, bracket ("von der EU verhängte") and what is coordinated with it.

        Alone, if that is long.
        """
        brackets = [
            c for c in children(self._parse, noun, "amod") if any(children(self._parse, c, "obl", "obl:arg"))
        ]
        others = {
            t.index
            for c in (*children(self._parse, noun, "conj"), *brackets)
            for t in subtree(self._parse, c)
        }
        words = [
            t for t in subtree(self._parse, noun) if t.label not in ("case", "cc") and t.index not in others
        ]
        while words and words[0].pos in ("DET", "PUNCT", "ADP") and words[0].index != noun.index:
            words = words[1:]
        while words and words[-1].pos == "PUNCT":
            words = words[:-1]
        if words and words[-1].index - words[0].index < _LONGEST_TOPIC:
            return self._parse.text[words[0].begin : words[-1].end]
        return noun.text

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
            about_others = "participant" not in frame.roles and bool(match.topics)
            return (
                bool(match.participants) or about_others or (frame.nominal and self._definite(match.clause))
            )
        if frame.kind in self._rules.agentive and not match.agents:
            return False
        return bool(match.actors)

    def _has(self, match: Match, need: str) -> bool:
        entities = self._referents.discourse.entities
        checks = {
            "agent": lambda: bool(match.agents),
            "recipient": lambda: bool(match.recipients),
            "destination": lambda: match.destination is not None,
            "place": lambda: match.place is not None,
            "two": lambda: len(match.participants) > 1 or self._anaphoric(match),
            "person": lambda: any(entities[k].kind is EntityClass.PERSON for k in match.agents),
            "intransitive": lambda: not any(c.slot == "accusative" for c in match.clause.complements),
            "content": lambda: self._tells_content(match.clause),
            "main": lambda: not match.clause.marker and match.clause.relation in _MAIN,
        }
        return checks[need]()

    def _tells_content(self, clause: Clause) -> bool:
        """*hofft, dass …*, *„…“, rief X*, *X habe recht, glaubt Y*: what is said or thought stands there."""
        if any(c.slot == "clause" for c in clause.complements):
            return True
        head = self._parse.tokens[clause.head]
        if head.label in ("parataxis", "ccomp") or any(children(self._parse, head, "parataxis")):
            return True
        sentence = self._parse.sentences[clause.sentence]
        return any(q.begin < sentence.end and sentence.begin < q.end for q in self._quotes)

    def _anaphoric(self, match: Match) -> bool:
        """*die historischen Gespräche*: takes up a meeting told before."""
        return match.trigger.frame.nominal and not match.participants and self._definite(match.clause)

    def _definite(self, clause: Clause) -> bool:
        head = self._parse.tokens[clause.head]
        return any(
            self._parse.tokens[i].label == "det"
            and self._parse.tokens[i].text.lower() in self._rules.definite
            for i in head.children
        )
