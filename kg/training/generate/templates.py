"""Templates of sentences and phrases: small trees with slots, read from files like CoNLL-U.

::

    = sentence 3                                       name, weight, what others may ask for (Number=Plur)
    # Frankreich lobte gestern Deutschland.
    1  <actor>     _  _      Case=Nom                2  nsubj
    2  <verb>      _  VERB   VerbForm=Fin|Number=@1  0  root
    3  <when>      _  _      _                       2  @      ?0.4
    4  <frame @2>  _  _      _                       2  @
    5  .           .  PUNCT  _                       2  punct

Columns are those of CoNLL-U without XPOS and DEPS: id, form, lemma, tag, features, head, label,
and a word or two beside. A form in angle brackets is a slot: other templates of that name or a word
of the lexicon. Where a slot is a verb's or a noun's own (its frame, its particle), ``@2`` says of
which row. Features of a slot are what it shall have: ``Number=@1`` as row 1 has it, ``Case=@`` as
the whole is wanted. Head 0 is the head of the whole; ``@`` as a label leaves the label to what fills
the slot. Beside: ``?0.4`` how often the row is there, a label of GermEval (PER, LOCderiv) for a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = 0
_SLOT = re.compile(r"<([\w.-]+)(?: ([\w.|-]+))?(?: @(\d+))?>")
_COLUMNS = re.compile(r"<[^>]+>|\S+")
_FEWEST = 7


@dataclass(frozen=True, slots=True)
class Slot:
    """What fills a row: ``name`` of templates or words, ``only`` those with that mark, ``of`` a row's word."""

    name: str
    only: str | None
    of: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a template. ``head`` is the number of a row, 0 for the whole's own head."""

    form: str
    slot: Slot | None
    lemma: str
    upos: str
    feats: dict[str, str]
    head: int
    deprel: str
    chance: float = 1.0
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """Rows in order, row 1 first."""

    name: str
    weight: float
    rows: tuple[Row, ...]
    feats: dict[str, str] = field(default_factory=dict)
    """What the whole has beside what its head has: *X und Y* is plural."""


def read(path: Path) -> Iterator[Template]:
    """The templates of a file.

    Raises:
        ValueError: a line that can't be read, with file and number.
    """
    header: list[str] = []
    rows: list[Row] = []
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), "="], 1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        try:
            if text.startswith("="):
                if header:
                    yield _template(header, rows)
                header, rows = text[1:].split(), []
            else:
                rows.append(_row(_COLUMNS.findall(text), len(rows) + 1))
        except ValueError as error:
            raise ValueError(f"{path}:{number}: {error}") from None


def _template(header: list[str], rows: list[Row]) -> Template:
    name, weight, *feats = header
    if not rows:
        raise ValueError(f"template {name} has no rows")
    if any(row.head > len(rows) for row in rows):
        raise ValueError(f"template {name}: a head that is no row")
    return Template(name, float(weight), tuple(rows), feats_of("|".join(feats)))


def _row(columns: list[str], expected: int) -> Row:
    if len(columns) < _FEWEST:
        raise ValueError(f"{len(columns)} columns, expected {_FEWEST} or more")
    number, form, lemma, upos, feats, head, deprel, *beside = columns
    if number != str(expected):
        raise ValueError(f"row {number}, expected {expected}")
    slot = None
    if form.startswith("<"):
        found = _SLOT.fullmatch(form)
        if not found:
            raise ValueError(f"not a slot: {form}")
        slot = Slot(found[1], found[2], int(found[3]) if found[3] else None)
    chance = next((float(b[1:]) for b in beside if b.startswith("?")), 1.0)
    name = next((b for b in beside if not b.startswith("?")), None)
    return Row(form, slot, lemma, upos, feats_of(feats), int(head), deprel, chance, name)


def feats_of(text: str) -> dict[str, str]:
    """``Case=Nom|Number=Sing`` ─▶ a mapping; ``_`` and nothing are empty."""
    return dict(part.split("=", 1) for part in text.split("|") if part not in ("", "_"))


def feats_text(feats: dict[str, str]) -> str:
    """A mapping ─▶ ``Case=Nom|Number=Sing`` in CoNLL-U's order, ``_`` for nothing."""
    return "|".join(f"{k}={v}" for k, v in sorted(feats.items(), key=lambda f: f[0].lower())) or "_"
