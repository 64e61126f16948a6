"""What people and programs write for a day ─▶ date; what can be read in two ways is not read."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from kg.documents.vocabulary import vocabulary

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T\s]?\d{4,6}Z?)?$")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})(?!\d)")
_SLASHES = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")
_DAY_MONTH_YEAR = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[.,]?[\s-]*([^\W\d]{3,})\.?,?[\s-]*(\d{4})(?!\d)"
)
_MONTH_DAY_YEAR = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_WEEKDAY_MONTH_DAY = re.compile(r"([^\W\d]{3,})\s+(\d{1,2})\s+[\d:]+\s+(?:[A-Z+\d:-]+\s+)?(\d{4})(?!\d)")
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?$")
_YEARS = range(1400, 2200)


def read_date(value: object) -> dt.date | None:
    """A day, or None if it is none, or could be several.

    >>> [str(read_date(v)) for v in ("2018-05-08T23:10:00Z", "8. Mai 2018", "Tue, 08 May 2018 10:00:00 GMT", "08.05.2018", 1525737600)]
    ['2018-05-08', '2018-05-08', '2018-05-08', '2018-05-08', '2018-05-08']
    >>> read_date("05/08/2018"), str(read_date("05/28/2018"))
    (None, '2018-05-28')
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()[:200]
    if m := _ISO.search(text):
        return _day(m[1], m[2], m[3])
    if m := _COMPACT.match(text):
        return _day(m[1], m[2], m[3])
    if m := _EPOCH.match(text):
        return dt.datetime.fromtimestamp(int(m[1]), dt.UTC).date()
    if m := _DAY_FIRST.search(text):
        return _day(m[3], m[2], m[1])
    for m in _DAY_MONTH_YEAR.finditer(text):
        if month := _months().get(m[2].casefold()):
            return _day(m[3], month, m[1])
    for pattern in (_MONTH_DAY_YEAR, _WEEKDAY_MONTH_DAY):
        for m in pattern.finditer(text):
            if month := _months().get(m[1].casefold()):
                return _day(m[3], month, m[2])
    if m := _SLASHES.search(text):
        one, other = int(m[1]), int(m[2])
        if one > 12 or one == other:
            return _day(m[3], other, one)
        return _day(m[3], one, other) if other > 12 else None
    return None


def _day(year: str, month: str | int, day: str | int) -> dt.date | None:
    try:
        found = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year in _YEARS else None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {name: n for n, names in enumerate(vocabulary()["months"]["names"], 1) for name in names}
