"""All triggers of a language, by lemma."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.errors import DataError
from kg.events.lexicon.notation import Notation, lines_of
from kg.events.lexicon.trigger import Trigger
from kg.lang import LanguageData

FIRST_PART = 4
"""Letters that the first part of a compound has at least: *Luftangriff*, but *Ausdruck* is no kind of *Druck*."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The triggers of a language; of several that fit, the first in `Trigger.rank` order counts.

    Args:
        ends: triggers of compounds by their end, the longest first.
        no_event: predicates that were decided to tell no event.
    """

    verbs: Mapping[str, tuple[Trigger, ...]]
    nouns: Mapping[str, tuple[Trigger, ...]]
    ends: tuple[tuple[str, tuple[Trigger, ...]], ...]
    no_event: frozenset[str]
    _found: dict[str, tuple[Trigger, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, data: LanguageData) -> Lexicon:
        """Read a language's ``lexicon/``; a user's line wins, ``-id`` alone on a line removes one of ours.

        Raises:
            DataError: a line is not understood, an id stands twice in a layer; with file and line.
        """
        notation = Notation.of(data)
        triggers: dict[str, Trigger] = {}
        for layer, folder in enumerate(data.layers):
            seen: set[str] = set()
            if old := next(iter(sorted(folder.glob("frames/*.toml"))), None):
                raise DataError(
                    f"{old}: verbs and nouns now stand in lexicon/*.txt, a line each; see docs/lexicon.md"
                )
            for path in sorted(folder.glob("lexicon/*.txt")):
                if path.name.startswith(("classes", "no-event")):
                    continue
                for number, line in lines_of(path):
                    where = f"{path.name}:{number}"
                    if line.startswith("-") and "|" not in line:
                        if triggers.pop(line[1:].strip(), None) is None:
                            raise DataError(f"{where}: there is no line {line[1:].strip()!r} to remove")
                        continue
                    trigger = notation.trigger(line, where, layer)
                    if trigger.id in seen:
                        raise DataError(f"{where}: the id {trigger.id!r} stands twice")
                    seen.add(trigger.id)
                    triggers[trigger.id] = trigger
        decided = frozenset(w for p in data.files("lexicon/no-event*.txt") for _, w in lines_of(p))
        return cls(*_indexed(list(triggers.values())), decided)

    def is_event_noun(self, lemma: str) -> bool:
        """Whether a noun can be a nominal predicate."""
        return bool(self.for_noun(lemma))

    def is_decided(self, lemma: str, *, nominal: bool) -> bool:
        """Whether the lexicon says anything of a predicate, be it that it tells no event.

        A compound tells no event where its last part tells none (*Stadtverwaltung*). The longest one that is known
        counts: *Massenverhaftung* is a *Verhaftung*, of which there is a line, and no *Haftung*.
        """
        if lemma in self.no_event or (self.for_noun(lemma) if nominal else self.for_verb(lemma)):
            return True
        word = lemma.rpartition("-")[2]
        starts = range(0 if word != lemma else FIRST_PART, len(word))
        parts = (word[i:].capitalize() for i in starts) if nominal else ()
        known = next((p for p in parts if p in self.no_event or p in self.nouns), "")
        return known in self.no_event

    def for_verb(self, lemma: str) -> tuple[Trigger, ...]:
        """The triggers of a verb, in order of rank."""
        return self.verbs.get(lemma, ())

    def for_noun(self, lemma: str) -> tuple[Trigger, ...]:
        """The triggers of a noun; of a compound by its last part."""
        known = self._found.get(lemma)
        if known is None:
            known = self._found[lemma] = self._of_noun(lemma)
        return known

    def _of_noun(self, lemma: str) -> tuple[Trigger, ...]:
        if lemma in self.nouns or lemma in self.no_event:
            return self.nouns.get(lemma, ())
        last = lemma.rpartition("-")[2]
        if last != lemma and last in self.nouns:
            return self.nouns[last]
        return next((ts for end, ts in self.ends if lemma.endswith(end) and len(lemma) > len(end)), ())

    def triggers(self) -> Iterator[Trigger]:
        """Every trigger, verbs before nouns."""
        for found in (*self.verbs.values(), *self.nouns.values(), *(ts for _, ts in self.ends)):
            yield from found


_Table = dict[str, tuple[Trigger, ...]]


def _indexed(
    triggers: Sequence[Trigger],
) -> tuple[_Table, _Table, tuple[tuple[str, tuple[Trigger, ...]], ...]]:
    verbs, nouns, ends = defaultdict(list), defaultdict(list), defaultdict(list)
    for trigger in sorted(triggers, key=lambda t: t.rank):
        if not trigger.nominal:
            verbs[trigger.lemma].append(trigger)
        elif trigger.lemma.startswith("*"):
            ends[trigger.lemma[1:]].append(trigger)
        else:
            nouns[trigger.lemma].append(trigger)
    by_end = sorted(ends.items(), key=lambda pair: -len(pair[0]))
    return (
        {k: tuple(v) for k, v in verbs.items()},
        {k: tuple(v) for k, v in nouns.items()},
        tuple((end, tuple(ts)) for end, ts in by_end),
    )
