"""Fill templates with templates and words until there are words alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from kg.training.generate.lexicon import Lexicon
from kg.training.generate.phrase import OUTSIDE, Phrase, Token, labelled, word
from kg.training.generate.templates import ROOT, Row, Template

_DEEPEST = 5
"""Slots within slots; where templates may go on for ever, the simplest is taken from there on."""


class Grammar:
    """Templates by name over a lexicon."""

    def __init__(self, templates: Sequence[Template], lexicon: Lexicon, rng: random.Random) -> None:
        self._lexicon = lexicon
        self._rng = rng
        self._templates: dict[str, list[Template]] = {}
        for template in templates:
            self._templates.setdefault(template.name, []).append(template)

    def phrase(self, name: str, wanted: dict[str, str] | None = None, depth: int = 0) -> Phrase:
        """A random phrase of that name.

        Raises:
            KeyError: no template and no words have the name.
        """
        options = self._templates[name]
        if depth > _DEEPEST:
            options = [min(options, key=lambda t: sum(row.slot is not None for row in t.rows))]
        weights = [template.weight for template in options]
        return _Expansion(self, self._rng.choices(options, weights)[0], wanted or {}, depth).phrase()

    def filled(self, row: Row, wanted: dict[str, str], of: Phrase | None, depth: int) -> Phrase | None:
        """What fills a slot; None where the word that it belongs to has no such thing (a particle)."""
        assert row.slot is not None
        slot, lexeme = row.slot, of.lexeme if of else None
        if lexeme is not None and self._lexicon.has_own(slot.name):
            return self._lexicon.own(slot.name, lexeme, wanted)
        if lexeme is not None:
            frames = [f for f in lexeme.frames if f"{slot.name}.{f}" in self._templates]
            if not frames:
                return None
            return self.phrase(f"{slot.name}.{self._rng.choice(frames)}", wanted, depth + 1)
        if slot.name in self._templates:
            return self.phrase(slot.name, wanted, depth + 1)
        return self._lexicon.word(slot.name, wanted, slot.only)

    def is_there(self, row: Row) -> bool:
        """Whether a row that need not be there is."""
        return row.chance >= 1 or self._rng.random() < row.chance


class _Expansion:
    """One template on its way to a phrase: rows are filled when another asks for them."""

    def __init__(self, grammar: Grammar, template: Template, wanted: dict[str, str], depth: int) -> None:
        self._grammar = grammar
        self._template = template
        self._wanted = wanted
        self._depth = depth
        self._made: dict[int, Phrase | None] = {}

    def phrase(self) -> Phrase:
        """The template's rows, filled, in order, with the heads that it gives them."""
        rows = self._template.rows
        made = [self._filled(number) for number in range(1, len(rows) + 1)]
        begins, total = [], 0
        for phrase in made:
            begins.append(total)
            total += len(phrase.tokens) if phrase else 0
        tops = [begin + _top(phrase) if phrase else None for phrase, begin in zip(made, begins, strict=True)]
        tokens: list[Token] = []
        for row, phrase, begin in zip(rows, made, begins, strict=True):
            for token in phrase.tokens if phrase else ():
                tokens.append(self._placed(row, token, begin, tops))
        whole = next((p for row, p in zip(rows, made, strict=True) if row.head == ROOT and p), None)
        feats = {**(whole.feats if whole else {}), **self._template.feats}
        return Phrase(tuple(tokens), feats, whole.lexeme if whole else None)

    def _placed(self, row: Row, token: Token, begin: int, tops: list[int | None]) -> Token:
        if token.head != OUTSIDE:
            return replace(token, head=token.head + begin)
        label = token.deprel if row.deprel == "@" else row.deprel
        if row.head == ROOT:
            return replace(token, deprel=label)
        head = tops[row.head - 1]
        if head is None:
            raise ValueError(f"template {self._template.name}: row {row.head} is a head and may be missing")
        return replace(token, head=head, deprel=label)

    def _filled(self, number: int) -> Phrase | None:
        if number not in self._made:
            row = self._template.rows[number - 1]
            self._made[number] = self._fill(row) if self._grammar.is_there(row) else None
        return self._made[number]

    def _fill(self, row: Row) -> Phrase | None:
        feats = self._feats(row)
        if row.slot is None:
            phrase: Phrase | None = word(row.form, row.lemma, row.upos, feats)
        else:
            of = self._filled(row.slot.of) if row.slot.of else None
            if row.slot.of and of is None:
                return None
            phrase = self._grammar.filled(row, feats, of, self._depth)
        return labelled(phrase, row.name) if phrase and row.name else phrase

    def _feats(self, row: Row) -> dict[str, str]:
        """The row's features, with what the whole is wanted to have (``@``) and what other rows have (``@2``)."""
        feats = {}
        for key, value in row.feats.items():
            found: str | None = value
            if value == "@":
                found = self._wanted.get(key)
            elif value.startswith("@"):
                other = self._filled(int(value[1:]))
                found = other.feats.get(key) if other else None
            if found is not None:
                feats[key] = found
        return feats


def _top(phrase: Phrase) -> int:
    """The index of the phrase's own head: the first token that is below the outside."""
    return next((i for i, token in enumerate(phrase.tokens) if token.head == OUTSIDE), 0)
