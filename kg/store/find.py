"""What people type for a node ─▶ the node: its IRI, the end of it, a document's id, or a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import Literal, QuerySolutions, Variable

from kg.errors import UsageError
from kg.rdf.terms import PREFIXES
from kg.store.select import select

if TYPE_CHECKING:
    from pyoxigraph import Store

_NODES = "SELECT DISTINCT ?node { VALUES ?c { dip:Actor dip:Place dip:Event dip:Situation dip:Document } ?node a ?c }"
_NAMED = """
SELECT DISTINCT ?node ?given { ?node rdfs:label|skos:altLabel|dct:identifier ?name FILTER (LCASE(STR(?name)) = LCASE(?given)) }
"""
_MOST = 8


class Renamed(Protocol):
    """What nodes have become (`kg.identity.Links`)."""

    @property
    def nodes(self) -> Mapping[str, str]:
        """Old IRI ─▶ IRI."""


def find_node(store: Store, given: str, links: Renamed | None = None) -> str:
    """The IRI of the one node that is meant.

    Raises:
        UsageError: there is none, or several; the message lists them.
    """
    given = given.strip("<> ")
    if links is not None and given in links.nodes:
        return links.nodes[given]
    nodes: set[str] = {row["node"].value for row in select(store, _NODES)}
    if given in nodes:
        return given
    rows = store.query(_NAMED, prefixes=PREFIXES, substitutions={Variable("given"): Literal(given)})
    assert isinstance(rows, QuerySolutions)
    found: list[str] = sorted({row["node"].value for row in rows} & nodes)
    found = found or sorted(n for n in nodes if given and n.endswith(given))
    if len(found) == 1:
        return found[0]
    if found:
        more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
        raise UsageError(f"{given!r} may be {', '.join(found[:_MOST])}{more}; give the IRI")
    raise UsageError(f"{given!r}: no such entity, event or document in the graph")
