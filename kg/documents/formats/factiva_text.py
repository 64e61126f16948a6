"""Factiva's text (TXT, RTF, DOCX): many articles in one file, each ended by *Document SPGLO00020170401ed410002z*.

As it is shown: section, headline, author, *371 words*, day, medium, code, language, copyright, text. With indexing each line has its label:
*HD* headline, *BY* author, *PD* day, *SN* medium, *LA* language, *LP* and *TD* text. Not tested with a real export (there was none).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.documents.article import Article, Found, Metadata, Piece, Problem, Settings
from kg.documents.bylines import author_of, is_byline
from kg.documents.clean import clean_text, clean_value, headed
from kg.documents.dates import read_date
from kg.documents.formats.text import as_text
from kg.documents.vocabulary import language_named, vocabulary

_TAGGED = re.compile(r"^(?:WC|HD)[ \t]+\S")
_TAG = re.compile(
    r"^(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|VOL|PG|LA|CY|LP|TD|CT|RF|ART|CO|IN|NS|RE|IPC|IPD|PUB|AN|CLM|NI)(?:[ \t]+(.*))?$",
    re.S,
)
_CODE = re.compile(r"[A-Z0-9]{3,8}$")
_TIME = re.compile(r"\d{1,2}:\d\d\b")
_COPYRIGHT = re.compile(r"(?:Copyright|©|\(c\))", re.I)
_HEAD = 14
"""Lines of an article before its text, at most."""


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """The articles of a text file."""
    yield from articles_of(as_text(piece, settings.limits.file))


def begins_like_factiva(text: str) -> bool:
    """Whether a text has, near its beginning, a number of words and a day below it.

    >>> begins_like_factiva("Gipfel in Wien\\nEva Muster\\n371 words\\n1 April 2017\\nBlatt\\n")
    True
    >>> begins_like_factiva("Gipfel in Wien\\nEr schrieb 371 words\\n1 April 2017\\n")
    False
    """
    lines = [line.strip() for line in text[:30_000].split("\n") if line.strip()][:60]
    return any(
        words().fullmatch(line.removeprefix("WC").strip())
        and any(len(below) < 40 and read_date(below.removeprefix("PD")) for below in lines[i + 1 : i + 3])
        for i, line in enumerate(lines)
    )


def exported_articles(text: str) -> list[Found]:
    """The articles of what another format's text is; none if it is no export of Factiva's."""
    return list(articles_of(text)) if begins_like_factiva(text) else []


def articles_of(text: str) -> Iterator[Found]:
    """The articles of a file's text."""
    begin = 0
    for number, end in enumerate(article_end().finditer(text), 1):
        yield _article(text[begin : end.start()], end[1], f"article {number}")
        begin = end.end()
    if begin == 0:
        yield _article(text, None, "article 1")


def _article(text: str, code: str | None, position: str) -> Article | Problem:
    lines = text.split("\n")
    tagged = any(_TAGGED.match(line) for line in lines)
    found = _of_tags(lines) if tagged else _of_lines(lines)
    if found is None or not found[1]:
        return Problem(position, "an article of the export without day or text")
    known, body = found
    return Article(headed(known.title, body), Metadata(id=code).over(known), position)


def _of_tags(lines: Sequence[str]) -> tuple[Metadata, list[str]] | None:
    fields: dict[str, list[str]] = {}
    tag = ""
    for line in lines:
        m = _TAG.match(line)
        if m:
            tag = m[1]
            line = m[2] or ""
        fields.setdefault(tag, []).append(line.strip())

    def value(tag: str) -> str | None:
        return clean_value(" ".join(fields.get(tag, ())))

    author = author_of(value("BY") or "")
    known = Metadata(
        title=value("HD"), published=read_date(value("PD")), publisher=value("SN"), section=value("SE"), language=language_named(value("LA")),
        authors=(author,) if author else (),
    )  # fmt: skip
    return known, [*_paragraphs(fields.get("LP", ())), *_paragraphs(fields.get("TD", ()))]


def _of_lines(lines: Sequence[str]) -> tuple[Metadata, list[str]] | None:
    full = [i for i, line in enumerate(lines) if line.strip()]
    at = next((n for n, i in enumerate(full[:_HEAD]) if words().fullmatch(lines[i].strip())), None)
    if at is None or at + 1 >= len(full):
        return None
    section, title, author = _heading([" ".join(lines[i].split()) for i in full[:at]])
    day = read_date(lines[full[at + 1]])
    names: list[str] = []
    language, n = None, at + 2
    for n in range(at + 2, min(len(full), at + _HEAD)):
        line = lines[full[n]].strip()
        if _COPYRIGHT.match(line):
            n += 1
            break
        if (language is not None and not _COPYRIGHT.match(line)) or len(line) > 80:
            break
        language = language_named(line)
        if not language and not _TIME.match(line):
            names.append(line)
    known = Metadata(
        title=title, published=day, publisher=clean_value(names[0]) if names and not _CODE.match(names[0]) else None,
        language=language, section=section, authors=(author,) if author else (),
    )  # fmt: skip
    rest = lines[full[n] :] if day and n < len(full) else []
    return known, _paragraphs(rest)


def _heading(lines: list[str]) -> tuple[str | None, str | None, str | None]:
    """Section, headline and author of what stands above the number of words."""
    author = lines.pop() if len(lines) > 1 and is_byline(lines[-1]) else None
    section = (
        lines.pop(0) if len(lines) > 1 and len(lines[0]) < 30 and len(lines[0]) < len(lines[1]) else None
    )
    return section, clean_value(" ".join(lines)), author_of(author) if author else None


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Blocks between blank lines; where there are none, each line is one."""
    text = "\n".join(line.strip() for line in lines).strip()
    parts = text.split("\n\n") if "\n\n" in text else text.split("\n")
    return [" ".join(p.split()) for p in map(clean_text, parts) if p]


@lru_cache(maxsize=1)
def words() -> re.Pattern[str]:
    """*371 words*, in any language."""
    return re.compile(rf"\d[\d.,]{{0,9}}\s(?:{'|'.join(vocabulary()['exports']['words'])})")


@lru_cache(maxsize=1)
def article_end() -> re.Pattern[str]:
    """The line that ends an article, with its code."""
    names = "|".join(vocabulary()["exports"]["document"])
    return re.compile(rf"^(?:AN[ \t]+)?(?:{names})[ \t]+([A-Z]{{2,}}[A-Za-z0-9]{{10,}})[ \t]*$", re.M)
