"""The shipped queries: ``ontologies/queries/*.rq``, described in their comment headers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import QueryError
from kg.resources import ontologies

_HEADER = re.compile(r"^#\s*(?P<key>title|de|en):\s*(?P<value>.+)$")


@dataclass(frozen=True, slots=True)
class ShippedQuery:
    """A query with its title and the question it answers, in German and English."""

    name: str
    title: str
    question_de: str
    question_en: str
    text: str


def shipped_queries() -> dict[str, ShippedQuery]:
    """All shipped queries by name.

    >>> "meetings" in shipped_queries()
    True
    """
    return {path.stem: _read(path) for path in sorted((ontologies() / "queries").glob("*.rq"))}


def _read(path: Path) -> ShippedQuery:
    text = path.read_text("utf-8")
    header = {m["key"]: m["value"] for line in text.splitlines() if (m := _HEADER.match(line))}
    missing = {"title", "de", "en"} - set(header)
    if missing:
        raise QueryError(f"{path}: the header lacks {', '.join(sorted(missing))}")
    return ShippedQuery(path.stem, header["title"], header["de"], header["en"], text)


def find_query(given: str) -> str:
    """What a user names a query by ─▶ SPARQL text: a shipped name, a file, or the text itself.

    Raises:
        QueryError: it is none of them.
    """
    queries = shipped_queries()
    if given in queries:
        return queries[given].text
    if given.endswith(".rq"):
        try:
            return Path(given).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{given}: cannot be read: {error}") from None
    if re.search(r"\b(select|ask|construct|describe)\b", given, re.IGNORECASE):
        return given
    raise QueryError(
        f"{given!r} is neither SPARQL, nor a .rq file, nor a shipped query ({', '.join(queries)})"
    )
