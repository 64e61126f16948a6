"""WISO, Genios and GBI's text: many articles in one file, each with *Quelle:* and other labels behind it, and the database's name at its end.

Not tested with a real export (there was none); written from what programs say that read them: *Blatt vom 08.05.2018, S. 3* (not always), headline,
text, author, ``Quelle:``, ``Ressort:``, ``Dokumentnummer:``, address, rights, *© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.documents.article import Article, Found, Metadata, Piece, Problem, Settings
from kg.documents.bylines import author_of, is_byline
from kg.documents.clean import clean_text, clean_value, headed
from kg.documents.dates import read_date
from kg.documents.fields import web_address
from kg.documents.formats.text import as_text
from kg.documents.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class _Rules:
    """How the exports are built, by the vocabulary."""

    end: re.Pattern[str]
    noise: re.Pattern[str]
    source: re.Pattern[str]
    label: re.Pattern[str]
    names: dict[str, str]


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """The articles of a text file."""
    yield from articles_of(as_text(piece, settings.limits.file))


def begins_like_genios(text: str) -> bool:
    """Whether a first article ends as they do."""
    return bool(_rules().end.search(text) and _rules().label.search(text))


def articles_of(text: str) -> Iterator[Found]:
    """The articles of a file's text."""
    parts = _rules().end.split(text)
    for number, part in enumerate(parts[:-1], 1):
        position = f"article {number}"
        yield _article(part, position) or Problem(position, "an article of the export without day or text")


def _article(text: str, position: str) -> Article | None:
    rules = _rules()
    text = rules.noise.sub("", text)
    labels = list(rules.label.finditer(text))
    if not labels:
        return None
    said: dict[str, str] = {}
    for m, following in zip(labels, [*(n.start() for n in labels[1:]), len(text)], strict=True):
        said.setdefault(rules.names[m[1].casefold()], clean_value(text[m.end() : following]) or "")
    lines = [line.strip() for line in text[: labels[0].start()].strip().split("\n")]
    first = rules.source.fullmatch(lines[0])
    source = first or rules.source.match(said.get("source", ""))
    if first:
        lines = "\n".join(lines[1:]).strip().split("\n")
    title, body = clean_value(lines[0]), clean_text("\n".join(lines[1:])).split("\n\n")
    author = said.get("authors")
    if len(body) > 1 and is_byline(body[-1]):
        author = author or author_of(body[-1])
        body.pop()
    day = read_date(source["day"]) if source else read_date(said.get("source", ""))
    if not title or not day or not any(body):
        return None
    known = Metadata(
        id=said.get("id") or None, title=title, published=day, section=said.get("section") or None, url=web_address(said.get("url", "").split(" ")[0]),
        publisher=clean_value(source["name"]) if source else None, authors=(author,) if author else (),
    )  # fmt: skip
    return Article(headed(title, (" ".join(b.split()) for b in body)), known, position)


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    given = vocabulary()["exports"]["genios"]
    names = "|".join(re.escape(n) for n in given["labels"])
    return _Rules(
        re.compile(given["end"], re.M), re.compile(given["noise"], re.M), re.compile(given["source"]),
        re.compile(rf"^[ \t]*({names}):[ \t]*", re.M | re.I), given["labels"],
    )  # fmt: skip
