"""Disjoint sets of IRIs with pairs that must stay apart.

Source: Tarjan 1975, "Efficiency of a good but not linear set union algorithm"; the pairs are the
"cannot-link" constraints of Wagstaff & Cardie 2000, "Clustering with instance-level constraints".
"""

from __future__ import annotations

from collections.abc import Iterable


class Clusters:
    """Grows sets by joining; a join that would bring a forbidden pair together is not made.

    >>> clusters = Clusters([("a", "c")])
    >>> clusters.join("a", "b"), clusters.join("b", "c"), clusters.together("a", "b")
    (True, False, True)
    """

    def __init__(self, forbidden: Iterable[tuple[str, str]] = ()) -> None:
        self._parent: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._forbidden: dict[str, set[str]] = {}
        for one, other in forbidden:
            self._forbidden.setdefault(one, set()).add(other)
            self._forbidden.setdefault(other, set()).add(one)

    def find(self, iri: str) -> str:
        """The representative of the set that an IRI is in."""
        while (parent := self._parent.get(iri, iri)) != iri:
            self._parent[iri] = self._parent.get(parent, parent)
            iri = parent
        return iri

    def members(self, iri: str) -> set[str]:
        """The set that an IRI is in; at least itself."""
        return self._members.get(self.find(iri), {iri})

    def together(self, one: str, other: str) -> bool:
        """Whether two IRIs are in one set."""
        return self.find(one) == self.find(other)

    def may_join(self, one: str, other: str) -> bool:
        """Whether no forbidden pair would come together."""
        others = self.members(other)
        return not any(self._forbidden.get(iri, set()) & others for iri in self.members(one))

    def join(self, one: str, other: str) -> bool:
        """Join two sets, if that is allowed; whether they are one set now."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return True
        if not self.may_join(a, b):
            return False
        kept, gone = sorted((a, b))
        self._members[kept] = self.members(a) | self.members(b)
        self._members.pop(gone, None)
        self._parent[gone] = kept
        return True

    def groups(self) -> list[set[str]]:
        """The sets of two and more."""
        return [members for _, members in sorted(self._members.items())]
