"""What opens a report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model import Clause, Span


class Form(StrEnum):
    """By what a text gives the word to somebody."""

    VERB = "verb"
    """*Lula sagte, …*, *…, teilte das Ministerium mit*"""
    NOUN = "noun"
    """*die Forderung Lulas, …*, *Moskaus Vorwurf, …*"""
    PHRASE = "phrase"
    """*laut Lula*, *nach Angaben der Polizei*, *aus Sicht Moskaus*"""
    TAG = "tag"
    """*„…“, so Lula*"""
    COLON = "colon"
    """*Lula: „…“*"""


@dataclass(frozen=True, slots=True)
class Opener:
    """Somebody is given the word.

    ``head`` is the verb or noun of saying, the phrase's noun or the name; ``words`` what opens the report; ``clause`` the
    verb's or noun's own clause or the one that a phrase stands in. A phrase that names nobody (*den Angaben
    zufolge*) ``resumes`` the last voice; *unter Berufung auf X* ``cites`` whom a medium has its news from.
    """

    form: Form
    speakers: tuple[str, ...]
    sentence: int
    head: int
    words: Span
    clause: Clause | None = None
    resumes: bool = False
    cites: bool = False
