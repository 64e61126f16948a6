"""Why a trigger does not fit a clause: what it asks for and does not find."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Lack(StrEnum):
    """What a clause does not have of what a line of the lexicon asks for."""

    REFLEXIVE = "reflexive"
    PREPOSITION = "preposition"
    NO_OBJECT = "no-object"
    CLAUSE = "clause"
    MAIN = "main"
    CONDITION = "condition"
    WORDS = "words"
    ROLE = "role"
    TWO = "two"
    PARTICIPANT = "participant"
    AGENT = "agent"
    NAMED = "named"
    EVENT = "event"
    """Nothing is lacking, but the line tells no event (*in Kraft treten*)."""
    RANK = "rank"
    """Nothing was asked: a line before it won."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """The first thing that a trigger asks for in vain; ``what`` names the preposition, slot, word or role."""

    lack: Lack
    what: str = ""
