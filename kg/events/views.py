"""Clause ─▶ the triggers that may read it, each with the clause as that trigger sees it.

A German predicate is often more than one word, and parsers put its parts in different places: *machte sich
lustig* is *lustigmachen* or *machen* with *lustig*; *schrie ihn nieder* may have *nieder* as an adverb; *ist
empört* is the passive of *empören* or *sein* with an adjective; *ließ wissen* has its verb as an auxiliary.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.events.lexicon import Lexicon, Trigger
from kg.events.rules import DiscourseRules
from kg.events.words import is_word
from kg.lang.patterns import WordSet
from kg.language.phrases import children
from kg.model import Clause, Parse, Token, Voice

_HELPERS = ("aux", "aux:pass", "cop")
_LOOSE = ("compound:prt", "advmod", "xcomp", "ccomp", "obj", "obl", "mark")


class Views:
    """The readings of the predicates of one document."""

    def __init__(self, lexicon: Lexicon, rules: DiscourseRules, parse: Parse) -> None:
        self._lexicon = lexicon
        self._rules = rules
        self._parse = parse
        self._known: dict[int, tuple[tuple[Trigger, Clause], ...]] = {}

    def of(self, clause: Clause) -> tuple[tuple[Trigger, Clause], ...]:
        """All triggers of a clause in order of rank, each with the clause to be read through it."""
        if clause.nominal:
            return tuple((t, clause) for t in self._lexicon.for_noun(clause.predicate))
        known = self._known.get(clause.index)
        if known is None:
            found = {t.id: (t, clause) for t in self._lexicon.for_verb(clause.predicate)}
            plain = len(found)
            for trigger, view in self._others(clause):
                found.setdefault(trigger.id, (trigger, view))
            pairs = found.values()
            known = tuple(pairs if len(found) == plain else sorted(pairs, key=lambda pair: pair[0].rank))
            self._known[clause.index] = known
        return known

    def _others(self, clause: Clause) -> Iterator[tuple[Trigger, Clause]]:
        head = self._parse.tokens[clause.head]
        for child in children(self._parse, head, *_LOOSE):
            particle = child.text.lower()
            if clause.predicate.startswith(particle) and child.label == "compound:prt":
                for trigger in self._lexicon.for_verb(clause.predicate.removeprefix(particle)):
                    if _has(trigger, child):
                        yield trigger, clause
            elif not child.children:
                rest = tuple(c for c in clause.complements if c.head != child.index)
                for trigger in self._lexicon.for_verb(particle + clause.predicate):
                    yield trigger, replace(clause, complements=rest)
        for helper in children(self._parse, head, *_HELPERS):
            if helper.lemma == clause.predicate:
                continue
            view = self._active(clause) if helper.lemma in self._rules.copulas else clause
            view = replace(view, predicate=helper.lemma)
            for trigger in self._lexicon.for_verb(helper.lemma):
                if _has(trigger, head):
                    yield trigger, view

    def _active(self, clause: Clause) -> Clause:
        """*ist empört*, *ist mit Riad verfeindet*: what a copula and an adjective say of their subject."""
        if clause.voice is Voice.ACTIVE:
            return clause
        slots = {"accusative": "subject", "subject": "von"}
        return replace(
            clause,
            voice=Voice.ACTIVE,
            complements=tuple(replace(c, slot=slots.get(c.slot, c.slot)) for c in clause.complements),
        )


def _has(trigger: Trigger, token: Token) -> bool:
    """Whether a word is among those that a trigger asks for beside its verb."""
    return any(_is(token, words) for words in trigger.beside)


def _is(token: Token, words: WordSet) -> bool:
    return is_word(token, words) or token.text.lower() in words
