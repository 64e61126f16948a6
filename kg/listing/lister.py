"""The learnt choice of what a document lists (``listing.tsv``, made by ``kg/training/listing.py``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.events.judge import Judge
from kg.lang import LanguageData
from kg.listing.signs import candidates
from kg.model import Discourse, Event

FILE = "listing.tsv"


@dataclass(frozen=True, slots=True)
class Lister:
    """Chooses the entities that a reader would list; who has a name and fills a role always is."""

    judge: Judge

    @classmethod
    def of(cls, data: LanguageData) -> Lister:
        """Read a language's ``listing.tsv``."""
        return cls(Judge.of(data, FILE))

    def choose(self, discourse: Discourse, events: Sequence[Event]) -> frozenset[str]:
        """The keys of the listed entities."""
        return frozenset(
            c.key
            for c in candidates(discourse, events)
            if c.certain or self.judge.likelihood(dict.fromkeys(c.signs, 1.0)) >= self.judge.threshold
        )
