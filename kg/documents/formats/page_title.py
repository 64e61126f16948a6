"""Which of a page's headlines its article goes by: the one that most of those who say one agree on.

A page has up to four: in the publisher's data (JSON-LD), for social media (OpenGraph), as it is shown, and in the window's
title, each perhaps written for another reader. One with the site's name or a kicker is the same: *Ukraine: Gipfel in Wien | Blatt*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.documents.clean import clean_value

_BEHIND = re.compile(r"\s+[|–—·-]\s+(?P<name>[^|–—·]{2,60})$")
_BEFORE = re.compile(r"(?P<name>[^|–—·]{2,40}?)\s+[|–—·-]\s+(?=\S)")
_WORD = re.compile(r"\w+")
_LEAST = 3
"""Words that a headline within another has at least."""
_LONGEST = 300
_CUT = 50
"""Letters from which on a headline may have been cut off without dots."""
_BESIDE = frozenset(("nav", "ul", "ol", "li", "aside", "footer", "dialog"))


@dataclass(frozen=True, slots=True)
class Headlines:
    """The headlines of a page, by who says them; None: nobody."""

    data: str | None = None
    """JSON-LD's *headline*."""
    other: str | None = None
    """Its *alternativeHeadline*."""
    social: str | None = None
    """OpenGraph's, or Twitter's."""
    shown: str | None = None
    first: bool = False
    """Whether it is shown as the page's heading of the first rank."""
    window: str | None = None


def title_of(said: Headlines) -> str | None:
    """The headline that the article goes by.

    Publisher's data, social media and page are asked first: if each has another headline, the page's own heading counts, or
    else the publisher's data. Otherwise most voices win, the window's title and a headline said twice among them;
    of two of equal weight it is the one that others see who link to the article.

    >>> title_of(Headlines(data="Gipfel: Alles zum Treffen", social="Merkel trifft Macron in Wien", shown="Merkel trifft Macron in Wien"))
    'Merkel trifft Macron in Wien'
    """
    voices = [v for v in (said.social, said.data, said.shown) if v]
    if not voices:
        return said.window
    if len(voices) == 3 and not any(
        agree(a, b) for a, b in zip(voices, (*voices[1:], voices[0]), strict=True)
    ):
        return said.shown if said.first else said.data
    every = [*voices, *(v for v in (said.other, said.window) if v)]
    best = max(voices, key=lambda v: sum(agree(v, other) for other in every))
    return _whole(said.data if said.data and agree(said.data, best) else best, voices)


def _whole(title: str, voices: list[str]) -> str:
    """The headline that one was cut off from, where publishers' data or social media take only so many letters."""
    cut = title.rstrip(" .…")
    if len(cut) < _CUT and cut == title:
        return title
    return max((v for v in voices if v.startswith(cut)), key=len, default=title)


def agree(one: str, other: str) -> bool:
    """Whether two headlines are the same, but perhaps for a kicker or a site's name.

    >>> agree("Ukraine: Gipfel in Wien", "Gipfel in Wien | Blatt"), agree("Gipfel in Wien | Blatt", "Gipfel in Wien")
    (False, True)
    """
    short, long = sorted(
        ("".join(f" {w}" for w in _WORD.findall(t.casefold())) for t in (one, other)), key=len
    )
    return short == long or (short.count(" ") >= _LEAST and f"{short} " in f"{long} ")


def shown_headline(root: Any, said: Iterable[str | None]) -> tuple[str | None, bool]:
    """The headline as the page shows it, and whether it is of the first rank.

    Often the only ``h1`` is hidden in the path of pages (*Start > Politik > …*), written for search engines, and what readers see is an ``h2``:
    the last heading of these that says what else is known as a headline, outside of lists and navigation.
    """
    known = [s for s in said if s]
    headings = [
        (text, h.tag == "h1", _is_beside(h))
        for h in root.iter("h1", "h2")
        if (text := clean_value(" ".join(h.itertext()))) and len(text) < _LONGEST
    ]
    agreed = [(t, first) for t, first, beside in headings if not beside and any(agree(t, k) for k in known)]
    firsts = sorted((h for h in headings if h[1]), key=lambda h: h[2])
    return agreed[-1] if agreed else firsts[0][:2] if firsts else (None, False)


def _is_beside(element: Any) -> bool:
    return any(
        a.tag in _BESIDE or "breadcrumb" in (a.get("class") or "").lower() for a in element.iterancestors()
    )


def without_site(title: str, shown: Iterable[str], sites: Iterable[str | None]) -> str:
    """A headline without the site's name before or behind it, where a headline shown, the site's names or a bar say so.

    >>> without_site("Gipfel in Wien - Blatt", (), ["Das Blatt"]), without_site("Merkel in Wien - Gipfel endet", (), ["Das Blatt"])
    ('Gipfel in Wien', 'Merkel in Wien - Gipfel endet')
    >>> without_site("blatt.de | Gipfel in Wien | Politik", (), ["www.blatt.de"])
    'Gipfel in Wien'
    """
    shown = tuple(shown)
    names = [key for site in sites if (key := _letters(site or ""))]
    while m := _BEHIND.search(title):
        short = title[: m.start()].strip()
        if (
            short
            and (short in shown or "|" in m[0] or _is_of_site(m["name"], names))
            and not _is_of_site(short, names)
        ):
            title = short
        else:
            break
    m = _BEFORE.match(title)
    return title[m.end() :].strip() if m and _is_of_site(m["name"], names) else title


def _is_of_site(text: str, names: list[str]) -> bool:
    """Whether a text is most of a site's name: *Berlin* is not the *Berliner Morgenpost*."""
    key = _letters(text)
    return any(key in name and 2 * len(key) >= len(name) for name in names)


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))
