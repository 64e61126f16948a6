"""What people type for a person, state or place ─▶ its node."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.entities.gazetteer.folding import fold, name_key
from kg.errors import QueryError

Select = Callable[[str], Iterable[Mapping[str, Any]]]
"""Runs a SELECT query; a row maps variables to RDF terms or None."""

_NAMES = """
SELECT DISTINCT ?node ?name ?main {
  VALUES ?class { dip:Actor dip:Place }
  ?node a ?class .
  { ?node rdfs:label ?name . BIND (true AS ?main) } UNION { ?node skos:altLabel ?name . BIND (false AS ?main) }
}
"""
_MOST = 10


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A node with its name."""

    iri: str
    label: str


def find_named(select: Select, given: str) -> Named:
    """The entity that a name means: by its label, another name, another spelling, or a word of them, in this order.

    Case and accents do not matter, nor does from which alphabet a name was transliterated how. An IRI, or the end of one after the last ``/``, is taken as it is.

    Raises:
        QueryError: there is none, or there are several; the message lists them.
    """
    labels: dict[str, str] = {}
    others: dict[str, set[str]] = {}
    for row in select(_NAMES):
        iri, name = row["node"].value, row["name"].value
        others.setdefault(iri, set()).add(_plain(name))
        if row["main"].value == "true":
            labels[iri] = min(name, labels.get(iri, name))
    wanted, key = _plain(given), name_key(given)
    given = given.strip("<> ")
    ways: tuple[Callable[[str], bool], ...] = (
        lambda iri: iri == given,
        lambda iri: _plain(labels.get(iri, "")) == wanted,
        lambda iri: wanted in others[iri],
        lambda iri: any(key and name_key(name) == key for name in others[iri]),
        lambda iri: any(re.search(rf"\b{re.escape(wanted)}\b", name) for name in others[iri]),
        lambda iri: any(key and f" {fold(given)} " in f" {fold(name)} " for name in others[iri]),
        lambda iri: iri.rpartition("/")[2] == given,
    )
    for fits in ways:
        found = sorted(Named(iri, labels.get(iri, iri)) for iri in others if wanted and fits(iri))
        if len(found) == 1:
            return found[0]
        if found:
            listed = "; ".join(f"{n.label} <{n.iri}>" for n in found[:_MOST])
            more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
            raise QueryError(f"{given!r} may be: {listed}{more}; give the whole name or the IRI")
    raise QueryError(f"{given!r}: the graph names nobody and no place so")


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
