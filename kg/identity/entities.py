"""Which entities of different documents are one, though no gazetteer links them.

Only strong evidence joins: the same full name and class with no contradicting state; a bare family
name only with the same office of the same body, or in a copy of the same article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.entities.gazetteer.folding import name_key
from kg.identity.clusters import Clusters
from kg.identity.records import EntityRecord
from kg.rdf.iris import LOCAL, NAMED


def join_entities(
    entities: Iterable[EntityRecord], copies: Mapping[str, str], base: str, clusters: Clusters
) -> None:
    """Join in ``clusters`` the entities that are the same."""
    records = list(entities)
    _same_full_name(records, base, clusters)
    _same_office(records, base, clusters)
    _same_name_in_copies(records, copies, clusters)


def _same_full_name(records: list[EntityRecord], base: str, clusters: Clusters) -> None:
    by_name: dict[tuple[str, str], dict[str, str | None]] = defaultdict(dict)
    for r in records:
        if r.iri.startswith(f"{base}{NAMED}/"):
            by_name[r.kind, name_key(r.label) or r.label][r.iri] = r.country
    for (_, _), states in sorted(by_name.items()):
        if len({state for state in states.values() if state}) > 1:  # namesakes
            same_state: dict[str, list[str]] = defaultdict(list)
            for iri, state in sorted(states.items()):
                same_state[state or iri].append(iri)
            for iris in same_state.values():
                _join_all(iris, clusters)
        else:
            _join_all(sorted(states), clusters)


def _same_office(records: list[EntityRecord], base: str, clusters: Clusters) -> None:
    """*Außenminister Müller* here is *Außenminister Peter Müller* there, if only one comes into question."""
    holders: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    bare: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for r in records:
        family = name_key(r.label.split()[-1]) if r.label.split() else ""
        for office, body in r.offices:
            if office and body and family:
                group = bare if r.iri.startswith(f"{base}{LOCAL}/") else holders
                group[family, office.casefold(), body].add(r.iri)
    for key, iris in sorted(bare.items()):
        named = {clusters.find(iri) for iri in holders.get(key, ())}
        if len(named) <= 1:
            _join_all(sorted(iris | named), clusters)


def _same_name_in_copies(records: list[EntityRecord], copies: Mapping[str, str], clusters: Clusters) -> None:
    by_text: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for r in records:
        by_text[copies.get(r.graph, r.graph), r.kind, r.label].add(r.iri)
    for _, iris in sorted(by_text.items()):
        _join_all(sorted(iris), clusters)


def _join_all(iris: list[str], clusters: Clusters) -> None:
    for other in iris[1:]:
        clusters.join(iris[0], other)
