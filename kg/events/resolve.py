"""Complement ─▶ entities: who or what a phrase of a clause refers to."""

from __future__ import annotations

from dataclasses import dataclass

from kg.events.rules import DiscourseRules
from kg.language.phrases import children, conjuncts, preposition
from kg.model import Discourse, EntityClass, Mention, MentionKind, Parse, Token

_INSIDE = ("flat", "appos", "compound", "nmod", "parataxis", "conj", "orphan")


@dataclass(frozen=True, slots=True)
class Referents:
    """Looks up what tokens of one document refer to.

    Args:
        speaker: token ─▶ keys of whoever speaks there, for *ich* and *mir* in quotations.
    """

    parse: Parse
    discourse: Discourse
    rules: DiscourseRules
    first_person: frozenset[str]
    speaker: dict[int, tuple[str, ...]]

    def actors(self, token: int) -> tuple[str, ...]:
        """Everybody that a phrase names as acting, with what is coordinated to it."""
        keys: dict[str, None] = {}
        for head in conjuncts(self.parse, self.parse.tokens[token]):
            if self._excluded(head):
                continue
            keys.update(dict.fromkeys(self._one(head)))
            keys.update(dict.fromkeys(self._next_in_list(head)))
        return tuple(keys)

    def _excluded(self, head: Token) -> bool:
        """*nicht Putin, sondern Medwedew*"""
        first = head.index - 1
        sentence = self.parse.sentences[head.sentence]
        while first > sentence.first and self.parse.tokens[first].pos in ("DET", "ADJ", "ADP"):
            first -= 1
        behind = self.parse.tokens[head.index : sentence.last]
        denied = first >= sentence.first and self.parse.tokens[first].text.lower() in self.rules.denying
        return denied and any(t.text.lower() in self.rules.correcting for t in behind)

    def _next_in_list(self, head: Token) -> tuple[str, ...]:
        """Names that follow with *und* or commas, also where the parser lost the coordination."""
        mention = next(iter(self._mentions(head)), None)
        if mention is None or mention.kind is not MentionKind.NAME:
            return ()
        tokens = self.parse.tokens
        end = self.parse.sentences[head.sentence].last
        i = head.index
        while i < end and tokens[i].begin < mention.span.end:
            i += 1
        found: list[str] = []
        closed = False
        while i < end and (
            tokens[i].text in self.rules.coordinators or (tokens[i].text == "," and not closed)
        ):
            closed = tokens[i].text != ","
            j = i + 1
            while j < end and tokens[j].pos in ("DET", "ADJ", "NOUN") and self._at(j) is None:
                j += 1
            after = self._at(j) if j < end else None
            if after is None or after.kind is not MentionKind.NAME or not self._alike(mention, after):
                break
            found.extend(after.actors)
            i = j
            while i < end and tokens[i].begin < after.span.end:
                i += 1
            if closed:
                return tuple(found)
        return ()

    def _alike(self, a: Mention, b: Mention) -> bool:
        """Persons are listed with persons, states and organisations with one another."""
        persons = [{self.discourse.entities[k].kind is EntityClass.PERSON for k in m.actors} for m in (a, b)]
        return bool(persons[0]) and persons[0] == persons[1]

    def place(self, token: int) -> str | None:
        """The place that a phrase names (a state counts as one)."""
        for head in conjuncts(self.parse, self.parse.tokens[token]):
            for mention in self._mentions(head):
                if mention.place is not None:
                    return mention.place
                for key in mention.actors:
                    if self.discourse.entities[key].kind is EntityClass.STATE:
                        return key
        return None

    def owner(self, token: int) -> tuple[str, ...]:
        """Whose a thing is: by possessive, genitive, adjective or compound (*Kims Streben*)."""
        head = self.parse.tokens[token]
        for child in children(self.parse, head):
            if child.label == "det" and child.feat("Poss") == "Yes":
                mention = self._at(child.index)
                if mention is not None:
                    return mention.actors
        for child in children(self.parse, head, "nmod", "appos", "flat", "compound", "obl"):
            adposition = preposition(self.parse, child)
            if adposition is None or adposition.lemma in self.rules.owning:
                found = self.actors(child.index)
                if found:
                    return found
        return self.modifier(token)

    def located(self, token: int, depth: int = 2) -> tuple[str, ...]:
        """Whose ground a thing stands on: *Ziele in Syrien*, *Zölle auf Stahl aus der EU*."""
        for child in children(self.parse, self.parse.tokens[token], "nmod", "obl", "appos"):
            adposition = preposition(self.parse, child)
            if (
                adposition is not None
                and adposition.lemma in self.rules.locating
                and not self.is_city(child.index)
            ):
                found = self.actors(child.index) or (
                    self.located(child.index, depth - 1) if depth > 1 else ()
                )
                if found:
                    return found
        return ()

    def is_city(self, token: int) -> bool:
        """What happens in Kabul is not done to Afghanistan."""
        mention = self._at(token)
        return mention is not None and mention.is_city

    def is_town(self, token: int) -> bool:
        """*Paris*, be it the city or its government; not *Frankreich*."""
        mention = self._at(token)
        return mention is not None and mention.place not in (None, *mention.actors)

    def counterpart(self, token: int) -> tuple[str, ...]:
        """With or against whom a thing is: *das Abkommen mit der EU*, *die Sanktionen gegen den Iran*."""
        for child in children(self.parse, self.parse.tokens[token], "nmod", "obl"):
            adposition = preposition(self.parse, child)
            if adposition is not None and adposition.lemma in self.rules.opposite:
                found = self.actors(child.index)
                if found:
                    return found
        return ()

    def modifier(self, token: int) -> tuple[str, ...]:
        """The state or organisation of an attributive adjective or compound."""
        head = self.parse.tokens[token]
        for i in (*head.children, head.index):
            number = self.discourse.modifiers.get(i)
            if number is not None:
                return self.discourse.mentions[number].actors
        return ()

    def own_modifier(self, token: int) -> tuple[str, ...]:
        """What a single token names as adjective or compound."""
        number = self.discourse.modifiers.get(token)
        return self.discourse.mentions[number].actors if number is not None else ()

    def indirect(self, token: int) -> bool:
        """Whether a phrase is understood only through a pronoun or description."""
        mention = self._at(token)
        return mention is not None and mention.kind is not MentionKind.NAME

    def is_apart(self, token: int, other: int) -> bool:
        """Whether two words name two different actors or places, each by a mention of its own."""
        first, second = self._at(token), self._at(other)
        if first is None or second is None or first is second or second.kind is not MentionKind.NAME:
            return False
        return not ({*first.actors, first.place} & {*second.actors, second.place}) - {None}

    def _at(self, token: int) -> Mention | None:
        number = self.discourse.referents.get(token)
        return None if number is None else self.discourse.mentions[number]

    def _one(self, head: Token) -> tuple[str, ...]:
        if head.text.lower() in self.first_person:
            return self.speaker.get(head.index, ())
        for mention in self._mentions(head):
            if mention.actors:
                return mention.actors
        return self._examples(head)

    def _mentions(self, head: Token) -> list[Mention]:
        """The mention of a head word, else of what names it: *Präsident* ─▶ *Xi Jinping*."""
        own = self._at(head.index)
        if own is not None:
            return [own]
        found = []
        for child in children(self.parse, head, "flat", "appos", "compound"):
            if preposition(self.parse, child) is not None:
                continue
            mention = self._at(child.index)
            if mention is not None and mention.kind is MentionKind.NAME:
                found.append(mention)
        return found

    def _examples(self, head: Token) -> tuple[str, ...]:
        """*mehr als 50 Staaten, darunter die USA und Deutschland*."""
        sentence = self.parse.sentences[head.sentence]
        tokens = self.parse.tokens
        for i in range(head.index + 1, min(head.index + 3, sentence.last)):
            if tokens[i].text.lower() in self.rules.examples and tokens[i - 1].text == ",":
                keys: dict[str, None] = {}
                for j in range(i + 1, sentence.last):
                    mention = self._at(j)
                    if mention is not None:
                        keys.update(dict.fromkeys(mention.actors))
                    elif tokens[j].pos not in ("DET", "CCONJ", "ADJ", "PROPN") and tokens[j].text != ",":
                        break
                return tuple(keys)
        return ()
