"""Whether a word is among those that data names."""

from __future__ import annotations

from kg.lang.patterns import WordSet
from kg.model import Token


def is_word(token: Token, wanted: WordSet) -> bool:
    """Whether a word, or the last part of its compound, is among those wanted."""
    lemma = token.lemma
    if lemma in wanted or ("-" in lemma and lemma.rpartition("-")[2] in wanted):
        return True
    word = token.text.lower() if token.pos == "PRON" else token.text
    return word != lemma and word in wanted
