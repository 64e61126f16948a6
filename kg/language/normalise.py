"""Text as given ─▶ text as it is understood, with a map back, so that every offset is of the text as given.

Web pages, PDF files and mail bring letters in two parts (NFD), soft hyphens, characters of no width,
no-break blanks and hyphens, ligatures, full-width letters, words parted at a line's end and lines broken at
a column. None of this says anything; all of it hides words from a parser.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.lang import LanguageData
from kg.model import Document, Extraction, Span

_ODD = re.compile(
    r"[\u0300-\u036f\u1100-\u11ff\u2010\u2011\u2028\u2029\r\f\v\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufb00-\ufb06"
    r"\ufe00-\ufe0f\uff01-\uff5e\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|  "
)
_COMPATIBLE = re.compile(r"[\ufb00-\ufb06\uff01-\uff5e]")
_HYPHENS = frozenset("\u2010\u2011")
_BREAKS = {"\r": "\n", "\f": "\n", "\v": "\n", "\u2028": "\n", "\u2029": "\n\n"}
_PARTED = re.compile(r"(?<=[^\W\d_])-[ ]*\n[ ]*(?=([^\W\d_]+))")
_LINE_END = re.compile(r"(?<=[^\n])[ ]*\n[ ]*(?=[^\n])")
_COLUMN = range(30, 131)
"""Lines of so many characters at most may have been broken at a column."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text; character ``i`` of it stands for ``[begins[i], ends[i])`` of the text as given."""

    text: str
    begins: tuple[int, ...] | range
    ends: tuple[int, ...] | range

    def original(self, begin: int, end: int) -> tuple[int, int]:
        """Where a stretch of the normalised text lies in the text as given.

        >>> normal = normalise("Ko\\u0308ln, Außen\\u00administer")
        >>> normal.text, normal.original(0, 4), normal.original(6, 18)
        ('Köln, Außenminister', (0, 5), (7, 20))
        """
        if begin >= end:
            at = self.begins[begin] if begin < len(self.begins) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.begins[begin], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a language says of its words' forms, from ``grammar.toml``."""

    coordinators: frozenset[str] = frozenset()
    """Before them a hyphen at a line's end is a word's own (*Nord-* / *und Südkorea*)."""
    inclusive: re.Pattern[str] | None = None
    """An ending for women and men behind the last letter of its stem."""
    plurals: tuple[tuple[str, str], ...] = ()
    singular: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: LanguageData) -> Spelling:
        """Read the rules of a language."""
        grammar = data.toml("grammar.toml")
        forms = grammar["inclusive"]
        word = rf"(\b[^\W\d_a-zäöü][^\W\d_]+)({'|'.join(forms['endings'])})\b"
        plurals = tuple((end, plural) for end, plural in forms["plurals"])
        coordinators = frozenset(grammar["coordination"]["words"])
        return cls(coordinators, re.compile(word), plurals, tuple(forms["singular"]))


def normalise(text: str, spelling: Spelling = Spelling()) -> Normalised:
    """Undo what hides words, and read inclusive forms as the plain one."""
    normal = Normalised(text, range(len(text)), range(1, len(text) + 1))
    if _ODD.search(text):
        normal = _characters(text)
    if "\n" in normal.text:
        normal = _edited(normal, _parted_words(normal.text, spelling.coordinators))
        normal = _edited(normal, _soft_breaks(normal.text))
    return _edited(normal, _plain_forms(normal.text, spelling))


def _plain_forms(text: str, spelling: Spelling) -> list[tuple[int, int, str]]:
    """*Außenminister:innen* ─▶ *Außenminister*, *Expert*innen* ─▶ *Experten*, *Sprecher:in* ─▶ *Sprecher*."""
    edits = []
    for match in spelling.inclusive.finditer(text) if spelling.inclusive else ():
        stem, ending = match[1], match[2]
        plain = ""
        if not ending.endswith(spelling.singular):
            plain = next((plural for end, plural in spelling.plurals if stem.endswith(end)), "")
        edits.append((match.end(1) - 1, match.end(), stem[-1] + plain))
    return edits


def restored(extraction: Extraction, normal: Normalised, document: Document) -> Extraction:
    """What was understood of a normalised text, with the offsets of the document as given."""
    if document.text == normal.text:
        return extraction

    def back(span: Span) -> Span:
        return Span(*normal.original(span.begin, span.end))

    return replace(
        extraction,
        document=document,
        mentions=tuple(replace(m, span=back(m.span)) for m in extraction.mentions),
        events=tuple(
            replace(
                event,
                evidence=tuple(back(span) for span in event.evidence),
                tellings=tuple(replace(t, span=back(t.span)) for t in event.tellings),
            )
            for event in extraction.events
        ),
        sentences=tuple(back(span) for span in extraction.sentences),
        edits=tuple(replace(edit, span=back(edit.span)) for edit in extraction.edits),
    )


def _characters(text: str) -> Normalised:
    """Composed letters, plain blanks, hyphens and line ends, nothing without width, no two blanks in a row."""
    out: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    i = 0
    while i < len(text):
        end = i + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if text[i] == "\r" and text[end : end + 1] == "\n":
            end += 1
        made = _made_of(text[i:end])
        if made == " " and out and out[-1] == " ":
            made = ""
        for character in made:
            out.append(character)
            begins.append(i)
            ends.append(end)
        i = end
    return Normalised("".join(out), tuple(begins), tuple(ends))


def _made_of(cluster: str) -> str:
    """What a character with its combining marks is read as."""
    first = cluster[0]
    if first in _BREAKS:
        return _BREAKS[first]
    if first in _HYPHENS:
        return "-"
    if _COMPATIBLE.match(first):
        return unicodedata.normalize("NFKC", first)
    category = unicodedata.category(first)
    if category == "Zs" or first == "\t":
        return " "
    if category == "Cf" or "\ufe00" <= first <= "\ufe0f":
        return ""
    return unicodedata.normalize("NFC", cluster) if len(cluster) > 1 else first


def _parted_words(text: str, coordinators: frozenset[str]) -> list[tuple[int, int, str]]:
    """*Außen-* / *minister* is one word; before a capital the hyphen stays: *US-* / *Präsident*."""
    edits = []
    for match in _PARTED.finditer(text):
        if match[1] not in coordinators:
            edits.append((match.start(), match.end(), "" if match[1][0].islower() else "-"))
    return edits


def _soft_breaks(text: str) -> list[tuple[int, int, str]]:
    """Line ends where the next word had no room: a blank. Only in texts whose lines all end at one column."""
    lines = text.split("\n")
    width = max(len(line.rstrip()) for line in lines)
    if width not in _COLUMN or len(lines) < 3:
        return []
    soft = set()
    for number, (line, behind) in enumerate(pairwise(lines)):
        words = behind.split()
        if words and line.strip() and len(line.rstrip()) + 1 + len(words[0]) > width:
            soft.add(number)
    edits = []
    for match in _LINE_END.finditer(text):
        if text.count("\n", 0, match.start()) in soft:
            edits.append((match.start(), match.end(), " "))
    return edits


def _edited(normal: Normalised, edits: list[tuple[int, int, str]]) -> Normalised:
    """A text with stretches replaced; each character of a replacement stands for the whole stretch."""
    if not edits:
        return normal
    out: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    at = 0
    for begin, end, new in [*edits, (len(normal.text), len(normal.text), "")]:
        out.append(normal.text[at:begin])
        begins.extend(normal.begins[at:begin])
        ends.extend(normal.ends[at:begin])
        for character in new:
            out.append(character)
            begins.append(normal.begins[begin])
            ends.append(normal.ends[end - 1])
        at = end
    return Normalised("".join(out), tuple(begins), tuple(ends))
