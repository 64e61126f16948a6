"""Clause + lexicon ─▶ the trigger that fits, with its roles filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.events.conditions import Conditions
from kg.events.lacks import Lack, Unmet
from kg.events.lexicon import SYMMETRIC, Lexicon, Slot, Trigger
from kg.events.places import PlaceReader
from kg.events.resolve import Referents
from kg.events.rules import DiscourseRules
from kg.events.slots import SlotReader
from kg.events.sources.speaker import nearest_speaker
from kg.events.views import Views
from kg.language.phrases import children, subtree
from kg.model import Clause, EntityClass, Factuality, Gender, Parse, Token, Voice

_LONGEST_TOPIC = 8
_ACTORS = ("recipient", "participant")


@dataclass(frozen=True, slots=True)
class Match:
    """A clause read through a trigger."""

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
        return self.trigger.kind

    @property
    def actors(self) -> tuple[str, ...]:
        """All actors of all roles."""
        return tuple(dict.fromkeys(self.agents + self.participants + self.recipients))


class Matcher:
    """Reads the clauses of one document through the lexicon."""

    def __init__(
        self, lexicon: Lexicon, rules: DiscourseRules, parse: Parse, clauses: Sequence[Clause], referents: Referents,
    ) -> None:  # fmt: skip
        self._rules = rules
        self._parse = parse
        self._slots = SlotReader(rules, parse, clauses, referents)
        self._places = PlaceReader(rules, parse, self._slots, referents)
        self._referents = referents
        self._conditions = Conditions(parse, self._slots, referents)
        self._views = Views(lexicon, rules, parse)
        self._effects: dict[int, Mapping[str, Factuality]] = {}

    @property
    def slots(self) -> SlotReader:
        """What fills the slots of the document's clauses."""
        return self._slots

    def match(self, clause: Clause) -> Match | None:
        """The first trigger in order of rank that fits a clause and whose roles can be filled.

        A fitting line without a class that asks for something (*in Kraft treten*) keeps the lines behind it out.
        """
        return next((found for _, found in self.candidates(clause) if isinstance(found, Match)), None)

    def candidates(self, clause: Clause) -> Iterator[tuple[Trigger, Match | Unmet]]:
        """The triggers of a clause in order of rank, each with its reading or with why it has none."""
        for trigger, view in self._views.of(clause):
            words = self._conditions.fits(view, trigger)
            if isinstance(words, Unmet):
                yield trigger, words
            elif trigger.kind:
                match = replace(self._fill(view, trigger, words), clause=clause)
                yield trigger, self._unmet(match) or match
            else:
                yield trigger, Unmet(Lack.EVENT)
                if trigger.specificity:
                    return

    def certainty(self, clause: Clause) -> Mapping[str, Factuality]:
        """Slot ─▶ what a predicate makes of events there: *warnen* of what stands behind *vor*."""
        if clause.index in self._effects:
            return self._effects[clause.index]
        found: dict[str, Factuality] = {}
        for trigger, view in self._views.of(clause):
            if trigger.certainty and not isinstance(self._conditions.fits(view, trigger), Unmet):
                for slot, verdict in trigger.certainty.items():
                    found.setdefault(slot, verdict)
        self._effects[clause.index] = found
        return found

    def _fill(self, clause: Clause, trigger: Trigger, words: frozenset[int]) -> Match:
        participants = tuple(
            dict.fromkeys(
                k
                for s in trigger.roles.get("participant", ())
                if not self._names_place(clause, trigger, s)
                for k in self._slots.actors(clause, s, trigger.kind, all_subjects=True)
            )
        )
        agents = self._by(clause, trigger) or self._first(clause, trigger, "agent")
        if not agents and trigger.kind == "Statement" and not trigger.nominal:
            agents = self._speaker(clause, trigger)
        destination = self._places.destination(clause, trigger)
        recipients = self._first(clause, trigger, "recipient", without=(*agents, destination or ""))
        if not recipients and "recipient" in trigger.roles and self._by(clause, trigger):
            undergoing = self._slots.actors(clause, Slot("genitive"), trigger.kind)
            recipients = tuple(k for k in undergoing if k not in agents)
        if trigger.nominal and trigger.kind in self._rules.imposing:
            imposing = self._rules.imposing[trigger.kind]
            agents, recipients = self._compound_side(clause, imposing, agents, recipients)
        if trigger.nominal and trigger.kind in self._rules.harm:
            agents, recipients = self._victim(clause, agents, recipients)
        # "prüft die Vorwürfe": who speaks is not told by the verb above.
        if trigger.kind not in self._rules.speech and (carrier := self._carrier(clause)):
            if trigger.kind not in SYMMETRIC:
                agents = agents or tuple(k for k in carrier if k not in recipients)
            elif len(participants) == 1:
                participants = tuple(dict.fromkeys((*participants, *carrier)))
        joined = self._slots.joined(clause)
        if joined:
            agents = tuple(dict.fromkeys(agents + joined)) if agents else agents
        agents = agents or self._implied(clause, trigger, words)
        topics = tuple(t for s in trigger.roles.get("topic", ()) for t in self._topic(clause, s))
        if not topics and trigger.kind in self._rules.speech and not clause.nominal:
            topics = tuple(t for t in self._topic(clause, Slot("accusative"), without=words))
        return Match(
            clause,
            trigger,
            participants=participants,
            agents=agents,
            recipients=recipients,
            sources=self._first(clause, trigger, "source"),
            place=self._places.place(
                clause, trigger, (*agents, *recipients, *participants, destination or "")
            ),
            destination=destination,
            topics=topics[:2],
            words=words,
            indirect=self._indirect(clause),
            supported=trigger.nominal and not self._explicit(clause),
        )

    def _carrier(self, clause: Clause) -> tuple[str, ...]:
        """Who acts in an event noun by the line of the verb above it.

        *strebt eine Einigung mit Berlin an*, *schürte den Streit mit Mexiko*: a line without a class that has an
        agent names who is in the event of the slots that it speaks of.
        """
        above = self._slots.above(clause)
        if above is None:
            return ()
        parent, slots = above
        for trigger, view in self._views.of(parent):
            if trigger.kind or not trigger.roles or not slots & trigger.certainty.keys():
                continue
            if not isinstance(self._conditions.fits(view, trigger), Unmet):
                return self._first(view, trigger, "agent")
        return ()

    def _first(
        self, clause: Clause, trigger: Trigger, role: str, without: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        entities = self._referents.discourse.entities
        asked = any(s.name == "accusative" and not s.part for r in _ACTORS for s in trigger.roles.get(r, ()))
        private: tuple[str, ...] = ()  # "lieferte den Verdächtigen an Serbien aus": Serbia
        for slot in trigger.roles.get(role, ()):
            if role == "agent" and (
                self._undergoes(clause, trigger, slot) or self._names_place(clause, trigger, slot)
            ):
                continue
            keys = self._slots.actors(clause, slot, trigger.kind, asked=asked)
            found = tuple(k for k in keys if k not in without)
            if any(not entities[k].private for k in found):
                return found
            private = private or found
        return private

    def _speaker(self, clause: Clause, trigger: Trigger) -> tuple[str, ...]:
        """Who speaks where the parser gave a verb of saying no subject: whoever is named where one stands."""
        if not any(slot.name == "subject" and not slot.part for slot in trigger.roles.get("agent", ())):
            return ()
        return nearest_speaker(self._rules, self._parse, self._referents, clause)

    def _by(self, clause: Clause, trigger: Trigger) -> tuple[str, ...]:
        """*die Verurteilung Nordkoreas durch die UN*: whoever *durch* names acts; the genitive undergoes it."""
        by = Slot(self._rules.by_agent)
        if not trigger.nominal or by not in trigger.roles.get("agent", ()):
            return ()
        return () if self._names_place(clause, trigger, by) else self._slots.actors(clause, by, trigger.kind)

    def _undergoes(self, clause: Clause, trigger: Trigger, slot: Slot) -> bool:
        """*die Ausweisung von Diplomaten*: *von* alone is a genitive, of a noun whose genitive undergoes it."""
        if not trigger.nominal or slot.name != self._rules.for_genitive:
            return False
        patient = any(s.name == "genitive" for s in trigger.roles.get("recipient", ()))
        return patient and not any(c.slot == "genitive" for c in clause.complements)

    def _names_place(self, clause: Clause, trigger: Trigger, slot: Slot) -> bool:
        """*die Anschläge von Paris*, *der Marsch durch Kiew*: a city alone is where it happened."""
        if slot.name not in (self._rules.for_genitive, self._rules.by_agent, "genitive"):
            return False
        return (
            trigger.nominal
            and trigger.kind in self._rules.located
            and any(
                c.slot in (self._rules.for_genitive, self._rules.by_agent) and self._places.city_alone(c)
                for c in self._slots.complements(clause, slot)
            )
        )

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

    def _topic(self, clause: Clause, slot: Slot, without: frozenset[int] = frozenset()) -> Iterator[str]:
        """The phrases of a slot that say what it is about: no actor, no place, no day, and no word of the trigger."""
        for complement in self._slots.complements(clause, slot):
            token = self._parse.tokens[complement.head]
            for noun in (token, *children(self._parse, token, "conj")):
                told = noun.index == clause.head or noun.index in without
                if (
                    told
                    or self._referents.actors(noun.index)
                    or self._referents.place(noun.index) is not None
                ):
                    continue
                if noun.pos in ("NOUN", "PROPN") and not self._is_day(noun):
                    yield self._phrase(noun)

    def _is_day(self, noun: Token) -> bool:
        """*am 2. Dezember*"""
        return any(c.text.rstrip(".").isdigit() and c.text.endswith(".") for c in children(self._parse, noun))

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

    def _unmet(self, match: Match) -> Unmet | None:
        """The role that a trigger needs and that stays empty, or that nobody acts of whom it is news.

        Acts of somebody private (*der Mieter unterschrieb*) and harm to somebody without a name alone are no events.
        """
        trigger, entities = match.trigger, self._referents.discourse.entities
        for role in sorted(trigger.required):
            if not self._filled(match, role):
                return Unmet(Lack.ROLE, role)
        for choice in trigger.choices:
            if not any(self._filled(match, role) for role in choice):
                return Unmet(Lack.ROLE, "/".join(sorted(choice)))
        several = self._are_several(match.participants)
        if "two" in trigger.marks and not several and not self._anaphoric(match):
            return Unmet(Lack.TWO)
        if trigger.kind in SYMMETRIC:
            if not several and match.participants and entities[match.participants[0]].described:
                return Unmet(Lack.NAMED)
            about_others = "participant" not in trigger.roles and bool(match.topics)
            tells = match.participants or about_others or (trigger.nominal and self._definite(match.clause))
            return None if tells else Unmet(Lack.PARTICIPANT)
        if trigger.kind in self._rules.agentive and not match.agents:
            # "Dem Konzern wird vorgeworfen, …": a passive leaves out who does it.
            clause = match.clause
            passive = clause.voice is Voice.PASSIVE and clause.relation != "amod" and not clause.modals
            told = match.recipients and passive and trigger.kind in self._rules.agentless
            return None if told else Unmet(Lack.AGENT)
        if not match.agents and not any(self._is_telling(k) for k in match.recipients):
            return Unmet(Lack.NAMED)
        if trigger.kind in self._rules.anybody:
            return None
        return Unmet(Lack.NAMED) if all(entities[k].private for k in match.actors) else None

    def _are_several(self, keys: tuple[str, ...]) -> bool:
        """*Macron und Merkel*, or a group by itself, if the text says which: *die Außenminister der EU*."""
        groups = (self._referents.discourse.entities[k] for k in keys)
        return len(keys) > 1 or any(
            e.described
            and not e.private
            and e.gender is Gender.PLURAL
            and (e.country or not e.label.isalpha())
            for e in groups
        )

    def _is_telling(self, key: str) -> bool:
        """Whether somebody is named, or described by a country (*belarussische Oppositionspolitiker*)."""
        entity = self._referents.discourse.entities[key]
        return not entity.described or bool(entity.country and not entity.private)

    def _implied(self, clause: Clause, trigger: Trigger, words: frozenset[int]) -> tuple[str, ...]:
        """*Massenproteste*, *Tausende gingen auf die Straße*: the group that the predicate implies."""
        implied = self._referents.discourse.implied
        keys = (implied.get((trigger.kind, i)) for i in (clause.head, *sorted(words)))
        return next(((k,) for k in keys if k is not None), ())

    def _filled(self, match: Match, role: str) -> bool:
        found = {
            "agent": match.agents, "recipient": match.recipients, "participant": match.participants,
            "topic": match.topics, "source": match.sources, "place": match.place, "destination": match.destination,
        }  # fmt: skip
        return bool(found[role])

    def _anaphoric(self, match: Match) -> bool:
        """*die historischen Gespräche*: takes up a meeting told before."""
        return match.trigger.nominal and not match.participants and self._definite(match.clause)

    def _definite(self, clause: Clause) -> bool:
        head = self._parse.tokens[clause.head]
        return any(
            self._parse.tokens[i].label == "det"
            and self._parse.tokens[i].text.lower() in self._rules.definite
            for i in head.children
        )
