"""What times mean: the first and the last day, and the value and modifier of TIMEX3 (Pustejovsky et al. 2003)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Meaning:
    """A time that is understood: days where they are known, else only what kind of time it is.

    ``type`` is TIMEX3's DATE, TIME, DURATION or SET; ``mod`` its START, MID, END, APPROX …
    """

    value: str
    first: date | None = None
    last: date | None = None
    type: str = "DATE"
    mod: str = ""
    of: tuple[date, date] | None = None
    """The first and last day of that whose part it is: of June, for *Ende Juni*."""

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first is not None and self.first == self.last


def day(when: date, part: str | None = None) -> Meaning:
    """A day, or a part of it: *Dienstagabend* is ``2018-05-08TEV``."""
    if part:
        return Meaning(f"{when}T{part}", when, when, "TIME")
    return Meaning(when.isoformat(), when, when)


def week(of: date, step: int = 0) -> Meaning:
    """The week of a day (or so many after it); weeks begin on Monday (ISO 8601)."""
    monday = of - timedelta(of.weekday()) + timedelta(weeks=step)
    year, number, _ = monday.isocalendar()
    return Meaning(f"{year}-W{number:02}", monday, monday + timedelta(6))


def weekend(of: date, step: int = 0) -> Meaning:
    """Saturday and Sunday of the week of a day."""
    whole = week(of, step)
    assert whole.last is not None
    return Meaning(f"{whole.value}-WE", whole.last - timedelta(1), whole.last)


def month(year: int, number: int) -> Meaning:
    """A month; 13 is January of the next year, 0 December of the last."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    last = calendar.monthrange(year, number)[1]
    return Meaning(f"{year:04}-{number:02}", date(year, number, 1), date(year, number, last))


def months(value: str, year: int, first: int, last: int) -> Meaning:
    """Several months; where the last is before the first, it is in the next year (winter)."""
    begin, end = month(year, first), month(year + (last < first), last)
    return Meaning(value, begin.first, end.last)


def year(number: int, last: int | None = None) -> Meaning:
    """A year, or several: 1925/26."""
    value = f"{number:04}" if last is None else f"{number:04}/{last:04}"
    return Meaning(value, date(number, 1, 1), date(last or number, 12, 31))


def quarter(of: int, number: int) -> Meaning:
    """A quarter of a year; 5 is the first of the next year."""
    of, number = of + (number - 1) // 4, (number - 1) % 4 + 1
    return months(f"{of:04}-Q{number}", of, 3 * number - 2, 3 * number)


def half_year(of: int, number: int) -> Meaning:
    """A half of a year."""
    return months(f"{of:04}-H{number}", of, 6 * number - 5, 6 * number)


def decade(first: int) -> Meaning:
    """Ten years: 1990 is ``199``."""
    return Meaning(f"{first // 10:03}", date(first, 1, 1), date(first + 9, 12, 31))


def century(number: int) -> Meaning:
    """A hundred years, as they are spoken of: the 20th is 1900 to 1999."""
    first = 100 * (number - 1)
    return Meaning(f"{number - 1:02}", date(max(first, 1), 1, 1), date(first + 99, 12, 31))


def part(of: Meaning, bounds: dict[str, Any] | None) -> Meaning:
    """The beginning, middle or end of a time, by its length: *Ende Juni*, *Anfang 2013*, *Mitte der 90er*.

    >>> part(month(2018, 6), {"mod": "END", "days": [21, 31]}).first
    datetime.date(2018, 6, 21)
    """
    if not bounds or of.first is None or of.last is None:
        return of
    first, last = of.first, of.last
    length = (last - first).days + 1
    if length == 7:
        low, high = bounds["week"]
        cut = (first + timedelta(low - 1), first + timedelta(high - 1))
    elif length < 32:
        low, high = bounds["days"]
        cut = (first.replace(day=low), first.replace(day=min(high, length)))
    elif length < 367:
        low, high = bounds["months"]
        end = month(first.year, high).last
        cut = (first.replace(month=low), end or last)
    else:
        low, high = bounds["century" if length > 10_000 else "decade"]
        cut = (date(first.year + low, 1, 1), date(min(first.year + high, last.year), 12, 31))
    return replace(of, first=cut[0], last=cut[1], mod=bounds["mod"], of=(first, last))


def whole(meaning: Meaning) -> Meaning:
    """A time without the bounds of its modifier: all of June for *Ende Juni*."""
    return replace(meaning, first=meaning.of[0], last=meaning.of[1]) if meaning.of else meaning
