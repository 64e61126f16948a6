"""Slots of a trigger ─▶ the phrases and the actors that fill them in a clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.events.lexicon import Slot
from kg.events.resolve import Referents
from kg.events.rules import DiscourseRules
from kg.events.words import is_word
from kg.language.phrases import case_of, children, preposition
from kg.model import Clause, Complement, Parse, Voice


class SlotReader:
    """Fills slots from the clauses of one document; knows what parsers put elsewhere."""

    def __init__(
        self, rules: DiscourseRules, parse: Parse, clauses: Sequence[Clause], referents: Referents
    ) -> None:  # fmt: skip
        self._rules = rules
        self._parse = parse
        self._clauses = clauses
        self._below: dict[int, list[Clause]] = {}
        for clause in clauses:
            if clause.parent is not None:
                self._below.setdefault(clause.parent, []).append(clause)
        self._referents = referents
        self._parts: dict[str, Callable[[int], tuple[str, ...]]] = {
            "owner": referents.owner, "located": referents.located, "modifier": referents.modifier,
        }  # fmt: skip

    def complements(self, clause: Clause, slot: Slot) -> Iterator[Complement]:
        """The complements of a slot.

        An event noun shares the pairs of the verb it occurs with (*zwischen A und B gab es
        Spannungen*), and *von* stands for a genitive that German cannot form (*die Rettung von
        Migranten*); where a parser took an accusative for a dative, the only object is taken.
        """
        found = [
            c
            for c in clause.complements
            if c.slot == slot.name and (not slot.case or not c.case or c.case == slot.case)
        ]
        if not found and clause.nominal and slot.name in self._rules.shared:
            found = [c for c in self.with_event(clause) if c.slot == slot.name]
        if not found and clause.nominal and slot.name == "genitive":
            found = [c for c in clause.complements if c.slot == self._rules.for_genitive]
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
            other = things if len(subjects) > len(things) > 0 else subjects[1:]
            return datives or other[:1] or self._joined_name(clause)
        if slot.name == "dative":
            genitives = [c for c in clause.complements if c.slot == "genitive"]
            persons = [
                c for c in clause.complements if c.slot == "accusative" and self._referents.actors(c.head)
            ]
            return (
                genitives
                or self._second_name(clause)
                or persons
                or self._bare_genitive(clause)
                or self._joined_name(clause)
            )
        found = []
        for complement in clause.complements:
            for child in children(self._parse, self._parse.tokens[complement.head], "nmod", "obl"):
                adposition = preposition(self._parse, child)
                if adposition is not None and adposition.lemma == slot.name:
                    found.append(Complement(slot.name, child.index, case_of(self._parse, child)))
        return found

    def _joined_name(self, clause: Clause) -> list[Complement]:
        """*Am Abend erreichte der Papst Havanna*: a name that the parser joined to the subject before it."""
        for complement in clause.complements:
            if complement.slot != "subject" or complement.head < clause.head:
                continue
            for child in children(self._parse, self._parse.tokens[complement.head], "flat", "appos", "nmod"):
                if child.index > complement.head and self._referents.is_apart(complement.head, child.index):
                    return [Complement("accusative", child.index, "Acc")]
        return []

    def _bare_genitive(self, clause: Clause) -> list[Complement]:
        """*Trump versprach Guaidó Hilfe*: a name before its noun and without the genitive's ending is a dative."""
        for complement in clause.complements:
            if complement.slot != "accusative":
                continue
            for child in children(self._parse, self._parse.tokens[complement.head], "nmod"):
                bare = child.pos == "PROPN" and not child.children
                if bare and child.index < complement.head and not child.text.endswith(self._rules.genitives):
                    return [Complement("dative", child.index, "Dat")]
        return []

    def _second_name(self, clause: Clause) -> list[Complement]:
        names = [
            c
            for c in clause.complements
            if c.slot in ("subject", "accusative", "adverbial") and self._parse.tokens[c.head].pos == "PROPN"
            and self._referents.actors(c.head)
        ]  # fmt: skip
        others = [c for c in clause.complements if c.slot in ("subject", "accusative") and c not in names[1:]]
        return names[1:2] if len(names) > 1 and others else []

    def actors(
        self, clause: Clause, slot: Slot, kind: str = "", *, all_subjects: bool = False, asked: bool = True
    ) -> tuple[str, ...]:
        """The keys of whoever fills a slot.

        Args:
            kind: the event class that is being read.
            asked: whether the line asks for somebody in the object, too.
        """
        if slot.name == "support":
            return self.support(clause, kind)
        if slot.name == "compound":
            return self._referents.own_modifier(clause.head)
        if slot.name == "referent":
            return self._referent(clause)
        if slot.name == "content":
            return self._content(clause)
        found: dict[str, None] = {}
        complements = list(self.complements(clause, slot))
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
        if not found and not clause.nominal:
            return self._instead(clause, slot, kind, asked)
        return tuple(found)

    def _instead(self, clause: Clause, slot: Slot, kind: str, asked: bool) -> tuple[str, ...]:
        """Who fills a slot of a verb in which nobody is named."""
        subjects = [c.head for c in clause.complements if c.slot == "subject"]
        if slot.name == "accusative" and slot.part:
            # "Putins Kritik wies Stoltenberg zurück": of two noun phrases the one that names nobody is the object.
            objects = (c.head for c in clause.complements if c.slot == "accusative")
            if any(self._referents.actors(head) for head in objects):
                things = (h for h in subjects if not self._referents.actors(h))
                return next((keys for h in things if (keys := self._parts[slot.part](h))), ())
        if slot.name != "subject" or slot.part:
            return ()
        if kind in self._rules.speech:
            return self._speaker(clause, asked)
        tools = (h for h in subjects if is_word(self._parse.tokens[h], self._rules.instruments))
        return next((keys for h in tools if (keys := self._referents.owner(h))), ())

    def _speaker(self, clause: Clause, asked: bool) -> tuple[str, ...]:
        """Who speaks where the subject names nobody.

        *Ein Bericht des Ministeriums bestätigte …*: whose paper it is. *Das teilte das Ministerium mit*, *Die
        Verantwortung übernahmen Rebellen*: things do not speak, so the "object" does, unless the line asks for one
        that is somebody or an article says that it is none.
        """
        subjects = [c for c in clause.complements if c.slot == "subject"]
        tokens = self._parse.tokens
        for complement in subjects:
            if is_word(tokens[complement.head], self._rules.papers):
                return self._referents.owner(complement.head)
        summing = [c for c in subjects if tokens[c.head].text.lower() in self._rules.summing]
        things = [
            c
            for c in subjects
            if tokens[c.head].pos == "NOUN" and not self._has_article(c, self._rules.nominative)
        ]
        if (
            clause.voice is Voice.PASSIVE
            or len(subjects) > 1
            or not (summing or (not asked and things == subjects))
        ):
            return ()
        objects = [c for c in clause.complements if c.slot == "accusative"]
        return next(
            (
                keys
                for c in objects
                if not self._has_article(c, self._rules.oblique) and (keys := self._referents.actors(c.head))
            ),
            (),
        )

    def _has_article(self, complement: Complement, articles: frozenset[str]) -> bool:
        noun = self._parse.tokens[complement.head]
        return any(t.text.lower() in articles for t in children(self._parse, noun, "det"))

    def _one_subject(self, subjects: list[Complement]) -> list[Complement]:
        """A verb has one subject: of several the first that refers to somebody."""
        return next(([c] for c in subjects if self._referents.actors(c.head)), subjects[:1])

    def support(self, clause: Clause, kind: str) -> tuple[str, ...]:
        """The subject of the verb that carries an event noun (*X übt Kritik*).

        Talks *with* somebody also have the subject of whatever is told beside them (*nach dem Treffen
        mit Xi reiste Macron …*).
        """
        if clause.parent is None:
            return ()
        parent = self._clauses[clause.parent]
        if parent.nominal:
            return ()
        slots = {c.slot for c in parent.complements if c.head == clause.head}
        objects = [c for c in parent.complements if c.slot == "accusative" and c.head != clause.head]
        # "machte zu den Anschlägen keine Angaben": the verb carries its object, not what stands beside it.
        carrying = self._rules.carrying & ({"accusative"} if objects else slots)
        carried = parent.predicate in self._rules.support and bool(carrying & slots)
        with_somebody = kind in self._rules.talks and any(
            c.slot in self._rules.together for c in clause.complements
        )
        topic = any(c.head == clause.head and c.slot in self._rules.about for c in parent.complements)
        during = any(c.head == clause.head and c.slot in self._rules.during for c in parent.complements)
        told = any(c.head == clause.head and c.slot in self._rules.beside for c in parent.complements)
        subjects = [c for c in parent.complements if c.slot == "subject" and c.head != clause.head]
        actors = self._referents.actors(subjects[0].head) if subjects else ()
        if kind in self._rules.talks:
            # "sprach über ein Treffen mit Trump": who speaks of it need not be there.
            beside = (with_somebody and not topic) or (told and len(actors) > 1)
        else:
            beside = during and kind in self._rules.visits
        return actors if carried or beside else ()

    def above(self, clause: Clause) -> tuple[Clause, frozenset[str]] | None:
        """The verb above an event noun, and the slots of it in which the noun stands.

        *zog einen Strich unter den Streit*: a phrase that hangs on another complement stands by its preposition.
        """
        if not clause.nominal or clause.parent is None or self._clauses[clause.parent].nominal:
            return None
        parent = self._clauses[clause.parent]
        slots = {c.slot for c in parent.complements if c.head == clause.head}
        token = self._parse.tokens[clause.head]
        adposition = preposition(self._parse, token)
        if not slots and adposition is not None and any(c.head == token.head for c in parent.complements):
            slots.add(adposition.lemma)
        return (parent, frozenset(slots)) if slots else None

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
        if (
            adposition is not None
            and adposition.lemma in self._rules.predicative
            and clause.parent is not None
        ):
            parent = self._clauses[clause.parent]
            return next(
                (self._referents.actors(c.head) for c in parent.complements if c.slot == "subject"), ()
            )
        return self._referents.actors(clause.head)

    def _content(self, clause: Clause) -> tuple[str, ...]:
        """Whom the content clause touches: *drohte, **Guam** anzugreifen*, *…, das Abkommen mit **der EU** zu kündigen*."""
        for below in self._below.get(clause.index, ()):
            if below.relation not in ("xcomp", "ccomp"):
                continue
            for complement in below.complements:
                if self._rules.touched & {complement.slot, f"{complement.slot}+{complement.case}"}:
                    found = self._referents.actors(complement.head) or self._referents.counterpart(
                        complement.head
                    )
                    if found:
                        return found
        return ()

    def joined(self, clause: Clause) -> tuple[str, ...]:
        """Who joins in an event noun: *beteiligte sich an den Sanktionen*."""
        if not clause.nominal or clause.parent is None:
            return ()
        parent = self._clauses[clause.parent]
        if parent.predicate not in self._rules.joining:
            return ()
        return next((self._referents.actors(c.head) for c in parent.complements if c.slot == "subject"), ())

    def with_event(self, clause: Clause) -> Iterator[Complement]:
        """A clause's complements; an event noun also has those of the verb it occurs with."""
        yield from clause.complements
        if clause.nominal and clause.parent is not None:
            parent = self._clauses[clause.parent]
            if not parent.nominal and parent.predicate in self._rules.occurrence:
                yield from parent.complements
