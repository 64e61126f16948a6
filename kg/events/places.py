"""Where an event happens, and where it leads to."""

from __future__ import annotations

from kg.events.lexicon import Trigger
from kg.events.resolve import Referents
from kg.events.rules import DiscourseRules
from kg.events.slots import SlotReader
from kg.language.phrases import children, preposition
from kg.model import Clause, Complement, Parse, Token


class PlaceReader:
    """Reads the places of the clauses of one document."""

    def __init__(self, rules: DiscourseRules, parse: Parse, slots: SlotReader, referents: Referents) -> None:
        self._rules = rules
        self._parse = parse
        self._slots = slots
        self._referents = referents

    def place(self, clause: Clause, trigger: Trigger, actors: tuple[str, ...]) -> str | None:
        """Where it happens: by the trigger's slots, else by a phrase of place that is none of the actors."""
        for slot in trigger.roles.get("place", ()):
            around = [c for c in self._slots.with_event(clause) if clause.nominal and c.slot == slot.name]
            for complement in [*self._slots.complements(clause, slot), *around]:
                place = self._referents.place(complement.head)
                if place is None and slot.name == "accusative":
                    place = self._behind(complement, actors)  # "einen Anschlag in Kabul verüben"
                if place is not None and place not in actors:
                    return place
            if clause.nominal and (place := self._inside(clause, slot.name, actors)) is not None:
                return place
        if "place" in trigger.roles or "destination" in trigger.roles:
            return None
        where = going_on(self._parse, clause, self._rules)
        if where is not None:
            before = range(where.index - 2, max(-1, where.index - 6), -1)  # "nach Israel reisen, wo"
            return next((place for i in before if (place := self._referents.place(i)) is not None), None)
        for complement in self._slots.with_event(clause):
            if self.city_of_event(clause, trigger, complement):
                place = self._referents.place(complement.head)
            elif set(self._referents.actors(complement.head)) & set(actors):
                # It is one of those who act; of talks, a place behind the partner's name is theirs.
                talks = trigger.kind in self._rules.talks
                place = self._behind(complement) if talks else None
                if place is None and clause.nominal and trigger.kind in self._rules.located:
                    place = self._behind(complement, actors)
            elif self._place_of_topic(clause, complement):
                place = None
            elif complement.slot in self._rules.place_prepositions and complement.case != "Acc":
                place = self._referents.place(complement.head)
            else:
                place = None
            if place is not None:
                return place
        return None

    def city_alone(self, complement: Complement) -> bool:
        """Whether a phrase names one city and nobody beside it (*von Paris*, not *von Moskau und Ankara*)."""
        head = self._parse.tokens[complement.head]
        return self._referents.is_town(complement.head) and not any(children(self._parse, head, "conj"))

    def city_of_event(self, clause: Clause, trigger: Trigger, complement: Complement) -> bool:
        """*die Anschläge von Paris*, *die Bombardierung Aleppos*; but *Moskaus Angriff*."""
        if not clause.nominal or trigger.kind not in self._rules.located or not self.city_alone(complement):
            return False
        governs = bool(self._referents.actors(complement.head))
        return complement.slot == self._rules.for_genitive or (complement.slot == "genitive" and not governs)

    def _inside(self, clause: Clause, name: str, actors: tuple[str, ...]) -> str | None:
        """*eine Razzia der Polizei gegen Islamisten in Berlin*: the place was hung on whoever stands before it."""
        for complement in clause.complements:
            owned = complement.slot in ("genitive", self._rules.for_genitive)
            if not owned and not self._referents.actors(complement.head):
                continue  # "die Rede zur Lage in Idlib"
            for child in children(self._parse, self._parse.tokens[complement.head], "nmod", "obl"):
                adposition = preposition(self._parse, child)
                if adposition is not None and adposition.lemma == name and child.index > complement.head:
                    place = self._referents.place(child.index)
                    if place is not None and place not in actors:
                        return place
        return None

    def _place_of_topic(self, clause: Clause, complement: Complement) -> bool:
        """*zeigte sich besorgt über die Lage in Syrien*: it stands right behind what is spoken about."""
        adposition = preposition(self._parse, self._parse.tokens[complement.head])
        return adposition is not None and any(
            c.slot in self._rules.about and c.head == adposition.index - 1 for c in clause.complements
        )

    def _behind(self, complement: Complement, actors: tuple[str, ...] = ()) -> str | None:
        """*traf sich mit seinem Kollegen Lawrow in Moskau*: the place that was hung on the partner."""
        for child in children(self._parse, self._parse.tokens[complement.head], "nmod", "obl"):
            adposition = preposition(self._parse, child)
            if (
                adposition is not None
                and adposition.lemma in self._rules.place_prepositions
                and child.index > complement.head
                and not set(self._referents.actors(child.index)) & set(actors)
            ):
                return self._referents.place(child.index)
        return None

    def destination(self, clause: Clause, trigger: Trigger) -> str | None:
        """Where somebody goes to, by the trigger's slots."""
        for slot in trigger.roles.get("destination", ()):
            for complement in self._slots.complements(clause, slot):
                place = self._referents.place(complement.head)
                if place is not None:
                    return place
        return None


def going_on(parse: Parse, clause: Clause, rules: DiscourseRules) -> Token | None:
    """The *wo* of a clause that tells what happens next (*reist nach Athen, wo sie Tsipras trifft*)."""
    adverbs = children(parse, parse.tokens[clause.head], "advmod")
    return None if clause.nominal else next((t for t in adverbs if t.text.lower() in rules.where), None)
