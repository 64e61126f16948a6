"""What a web page says of its article: JSON-LD first, then OpenGraph and other meta elements, time elements, the headline shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from kg.documents.article import Metadata
from kg.documents.clean import clean_value
from kg.documents.dates import read_date
from kg.documents.fields import web_address
from kg.documents.formats.page_title import Headlines, shown_headline, title_of, without_site
from kg.documents.vocabulary import language_of

_ARTICLES = re.compile(
    r"(?:News|Report|Reportage|Opinion|Analysis|Background|Review|Scholarly|Satirical|Advertiser)?\w*Article$|BlogPosting$|LiveBlog|Report$|ClaimReview$"
)
_DAY_IN_PATH = re.compile(r"/((?:19|20)\d{2})[/-]?(\d{2})[/-]?(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page says of its article: headlines by which it goes, and descriptions, one of which may be its lead."""

    known: Metadata
    headlines: tuple[str, ...]
    descriptions: tuple[str, ...]
    warnings: tuple[str, ...]


def read_metadata(root: Any) -> PageData:
    """What a page says of its article."""
    linked = _linked_data(root)
    meta = _meta(root)
    said = _headlines(linked, meta, root)
    shown = [t for h in root.iter("h1") if (t := clean_value(" ".join(h.itertext())))]
    published = [
        ("JSON-LD", read_date(linked.get("datePublished") or linked.get("dateCreated"))),
        ("meta", next((d for n in _PUBLISHED if (d := read_date(meta.get(n)))), None)),
        (
            "time",
            next(
                (
                    d
                    for t in root.iter("time")
                    if (d := read_date(t.get("datetime") or " ".join(t.itertext())))
                ),
                None,
            ),
        ),
        ("address", _day_of_address(meta.get("og:url") or _canonical(root))),
    ]
    dated = [(source, day) for source, day in published if day]
    day = dated[0][1] if dated else _day_of_title(root, meta)
    other = [
        f"{source} {d}" for source, d in dated[1:2] if day and abs((d - day).days) > 1 and source == "meta"
    ]
    warnings = (f"published: {dated[0][0]} {day}, but {other[0]}",) if other else ()
    authors = tuple(
        dict.fromkeys(
            a
            for v in _listed(linked.get("author"))
            if (a := clean_value(_name(v))) and not a.startswith("http")
        )
    )
    by_meta = clean_value(meta.get("author") or meta.get("article:author") or "")
    url = web_address(
        clean_value(
            _canonical(root)
            or meta.get("og:url")
            or _name(linked.get("mainEntityOfPage"))
            or _name(linked.get("url"))
        )
    )
    tag = str(
        linked.get("inLanguage")
        or root.get("lang")
        or meta.get("content-language")
        or meta.get("og:locale")
        or ""
    )
    known = Metadata(
        title=title_of(said), published=day, modified=read_date(linked.get("dateModified") or meta.get("article:modified_time")),
        authors=authors or ((by_meta,) if by_meta and not by_meta.startswith("http") else ()),
        publisher=clean_value(_name(linked.get("publisher")) or meta.get("og:site_name") or meta.get("publisher") or ""),
        url=url, language=language_of(tag) if tag else None,
        section=clean_value(_name(next(iter(_listed(linked.get("articleSection"))), "")) or meta.get("article:section") or ""),
    )  # fmt: skip
    descriptions = (linked.get("description"), meta.get("description"), meta.get("og:description"))
    headlines = (*shown, said.shown, linked.get("headline"), meta.get("og:title"), meta.get("twitter:title"))
    return PageData(known, _strings(headlines), _strings(descriptions), warnings)


def _strings(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for v in values if (s := clean_value(_unescaped(_name(v))))))


_PUBLISHED = (
    "article:published_time", "article:published:time", "article:published", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created",
    "publishdate", "pubdate", "publish-date", "publication_date", "sailthru.date", "last-modified",
)  # fmt: skip


def _headlines(linked: Mapping[str, Any], meta: Mapping[str, str], root: Any) -> Headlines:
    """The headlines that a page has, without the site's name."""
    firsts = [t for h in root.iter("h1") if (t := clean_value(" ".join(h.itertext())))]
    host = re.match(r"https?://(?:www\.)?([^/?#]+)", _canonical(root) or meta.get("og:url", ""))
    sites = (meta.get("og:site_name"), _name(linked.get("publisher")), host and host[1])

    def cleaned(value: Any) -> str | None:
        text = clean_value(_unescaped(_name(value)))
        return without_site(text, firsts, sites) if text else None

    data, other = cleaned(linked.get("headline")), cleaned(linked.get("alternativeHeadline"))
    social = cleaned(meta.get("og:title") or meta.get("twitter:title"))
    shown, first = shown_headline(root, (data, other, social, cleaned(meta.get("twitter:title"))))
    window = next(
        (t for e in root.xpath("//title[not(ancestor::svg)]") if (t := cleaned("".join(e.itertext())))), None
    )
    return Headlines(data, other, social, cleaned(shown), first, window)


def _unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


def _linked_data(root: Any) -> dict[str, Any]:
    """The JSON-LD object of the page's article."""
    best: dict[str, Any] = {}
    for script in root.xpath("//script[contains(@type, 'ld+json')]"):
        source = "".join(script.itertext())
        if len(source) > 2_000_000:
            continue
        try:
            content = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        for found in _objects(content):
            kinds = [str(k) for k in _listed(found.get("@type"))]
            if any(_ARTICLES.match(k.rpartition("/")[2]) for k in kinds) and len(
                found.keys() & _TELLING
            ) > len(best.keys() & _TELLING):
                best = dict(found)
    return best


_TELLING = frozenset(("headline", "datePublished", "author", "publisher", "articleBody", "description"))


def _objects(content: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of JSON-LD, those of graphs and main entities as well."""
    level = [content]
    for _ in range(6):
        inner: list[Any] = []
        for value in level[:500]:
            if isinstance(value, list):
                inner.extend(value)
            elif isinstance(value, Mapping):
                yield value
                inner.extend(
                    v
                    for k in (
                        "@graph",
                        "mainEntity",
                        "mainEntityOfPage",
                        "itemListElement",
                        "item",
                        "hasPart",
                    )
                    if isinstance(v := value.get(k), list | Mapping)
                )
        level = inner


def _meta(root: Any) -> dict[str, str]:
    """The meta elements, by their names in lower case, the first of each."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (
            element.get("property")
            or element.get("name")
            or element.get("itemprop")
            or element.get("http-equiv")
        )
        if name and element.get("content"):
            found.setdefault(name.lower(), element.get("content"))
    return found


def _canonical(root: Any) -> str:
    return str(
        next(
            (
                e.get("href")
                for e in root.iter("link")
                if (e.get("rel") or "").lower() == "canonical" and e.get("href")
            ),
            "",
        )
    )


def _day_of_address(address: str) -> Any:
    m = _DAY_IN_PATH.search(address or "")
    return read_date("-".join(m.groups())) if m else None


def _day_of_title(root: Any, meta: Mapping[str, str]) -> Any:
    """*… | DW | 28.04.2023*, or what htmldate finds in the page."""
    for text in (meta.get("og:title", ""), " ".join(t for e in root.iter("title") for t in e.itertext())):
        if day := read_date(text.rpartition("|")[2] if "|" in text else text.rpartition("–")[2]):
            return day
    from htmldate import find_date

    with suppress(Exception):  # it is a guess, and what it stumbles over says nothing
        return read_date(find_date(deepcopy(root), original_date=True, extensive_search=False))
    return None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Any) -> str:
    if isinstance(value, list):
        return _name(value[0]) if value else ""
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("@id") or "")
    return str(value) if isinstance(value, str) else ""
