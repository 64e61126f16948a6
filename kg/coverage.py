"""``kg coverage``: which predicates of a user's own articles the lexicon has not decided yet.

Their share tells how much of a text is read at all; the most frequent ones that have actors as arguments
come with a line for ``--data`` that only wants its class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kg import lang
from kg.events.extract import Reading
from kg.events.lexicon import Lexicon
from kg.events.lexicon.predicates import Predicates
from kg.language.nominal import nominal_complements
from kg.model import Clause, Document, Token
from kg.pipeline import Understanding
from kg.report import Options, read_options
from kg.store import open_store, select

CLASS = "CLASS"
"""Stands where the user is to say what a predicate means."""
_DOCUMENTS = """
SELECT ?id ?text ?issued WHERE {
  ?doc a dip:Document ; dct:identifier ?id ; nif:isString ?text . OPTIONAL { ?doc dct:issued ?issued }
} ORDER BY ?id
"""
_SLOTS = {"accusative": "object", "adverbial": "", "predicative": "", "clause": ""}
"""Slots as the lexicon writes them; empty: none that a role is looked for in."""
_LONGEST_EXAMPLE = 200


@dataclass(frozen=True, slots=True)
class Share:
    """How many tokens of how many are of a decided predicate."""

    decided: int = 0
    total: int = 0

    def with_one(self, decided: bool) -> Share:
        """One token more."""
        return Share(self.decided + decided, self.total + 1)

    def __str__(self) -> str:
        percent = f"{100 * self.decided / self.total:.1f} %" if self.total else "–"
        return f"{percent} ({self.decided} of {self.total})"


@dataclass(slots=True)
class Undecided:
    """A predicate of which the lexicon says nothing, with how often and how it occurs with actors.

    ``slots`` counts where the actors stand: *subject*, *gegen*.
    """

    lemma: str
    nominal: bool
    count: int = 0
    example: str = ""
    reflexive: int = 0
    slots: Counter[str] = field(default_factory=Counter)

    @property
    def line(self) -> str:
        """A line of the lexicon that wants only its class (or goes into ``no-event.txt`` by its lemma)."""
        agents = ("possessive", "genitive", "durch", "von") if self.nominal else ("subject",)
        agent = next((s for s in agents if s in self.slots), "-")
        other = next((s for s, _ in self.slots.most_common() if s not in agents), "")
        roles = f"{agent} > {other}".removesuffix(" > ") if other else agent
        reflexive = "sich " if self.reflexive * 2 > self.count else ""
        number = "n1" if self.nominal else "1"
        example = self.example.replace("|", "/")
        return f"{self.lemma}.{number} | {reflexive}{self.lemma} |  | {CLASS} | {roles} |  | {example}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of some texts is decided, and what is not, the most frequent first."""

    verbs: Share
    nouns: Share
    undecided: tuple[Undecided, ...]


def coverage(out: Path, data: Iterable[Path] = ()) -> Coverage:
    """Count the predicates of a built folder's articles.

    Args:
        data: folders of the user's own lines beside those that the build had.
    """
    options = read_options(out)
    options = replace(options, data=(*options.data, *(d for d in data if d not in options.data)))
    reader = Understanding(lang.load(options.language, options.data), options.model)
    readings = (reader.steps(document)[0] for document in _documents(out, options))
    return count(readings, reader.lexicon, Predicates.of(reader.data))


def count(readings: Iterable[Reading], lexicon: Lexicon, predicates: Predicates) -> Coverage:
    """Count the predicates of some texts that have been read."""
    shares = {False: Share(), True: Share()}
    found: dict[tuple[str, bool], Undecided] = {}
    for reading in readings:
        clauses = {c.head: c for c in reading.clauses if not c.nominal}
        for token, nominal in predicates.of_text(reading.discourse):
            clause = clauses.get(token.index)
            lemma = _lemma(token, clause)
            decided = lexicon.is_decided(lemma, nominal=nominal)
            shares[nominal] = shares[nominal].with_one(decided)
            slots = () if decided else tuple(_actors(reading, token, clause, predicates.genitives))
            if slots:
                _add(found.setdefault((lemma, nominal), Undecided(lemma, nominal)), reading, token, slots)
    undecided = sorted(found.values(), key=lambda u: (-u.count, u.lemma))
    return Coverage(shares[False], shares[True], tuple(undecided))


def _lemma(token: Token, clause: Clause | None) -> str:
    """A predicate as the lexicon would find it: *sagte weiter* is *sagen*."""
    return clause.predicate if clause and token.lemma.endswith(clause.predicate) else token.lemma


def _add(entry: Undecided, reading: Reading, token: Token, slots: tuple[str, ...]) -> None:
    """One more occurrence; the shortest sentence is the example."""
    entry.count += 1
    entry.slots.update(s for s in slots if s)
    entry.reflexive += any(c.head == token.index and c.reflexive for c in reading.clauses)
    sentence = reading.parse.sentences[token.sentence]
    text = " ".join(reading.parse.text[sentence.begin : sentence.end].split())
    if not entry.example or len(text) < len(entry.example):
        entry.example = text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE]}…"


def _actors(
    reading: Reading, token: Token, clause: Clause | None, genitives: tuple[str, ...]
) -> Iterator[str]:
    """The slots of a predicate in which actors stand."""
    found = clause.complements if clause else nominal_complements(reading.parse, token, genitives)
    for complement in found:
        if reading.referents.actors(complement.head) or (
            complement.slot == "adjective" and reading.referents.own_modifier(complement.head)
        ):
            yield _SLOTS.get(complement.slot, complement.slot)


def _documents(out: Path, options: Options) -> Iterator[Document]:
    for row in select(open_store(out), _DOCUMENTS):
        issued = date.fromisoformat(row["issued"].value) if row["issued"] else None
        yield Document(row["id"].value, row["text"].value, published=issued, language=options.language)
