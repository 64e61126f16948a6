"""Which words of a parse are predicates that the lexicon should have decided (``predicates.toml``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import DataError
from kg.events.lexicon.lexicon import FIRST_PART
from kg.lang import LanguageData
from kg.language.grammar import Grammar
from kg.model import Discourse, Token


@dataclass(frozen=True, slots=True)
class Predicates:
    """Verbs, and nouns that are deverbal by their end or are nouns of events.

    Args:
        suffixes: *-ung*, *-tion*.
        nouns: in lower case; compounds of them count, too.
        genitives: words that begin a genitive, for a noun's complements.
    """

    suffixes: tuple[str, ...]
    nouns: frozenset[str]
    genitives: tuple[str, ...]

    @classmethod
    def of(cls, data: LanguageData) -> Predicates:
        """From ``predicates.toml`` of a language.

        Raises:
            DataError: one of its lists is missing or holds something else than words.
        """
        content = data.toml("predicates.toml")
        for name in ("suffixes", "nouns"):
            words = content.get(name)
            if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
                raise DataError(f"predicates.toml: {name} must be a list of words")
        nouns = frozenset(word.lower() for word in content["nouns"])
        return cls(tuple(content["suffixes"]), nouns, Grammar.of(data).genitives)

    def of_text(self, discourse: Discourse) -> Iterator[tuple[Token, bool]]:
        """The predicates of a text, each with whether it is a noun.

        A noun that stands for an actor (*die Regierung*) is none.
        """
        actors = {m.head for m in discourse.mentions if m.actors}
        for token in discourse.parse.tokens:
            if token.pos == "VERB":
                yield token, False
            elif token.pos == "NOUN" and token.index not in actors and self.is_event_noun(token.lemma):
                yield token, True

    def is_event_noun(self, lemma: str) -> bool:
        """Whether a noun has the end of a deverbal noun, or is a noun of events or a compound of one."""
        word = lemma.rpartition("-")[2].lower()
        return word.endswith(self.suffixes) or any(
            word[i:] in self.nouns for i in (0, *range(FIRST_PART, len(word)))
        )
