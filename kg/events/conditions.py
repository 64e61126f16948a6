"""Whether a trigger fits a clause: the words, prepositions and fillers that its line asks for."""

from __future__ import annotations

from bisect import bisect_right

from kg.events.lacks import Lack, Unmet
from kg.events.lexicon import CONTENT, Condition, Trigger
from kg.events.resolve import Referents
from kg.events.slots import SlotReader
from kg.events.words import is_word
from kg.language.phrases import children, preposition, subtree
from kg.language.quotations import quotations
from kg.model import Clause, EntityClass, Parse, Token

_MAIN = frozenset({"root", "parataxis", "conj"})
_BODIES = frozenset(EntityClass) - {EntityClass.PERSON, EntityClass.STATE, EntityClass.PLACE}
_QUOTES = frozenset('"„“”»«')


class Conditions:
    """Tests the triggers of one document's clauses."""

    def __init__(self, parse: Parse, slots: SlotReader, referents: Referents) -> None:
        self._parse = parse
        self._slots = slots
        self._referents = referents
        self._quotes = quotations(parse.text)
        self._words_of: dict[int, tuple[list[Token], dict[int, str]]] = {}

    def fits(self, clause: Clause, trigger: Trigger) -> frozenset[int] | Unmet:
        """The tokens that a trigger asks for beside its predicate, or what it asks for in vain."""
        if trigger.reflexive and not clause.reflexive:
            return Unmet(Lack.REFLEXIVE)
        slots = {c.slot for c in clause.complements}
        if not slots.issuperset(trigger.prepositions) and not self._below(clause, trigger, slots):
            return Unmet(Lack.PREPOSITION, " ".join(trigger.prepositions))
        if "no-object" in trigger.marks and "accusative" in slots:
            return Unmet(Lack.NO_OBJECT)
        if "clause" in trigger.marks and not self._tells_content(clause):
            return Unmet(Lack.CLAUSE)
        if "main" in trigger.marks and (clause.marker or clause.relation not in _MAIN):
            return Unmet(Lack.MAIN)
        for condition in trigger.conditions:
            if not self._holds(clause, condition):
                return Unmet(Lack.CONDITION, condition.text)
        return self._beside(clause, trigger)

    def _below(self, clause: Clause, trigger: Trigger, slots: set[str]) -> bool:
        """*übte Kritik am Kurs*: a phrase that the parser hung on an object serves as well."""
        from_objects = {
            a.lemma
            for c in clause.complements
            if c.slot in ("accusative", "dative", "adverbial") and c.head != clause.head
            for t in self._parse.tokens[c.head].children
            if (a := preposition(self._parse, self._parse.tokens[t])) is not None
        }
        return bool(from_objects) and (slots | from_objects).issuperset(trigger.prepositions)

    def _beside(self, clause: Clause, trigger: Trigger) -> frozenset[int] | Unmet:
        if not trigger.beside:
            return frozenset()
        near = self._near(clause, trigger.inside)
        found = set()
        for wanted in trigger.beside:
            token = next((t for t in near if is_word(t, wanted)), None)
            if token is None:
                return Unmet(Lack.WORDS, trigger.text)
            found.add(token.index)
        return frozenset(found)

    def _near(self, clause: Clause, prepositions: frozenset[str]) -> list[Token]:
        """The words of a clause that a trigger may ask for.

        A noun behind a preposition only if the trigger has that preposition: *zu Besuch reisen* is
        not *nach dem Besuch reisen*.
        """
        known = self._words_of.get(clause.index)
        if known is None:
            head = self._parse.tokens[clause.head]
            words = list(subtree(self._parse, head))
            words.extend(self._parse.tokens[i] for i in head.children)
            words.extend(self._parse.tokens[c.head] for c in clause.complements)
            behind = {
                c.head: adposition.lemma
                for c in clause.complements
                if (adposition := preposition(self._parse, self._parse.tokens[c.head])) is not None
            }
            known = self._words_of[clause.index] = (list({t.index: t for t in words}.values()), behind)
        words, behind = known
        if (
            clause.predicate == self._parse.tokens[clause.head].lemma
        ):  # else, "ist angespannt", it is a copula
            words = [t for t in words if t.index != clause.head]
        return [t for t in words if t.index not in behind or behind[t.index] in prepositions]

    def _holds(self, clause: Clause, condition: Condition) -> bool:
        if any(slot.name == CONTENT for slot in condition.slots) and self._tells_content(clause):
            return True
        heads = [c.head for slot in condition.slots for c in self._slots.complements(clause, slot)]
        words, kinds = condition.words, condition.kinds
        if words is None and not kinds:
            return bool(heads)
        return any(
            (words is not None and is_word(self._parse.tokens[h], words))
            or any(self._is_kind(h, kind) for kind in kinds)
            for h in heads
        )

    def _is_kind(self, head: int, kind: str) -> bool:
        actors = self._referents.actors(head)
        if kind == "place":
            return self._referents.place(head) is not None
        if kind == "thing":
            return not actors
        kinds = {self._referents.discourse.entities[k].kind for k in actors}
        wanted = {
            "person": {EntityClass.PERSON, EntityClass.GROUP},
            "state": {EntityClass.STATE},
            "org": _BODIES,
        }
        return bool(kinds & wanted[kind]) if kind in wanted else bool(actors)

    def _tells_content(self, clause: Clause) -> bool:
        """*hofft, dass …*, *„…“, rief X*, *X habe recht, glaubt Y*: what is said or thought stands there."""
        if any(c.slot == "clause" for c in clause.complements):
            return True
        head = self._parse.tokens[clause.head]
        if head.label in ("parataxis", "ccomp") or any(children(self._parse, head, "parataxis")):
            return True
        sentence = self._parse.sentences[clause.sentence]
        first = bisect_right(
            self._quotes, sentence.begin, key=lambda q: q.end
        )  # they are in order, side by side
        return first < len(self._quotes) and self._quotes[first].begin < sentence.end
