"""An SQLite FTS5 index beside the store: ``OUT/search.db``, made anew by every build."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, Quad

from kg.builds import home
from kg.entities.gazetteer.folding import fold, plain_letters
from kg.errors import UsageError
from kg.language.normalise import normalise
from kg.rdf.terms import DCT, DIP, LABEL, NIF, SKOS

FILE = "search.db"
KINDS = ("article", "entity", "quotation")
MARK = ("\x02", "\x03")
"""Around the words that were found in a snippet; whoever shows it puts his own marks there, after escaping."""
_IDENTIFIER, _TEXT, _QUOTATION = f"{DCT}identifier", f"{NIF}isString", f"{DIP}quotation"
_NAMES = frozenset({LABEL.value, f"{SKOS}altLabel"})
_INDEXED = _NAMES | {_IDENTIFIER, _TEXT, _QUOTATION}
_AROUND = 12
"""So many words a snippet shows before the first that was found."""


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
    for _ in indexed(out, parts):
        pass


def indexed(out: Path, parts: Iterable[list[Quad]]) -> Iterator[list[Quad]]:
    """Pass the parts of a graph on, and index them; the index is there when all have been taken."""
    beside = out / f".{FILE}.part"
    beside.unlink(missing_ok=True)
    with closing(sqlite3.connect(beside)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute(
            "CREATE VIRTUAL TABLE hits USING fts5 (kind UNINDEXED, iri UNINDEXED, title UNINDEXED, "
            "begin UNINDEXED, text, folded, tokenize = 'unicode61 remove_diacritics 2', prefix = '3 5')"
        )
        seen: set[tuple[str, str]] = set()
        for quads in parts:
            db.executemany(
                "INSERT INTO hits VALUES (?, ?, ?, ?, ?, ?)",
                ((*row, fold(row[-1])) for row in _rows(quads, seen)),
            )
            yield quads
        db.commit()
    beside.replace(out / FILE)


def search(out: Path, words: str, *, kind: str | None = None, limit: int = 50) -> list[Hit]:
    """The best hits in which all words occur, or begin a word.

    >>> search(Path("out"), "Atomabkommen")          # doctest: +SKIP
    [Hit(kind='article', ...)]

    Raises:
        UsageError: there is no index, or nothing to search for.
    """
    path = home(out) / FILE
    if not path.is_file():
        raise UsageError(f"{out}: holds no search index; run kg build again")
    terms = re.findall(r"\w+", normalise(words).text)
    if not terms:
        raise UsageError(f"{words!r}: nothing to search for")
    # \w holds no quotation mark: nothing to escape. A word in another spelling is found by its folded form.
    match = " AND ".join(f'(text: "{term}"* OR folded: "{fold(term) or term}"*)' for term in terms)
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(
            "SELECT kind, iri, title, begin, text FROM hits "
            "WHERE hits MATCH ? AND (? IS NULL OR kind = ?) ORDER BY rank LIMIT ?",
            (match, kind, kind, limit),
        )
        return [
            Hit(kind_, iri, title, begin, _snippet(text, terms)) for kind_, iri, title, begin, text in rows
        ]


def _snippet(text: str, terms: list[str]) -> str:
    """The words around the first that was found, what was found between `MARK`."""
    wanted = {form for term in terms for form in (plain_letters(term), fold(term)) if form}
    pieces = [(w[0], w.start(), w.end()) for w in re.finditer(r"\w+", text)]
    found = [i for i, (word, _, _) in enumerate(pieces) if _begins(word, wanted)]
    first = max(0, (found[0] if found else 0) - _AROUND)
    shown = pieces[first : first + 2 * _AROUND]
    if not shown:
        return text
    begin, end = (shown[0][1] if first else 0), (shown[-1][2] if shown[-1] != pieces[-1] else len(text))
    out, at = ["…" if first else ""], begin
    for i in found:
        if first <= i < first + len(shown):
            _, start, stop = pieces[i]
            out += [text[at:start], MARK[0], text[start:stop], MARK[1]]
            at = stop
    return "".join([*out, text[at:end], "…" if end < len(text) else ""])


def _begins(word: str, wanted: set[str]) -> bool:
    return plain_letters(word).startswith(tuple(wanted)) or fold(word).startswith(tuple(wanted))


def _rows(quads: list[Quad], seen: set[tuple[str, str]]) -> Iterator[tuple[str, str, str, int, str]]:
    told = [
        (predicate, str(getattr(q.subject, "value", "")), q.object.value)
        for q in quads
        if (predicate := q.predicate.value) in _INDEXED and isinstance(q.object, Literal)
    ]
    ids = {iri: value for predicate, iri, value in told if predicate == _IDENTIFIER}
    for predicate, iri, value in told:
        if predicate == _TEXT:
            for paragraph in re.finditer(r"[^\n]+", value):
                yield "article", iri, ids.get(iri, ""), paragraph.start(), normalise(paragraph[0]).text
        elif predicate == _QUOTATION and (iri, value) not in seen:
            seen.add((iri, value))
            yield "quotation", iri, "", 0, normalise(value).text
        elif predicate in _NAMES and (iri, value) not in seen:
            seen.add((iri, value))
            if not re.search(r"/(topic|software)/", iri):
                yield "entity", iri, value, 0, value
