"""What a language supplies beside its data: the few algorithms that are its own."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol

from kg.errors import DataError
from kg.lang import LanguageData
from kg.language.edits import Edit


class Language(Protocol):
    """A language's own algorithms, which its folder's package makes from its data (``language(data)``)."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What is changed in a parser's trees, in order."""


def language_of(data: LanguageData) -> Language:
    """The algorithms of a language.

    Raises:
        DataError: its folder has none.
    """
    try:
        module = import_module(f"kg.lang.{data.language}")
    except ModuleNotFoundError:
        raise DataError(f"kg/lang/{data.language}: no algorithms of this language") from None
    found: Language = module.language(data)
    return found
