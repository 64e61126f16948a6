"""What a time is told against: the day of publication, the tense, what is told before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from kg.events.times.values import Meaning


class Direction(StrEnum):
    """Whether the words around a time tell of what was, is (or will be), or will be.

    ``LIKELY_PAST`` is concluded from single words, the others from a clause that is understood.
    """

    PAST = "past"
    LIKELY_PAST = "likely past"
    PRESENT = "present"
    AHEAD = "ahead"
    UNKNOWN = ""


_NEVER = 10_000
# How much nearer a time must be on the side that is less likely: *im Juni* in a text of May without a verb is next month.
_WEIGHTS = {
    Direction.PAST: (1, _NEVER),
    Direction.LIKELY_PAST: (1, 8),
    Direction.PRESENT: (2, 1),
    Direction.AHEAD: (12, 1),
    Direction.UNKNOWN: (1, 2),
}


@dataclass(frozen=True, slots=True)
class Context:
    """Where a time is told.

    ``told`` is the last day before it, ``told_time`` the last time of any length, ``told_year`` one with its year
    in the same sentence: *1943 … am 8. September*. ``named`` has the weekdays that were told with their date, which
    they stand for again where the day of publication is not known.
    """

    published: date | None
    direction: Direction = Direction.UNKNOWN
    told: Meaning | None = None
    told_time: Meaning | None = None
    told_year: Meaning | None = None
    named: Mapping[int, date] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day of publication.

        Raises:
            LookupError: it is not known, so that what counts from it has no date.
        """
        if self.published is None:
            raise LookupError("no day of publication")
        return self.published

    def years(self, reach: int) -> list[int]:
        """The years that words without one may stand for: around publication, and one told before."""
        around = list(range(self.day.year - reach, self.day.year + reach + 1))
        told = self.told_year.first.year if self.told_year and self.told_year.first else around[0]
        return around if told in around else [told, *around]

    def nearest(self, candidates: Iterable[Meaning]) -> Meaning:
        """The likeliest of the times that words without a year may stand for.

        Behind or ahead of the day of publication by the tense, and the nearer the likelier.
        """
        behind, ahead = _WEIGHTS[self.direction]
        candidates = list(candidates)
        if self.told_year and self.told_year.first and self.told_year.first.year < self.day.year - 1:
            told = [c for c in candidates if c.first and c.first.year == self.told_year.first.year]
            candidates = told or candidates

        def distance(time: Meaning) -> int:
            assert time.first is not None and time.last is not None
            if time.first > self.day:
                return ahead * (time.first - self.day).days
            return behind * max(0, (self.day - time.last).days)

        return min(candidates, key=distance)


@dataclass(frozen=True, slots=True)
class Found:
    """The words of a form that were matched, by their class."""

    values: Mapping[str, Any]

    def get(self, *names: str) -> Any:
        """The value of the first of these classes that was matched."""
        return next((self.values[n] for n in names if n in self.values), None)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def year(self, context: Context) -> int | None:
        """The year that is named: *2018*, *98*, *des vergangenen Jahres*, *des Vorjahres*."""
        if (number := self.get("year")) is not None:
            return int(number)
        if (short := self.get("short_year")) is not None:
            return int(short) + (1900 if short > 60 else 2000)
        step = self.get("which_year", "year_words")
        return None if step is None else context.day.year + int(step)
