"""What a line of the lexicon says, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.lang.patterns import WordSet
from kg.model import Factuality

ROLES = ("participant", "agent", "recipient", "place", "destination", "topic", "source")
SYMMETRIC = frozenset(
    {"Meeting", "PhoneCall", "Negotiation", "Agreement", "Cooperation", "Alliance", "Tension"}
)
CONTENT = "content"
"""The slot of what a content clause, an infinitive or direct speech tells."""
KINDS = frozenset({"actor", "person", "state", "org", "place", "thing"})
"""What a condition may ask of a slot's filler in place of words; a *thing* names no actor."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a role: a complement's slot, perhaps its case.

    ``part`` asks not for what stands there but for whose it is (``owner``: *Kims Streben*), on whose
    ground it stands (``located``: *Ziele in Syrien*), or which state its adjective or compound names
    (``modifier``: *britische Diplomaten*).
    """

    name: str
    case: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must stand in one of some slots for a trigger to fit: words by lemma, fillers of a kind, or anything.

    ``text`` is how the line writes it (``object=&SANKTION``).
    """

    slots: tuple[Slot, ...]
    words: WordSet | None = None
    kinds: frozenset[str] = frozenset()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One line of the lexicon: a predicate with what it asks for and what it means.

    Args:
        id: the lemma and a number (``warnen.2``, ``Ausweisung.n1``); ``dip:frame`` names it.
        lemma: the predicate's lemma, of a noun perhaps only its end (``*treffen``).
        kind: the event's class; empty where the predicate tells no event of its own.
        text: the words of the trigger, for reading.
        beside: words that must stand in the clause (*Kritik üben*), in order.
        prepositions: that must be there, and those inside the trigger's own words.
        roles: role ─▶ slots, the first that names somebody counts (of participants all).
        required: roles that must be filled.
        certainty: slot ─▶ what the predicate makes of an event that stands there.
        where: ``file:line``.
        layer: 0 for the package's own data, higher for a user's.
    """

    id: str
    lemma: str
    kind: str
    text: str
    nominal: bool = False
    reflexive: bool = False
    beside: tuple[WordSet, ...] = ()
    inside: frozenset[str] = frozenset()
    prepositions: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    marks: frozenset[str] = frozenset()
    choices: tuple[frozenset[str], ...] = ()
    roles: Mapping[str, tuple[Slot, ...]] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    certainty: Mapping[str, Factuality] = field(default_factory=dict)
    factuality: Factuality | None = None
    example: str = ""
    where: str = ""
    layer: int = 0

    @property
    def specificity(self) -> int:
        """How much it asks for; the most demanding trigger that fits wins."""
        return 2 * len(self.beside) + 2 * len(self.prepositions) + 2 * len(self.conditions) + self.reflexive

    @property
    def rank(self) -> tuple[int, int, bool]:
        """Sort key: a user's lines first, then the demanding ones, then those that mean an event."""
        return (-self.layer, -self.specificity, not self.kind)
