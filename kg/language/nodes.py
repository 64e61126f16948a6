"""The words of a parse while it is being mended, and what the mending goes by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.lang import LanguageData

HELPERS = frozenset({"aux", "aux:pass", "cop"})
"""Labels of words that help a predicate."""


@dataclass(frozen=True, slots=True)
class RepairWords:
    """The words that the rules go by, from ``grammar.toml`` and ``time.toml``; lower case but for times."""

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
    def of(cls, data: LanguageData) -> RepairWords:
        """Read a language's words."""
        grammar = data.toml("grammar.toml")
        content, verbs = grammar["repairs"], grammar["verbs"]
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


@dataclass(slots=True)
class Node:
    """A word while its parse is being mended."""

    text: str
    lower: str
    pos: str
    label: str
    head: int
    feats: dict[str, str]


def article_of(nodes: Sequence[Node], i: int) -> str:
    """A noun's article, lower case, or an empty string."""
    return next((n.lower for n in nodes if n.head == i and n.label == "det"), "")


def is_forest(heads: Sequence[int]) -> bool:
    """Whether every word's heads end at a root; a circle would keep later stages going for ever.

    >>> is_forest([1, 1, 1]), is_forest([1, 0])
    (True, False)
    """
    ended: set[int] = set()
    for n in range(len(heads)):
        path: set[int] = set()
        while n not in ended and heads[n] != n:
            if n in path:
                return False
            path.add(n)
            n = heads[n]
        ended |= path
        ended.add(n)
    return True
