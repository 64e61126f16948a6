"""How a language marks whose word something is: ``[sources]``, ``[media]`` of ``discourse.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.lang import LanguageData
from kg.lang.patterns import WordSet
from kg.model import Entity


@dataclass(frozen=True, slots=True)
class SourceRules:
    """Word lists by lemma; see the comments in ``discourse.toml``."""

    prepositions: frozenset[str]
    postpositions: frozenset[str]
    nouns: Mapping[str, WordSet]
    """Preposition ─▶ the nouns that make a source with it."""
    reports: WordSet
    telling: WordSet
    occasions: WordSet
    after: frozenset[str]
    own: frozenset[str]
    citing: frozenset[str]
    cited_by: tuple[str, ...]
    """The prepositions before and behind one of them."""
    genitive_determiners: tuple[str, ...]
    tags: frozenset[str]
    continuing: frozenset[str]
    summing: frozenset[str]
    manner: frozenset[str]
    adding: frozenset[str]
    parenthetic: frozenset[str]
    breaks: frozenset[str]
    turning: frozenset[str]
    media_classes: frozenset[str]
    media_words: tuple[str, ...]

    @classmethod
    def of(cls, data: LanguageData) -> SourceRules:
        """Read a language's ``discourse.toml``."""
        content = data.toml("discourse.toml")
        sources = content["sources"]
        nouns: dict[str, WordSet] = {word: WordSet(sources["nouns"]) for word in sources["according"]}
        nouns.update({word: WordSet(found) for word, found in sources["views"].items()})
        return cls(
            prepositions=frozenset(sources["prepositions"]),
            postpositions=frozenset(sources["behind"]),
            nouns=nouns,
            reports=WordSet(sources["reports"]),
            telling=WordSet(sources["telling"]),
            occasions=WordSet(sources["occasions"]),
            after=frozenset(sources["after"]),
            own=frozenset(sources["own"]),
            citing=frozenset(sources["citing"]),
            cited_by=tuple(sources["cited_by"]),
            genitive_determiners=tuple(sources["genitive_determiners"]),
            tags=frozenset(sources["tags"]),
            continuing=frozenset(sources["continuing"]),
            summing=frozenset(sources["summing"]),
            manner=frozenset(sources["manner"]),
            adding=frozenset(sources["adding"]),
            parenthetic=frozenset(sources["parenthetic"]),
            breaks=frozenset(sources["breaks"]),
            turning=frozenset(sources["turning"]),
            media_classes=frozenset(content["media"]["classes"]),
            media_words=tuple(content["media"]["groups"]),
        )

    def is_medium(self, entity: Entity) -> bool:
        """Whether somebody only passes on what others say: an agency, a newspaper, *Medien*."""
        return entity.kind in self.media_classes or entity.label.endswith(self.media_words)
