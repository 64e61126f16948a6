"""Exports of Nexis and Lexis Advance: many articles in one text, HTML or DOCX file.

Nexis counts (*2 of 49 DOCUMENTS*) and then has medium, day, headline, labels (``BYLINE:``), text, labels, copyright. Lexis Advance and
Nexis Uni have headline, medium, day, copyright, labels, *Body*, text, *Classification*, *End of Document*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.documents.article import Article, Found, Metadata, Piece, Problem, Settings
from kg.documents.clean import clean_text, clean_value, headed
from kg.documents.dates import read_date
from kg.documents.encoding import decode
from kg.documents.formats.text import as_text
from kg.documents.vocabulary import language_of, vocabulary

_LABEL = re.compile(r"(?P<name>[^\W\d][\w-]*(?: [A-ZÄÖÜ][\w-]*)?):\s*(?P<value>.*)", re.S)
_LONGEST_HEAD = 400


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """The articles of a text or HTML file."""
    if piece.head(2_000).lstrip()[:1] == b"<":
        from kg.documents.formats.html import block_texts

        blocks = block_texts(decode(piece.content(settings.limits.file), "", piece.encoding))
    else:
        text = as_text(piece, settings.limits.file)
        blocks = [re.sub(r"[ \t]*\n[ \t]*", "\n", b.strip()) for b in re.split(r"\n[ \t]*\n", text)]
    yield from articles_of_blocks(blocks)


def begins_like_nexis(head: bytes) -> bool:
    """Whether the counter of a first article stands near the beginning."""
    text = head.decode("utf-8", "replace")
    return any(m["n"] == "1" for p in _counters() for m in p.finditer(text[:30_000]))


def articles_of_blocks(blocks: Sequence[str]) -> Iterator[Found]:
    """The articles that blocks of text make up; none if they are no export."""
    blocks = [b for b in (clean_text(b) for b in blocks) if b]
    starts = [i for i, b in enumerate(blocks) if any(p.fullmatch(b) for p in _counters())]
    if starts:
        ends = [*starts[1:], len(blocks)]
        found = (_counted(blocks[a + 1 : b]) for a, b in zip(starts, ends, strict=True))
    else:
        last = vocabulary()["exports"]["last"]
        stops = [i for i, b in enumerate(blocks) if b.casefold() in last]
        begins = [0, *(i + 1 for i in stops)]
        found = (_marked(blocks[a:b]) for a, b in zip(begins, stops, strict=False))
    for number, article in enumerate(found, 1):
        position = f"article {number}"
        if article is None or not article[1]:
            yield Problem(position, "an article of the export without day or text")
            continue
        known, body = article
        yield Article(headed(known.title, body), known, position)


def _counted(blocks: Sequence[str]) -> tuple[Metadata, list[str]] | None:
    """Medium, day, headline, labels, text, labels, copyright."""
    day = next(
        (i for i, b in enumerate(blocks[:5]) if len(b) < _LONGEST_HEAD and not _label(b) and read_date(b)),
        None,
    )
    if day is None:
        return None
    known = Metadata(publisher=clean_value(blocks[0]) if day else None, published=read_date(blocks[day]))
    rest = list(blocks[day + 1 :])
    if rest and not _label(rest[0]) and len(rest[0]) < _LONGEST_HEAD:
        known = Metadata(title=clean_value(rest.pop(0))).over(known)
    return _body(rest, known)


def _marked(blocks: Sequence[str]) -> tuple[Metadata, list[str]] | None:
    """Headline, medium, day, copyright, labels, *Body*, text, *Classification*."""
    markers = vocabulary()["exports"]
    begin = next((i for i, b in enumerate(blocks) if b.casefold() in markers["body"]), None)
    head = begin if begin is not None else len(blocks)
    days = [i for i, b in enumerate(blocks[:head]) if len(b) < 80 and not _label(b) and read_date(b)]
    if begin is None or not days:
        return None
    day = days[-1] if len(days) == 1 else max(i for i in days)
    known = Metadata(
        title=clean_value(blocks[day - 2]) if day > 1 else None, publisher=clean_value(blocks[day - 1].rstrip(".")) if day else None,
        published=read_date(blocks[day]),
    )  # fmt: skip
    known, _ = _body([b for b in blocks[day + 1 : begin] if _label(b)], known)
    end = next(
        (i for i in range(begin + 1, len(blocks)) if blocks[i].casefold() in markers["after"]), len(blocks)
    )
    tail, _ = _body([b for b in blocks[end:] if _label(b)], Metadata())
    text, ended = _body(blocks[begin + 1 : end], Metadata(), cased=False)
    del text
    return known.over(tail), ended


def _body(blocks: Sequence[str], known: Metadata, *, cased: bool = True) -> tuple[Metadata, list[str]]:
    """The text, and what the labels before and behind it say; a label in capitals behind text ends it."""
    markers = vocabulary()["exports"]
    body: list[str] = []
    lead: list[str] = []
    ended = False
    for block in blocks:
        label = _label(block)
        if label and (not cased or label[0].isupper() or not body):
            name, value = markers["labels"][label[0].casefold()], " ".join(label[1].split())
            known = known.over(_said(name, value))
            if name in ("lead", "dateline") and value and not ended:
                (lead if name == "lead" else body).append(value)
            ended = ended or bool(body and name != "lead" and cased)
        elif any(re.fullmatch(p, block, re.S | re.I) for p in markers["closing"]):
            ended = ended or bool(body)
        elif block.casefold() not in markers["headings"] and not ended:
            body.append(" ".join(block.split("\n")))
    return known, lead + body


def _said(name: str, value: str) -> Metadata:
    if name == "authors" and (author := clean_value(value)):
        return Metadata(authors=(author,))
    if name == "language":
        return Metadata(language=language_of(re.split(r"[;,]", value)[0]))
    if name == "title":
        return Metadata(title=clean_value(value))
    if name == "section":
        return Metadata(section=clean_value(value))
    return Metadata()


def _label(block: str) -> tuple[str, str] | None:
    """The label that a block begins with, and what it says.

    >>> _label("BYLINE: Andrew Sparrow"), _label("Merkel: Wir schaffen das.")
    (('BYLINE', 'Andrew Sparrow'), None)
    """
    m = _LABEL.match(block)
    return (
        (m["name"], m["value"]) if m and m["name"].casefold() in vocabulary()["exports"]["labels"] else None
    )


@lru_cache(maxsize=1)
def _counters() -> list[re.Pattern[str]]:
    return [re.compile(p) for p in vocabulary()["exports"]["counters"]]
