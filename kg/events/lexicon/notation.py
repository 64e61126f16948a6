"""A line of the lexicon ─▶ Trigger.

Seven columns, separated by `` | ``: id, trigger, what it asks for, class, roles, certainty, example. A fault
is a `DataError` with file, line and what would be allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.errors import DataError
from kg.events.lexicon.trigger import CONTENT, KINDS, SYMMETRIC, Condition, Slot, Trigger
from kg.lang import LanguageData
from kg.lang.patterns import WordSet
from kg.model import Factuality

CLASSES = SYMMETRIC | {
    "Visit", "Mediation", "Statement", "Support", "Concession", "Aid", "Retreat", "Request", "Accusation",
    "Rejection", "Threat", "Protest", "Sanction", "Mobilization", "Coercion", "Assault", "OfficeHolding",
}  # fmt: skip
COLUMNS = 7
_COLUMN = re.compile(r"(?<=\s)\|(?=\s|$)")
"""A bar between blanks; *Streit|Konflikt* is one word or another."""
_ID = re.compile(r"^(?P<lemma>\*?[^\s|]+)\.(?P<noun>n)?\d+$")
_SLOT = re.compile(r"^(?P<name>[^\W\d_]+)(\+(?P<case>Acc|Dat|Gen))?(\.(?P<part>owner|located|modifier))?$")
_MARKS = frozenset({"no-object", "two", "clause", "main"})
_CASES = frozenset({"subject", "object", "dative", "genitive", "predicative", "clause"})
_KEYWORDS = {"to": "destination", "at": "place", "about": "topic", "by": "source"}
_NAMES = {"object": "accusative", "clause": CONTENT}
"""Slots whose names in the lexicon are those of grammar books; inside, a clause's are by case."""


class _Head(NamedTuple):
    lemma: str
    beside: tuple[WordSet, ...] = ()
    inside: frozenset[str] = frozenset()
    reflexive: bool = False


class _Asked(NamedTuple):
    prepositions: tuple[str, ...]
    conditions: tuple[Condition, ...]
    marks: frozenset[str]
    choices: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Notation:
    """By what the words of a line are understood: closed classes of the language and the word classes.

    Args:
        contracted: *ins* ─▶ *in*, for triggers such as *ins Visier nehmen*.
        classes: name ─▶ its lemmas, for ``&NAME``.
    """

    prepositions: frozenset[str]
    contracted: Mapping[str, str]
    reflexives: frozenset[str]
    infinitive: tuple[str, ...]
    classes: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, data: LanguageData) -> Notation:
        """From ``grammar.toml`` and ``lexicon/classes.txt`` of a language."""
        grammar = data.toml("grammar.toml")
        contracted = grammar["prepositions"]
        return cls(
            frozenset((*contracted, *contracted.values(), *grammar["lexicon"]["prepositions"])),
            contracted,
            frozenset(grammar["verbs"]["reflexives"]),
            tuple(grammar["verbs"]["infinitive_endings"]),
            read_classes(data.files("lexicon/classes*.txt")),
        )

    def trigger(self, line: str, where: str, layer: int = 0) -> Trigger:
        """Read one line.

        Raises:
            DataError: a column is missing, or says something that is not allowed.
        """
        cells = [cell.strip() for cell in _COLUMN.split(line)]
        if len(cells) != COLUMNS:
            raise DataError(f"{where}: {len(cells)} columns, needed are {COLUMNS} (separated by ' | ')")
        name, words, asks, kind, roles, certainty, example = cells
        match = _ID.match(name)
        if match is None:
            raise DataError(f"{where}: {name!r} is no id (lemma.1, for nouns Lemma.n1)")
        if kind != "-" and kind not in CLASSES:
            raise DataError(f"{where}: {kind!r} is no class; there are: {', '.join(sorted(CLASSES))}, -")
        nominal = bool(match["noun"])
        head = self._head(words, nominal, where)
        asked = self._asks(asks, where)
        filled, required = _roles(roles, kind, where)
        effects = _certainty(certainty, where)
        return Trigger(
            id=name, kind="" if kind == "-" else kind, text=words, nominal=nominal, example=example,
            roles=filled, required=required, where=where, layer=layer,
            factuality=effects.pop("", None), certainty=effects, **head._asdict(), **asked._asdict(),
        )  # fmt: skip

    def _head(self, text: str, nominal: bool, where: str) -> _Head:
        """*sich einigen*, *Kritik üben*, *in Streit|Konflikt liegen*, *Treffen*, *kalt Krieg*."""
        words = text.split()
        if nominal:
            if not words:
                raise DataError(f"{where}: there is no trigger")
            return _Head(words[-1], tuple(self._words(w, where) for w in words[:-1]))
        rest = [w for w in words if w not in self.reflexives]
        content = [w for w in rest if w not in self.prepositions]
        verbs = [w for w in content if w[:1].islower() and w.endswith(self.infinitive)]
        if not verbs:
            raise DataError(f"{where}: {text!r} names no verb (in the infinitive)")
        beside = tuple(self._words(w, where) for w in content if w != verbs[-1])
        inside = frozenset(self.contracted.get(w, w) for w in rest if w in self.prepositions)
        return _Head(verbs[-1], beside, inside, reflexive=len(rest) < len(words))

    @property
    def slots(self) -> frozenset[str]:
        """The names by which a slot can be asked for."""
        return self.prepositions | _CASES

    def _words(self, text: str, where: str) -> WordSet:
        lemmas: list[str] = []
        for word in text.split("|"):
            if not word.startswith("&"):
                lemmas.append(word)
            elif word[1:] in self.classes:
                lemmas.extend(self.classes[word[1:]])
            else:
                known = ", ".join(sorted(self.classes))
                raise DataError(f"{where}: there is no word class {word}; there are: {known}")
        return WordSet(lemmas)

    def _asks(self, text: str, where: str) -> _Asked:
        prepositions, conditions, choices = [], [], []
        marks: set[str] = set()
        for part in text.split():
            if part in self.reflexives:
                raise DataError(f"{where}: {part!r} belongs into the trigger ('sich einigen')")
            slot, equals, value = part.partition("=")
            if equals:
                conditions.append(self._condition(slot, value, where))
            elif part in _MARKS:
                marks.add(part)
            elif part in self.prepositions:
                prepositions.append(part)
            elif set(part.split("|")) <= {"agent", "recipient", "destination", "place", "topic"}:
                choices.append(frozenset(part.split("|")))
            elif part.partition("+")[0].partition("/")[0] in self.slots:
                conditions.append(Condition(read_slots(part, where), text=part))
            else:
                raise DataError(
                    f"{where}: {part!r} can't be asked for; allowed are a slot (object, auf/gegen), slot=words, slot=kind "
                    f"({', '.join(sorted(KINDS))}), {', '.join(sorted(_MARKS))}, roles such as agent|recipient"
                )
        return _Asked(tuple(prepositions), tuple(conditions), frozenset(marks), tuple(choices))

    def _condition(self, slot: str, value: str, where: str) -> Condition:
        values = value.split("|")
        kinds = frozenset(v for v in values if v in KINDS)
        words = [v for v in values if v not in KINDS]
        return Condition(
            read_slots(slot, where),
            self._words("|".join(words), where) if words else None,
            kinds,
            f"{slot}={value}",
        )


def read_slot(text: str, where: str) -> Slot:
    """*object.owner*, *in+Acc*.

    Raises:
        DataError: it is none.
    """
    match = _SLOT.match(text)
    if match is None:
        raise DataError(f"{where}: {text!r} is no slot (like mit, in+Acc, object.owner)")
    return Slot(_NAMES.get(match["name"], match["name"]), match["case"] or "", match["part"] or "")


def read_slots(text: str, where: str) -> tuple[Slot, ...]:
    """Alternatives: *auf/gegen*, *nach/in+Acc*."""
    return tuple(read_slot(part, where) for part in text.split("/"))


def _roles(text: str, kind: str, where: str) -> tuple[dict[str, tuple[Slot, ...]], frozenset[str]]:
    """*subject > gegen! at in about über*, of symmetric classes *subject + mit*."""
    symmetric = kind in SYMMETRIC
    role = "participant" if symmetric else "agent"
    filled: dict[str, tuple[Slot, ...]] = {}
    required: set[str] = set()
    for word in text.split():
        if word == ">" and not symmetric:
            role = "recipient"
        elif word == "+" and symmetric:
            role = "participant"
        elif word in _KEYWORDS:
            role = _KEYWORDS[word]
        elif word == "-":
            continue
        elif word in (">", "+"):
            raise DataError(
                f"{where}: {kind} has {'participants: a + b' if symmetric else 'an agent: a > b'}"
            )
        else:
            slots = read_slots(word.removesuffix("!"), where)
            filled[role] = (*filled.get(role, ()), *slots)
            if word.endswith("!"):
                required.add(role)
    return filled, frozenset(required)


def _certainty(text: str, where: str) -> dict[str, Factuality]:
    """*vor:Possible clause:Negated*; *=Planned* is of the event itself (under the empty name)."""
    effects: dict[str, Factuality] = {}
    for part in text.split():
        slot, _, value = part[1:].rpartition("=") if part.startswith("=") else part.rpartition(":")
        if value not in set(Factuality):
            raise DataError(f"{where}: {part!r} is no certainty (slot:{'|'.join(Factuality)}, or =Planned)")
        name = slot and read_slot(slot, where).name
        effects["clause" if name == CONTENT else name] = Factuality(value)
    return effects


def read_classes(files: Iterable[Path]) -> dict[str, tuple[str, ...]]:
    """Word classes, one a line: ``SANKTION = Sanktion Zoll *embargo``; a name may stand on several lines.

    Raises:
        DataError: a line has no name.
    """
    found: dict[str, tuple[str, ...]] = {}
    for path in files:
        for number, line in lines_of(path):
            name, equals, words = line.partition("=")
            if not equals or not name.strip().isupper():
                raise DataError(f"{path.name}:{number}: a word class is written NAME = Lemma Lemma *end")
            found[name.strip()] = (*found.get(name.strip(), ()), *words.split())
    return found


def lines_of(path: Path) -> list[tuple[int, str]]:
    """The lines of a data file with their numbers, but for empty ones and comments."""
    lines = path.read_text("utf-8").splitlines()
    return [(n, line.strip()) for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
