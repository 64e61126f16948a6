"""Factiva's HTML: many articles in one page, a ``div class="article"`` each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.documents.article import Article, Found, Metadata, Piece, Problem, Settings
from kg.documents.bylines import author_of
from kg.documents.clean import clean_text, clean_value, headed
from kg.documents.dates import read_date
from kg.documents.encoding import decode
from kg.documents.formats.factiva_text import article_end
from kg.documents.formats.html import parse_page
from kg.documents.vocabulary import language_named
from kg.errors import DocumentError

_CODE = re.compile(r"[A-Z0-9]{3,8}$")
_NUMBER = re.compile(r"^\d+\)\s+")
_TIME = re.compile(r"\d{1,2}:\d\d\b")
_LINK = re.compile(r"\[https?://[^\]\s]*\]")


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """Its articles, with what the lines between headline and text say."""
    root = parse_page(decode(piece.content(settings.limits.file), "", piece.encoding))
    articles = [
        d
        for d in root.iter("div")
        if "article" in (d.get("class") or "").split() and d.xpath(".//*[@id='hd']")
    ]
    articles = [a for a in articles if not any(b is not a and b in set(a.iterancestors()) for b in articles)]
    if not articles:
        raise DocumentError("a page of Factiva's without articles")
    for number, article in enumerate(articles, 1):
        position = f"article {number}"
        known = _metadata(article)
        paragraphs = (_text(p) for p in article.iter("p") if "articleParagraph" in (p.get("class") or ""))
        body = [p for p in paragraphs if p and not article_end().match(p)]
        if body:
            yield Article(headed(known.title, body), known, position)
        else:
            yield Problem(position, "an article of the export without text")


def _metadata(article: Any) -> Metadata:
    head = article.xpath(".//*[@id='hd']")[0]
    lines = [
        (d, _text(d))
        for d in article.iter("div")
        if not len(d.xpath(".//div")) and d.xpath("not(.//*[@id='hd'])")
    ]
    behind = [(d, t) for d, t in lines if t and d is not head and head in set(d.itersiblings(preceding=True))]
    before = [t for d, t in lines if t and d is not head and head in set(d.itersiblings())]
    day = next((i for i, (_, t) in enumerate(behind) if len(t) < 40 and read_date(t)), None)
    names = [t for _, t in behind[day + 1 :] if not _TIME.match(t)] if day is not None else []
    return Metadata(
        id=clean_value((article.get("id") or "").removeprefix("article-")),
        title=clean_value(_NUMBER.sub("", _text(head))),
        published=read_date(behind[day][1]) if day is not None else None,
        authors=tuple(a for d, t in behind if d.get("class") == "author" and (a := author_of(t))),
        publisher=clean_value(names[0]) if names and not _CODE.match(names[0]) else None,
        language=next((code for _, t in behind if (code := language_named(t))), None),
        section=clean_value(before[-1]) if before else None,
    )


def _text(element: Any) -> str:
    return " ".join(clean_text(_LINK.sub("", element.text_content())).split())
