"""Clause + frames ─▶ the frame that fits, with its roles filled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.entities.patterns import WordSet
from kg.events.frames import SYMMETRIC, Frame, FrameLexicon, Slot, Trigger
from kg.events.resolve import Referents
from kg.events.rules import DiscourseRules
from kg.language.phrases import case_of, children, extent, preposition, subtree
from kg.model import Clause, Complement, EntityClass, Parse, Token

_LONGEST_TOPIC = 8


def _is(token: Token, wanted: WordSet) -> bool:
    """Whether a word, or the last part of its compound, is among those wanted."""
    return token.lemma in wanted or token.text in wanted or token.lemma.rpartition("-")[2] in wanted


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
        self._clauses = clauses
        self._referents = referents
        self._parts: dict[str, Callable[[int], tuple[str, ...]]] = {
            "owner": referents.owner, "located": referents.located, "modifier": referents.modifier,
        }  # fmt: skip
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
                c.head: c.slot
                for c in clause.complements
                if preposition(self._parse, self._parse.tokens[c.head]) is not None
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
                for k in self._actors(clause, s, frame.kind, all_subjects=True)
            )
        )
        agents = self._first(clause, frame, "agent")
        destination = self._destination(clause, frame)
        recipients = self._first(clause, frame, "recipient", without=(*agents, destination or ""))
        if frame.compound_agents is not None:
            agents, recipients = self._compound_side(clause, frame.compound_agents, agents, recipients)
        if frame.nominal and frame.kind in self._rules.harm:
            agents, recipients = self._victim(clause, agents, recipients)
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
            place=self._place(clause, frame, (*agents, *recipients, *participants, destination or "")),
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
            found = tuple(k for k in self._actors(clause, slot, frame.kind) if k not in without)
            if found:
                return found
        return ()

    def _complements(self, clause: Clause, slot: Slot) -> Iterator[Complement]:
        """The complements of a slot.

        An event noun shares the pairs of the verb it occurs with (*zwischen A und B gab es
        Spannungen*); where a parser took an accusative for a dative, the only object is taken.
        """
        found = [
            c
            for c in clause.complements
            if c.slot == slot.name and (not slot.case or not c.case or c.case == slot.case)
        ]
        if not found and clause.nominal and slot.name in ("zwischen", "mit"):
            found = [c for c in self._with_event(clause) if c.slot == slot.name]
        if not found and not clause.nominal:
            found = self._misread(clause, slot)
        yield from found

    def _misread(self, clause: Clause, slot: Slot) -> list[Complement]:
        """What a verb asks for and the parser put elsewhere.

        An object by its only other case; the bare second name of *Kiew warf Moskau den Bruch vor*
        as dative; a phrase hung on an object (*zieht Truppen aus Syrien ab*) by its preposition.
        """
        if slot.name == "accusative":
            datives = [c for c in clause.complements if c.slot == "dative"]
            subjects = [c for c in clause.complements if c.slot == "subject"]
            things = [c for c in subjects if not self._referents.actors(c.head)]
            return datives or (things if len(subjects) > len(things) > 0 else subjects[1:])[:1]
        if slot.name == "dative":
            genitives = [c for c in clause.complements if c.slot == "genitive"]
            persons = [
                c for c in clause.complements if c.slot == "accusative" and self._referents.actors(c.head)
            ]
            return genitives or self._second_name(clause) or persons
        found = []
        for complement in clause.complements:
            for child in children(self._parse, self._parse.tokens[complement.head], "nmod", "obl"):
                adposition = preposition(self._parse, child)
                if adposition is not None and adposition.lemma == slot.name:
                    found.append(Complement(slot.name, child.index, case_of(self._parse, child)))
        return found

    def _second_name(self, clause: Clause) -> list[Complement]:
        names = [
            c
            for c in clause.complements
            if c.slot in ("subject", "accusative", "adverbial") and self._parse.tokens[c.head].pos == "PROPN"
            and self._referents.actors(c.head)
        ]  # fmt: skip
        others = [c for c in clause.complements if c.slot in ("subject", "accusative") and c not in names[1:]]
        return names[1:2] if len(names) > 1 and others else []

    def _actors(
        self, clause: Clause, slot: Slot, kind: str = "", *, all_subjects: bool = False
    ) -> tuple[str, ...]:
        if slot.name == "support":
            return self._support(clause, kind)
        if slot.name == "compound":
            return self._referents.own_modifier(clause.head)
        if slot.name == "referent":
            return self._referent(clause)
        if slot.name == "content":
            return self._content(clause)
        found: dict[str, None] = {}
        complements = list(self._complements(clause, slot))
        if slot.name == "subject" and not clause.nominal and not all_subjects:
            complements = self._one_subject(complements)
        for complement in complements:
            if slot.name == "adjective":
                keys = self._referents.own_modifier(complement.head)
            elif slot.part:
                keys = self._parts[slot.part](complement.head)
            else:
                keys = self._referents.actors(complement.head)
            found.update(dict.fromkeys(keys))
        if not found and slot.name == "subject" and kind in self._rules.speech:
            return self._said_before(clause)
        return tuple(found)

    def _said_before(self, clause: Clause) -> tuple[str, ...]:
        """*Das teilte das Ministerium mit*: beside *das*, the "object" of a verb of speech is who speaks."""
        subjects = [
            self._parse.tokens[c.head].text.lower() for c in clause.complements if c.slot == "subject"
        ]
        if len(subjects) != 1 or subjects[0] not in self._rules.summing:
            return ()
        return next(
            (self._referents.actors(c.head) for c in clause.complements if c.slot == "accusative"), ()
        )

    def _one_subject(self, subjects: list[Complement]) -> list[Complement]:
        """A verb has one subject: of several the first that refers to somebody."""
        return next(([c] for c in subjects if self._referents.actors(c.head)), subjects[:1])

    def _support(self, clause: Clause, kind: str) -> tuple[str, ...]:
        """The subject of the verb that carries an event noun (*X übt Kritik*).

        Talks *with* somebody also have the subject of whatever is told beside them (*nach dem Treffen
        mit Xi reiste Macron …*).
        """
        if clause.parent is None:
            return ()
        parent = self._clauses[clause.parent]
        if parent.nominal:
            return ()
        carried = parent.predicate in self._rules.support and any(
            c.head == clause.head and c.slot in ("accusative", "zu", "in") for c in parent.complements
        )
        with_somebody = kind in self._rules.talks and any(c.slot == "mit" for c in clause.complements)
        during = any(c.head == clause.head and c.slot in self._rules.during for c in parent.complements)
        subjects = [c for c in parent.complements if c.slot == "subject" and c.head != clause.head]
        actors = self._referents.actors(subjects[0].head) if subjects else ()
        if kind in self._rules.talks:
            beside = with_somebody or (during and len(actors) > 1)
        else:
            beside = during and kind in self._rules.visits
        return actors if carried or beside else ()

    def _referent(self, clause: Clause) -> tuple[str, ...]:
        """Who a noun says something of: *X ist Verbündeter von Y*, *X, Verbündeter von Y*, *X gilt als …*."""
        head = self._parse.tokens[clause.head]
        subjects = list(children(self._parse, head, "nsubj"))
        if subjects:
            return self._referents.actors(subjects[0].index)
        above = self._parse.tokens[head.head]
        if head.label in ("appos", "conj") and above.index != head.index:
            between = self._parse.tokens[above.index + 1 : head.index]
            if head.label == "appos" or not any(t.pos == "CCONJ" for t in between):
                return self._referents.actors(above.index)
        adposition = preposition(self._parse, head)
        if adposition is not None and adposition.lemma == "als" and clause.parent is not None:
            parent = self._clauses[clause.parent]
            return next(
                (self._referents.actors(c.head) for c in parent.complements if c.slot == "subject"), ()
            )
        return self._referents.actors(clause.head)

    def _content(self, clause: Clause) -> tuple[str, ...]:
        """Whom the content clause touches: *drohte, **Guam** anzugreifen*, *…, das Abkommen mit **der EU** zu kündigen*."""
        for below in self._clauses:
            if below.parent != clause.index or below.relation not in ("xcomp", "ccomp"):
                continue
            for complement in below.complements:
                if complement.slot in ("accusative", "dative", "gegen") or (
                    complement.slot,
                    complement.case,
                ) == ("in", "Acc"):
                    found = self._referents.actors(complement.head) or self._referents.counterpart(
                        complement.head
                    )
                    if found:
                        return found
        return ()

    def _joined(self, clause: Clause) -> tuple[str, ...]:
        if not clause.nominal or clause.parent is None:
            return ()
        parent = self._clauses[clause.parent]
        if parent.predicate not in self._rules.joining:
            return ()
        return next((self._referents.actors(c.head) for c in parent.complements if c.slot == "subject"), ())

    def _compound_side(
        self, clause: Clause, acting: frozenset[str], agents: tuple[str, ...], recipients: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """*US-Sanktionen* are imposed by, *Iran-Sanktionen* against whom the compound names."""
        target = tuple(k for k in self._referents.own_modifier(clause.head) if k not in acting)
        if not target:
            return agents, recipients
        others = tuple(k for k in agents if k not in target) or self._support(clause, "")
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

    def _place(self, clause: Clause, frame: Frame, actors: tuple[str, ...]) -> str | None:
        for slot in frame.roles.get("place", ()):
            for complement in self._complements(clause, slot):
                place = self._referents.place(complement.head)
                if place is not None and place not in actors:
                    return place
        if "place" in frame.roles or "destination" in frame.roles:
            return None
        for complement in self._with_event(clause):
            if set(self._referents.actors(complement.head)) & set(actors):
                # It is one of those who act; of talks, a place behind the partner's name is theirs.
                place = self._behind(complement) if frame.kind in self._rules.talks else None
            elif complement.slot in self._rules.place_prepositions and complement.case != "Acc":
                place = self._referents.place(complement.head)
            else:
                place = None
            if place is not None:
                return place
        return None

    def _behind(self, complement: Complement) -> str | None:
        """*traf sich mit seinem Kollegen Lawrow in Moskau*: the place that was hung on the partner."""
        for child in children(self._parse, self._parse.tokens[complement.head], "nmod", "obl"):
            adposition = preposition(self._parse, child)
            if (
                adposition is not None
                and adposition.lemma in self._rules.place_prepositions
                and child.index > complement.head
            ):
                return self._referents.place(child.index)
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
            "place": lambda: match.place is not None,
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
            self._parse.tokens[i].label == "det"
            and self._parse.tokens[i].text.lower() in self._rules.definite
            for i in head.children
        )
