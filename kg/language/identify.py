"""Which language a stretch of text is in, offline.

Source: py3langid (Lui and Baldwin 2012, "langid.py: An Off-the-shelf Language Identification Tool"; kept by A. Barbaresi).
It is asked of whole paragraphs only, and believed where it is sure: names and headlines look like many languages. It is not asked
where the little words of the expected language settle it (``identify.toml``), as in most of what is read.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import Any

from kg.lang import HOME, read_toml
from kg.model import Span

LEAST = 80
"""Letters that a paragraph must have to be asked about."""
_SURE = 0.99
_SOME = 0.25
_PARAGRAPH = re.compile(r"\S[^\n]*+(?:\n(?!\s*\n)[^\n]*+)*+")
_ENOUGH = re.compile(rf"(?:[\W\d_]*+[^\W\d_]){{{LEAST}}}")
_LONGEST = 2_000
_PLAIN = 0.15
"""Share of little words that tells a language without statistics."""
_KINDS = 4
"""… and so many different ones among them."""
_USUAL = ("ar", "bg", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hr", "hu", "it", "ja", "ko", "lb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "zh")  # fmt: skip


def language_of_text(text: str, expected: str = "") -> str | None:
    """The language of a text, or None if that cannot be said for sure.

    Args:
        expected: the language that it most likely is in, if there is one.

    >>> language_of_text("The president met the chancellor in Paris on Tuesday, and they spoke about sanctions and the war in Ukraine.")
    'en'
    >>> language_of_text("Merkel trifft Macron") is None
    True
    """
    if not _ENOUGH.match(text, 0, _LONGEST):
        return None
    if expected and _is_plainly(text[:_LONGEST], expected):
        return expected
    language, probability = _identifier().classify(text[:_LONGEST])
    return str(language) if probability >= _SURE else None


def main_language(text: str, expected: str) -> tuple[str, tuple[str, ...]]:
    """The language that a text is to be read in, and the others in it, the larger parts first.

    That is the expected one if a good part of the paragraphs is in it, or nothing can be said.
    """
    letters: Counter[str] = Counter()
    for paragraph in _PARAGRAPH.finditer(text[:100_000]):
        if language := language_of_text(paragraph[0], expected):
            letters[language] += len(paragraph[0])
    if not letters and (whole := language_of_text(text, expected)):
        letters[whole] = len(text)
    if not letters:
        return expected, ()
    named = [language for language, _ in letters.most_common()]
    main = expected if letters[expected] >= _SOME * letters.total() else named[0]
    return main, tuple(language for language in named if language != main)


def _is_plainly(text: str, language: str) -> bool:
    """Whether a good part of the words are little words of a language, and not always the same ones."""
    words = text.split()
    found = _little_words(language).intersection(words)
    return len(found) >= _KINDS and sum(map(found.__contains__, words)) >= _PLAIN * len(words)


@cache
def _little_words(language: str) -> frozenset[str]:
    path = HOME / language / "identify.toml"
    return frozenset(read_toml(path)["words"]) if path.is_file() else frozenset()


@lru_cache(maxsize=64)
def foreign_paragraphs(text: str, language: str) -> tuple[Span, ...]:
    """The paragraphs that are surely in another language."""
    found = []
    for paragraph in _PARAGRAPH.finditer(text):
        other = language_of_text(paragraph[0], language)
        if other is not None and other != language:
            found.append(Span(*paragraph.span()))
    return tuple(found)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_USUAL))
    return identifier
