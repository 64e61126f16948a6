"""The shipped queries: ``ontologies/queries/*.rq``, described in their comment headers.

A header gives ``title``, the question in German (``de``) and English (``en``), and parameters::

    # param actor entity: who takes part
    # param topic text = Atomabkommen: one of the topics

A line that ends with ``#? actor`` belongs to a parameter and is left out when that is not given (``#? since until``:
when neither is). Values come
in by ``VALUES ?actor { UNDEF } #? actor``, in the place of ``UNDEF``, as RDF terms written by the RDF library.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.resources import ontologies

TYPES = ("entity", "event", "node", "class", "iri", "date", "text", "term")
_HEADER = re.compile(r"^#\s*(?P<key>title|de|en):\s*(?P<value>.+)$")
_PARAMETER = re.compile(
    r"^#\s*param\s+(?P<name>\w+)\s+(?P<type>\w+)(?:\s*=\s*(?P<default>[^:]+))?:\s*(?P<about>.+)$"
)
_OWNED = re.compile(r"\s*#\?\s*(?P<names>\w+(?:\s+\w+)*)\s*$")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query can be asked with; ``type`` is one of `TYPES`."""

    name: str
    type: str
    about: str
    default: str | None = None


@dataclass(frozen=True, slots=True)
class ShippedQuery:
    """A query with its title, the question it answers in German and English, and its parameters."""

    name: str
    title: str
    question_de: str
    question_en: str
    text: str
    parameters: tuple[Parameter, ...] = ()

    def bound(self, values: Mapping[str, NamedNode | Literal]) -> str:
        """The query's text with the given parameters; lines of the others are left out."""
        lines = []
        for line in self.text.splitlines():
            owner = _OWNED.search(line)
            if owner is None:
                lines.append(line)
                continue
            kept = line[: owner.start()]
            for name in owner["names"].split():
                if name in values:
                    data = f"VALUES ?{name} {{ UNDEF }}"
                    term = str(values[name])
                    lines.append(kept.replace("UNDEF", term) if kept.strip() == data else kept)
                    break
        return "\n".join(lines)


def shipped_queries() -> dict[str, ShippedQuery]:
    """All shipped queries by name.

    >>> "meetings" in shipped_queries()
    True
    """
    return {path.stem: _read(path) for path in sorted((ontologies() / "queries").glob("*.rq"))}


def _read(path: Path) -> ShippedQuery:
    text = path.read_text("utf-8")
    lines = text.splitlines()
    header = {m["key"]: m["value"] for line in lines if (m := _HEADER.match(line))}
    missing = {"title", "de", "en"} - set(header)
    if missing:
        raise QueryError(f"{path}: the header lacks {', '.join(sorted(missing))}")
    parameters = tuple(
        Parameter(m["name"], m["type"], m["about"], m["default"] and m["default"].strip())
        for line in lines
        if (m := _PARAMETER.match(line))
    )
    if unknown := {p.type for p in parameters} - set(TYPES):
        raise QueryError(f"{path}: unknown types of parameters: {', '.join(sorted(unknown))}")
    return ShippedQuery(path.stem, header["title"], header["de"], header["en"], text, parameters)


def find_query(given: str) -> ShippedQuery:
    """What a user names a query by ─▶ the query: a shipped name, a file, or the SPARQL text itself.

    Raises:
        QueryError: it is none of them.
    """
    queries = shipped_queries()
    if given in queries:
        return queries[given]
    if given.endswith(".rq"):
        try:
            return ShippedQuery("", "", "", "", Path(given).read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{given}: cannot be read: {error}") from None
    if re.search(r"\b(select|ask|construct|describe)\b", given, re.IGNORECASE):
        return ShippedQuery("", "", "", "", given)
    raise QueryError(
        f"{given!r} is neither SPARQL, nor a .rq file, nor a shipped query ({', '.join(queries)})"
    )
