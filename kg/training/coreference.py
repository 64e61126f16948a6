"""``python -m kg.training.coreference GOLD TEXTS``: the weights of the choice of antecedents.

GOLD holds annotated articles (one JSON file each, ``parts.json`` names the part *learn*), TEXTS their texts.
Whom a pronoun or description stands for is read from the roles of the event it is told with: whoever fills
a role that the word can fill there, and is not named in the same words. Prints the accuracy by
cross-validation over articles, at several thresholds, and writes ``coreference.toml``.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import lang
from kg.entities import EntityLinker
from kg.entities.coreference.candidates import SUBJECTS
from kg.entities.coreference.choice import Choice, Option, each_once, features
from kg.language.pipeline import Pipeline
from kg.model import Entity, MentionKind, Parse, Token

if TYPE_CHECKING:
    import numpy as np

    from kg.entities.workspace import Workspace

FOLDS = 5
_PENALTY, _STEPS, _RATE = 0.03, 800, 0.5
_EXPECTED = {
    "subject": 1.0,
    "same sentence": 1.0,
    "sentence before": 0.5,
    "farther": -0.5,
    "others between": -0.3,
}
"""The weights before anything is learnt: the subject, and who is near."""
THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7)


@dataclass(frozen=True, slots=True)
class Sample:
    """A word to be resolved: its options' features, and which of them are right (none: it stays open)."""

    article: str
    pronoun: bool
    options: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]


@dataclass(frozen=True)
class Recorder(Choice):
    """Chooses as before and notes what there was to choose from."""

    seen: list[tuple[Token, list[Option], list[Mapping[str, float]]]] = field(default_factory=list)
    works: list[Workspace] = field(default_factory=list)

    def choose(self, work: Workspace, token: Token, options: Sequence[Option]) -> Option | None:
        """The first option, and a note."""
        self.works.append(work)
        once = each_once(options)
        self.seen.append((token, once, [features(work, token, o, once) for o in once]))
        return super().choose(work, token, options)


def samples(gold: Path, texts: Path, choice: Choice, articles: Iterable[str]) -> Iterator[Sample]:
    """What can be learnt from annotated articles."""
    data = lang.load("de")
    pipeline, linker = Pipeline(data, None), EntityLinker(data)
    for name in articles:
        annotation = json.loads((gold / f"{name}.json").read_text("utf-8"))
        text = (texts / f"{name}.txt").read_text("utf-8")
        parse = next(iter(pipeline.parse([text])))
        linker.choice = recorder = Recorder(choice.weights, choice.threshold)
        published = annotation.get("date")
        linker.link(parse, date.fromisoformat(published) if published else None)
        if not recorder.works:
            continue
        wanted = _Wanted(annotation, parse, recorder.works[0])
        for token, options, described in recorder.seen:
            fillers = wanted.fillers(token)
            if fillers and options:
                right = tuple(all(wanted.is_one(k, fillers) for k in o.keys) for o in options)
                if any(right) or token.feat("Poss") != "Yes":
                    yield Sample(name, token.pos in ("PRON", "DET"), tuple(described), right)


class _Wanted:
    """Who fills the roles of an annotated article's events."""

    def __init__(self, annotation: dict[str, Any], parse: Parse, work: Workspace) -> None:
        self._work, self._parse = work, parse
        self._names = {
            e["id"]: {_folded(n) for n in (e["label"], *e.get("aliases", ()))} for e in annotation["entities"]
        }
        self._events = []
        for event in annotation["events"]:
            begin = parse.text.find(event["evidence"])
            self._events.append((begin, begin + len(event["evidence"]), event))

    def fillers(self, token: Token) -> set[str]:
        """Whom a word can stand for by the roles of the shortest evidence around it."""
        around = [(e - b, b, e, event) for b, e, event in self._events if b <= token.begin and token.end <= e]
        if not around:
            return set()
        shortest = min(length for length, *_ in around)
        found: set[str] = set()
        for length, begin, end, event in around:
            if length == shortest:
                # "May will ihr Abkommen": a possessive takes up somebody named in the same words.
                named = set() if token.feat("Poss") == "Yes" else self._named(begin, end)
                found.update(
                    i for r in _roles(token) for i in _many(event.get(r)) if not self._names[i] & named
                )
        return found

    def is_one(self, key: str, fillers: set[str]) -> bool:
        """Whether an entity is one of the annotated ones."""
        names = _entity_names(self._work.entities[key])
        return any(self._names[i] & names for i in fillers)

    def _named(self, begin: int, end: int) -> set[str]:
        return {
            name
            for mention in self._work.mentions
            if mention.kind is MentionKind.NAME and begin <= mention.span.begin < end
            for key in mention.actors
            for name in _entity_names(self._work.entities[key])
        }


def _roles(token: Token) -> tuple[str, ...]:
    """The roles that a word can fill, by its place in the clause."""
    if token.label == "nsubj":
        return ("agent", "participant")
    if token.label in SUBJECTS:
        return ("recipient", "participant")
    if token.feat("Poss") == "Yes":
        return ("agent", "participant", "recipient")
    return ("recipient", "participant")


def _many(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value) if isinstance(value, list) else []


def _entity_names(entity: Entity) -> set[str]:
    return {_folded(n) for n in (entity.label, *entity.aliases)}


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", name).casefold()).strip()


def fit(data: Sequence[Sample]) -> dict[str, float]:
    """Weights of a conditional logit by gradient ascent, near to what is expected."""
    import numpy as np

    names = sorted({n for s in data for f in s.options for n in f} | {"open"})
    column = {n: i for i, n in enumerate(names)}
    tables = [_table(s, column) for s in data]
    expected = np.array([_EXPECTED.get(n, 0.0) for n in names])
    weights = expected.copy()
    for _ in range(_STEPS):
        slope = _PENALTY * (expected - weights)
        for table, right in tables:
            shares = np.exp(table @ weights)
            told = shares * right
            slope += (told / told.sum() - shares / shares.sum()) @ table / len(tables)
        weights += _RATE * slope
    return dict(zip(names, weights.tolist(), strict=True))


def _table(sample: Sample, column: Mapping[str, int]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Options and features as numbers; the last row is nobody."""
    import numpy as np

    table = np.zeros((len(sample.options) + 1, len(column)))
    for i, option in enumerate(sample.options):
        for name, value in option.items():
            table[i, column[name]] = value
    table[-1, column["open"]] = 1.0
    return table, np.array([*sample.right, not any(sample.right)], dtype=float)


@dataclass(frozen=True, slots=True)
class Score:
    """How many words were resolved, rightly, of how many that can be."""

    right: int
    resolved: int
    resolvable: int

    def __str__(self) -> str:
        precision = self.right / self.resolved if self.resolved else 0.0
        recall = self.right / self.resolvable if self.resolvable else 0.0
        return f"precision {precision:.3f}  recall {recall:.3f}  ({self.right} right of {self.resolved}, {self.resolvable} to find)"


def judged(data: Sequence[Sample], weights: Mapping[str, float], threshold: float) -> Score:
    """The score of weights on samples."""
    choice = Choice(weights, threshold)
    right = resolved = 0
    for sample in data:
        shares = choice.shares(sample.options)
        best = max(range(len(shares)), key=shares.__getitem__)
        if shares[best] >= threshold:
            resolved += 1
            right += sample.right[best]
    return Score(right, resolved, sum(any(s.right) for s in data))


def added(scores: Iterable[Score]) -> Score:
    """The sum over folds."""
    scores = list(scores)
    return Score(
        sum(s.right for s in scores), sum(s.resolved for s in scores), sum(s.resolvable for s in scores)
    )


def main() -> None:
    """Collect samples, cross-validate, write the weights."""
    parser = argparse.ArgumentParser(prog="python -m kg.training.coreference", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--threshold", type=float, default=0.4)
    parser.add_argument("--out", type=Path, default=lang.HOME / "de" / "coreference.toml")
    args = parser.parse_args()
    articles = json.loads((args.gold / "parts.json").read_text("utf-8"))["learn"]
    data = list(samples(args.gold, args.texts, Choice.of(lang.load("de")), articles))
    folds = [set(articles[i::FOLDS]) for i in range(FOLDS)]
    fitted = [(fit([s for s in data if s.article not in fold]), fold) for fold in folds]
    for kind, wanted in (("pronouns", True), ("descriptions", False)):
        chosen = [s for s in data if s.pronoun is wanted]
        print(f"{kind}: {len(chosen)} that fill a role")
        nearest = judged(chosen, _NEAREST, 0.0)
        print(f"  closest subject first   {nearest}")
        for threshold in THRESHOLDS:
            score = added(
                judged([s for s in chosen if s.article in fold], weights, threshold)
                for weights, fold in fitted
            )
            print(f"  learnt, at least {threshold:.1f}    {score}")
    args.out.write_text(rendered(fit(data), args.threshold, len(data), len(articles)), "utf-8")


_NEAREST = {
    "same sentence": 9.0, "sentence before": 6.0, "two sentences before": 3.0, "farther": -2.0, "subject": 2.0,
    "others between": -0.1, "open": -20.0,
}  # fmt: skip
"""The order of centering theory, as a measure."""


def rendered(weights: Mapping[str, float], threshold: float, words: int, articles: int) -> str:
    """The weights as a data file."""
    lines = [
        "# Which antecedent a pronoun or description takes up: weights of the features of `kg/entities/coreference/choice.py`.",
        f"# Fitted by `python -m kg.training.coreference` on {words} words that fill a role in {articles} annotated",
        "# articles. The text of the articles is not in here; they are by several publishers (see MODEL.md).",
        'licence = "CC-BY-NC-SA-4.0"',
        "# Nobody is chosen whose probability is below it.",
        f"threshold = {threshold}",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.2f}' for name, weight in sorted(weights.items())),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
