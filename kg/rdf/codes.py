"""What the ontology says of event classes in event-data terms: PLOVER, CAMEO, quad class, Goldstein."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.rdf.terms import DIP, LABEL
from kg.resources import ontologies


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one class; ``goldstein`` is from -10 (conflict) to 10 (cooperation)."""

    plover: str = ""
    cameo: str = ""
    quad_class: str = ""
    goldstein: float | None = None


@dataclass(frozen=True, slots=True)
class EventCodes:
    """The codes of all event classes, by local name."""

    by_class: Mapping[str, Codes]

    @classmethod
    def load(cls) -> EventCodes:
        """Read them from ``ontologies/diplomacy.ttl``.

        >>> EventCodes.load().of("Threat")
        Codes(plover='THREATEN', cameo='13', quad_class='Q3', goldstein=-6.0)
        """
        values: dict[str, dict[str, str]] = {}
        for quad in parse(path=str(ontologies() / "diplomacy.ttl"), format=RdfFormat.TURTLE):
            name = quad.predicate.value.removeprefix(DIP)
            if name in ("plover", "cameo", "quadClass", "goldstein") and isinstance(quad.subject, NamedNode):
                assert isinstance(quad.object, NamedNode | Literal)
                values.setdefault(quad.subject.value.removeprefix(DIP), {})[name] = quad.object.value
        return cls(
            {
                kind: Codes(
                    v.get("plover", ""),
                    v.get("cameo", ""),
                    v.get("quadClass", ""),
                    float(v["goldstein"]) if "goldstein" in v else None,
                )
                for kind, v in values.items()
            }
        )

    def of(self, kind: str) -> Codes:
        """The codes of a class; empty where it has none, as situations."""
        return self.by_class.get(kind, Codes())


def class_names() -> tuple[str, ...]:
    """The local names of the ontology's event and situation classes, in its order.

    >>> "Meeting" in class_names()
    True
    """
    above = {NamedNode(f"{DIP}Event"), NamedNode(f"{DIP}Situation")}
    return tuple(
        quad.subject.value.removeprefix(DIP)
        for quad in parse(path=str(ontologies() / "diplomacy.ttl"), format=RdfFormat.TURTLE)
        if quad.predicate.value.endswith("#subClassOf")
        and quad.object in above
        and isinstance(quad.subject, NamedNode)
    )


@lru_cache(maxsize=2)
def labels(language: str) -> Mapping[str, str]:
    """The names of the ontology's terms in a language, by local name.

    >>> labels("de")["Meeting"], labels("en")["Planned"]
    ('Treffen', 'planned')
    """
    return {
        quad.subject.value.removeprefix(DIP): quad.object.value
        for quad in parse(path=str(ontologies() / "diplomacy.ttl"), format=RdfFormat.TURTLE)
        if quad.predicate == LABEL
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
        and quad.object.language == language
    }
