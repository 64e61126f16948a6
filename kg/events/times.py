"""Time expressions ─▶ dates or bounds, relative to the day of publication.

No false precision: what cannot be dated keeps its words only. Weeks begin on Monday (ISO 8601).
The cases follow TIMEX3 (Pustejovsky et al. 2003): dates, bounds by granularity, and durations.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kg.errors import DataError
from kg.lang import LanguageData
from kg.model import Span, Time


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in a text, with its place."""

    span: Span
    time: Time


class TimeReader:
    """Finds and resolves the time expressions of a language."""

    def __init__(self, data: LanguageData) -> None:
        """Compile the patterns of ``time.toml``.

        Raises:
            DataError: a pattern is no regular expression.
        """
        content = data.toml("time.toml")
        self._months: Mapping[str, int] = content["months"]
        self._weekdays: Mapping[str, int] = content["weekdays"]
        self._seasons: Mapping[str, list[int]] = content["seasons"]
        self._parts: Mapping[str, Mapping[str, list[int]]] = content["parts"]
        self._days: Mapping[str, int] = content["days"]
        self._numbers: Mapping[str, int] = content["numbers"]
        self._ago = str(content["direction"]["ago"])
        self._back = tuple(content["direction"]["back"])
        self._ahead = tuple(content["direction"]["ahead"])
        words = {
            "{month}": "|".join(self._months),
            "{weekday}": "|".join(self._weekdays),
            "{season}": "|".join(self._seasons),
            "{number}": "|".join(self._numbers),
        }
        self._patterns: list[tuple[str, re.Pattern[str]]] = []
        for name, pattern in content["patterns"].items():
            for mark, alternatives in words.items():
                pattern = pattern.replace(mark, alternatives)
            try:
                self._patterns.append((name, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)))
            except re.error as error:
                raise DataError(f"time.toml: pattern {name}: {error}") from None

    def find(self, text: str, published: date | None, ahead: bool = False) -> list[TimeExpression]:
        """All time expressions of a text, in order, none inside another.

        Args:
            published: the day that *am Mittwoch* and *im März* count from.
            ahead: take undated expressions as lying ahead of that day, not behind.
        """
        found: list[TimeExpression] = []
        for match in self._matches(text):
            found.append(TimeExpression(Span(*match[1].span()), self._resolve(match[1], published, ahead)))
        return sorted(found, key=lambda e: e.span)

    def resolve(self, expression: TimeExpression, published: date | None, ahead: bool) -> Time:
        """The same words, understood as lying behind or ahead of the day of publication."""
        for _, match in self._matches(expression.time.text):
            return self._resolve(match, published, ahead)
        return expression.time

    def _matches(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        taken: list[Span] = []  # in order; none overlaps another
        for name, pattern in self._patterns:
            for match in pattern.finditer(text):
                span = Span(*match.span())
                place = bisect_left(taken, span)
                if not any(span.overlaps(t) for t in taken[max(place - 1, 0) : place + 1]):
                    taken.insert(place, span)
                    yield name, match

    def _resolve(self, match: re.Match[str], published: date | None, ahead: bool) -> Time:
        text = match.group(0)
        found = {k: v for k, v in match.groupdict().items() if v}
        year = int(found["year"]) if "year" in found else None
        ahead = self._direction(found.get("which", ""), ahead)
        try:
            return self._dated(text, found, year, published, ahead)
        except (ValueError, KeyError, OverflowError):  # 31. Februar, JUNI, vor 9000 Jahren
            return Time(text)

    def _direction(self, which: str, ahead: bool) -> bool:
        which = which.lower()
        if which.startswith(self._back):
            return False
        return True if which.startswith(self._ahead) else ahead

    def _dated(
        self, text: str, found: Mapping[str, Any], year: int | None, published: date | None, ahead: bool
    ) -> Time:
        if "days" in found and published:
            return self._counted(text, found, published)
        if "first" in found:
            month = self._months[found["month"]]
            year = year or _nearest_year(month, int(found["first"]), published, ahead)
            if not year:
                return Time(text)
            return Time(
                text, None, date(year, month, int(found["first"])), date(year, month, int(found["last"]))
            )
        if "day" in found:
            month = self._months[found["month"]] if "month" in found else int(found["number"])
            day = int(found["day"])
            year = year or _nearest_year(month, day, published, ahead)
            return Time(text, date(year, month, day)) if year else Time(text)
        if "month" in found:
            return self._in_month(text, found, year, published, ahead)
        if "season" in found:
            first, last = self._seasons[found["season"]]
            year = year or _nearest_year(first, 1, published, ahead)
            if not year:
                return Time(text)
            end = year + 1 if last < first else year
            return Time(text, None, date(year, first, 1), _month_end(end, last))
        if "weekday" in found and published:
            back = (published.weekday() - self._weekdays[found["weekday"]]) % 7
            return Time(text, published + timedelta(7 - back if ahead and back else -back))
        if "adverb" in found and published:
            return Time(text, published + timedelta(self._days[found["adverb"]]))
        if "unit" in found and published:
            return _unit(
                text, found["unit"], _step(found["which"].lower(), self._back, self._ahead), published
            )
        if "which" in found and published and "unit" not in found and "weekday" not in found:
            return Time(text, None, date(published.year - 1, 1, 1), date(published.year - 1, 12, 31))
        if year and "part" in found:
            first, last = self._parts[found["part"]]["months"]
            return Time(text, None, date(year, first, 1), _month_end(year, last))
        if year and "since" in found:
            return Time(text, None, date(year, 1, 1))
        if year:
            return Time(text, None, date(year, 1, 1), date(year, 12, 31))
        return Time(text)

    def _counted(self, text: str, found: Mapping[str, Any], published: date) -> Time:
        """*vor zwei Tagen*, *in drei Tagen*: exact in days, else only the words."""
        number = self._numbers.get(found["days"].lower()) or int(found["days"])
        step = -number if found["side"].lower() == self._ago else number
        return Time(text, published + timedelta(step))

    def _in_month(
        self, text: str, found: Mapping[str, Any], year: int | None, published: date | None, ahead: bool
    ) -> Time:
        month = self._months[found["month"]]
        year = year or _nearest_year(month, 1, published, ahead)
        if not year:
            return Time(text)
        first, last = 1, calendar.monthrange(year, month)[1]
        if "part" in found:
            low, high = self._parts[found["part"]]["days"]
            first, last = low, min(high, last)
        return Time(text, None, date(year, month, first), date(year, month, last))


def _nearest_year(month: int, day: int, published: date | None, ahead: bool) -> int | None:
    """The year in which a day without one lies: the last before publication, or the next after."""
    if published is None:
        return None
    day = min(day, 28)
    if ahead:
        return published.year + (date(published.year, month, day) < published.replace(day=1))
    return published.year - (date(published.year, month, day) > published)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _step(which: str, back: tuple[str, ...], ahead: tuple[str, ...]) -> int:
    if which.startswith(back):
        return -1
    return 1 if which.startswith(ahead) else 0


def _unit(text: str, unit: str, step: int, published: date) -> Time:
    """The week, weekend, month or year before, of, or after publication."""
    monday = published - timedelta(published.weekday()) + timedelta(7 * step)
    if unit == "Woche":
        return Time(text, None, monday, monday + timedelta(6))
    if unit == "Wochenende":
        return Time(text, None, monday + timedelta(5), monday + timedelta(6))
    if unit == "Monat":
        number = published.year * 12 + published.month - 1 + step
        year, month = divmod(number, 12)
        return Time(text, None, date(year, month + 1, 1), _month_end(year, month + 1))
    year = published.year + step
    return Time(text, None, date(year, 1, 1), date(year, 12, 31))
