"""Bring the treebanks to one set of conventions, by the rules in ``conventions.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.training.conllu import Sentence, Word

_FILE = Path(__file__).with_name("conventions.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    """One difference between treebanks; an empty condition fits every word."""

    forms: frozenset[str] = frozenset()
    lemmas: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    head_labels: frozenset[str] = frozenset()
    not_head_labels: frozenset[str] = frozenset()
    to_tag: str = ""
    to_label: str = ""

    def fits(self, word: Word, head: Word) -> bool:
        """Whether the word meets every condition."""
        return (
            (not self.forms or word.form.lower() in self.forms)
            and (not self.lemmas or word.lemma in self.lemmas)
            and (not self.tags or word.upos in self.tags)
            and (not self.labels or word.deprel in self.labels)
            and (not self.head_labels or head.deprel in self.head_labels)
            and head.deprel not in self.not_head_labels
        )


@dataclass(frozen=True, slots=True)
class Conventions:
    """The rules, and by tag the other tags that a word without a tree may get."""

    rules: tuple[Rule, ...]
    open: Mapping[str, tuple[str, ...]]

    def apply(self, sentence: Sentence) -> Sentence:
        """The sentence with the first fitting rule applied to each word."""
        return Sentence(tuple(self._word(w, sentence.words[w.head]) for w in sentence.words))

    def _word(self, word: Word, head: Word) -> Word:
        for rule in self.rules:
            if rule.fits(word, head):
                return replace(word, upos=rule.to_tag or word.upos, deprel=rule.to_label or word.deprel)
        return word


def load() -> Conventions:
    """Read the rules."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    rules = tuple(_rule(fields) for fields in data["rule"])
    return Conventions(rules, {tag: tuple(others) for tag, others in data["open"].items()})


def _rule(fields: Mapping[str, Any]) -> Rule:
    values: dict[str, Any] = {k: v if isinstance(v, str) else frozenset(v) for k, v in fields.items()}
    return Rule(**values)
