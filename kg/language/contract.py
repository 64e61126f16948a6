"""What a language supplies beside its data: the few algorithms that are its own."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from kg.lang import LanguageData
from kg.language.edits import Edit


class Language(Protocol):
    """A language's own algorithms, which its package ``kg.lang.CODE`` makes from its data (``language(data)``)."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What is changed in a parser's trees, in order."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A language whose data are enough."""

    edits: tuple[Edit, ...] = ()


def language_of(data: LanguageData) -> Language:
    """The algorithms of a language; of one that has no package, none."""
    package = f"kg.lang.{data.language}"
    if find_spec(package) is None:
        return Plain()
    found: Language = import_module(package).language(data)
    return found
