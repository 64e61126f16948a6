"""A piece of a generated sentence: words in order with heads among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.training.generate.templates import feats_text

OUTSIDE = -1
"""As a head: the word that the whole phrase is put below."""


@dataclass(frozen=True, slots=True)
class Token:
    """A syntactic word; ``head`` is the 0-based index in its phrase or `OUTSIDE`."""

    form: str
    lemma: str
    upos: str
    feats: str
    head: int = OUTSIDE
    deprel: str = "@"
    name: str | None = None
    """A label of GermEval with its place in the name: ``B-PER``."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A word of the lexicon: its principal parts by name and the frames that it may have."""

    parts: Mapping[str, str]
    frames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens, and what others may ask of the whole."""

    tokens: tuple[Token, ...]
    feats: dict[str, str] = field(default_factory=dict)
    lexeme: Lexeme | None = None


def word(form: str, lemma: str, upos: str, feats: dict[str, str], **others: str) -> Phrase:
    """A phrase of one word; ``others`` are features that are not written (the gender of a name)."""
    return Phrase((Token(form, lemma, upos, feats_text(feats)),), {**feats, **others})


def name(forms: Sequence[str], lemmas: Sequence[str], label: str, feats: dict[str, str]) -> Phrase:
    """A name of one or more words, flat, with its label."""
    tokens = [
        Token(
            form,
            lemma,
            "PROPN",
            feats_text(feats),
            0 if i else OUTSIDE,
            "flat" if i else "@",
            f"{'I' if i else 'B'}-{label}",
        )
        for i, (form, lemma) in enumerate(zip(forms, lemmas, strict=True))
    ]
    return Phrase(tuple(tokens), feats)


def labelled(phrase: Phrase, label: str) -> Phrase:
    """The phrase as one name."""
    tokens = (replace(t, name=f"{'I' if i else 'B'}-{label}") for i, t in enumerate(phrase.tokens))
    return replace(phrase, tokens=tuple(tokens))
