"""An SQLite FTS5 index beside the store: ``OUT/search.db``, made anew by every build."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, Quad

from kg.errors import UsageError
from kg.rdf.terms import DCT, DIP, LABEL, NIF, SKOS

FILE = "search.db"
KINDS = ("article", "entity", "quotation")
MARK = ("\x02", "\x03")
"""Around the words that were found in a snippet; whoever shows it puts his own marks there, after escaping."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: a paragraph of an article, an entity, a quotation.

    ``iri`` is the document, entity or event, ``title`` the document's id or the entity's name,
    ``begin`` the paragraph's offset in code points, ``snippet`` the words around with `MARK`.
    """

    kind: str
    iri: str
    title: str
    begin: int
    snippet: str


def write_index(out: Path, parts: Iterable[list[Quad]]) -> None:
    """Index the parts of a graph."""
    beside = out / f".{FILE}.part"
    beside.unlink(missing_ok=True)
    with closing(sqlite3.connect(beside)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute(
            "CREATE VIRTUAL TABLE hits USING fts5 (kind UNINDEXED, iri UNINDEXED, title UNINDEXED, "
            "begin UNINDEXED, text, tokenize = 'unicode61 remove_diacritics 2', prefix = '3 5')"
        )
        seen: set[tuple[str, str]] = set()
        for quads in parts:
            db.executemany("INSERT INTO hits VALUES (?, ?, ?, ?, ?)", _rows(quads, seen))
        db.commit()
    beside.replace(out / FILE)


def search(out: Path, words: str, *, kind: str | None = None, limit: int = 50) -> list[Hit]:
    """The best hits in which all words occur, or begin a word.

    >>> search(Path("out"), "Atomabkommen")          # doctest: +SKIP
    [Hit(kind='article', ...)]

    Raises:
        UsageError: there is no index, or nothing to search for.
    """
    path = out / FILE
    if not path.is_file():
        raise UsageError(f"{out}: holds no search index; run kg build again")
    terms = re.findall(r"\w+", words)
    if not terms:
        raise UsageError(f"{words!r}: nothing to search for")
    match = " ".join(f'"{term}"*' for term in terms)  # \w holds no quotation mark: nothing to escape
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(
            "SELECT kind, iri, title, begin, snippet(hits, 4, ?, ?, '…', 24) FROM hits "
            "WHERE hits MATCH ? AND (? IS NULL OR kind = ?) ORDER BY rank LIMIT ?",
            (*MARK, match, kind, kind, limit),
        )
        return [Hit(*row) for row in rows]


def _rows(quads: list[Quad], seen: set[tuple[str, str]]) -> Iterator[tuple[str, str, str, int, str]]:
    ids = {
        q.subject: q.object.value
        for q in quads
        if q.predicate.value == f"{DCT}identifier" and isinstance(q.object, Literal)
    }
    for q in quads:
        if not isinstance(q.object, Literal):
            continue
        iri, value = str(getattr(q.subject, "value", "")), q.object.value
        if q.predicate.value == f"{NIF}isString":
            for paragraph in re.finditer(r"[^\n]+", value):
                yield "article", iri, ids.get(q.subject, ""), paragraph.start(), paragraph[0]
        elif q.predicate.value == f"{DIP}quotation" and (iri, value) not in seen:
            seen.add((iri, value))
            yield "quotation", iri, "", 0, value
        elif q.predicate.value in (LABEL.value, f"{SKOS}altLabel") and (iri, value) not in seen:
            seen.add((iri, value))
            if not re.search(r"/(topic|software)/", iri):
                yield "entity", iri, value, 0, value
