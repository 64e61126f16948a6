"""The words that the edits of German trees go by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.lang import LanguageData


@dataclass(frozen=True, slots=True)
class EditWords:
    """From ``grammar.toml`` and ``time.toml``; lower case but for times."""

    months: frozenset[str]
    weekdays: frozenset[str]
    parts: frozenset[str]
    days: frozenset[str]
    """*gestern*, *heute*"""
    demonstratives: frozenset[str]
    nominatives: frozenset[str]
    datives: frozenset[str]
    accusatives: frozenset[str]
    oblique_articles: frozenset[str]
    masculine_article: str
    infinitive_marks: frozenset[str]
    perfect_infinitives: frozenset[str]
    perfect_beginnings: tuple[str, ...]
    past_endings: tuple[str, ...]
    plural_endings: tuple[str, ...]
    infinitive_endings: tuple[str, ...]
    adjective_endings: tuple[str, ...]
    attribute_endings: tuple[str, ...]
    nominal_adjectives: tuple[str, ...]
    particles: frozenset[str]
    name_prepositions: frozenset[str]
    relations: frozenset[str]
    relatives: frozenset[str]
    infinitive_openers: frozenset[str]
    recipient_passives: frozenset[str]
    receiving: frozenset[str]
    copulas: frozenset[str]
    comparisons: frozenset[str]
    comparatives: frozenset[str]
    strong_adjectives: Mapping[str, str]
    """Ending ─▶ case."""
    correlatives: Mapping[str, Sequence[str]]
    """What opens the first of a coordination ─▶ what opens the second."""

    @classmethod
    def of(cls, data: LanguageData) -> EditWords:
        """Read a language's words."""
        grammar = data.toml("grammar.toml")
        content, verbs = grammar["edits"], grammar["verbs"]
        times = data.toml("time.toml")
        return cls(
            months=frozenset(times["months"]),
            weekdays=frozenset(times["weekdays"]),
            parts=frozenset(times["parts"]),
            days=frozenset(times["days"]),
            masculine_article=content["masculine_article"],
            perfect_beginnings=tuple(content["perfect_beginnings"]),
            past_endings=tuple(content["past_endings"]),
            plural_endings=tuple(content["plural_endings"]),
            infinitive_endings=tuple(verbs["infinitive_endings"]),
            infinitive_marks=frozenset(verbs["infinitive_marks"]),
            adjective_endings=tuple(content["adjective_endings"]),
            strong_adjectives=content["strong_adjectives"],
            correlatives=grammar["coordination"]["correlative"],
            attribute_endings=tuple(content["attribute_endings"]),
            nominal_adjectives=tuple(content["nominal_adjectives"]),
            particles=frozenset(verbs["particles"]),
            **{
                name: frozenset(content[name])
                for name in ("demonstratives", "nominatives", "datives", "accusatives", "oblique_articles",
                             "perfect_infinitives", "name_prepositions", "relations", "relatives", "infinitive_openers",
                             "recipient_passives", "receiving", "copulas", "comparisons", "comparatives")
            },
        )  # fmt: skip
