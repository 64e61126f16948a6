"""Bring the treebanks to one set of conventions, by the rules in ``conventions.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from itertools import pairwise
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
    in_pipeline: bool = False

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

    def pattern(self) -> dict[str, Any]:
        """The same conditions (but those on the head) for spaCy's matcher, on a parsed word."""
        labels = ["ROOT" if label == "root" else label for label in sorted(self.labels)]
        wanted = {"LOWER": self.forms, "LEMMA": self.lemmas, "POS": self.tags, "DEP": labels}
        return {name: {"IN": sorted(values)} for name, values in wanted.items() if values}


@dataclass(frozen=True, slots=True)
class InNames:
    """Words of names that are adjectives or nouns elsewhere."""

    tag: str
    noun: str
    adjective: str
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conventions:
    """The rules, and by tag the other tags that a word without a tree may get."""

    rules: tuple[Rule, ...]
    open: Mapping[str, tuple[str, ...]]
    in_names: InNames

    def alternatives(self, attested: Mapping[str, Set[str]]) -> Callable[[Word], tuple[str, ...]]:
        """What else a word may be.

        Args:
            attested: the tags of each form in all treebanks, in lower case.
        """
        rule = self.in_names

        def of(word: Word) -> tuple[str, ...]:
            noun = word.upos == rule.tag and rule.noun in attested.get(word.form.lower(), ())
            return (*self.open.get(word.upos, ()), *((rule.noun,) if noun else ()))

        return of

    def with_adjectives(self, sentence: Sentence, attested: Mapping[str, Set[str]]) -> Sentence:
        """The sentence with adjectives tagged as such in names, too."""
        rule, words = self.in_names, list(sentence.words)
        for i, (word, following) in enumerate(pairwise(sentence.words)):
            if (
                word.upos == rule.tag
                and following.upos in (rule.tag, rule.noun)
                and word.form.endswith(rule.endings)
                and rule.adjective in attested.get(word.form.lower(), ())
            ):
                words[i] = replace(word, upos=rule.adjective)
        return Sentence(tuple(words))

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
    return Conventions(rules, _tags(data["open"]), _in_names(data["in_names"]))


def _in_names(fields: Mapping[str, Any]) -> InNames:
    return InNames(**{**fields, "endings": tuple(fields["endings"])})


def _tags(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {tag: tuple(others) for tag, others in table.items()}


def _rule(fields: Mapping[str, Any]) -> Rule:
    values: dict[str, Any] = {k: frozenset(v) if isinstance(v, list) else v for k, v in fields.items()}
    return Rule(**values)
