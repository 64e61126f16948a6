"""One document graph by subject and property."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from kg.rdf.terms import DCT, DIP, GENERAL, LABEL, NIF, PROV, TYPE


class Facts:
    """The values of a document graph; properties of the ontology by their local names."""

    def __init__(self, graph: str, quads: Iterable[Quad]) -> None:
        self._values: dict[str, dict[str, list[str]]] = {}
        for q in quads:
            subject, value = str(getattr(q.subject, "value", "")), str(getattr(q.object, "value", ""))
            self._values.setdefault(subject, {}).setdefault(q.predicate.value, []).append(value)
        self.document = self.one(graph, f"{PROV}wasDerivedFrom")
        self.identifier = self.one(self.document, f"{DCT}identifier")

    def all(self, subject: str, name: str) -> list[str]:
        """The values of a property, sorted; its name is local, or a whole IRI."""
        iri = name if ":" in name else f"{DIP}{name}"
        return sorted(self._values.get(subject, {}).get(iri, []))

    def one(self, subject: str, name: str) -> str:
        """The first of them, or nothing."""
        return next(iter(self.all(subject, name)), "")

    def label(self, subject: str) -> str:
        """A node's name."""
        return self.one(subject, LABEL.value)

    def labels(self, subject: str, name: str) -> str:
        """The names of all values of a property."""
        return "; ".join(self.label(v) for v in self.all(subject, name))

    def of_class(self, *names: str) -> list[str]:
        """The nodes of any of the classes, sorted."""
        wanted = {f"{DIP}{n}" for n in names}
        return sorted(s for s, v in self._values.items() if wanted & set(v.get(TYPE.value, ())))

    def kind(self, subject: str) -> str:
        """The most specific class, by its local name."""
        names = {c.removeprefix(DIP) for c in self.all(subject, TYPE.value) if c.startswith(DIP)}
        return min(names - GENERAL, default=min(names, default=""))

    def sentences(self, event: str) -> str:
        """The sentences that an event's evidence stands in, in the order of the text."""
        found = {s for m in self.all(event, "evidence") for s in self.all(m, f"{NIF}sentence") or [m]}
        ordered = sorted(found, key=lambda s: int(self.one(s, f"{NIF}beginIndex") or 0))
        return " […] ".join(" ".join(self.one(s, f"{NIF}anchorOf").split()) for s in ordered)
