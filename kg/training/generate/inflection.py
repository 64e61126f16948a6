"""Forms of words from their parts, by rules of the lexicon.

A rule is written ``features | steps``: ``Case=Dat,Number=Plur | plural -e +en``. Its steps make the
form from left to right: a part of the word is put behind what is there, ``-e`` takes an ending off,
``+en`` puts one on. A rule fits if all of its features are wanted, the word has the parts, and the
endings are there to be taken off; the first one that fits is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to make a form."""

    feats: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]

    @classmethod
    def read(cls, line: str) -> Rule:
        """Read it as it is written.

        Raises:
            ValueError: there is no bar, no step, or a feature without a value.
        """
        feats, bar, steps = line.partition("|")
        pairs = [feat.strip().partition("=") for feat in feats.split(",") if feat.strip()]
        if not bar or not steps.split() or not all(value for _, _, value in pairs):
            raise ValueError(f"not a rule of inflection: {line!r}")
        return cls(tuple((key, value) for key, _, value in pairs), tuple(steps.split()))

    def form(self, parts: Mapping[str, str], feats: Mapping[str, str]) -> str | None:
        """The form, None where the rule does not fit."""
        if any(feats.get(key) != value for key, value in self.feats):
            return None
        form = ""
        for step in self.steps:
            if step.startswith("+"):
                form += step[1:]
            elif step.startswith("-"):
                if not form.endswith(step[1:]):
                    return None
                form = form.removesuffix(step[1:])
            elif part := parts.get(step):
                form += part
            else:
                return None
        return form


class Inflection:
    """The rules of a language by kind of word, and its tables of endings.

    Args:
        words: what ``lexicon.toml`` says: ``inflection`` and ``cases``.
    """

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._rules = {
            kind: [Rule.read(line) for line in lines] for kind, lines in words["inflection"].items()
        }
        self._cases: Sequence[str] = words["cases"]

    def form(self, kind: str, parts: Mapping[str, str], feats: Mapping[str, str]) -> str:
        """A word's form.

        Raises:
            KeyError: there are no rules for that kind.
            ValueError: none of them fits.
        """
        for rule in self._rules[kind]:
            form = rule.form(parts, feats)
            if form is not None:
                return form
        raise ValueError(f"no rule of inflection.{kind} makes {dict(feats)} of {dict(parts)}")

    def verb(self, parts: Mapping[str, str], feats: Mapping[str, str]) -> tuple[str, str]:
        """A verb's form and its lemma, which a finite verb without its particle has without it, too.

        Args:
            parts: of those that rules name, at least ``infinitive`` and ``particle``.
            feats: ``Order=last`` for a finite verb with its particle, ``Zu=Yes`` for *anzugreifen*.
        """
        infinitive, particle = parts["infinitive"], parts["particle"]
        bare = infinitive.removeprefix(particle)
        form = self.form("verb", {**parts, "bare": bare}, feats)
        if feats["VerbForm"] != "Fin":
            return form, infinitive
        return (f"{particle}{form}", infinitive) if feats.get("Order") == "last" else (form, bare)

    def declined(self, table: Mapping[str, Sequence[str]], feats: Mapping[str, str]) -> str:
        """A form of an article, a pronoun or an adjective's endings: by gender, or by plural, then by case."""
        column = "Plur" if feats.get("Number") == "Plur" else feats.get("Gender", "Neut")
        return table[column][self._cases.index(feats["Case"])]
