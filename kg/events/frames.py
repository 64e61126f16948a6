"""Frames: which predicates mean which event class, and which complement fills which role.

Read from ``lang/<language>/frames/*.toml``; ``docs/frames.md`` describes the format.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.entities.patterns import WordSet
from kg.errors import DataError
from kg.lang import LanguageData, read_toml
from kg.model import Factuality

ROLES = ("participant", "agent", "recipient", "place", "destination", "topic", "source")
SYMMETRIC = frozenset(
    {"Meeting", "PhoneCall", "Negotiation", "Agreement", "Cooperation", "Alliance", "Tension"}
)
_SLOT = re.compile(r"^(?P<name>[^\W\d_]+)(\+(?P<case>Acc|Dat|Gen))?(\.(?P<part>owner|located|modifier))?\??$")
_KEYS = frozenset({"class", "verbs", "nouns", "needs", "factuality", "compound_agents", *ROLES})


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
class Frame:
    """One entry of a frame file. ``where`` is its ``file:line``."""

    kind: str
    roles: Mapping[str, tuple[Slot, ...]]
    needs: tuple[tuple[str, ...], ...]
    factuality: Factuality | None
    where: str
    nominal: bool
    compound_agents: frozenset[str] | None = None
    """Who acts in a compound (*US-Sanktionen*); anybody else there is acted upon (*Iran-Sanktionen*)."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A predicate of a frame: its lemma with the words that must stand beside it.

    ``beside`` are nouns (by pattern) and other words, ``preposition`` one that must be there.
    """

    lemma: str
    frame: Frame
    reflexive: bool = False
    beside: tuple[WordSet, ...] = ()
    preposition: str = ""
    text: str = ""
    where: str = ""

    @property
    def specificity(self) -> int:
        """How much it asks for; the most demanding trigger that fits wins."""
        return 2 * len(self.beside) + self.reflexive + 2 * bool(self.preposition)


@dataclass(frozen=True, slots=True)
class FrameLexicon:
    """All triggers of a language."""

    verbs: Mapping[str, tuple[Trigger, ...]]
    nouns: Mapping[str, tuple[Trigger, ...]]
    noun_ends: tuple[tuple[str, Trigger], ...]
    _cache: dict[str, tuple[Trigger, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, data: LanguageData) -> FrameLexicon:
        """Read every frame file of a language's layers.

        Raises:
            DataError: an entry has an unknown key, class, slot or need, with file and line.
        """
        grammar = _TriggerGrammar.of(data)
        verbs: dict[str, list[Trigger]] = defaultdict(list)
        nouns: dict[str, list[Trigger]] = defaultdict(list)
        ends: list[tuple[str, Trigger]] = []
        for path in data.files("frames/*.toml"):
            for trigger in _triggers(path, grammar):
                if not trigger.frame.nominal:
                    verbs[trigger.lemma].append(trigger)
                elif trigger.lemma.startswith("*"):
                    ends.append((trigger.lemma[1:], trigger))
                else:
                    nouns[trigger.lemma].append(trigger)
        by_need = {
            lemma: tuple(sorted(found, key=lambda t: -t.specificity)) for lemma, found in verbs.items()
        }
        ends.sort(key=lambda pair: -len(pair[0]))
        return cls(by_need, {k: tuple(v) for k, v in nouns.items()}, tuple(ends))

    def is_event_noun(self, lemma: str) -> bool:
        """Whether a noun can be a nominal predicate."""
        return bool(self.for_noun(lemma))

    def for_verb(self, lemma: str) -> tuple[Trigger, ...]:
        """The triggers of a verb, the most specific first."""
        return self.verbs.get(lemma, ())

    def for_noun(self, lemma: str) -> tuple[Trigger, ...]:
        """The triggers of a noun; of a compound by its last part."""
        known = self._cache.get(lemma)
        if known is None:
            known = self._find_noun(lemma)
            self._cache[lemma] = known
        return known

    def _find_noun(self, lemma: str) -> tuple[Trigger, ...]:
        if lemma in self.nouns:
            return self.nouns[lemma]
        last = lemma.rpartition("-")[2]
        if last != lemma and last in self.nouns:
            return self.nouns[last]
        return tuple(t for end, t in self.noun_ends if lemma.endswith(end) and len(lemma) > len(end))[:1]

    def triggers(self) -> Iterator[Trigger]:
        """Every trigger, verbs before nouns."""
        for found in (*self.verbs.values(), *self.nouns.values()):
            yield from found
        yield from (trigger for _, trigger in self.noun_ends)


@dataclass(frozen=True, slots=True)
class _TriggerGrammar:
    """By what the words of a trigger are told apart; from ``grammar.toml``."""

    prepositions: frozenset[str]
    reflexives: frozenset[str]
    infinitive: tuple[str, ...]

    @classmethod
    def of(cls, data: LanguageData) -> _TriggerGrammar:
        grammar = data.toml("grammar.toml")
        contracted = grammar["prepositions"]
        return cls(
            frozenset((*contracted, *contracted.values(), *grammar["frames"]["prepositions"])),
            frozenset(grammar["verbs"]["reflexives"]),
            tuple(grammar["verbs"]["infinitive_endings"]),
        )


def _triggers(path: Path, grammar: _TriggerGrammar) -> Iterator[Trigger]:
    lines = path.read_text("utf-8").splitlines()
    for number, entry in enumerate(read_toml(path).get("frame", ())):
        where = f"{path.name}:{_entry_line(lines, number)}"
        for nominal, key in ((False, "verbs"), (True, "nouns")):
            words = entry.get(key, ())
            if words:
                frame = _frame(entry, where, nominal)
                for text in words:
                    yield _trigger(text, frame, grammar, f"{path.name}:{_line_of(lines, text)}")


def _entry_line(lines: list[str], number: int) -> int:
    starts = [i for i, line in enumerate(lines, 1) if line.strip() == "[[frame]]"]
    return starts[number] if number < len(starts) else 1


def _line_of(lines: list[str], text: str) -> int:
    return next((i for i, line in enumerate(lines, 1) if f'"{text}"' in line), 1)


def _frame(entry: Mapping[str, Any], where: str, nominal: bool) -> Frame:
    unknown = set(entry) - _KEYS
    if unknown:
        raise DataError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    if not isinstance(entry.get("class"), str):
        raise DataError(f"{where}: a frame needs a class")
    roles = {role: _slots(entry[role], where) for role in ROLES if entry.get(role)}
    factuality = entry.get("factuality")
    if factuality is not None and factuality not in set(Factuality):
        raise DataError(f"{where}: factuality is one of {', '.join(Factuality)}, not {factuality!r}")
    needs = tuple(tuple(n.strip().split("|")) for n in entry.get("needs", "").split(",") if n.strip())
    return Frame(
        entry["class"], roles, needs, Factuality(factuality) if factuality else None, where, nominal,
        frozenset(entry["compound_agents"]) if "compound_agents" in entry else None,
    )  # fmt: skip


def _slots(text: str, where: str) -> tuple[Slot, ...]:
    slots = []
    for part in text.split(","):
        match = _SLOT.match(part.strip())
        if match is None:
            raise DataError(f"{where}: {part.strip()!r} is no slot (like mit, in+Acc, accusative.owner)")
        slots.append(Slot(match["name"], match["case"] or "", match["part"] or ""))
    return tuple(slots)


def _trigger(text: str, frame: Frame, grammar: _TriggerGrammar, where: str) -> Trigger:
    """Parse *sich einigen*, *Kritik üben*, *in Streit|Konflikt liegen*, *verhandeln mit*."""
    words = text.split()
    if frame.nominal:
        preposition = words[1] if len(words) == 2 else ""
        return Trigger(words[0], frame, preposition=preposition, text=text, where=where)
    rest = [w for w in words if w not in grammar.reflexives]
    last_preposition = rest[-1] if len(rest) > 1 and rest[-1] in grammar.prepositions else ""
    content = [w for w in rest if w not in grammar.prepositions]
    verbs = [w for w in content if w[:1].islower() and w.endswith(grammar.infinitive)]
    if not verbs:
        raise DataError(f"{where}: {text!r} names no verb")
    beside = tuple(WordSet(w.split("|")) for w in content if w != verbs[-1])
    return Trigger(verbs[-1], frame, len(rest) < len(words), beside, last_preposition, text, where)
