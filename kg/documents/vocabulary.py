"""The names that files have for things: fields of records, labels of exports, months, languages (``vocabulary.toml``)."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("vocabulary.toml")


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """The tables of the file."""
    return tomllib.loads(FILE.read_text("utf-8"))


@lru_cache(maxsize=1024)
def language_of(tag: str) -> str | None:
    """The language that a BCP 47 tag, an ISO 639 code or a name stands for, as ISO 639-1 where there is such a code.

    >>> [language_of(t) for t in ("de-DE", "de_AT", "deu", "German", "Deutsch", "en-GB", "?")]
    ['de', 'de', 'de', 'de', 'de', 'en', None]
    """
    first = tag.strip().casefold().replace("_", "-").partition("-")[0].partition(";")[0].strip()
    for code, names in vocabulary()["languages"].items():
        if first == code or first in names:
            return str(code)
    return first if first.isascii() and first.isalpha() and len(first) in (2, 3) else None


def language_named(name: str | None) -> str | None:
    """The language of a name alone, where a code could be any word.

    >>> language_named("Deutsch"), language_named("de"), language_named(None)
    ('de', None, None)
    """
    key = (name or "").strip().casefold()
    return next(
        (str(code) for code, names in vocabulary()["languages"].items() if len(key) > 3 and key in names),
        None,
    )
