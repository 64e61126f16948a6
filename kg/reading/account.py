"""The steps from a text to its events, as values that can be printed or written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the parse: *Zölle*, lemma *Zoll*, ``obj`` of *verhängte*."""

    text: str
    lemma: str
    function: str
    head: str
    sentence: int


@dataclass(frozen=True, slots=True)
class WordEdit:
    """What an edit changed in the parser's tree: *Zölle* was ``nsubj`` of *verhängte*, now it is its ``obj``."""

    edit: str
    word: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Link:
    """A mention, whom it stands for by label, and from what that was concluded."""

    text: str
    kind: str
    actors: tuple[str, ...]
    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A complement of a clause: *gegen*: *China*."""

    slot: str
    word: str
    case: str
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of the lexicon that was tried: ``lack`` is empty where it won, else what it asked for in vain."""

    line: str
    where: str
    kind: str
    lack: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """A slot that a role was looked for in.

    ``words`` stand there, ``actors`` are whom they name; ``elsewhere``: the parser attached them to another slot.
    """

    role: str
    slot: str
    words: tuple[str, ...]
    actors: tuple[str, ...]
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Certainty:
    """Whether a clause happened, and by what that was judged: ``modal`` *könnte*, ``embedded`` below *dementieren*."""

    value: str
    ground: str
    word: str


@dataclass(frozen=True, slots=True)
class Source:
    """Whose word a clause is, what opens the report, and how far it reaches."""

    speakers: tuple[str, ...]
    opener: str
    form: str
    reach: str


@dataclass(frozen=True, slots=True)
class ClauseAccount:
    """A predicate: what stands with it, the lines that were tried, how the winner's roles were filled.

    ``decided``: the lexicon says something of the predicate, be it that it tells no event. ``told``: an event came of it.
    """

    predicate: str
    nominal: bool
    form: tuple[str, ...]
    text: str
    slots: tuple[Slot, ...]
    decided: bool
    candidates: tuple[Candidate, ...]
    fillings: tuple[Filling, ...] = ()
    certainty: Certainty | None = None
    source: Source | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """What spoke for an event (weight above zero) or against it."""

    sign: str
    weight: float


@dataclass(frozen=True, slots=True)
class EventAccount:
    """An event with its roles by label, the judge's probability and what counted most."""

    kind: str
    roles: Mapping[str, tuple[str, ...]]
    factuality: str
    lines: tuple[str, ...]
    probability: float
    kept: bool
    speaks_for: tuple[Sign, ...]
    speaks_against: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """All steps of one text; events below ``threshold`` are dropped."""

    words: tuple[Word, ...]
    edits: tuple[WordEdit, ...]
    links: tuple[Link, ...]
    clauses: tuple[ClauseAccount, ...]
    events: tuple[EventAccount, ...]
    threshold: float
