"""The judge: a logistic regression over signs, trained on annotated articles (``kg/training/judge.py``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp

from kg.errors import DataError
from kg.lang import LanguageData
from kg.model import Event

FILE = "judge.tsv"
_OWN = "(threshold "
_Weighed = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights of signs; what is not listed weighs nothing.

    Args:
        bias: the score of an event without any sign.
        threshold: events below this probability are left out …
        thresholds: … or below that of their class, where it has one of its own.
    """

    weights: Mapping[str, float]
    bias: float
    threshold: float
    thresholds: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, data: LanguageData, file: str = FILE) -> Judge:
        """Read a language's ``judge.tsv`` (or a file like it): a sign and its weight a line, ``(bias)``, ``(threshold)`` and
        ``(threshold CLASS)`` among them.

        Raises:
            DataError: a line is not a sign and a number, with file and line.
        """
        weights: dict[str, float] = {}
        for path in data.files(file):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if not line or line.startswith("#"):
                    continue
                sign, _, weight = line.rpartition("\t")
                try:
                    weights[sign] = float(weight)
                except ValueError:
                    raise DataError(
                        f"{path}:{number}: {line!r} is no sign and weight, with a tab between"
                    ) from None
        bias, threshold = weights.pop("(bias)", 0.0), weights.pop("(threshold)", 0.0)
        named = [sign for sign in weights if sign.startswith(_OWN)]
        own = {sign.removeprefix(_OWN).rstrip(")"): weights.pop(sign) for sign in named}
        return cls(weights, bias, threshold, own)

    def believes(self, event: Event) -> bool:
        """Whether a judged event is likely enough to be stated."""
        return event.confidence >= self.thresholds.get(event.kind, self.threshold)

    def probability(self, event: Event) -> float:
        """How likely an event is true of its article, between 0 and 1."""
        return self.likelihood(signs(event))

    def likelihood(self, found: Mapping[str, float]) -> float:
        """The probability by signs and how much each counts."""
        score = self.bias + sum(self.weights.get(sign, 0.0) * share for sign, share in found.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, score))))

    def reasons(self, event: Event) -> dict[str, float]:
        """Sign ─▶ what it adds to the score; of several tellings each counts for its share."""
        counted: dict[str, float] = {}
        for sign, share in signs(event).items():
            if sign in self.weights:
                counted[sign] = self.weights[sign] * share
        return counted

    def strongest(self, event: Event, most: int) -> tuple[_Weighed, _Weighed]:
        """The signs that counted most for an event and those that counted most against it."""
        reasons = sorted(self.reasons(event).items(), key=lambda pair: (-abs(pair[1]), pair[0]))
        speaks_for = tuple((sign, weight) for sign, weight in reasons if weight > 0)
        speaks_against = tuple((sign, weight) for sign, weight in reasons if weight < 0)
        return speaks_for[:most], speaks_against[:most]


def signs(event: Event) -> dict[str, float]:
    """All signs of an event: its own count 1, those of its tellings for their share."""
    found = dict.fromkeys(event.signs, 1.0)
    told = [t.signs for t in event.tellings if t.signs]
    for telling in told:
        for sign in telling:
            found[sign] = found.get(sign, 0.0) + 1 / len(told)
    return found
