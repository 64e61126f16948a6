"""The meaning of weeks, months, seasons, years, decades and centuries."""

from __future__ import annotations

from datetime import date
from typing import Any

from kg.events.times import values
from kg.events.times.context import Context, Direction, Found
from kg.events.times.values import Meaning, part


def month(found: Found, context: Context) -> Meaning:
    """*im März*, *Ende Juni*, *im vergangenen Dezember*, *Anfang dieses Monats*."""
    bounds = found.get("parts")
    if "months" not in found:
        number = context.day.month + (found.get("which") or 0)
        return part(values.month(context.day.year, number), bounds)
    number, named = found.get("months"), found.year(context)
    if named is not None:
        return part(values.month(named, number), bounds)
    possible = [part(values.month(y, number), bounds) for y in _around(context)]
    return _stepped(possible, found.get("which"), context)


def season(found: Found, context: Context) -> Meaning:
    """*im Sommer 2017*, *im vergangenen Herbst*, *diesen Winter*, *im Winter 2015/16*."""
    first, last, word = found.get("seasons")
    named = found.year(context)
    if named is not None:
        return values.months(f"{named}-{word}", named, first, last)
    possible = [values.months(f"{y}-{word}", y, first, last) for y in _around(context)]
    return _stepped(possible, found.get("which"), context)


def _around(context: Context) -> list[int]:
    return context.years(2)


def _stepped(possible: list[Meaning], step: int | None, context: Context) -> Meaning:
    """The one that is meant: the last, the next, this year's, or the likeliest."""
    if step == 0:
        return next(p for p in possible if p.first and p.first.year == context.day.year)
    if step is not None and step < 0:
        return [p for p in possible if p.last and p.last < context.day][step]
    if step is not None:
        return [p for p in possible if p.first and p.first > context.day][step - 1]
    return context.nearest(possible)


def year(found: Found, context: Context) -> Meaning:
    """*2013*, *1925/26*, *Anfang 2013*, *Ende vergangenen Jahres*, *im Vorjahr*, *das ganze Jahr*."""
    bounds = found.get("parts")
    named = found.year(context)
    if named is None:
        named = context.day.year + (found.get("which") or 0)
    if (short := found.get("count")) is not None:
        last = int(short) if short > 999 else named - named % 100 + int(short)
        if named < last < named + 40:
            return values.year(named, last)
    return part(values.year(named), bounds)


def decade(found: Found, context: Context) -> Meaning:
    """*in den 1990er Jahren*, *Ende der 90er*, *die siebziger Jahre*; *die Zwanziger* may be of either century."""
    number = found.get("decade", "decade_words")
    if number < 100 and number in (10, 20, 30) and context.day.year >= 2000 + number:
        return Meaning("")
    first = number if number > 99 else number + (2000 if number < 20 else 1900)
    return part(values.decade(first), found.get("parts"))


def century(found: Found, _: Context) -> Meaning:
    """*im 19. Jahrhundert*, *Anfang des zwanzigsten Jahrhunderts*."""
    return part(values.century(found.get("day", "ordinal")), found.get("parts"))


def quarter(found: Found, context: Context) -> Meaning:
    """*im ersten Quartal*, *im 3. Quartal 2015*."""
    number, named = found.get("day", "ordinal"), found.year(context)
    if not 1 <= number <= 4:
        return Meaning("")
    if named is not None:
        return values.quarter(named, number)
    return context.nearest(values.quarter(y, number) for y in _around(context))


def half(found: Found, context: Context) -> Meaning:
    """*im ersten Halbjahr 2015*, *in der zweiten Jahreshälfte*, *die zweite Septemberhälfte*."""
    number, named = found.get("ordinal", "day"), found.year(context)
    if number not in (1, 2):
        return Meaning("")
    if "months" in found:
        months = [
            _half_month(y, found.get("months"), number) for y in ([named] if named else _around(context))
        ]
        return months[0] if named else context.nearest(months)
    if found.get("halves") != "Y" and named is None:
        return Meaning("")
    if named is not None:
        return values.half_year(named, number)
    return context.nearest(values.half_year(y, number) for y in _around(context))


def _half_month(year: int, month: int, number: int) -> Meaning:
    whole = values.month(year, month)
    assert whole.first and whole.last
    first, last = (1, 15) if number == 1 else (16, whole.last.day)
    return Meaning(whole.value, whole.first.replace(day=first), whole.first.replace(day=last))


def unit(found: Found, context: Context) -> Meaning:
    """*in der vergangenen Woche*, *nächstes Jahr*, *dieser Monat*, *am nächsten Tag* (from one told before)."""
    step, of = found.get("which"), found.get("units")
    if of == "D":
        return Meaning("") if step < 0 else _told_day(step, context)
    return _stepped_unit(of, context.day, step)


def _told_day(step: int, context: Context) -> Meaning:
    if context.told is None or context.told.first is None:
        return Meaning("")
    return values.day(date.fromordinal(context.told.first.toordinal() + step))


def _stepped_unit(of: str, day: date, step: int) -> Meaning:
    """The unit of a day, or one before or after it."""
    match of:
        case "W":
            return values.week(day, step)
        case "WE":
            return values.weekend(day, step)
        case "M":
            return values.month(day.year, day.month + step)
        case "Q":
            return values.quarter(day.year, (day.month - 1) // 3 + 1 + step)
        case "Y":
            return values.year(day.year + step)
        case "DE":
            return values.decade(day.year - day.year % 10 + 10 * step)
        case "CE":
            return values.century(day.year // 100 + 1 + step)
    return Meaning("")


def weekend(_: Found, context: Context) -> Meaning:
    """*am Wochenende*: the last, on a Saturday or Sunday this one; ahead of one's time the next."""
    ahead = context.direction in (Direction.AHEAD, Direction.PRESENT)
    return values.weekend(context.day, 0 if ahead or context.day.weekday() > 4 else -1)


def week(found: Found, context: Context) -> Meaning:
    """*in der Vorwoche*, *Anfang der Woche*, *die Woche vom 5. Mai*."""
    if "months" in found:
        from kg.events.times.days import day

        if found.get("units") != "W":
            return Meaning("")
        begin = day(found, context).first
        assert begin is not None
        return values.week(begin)
    return part(values.week(context.day, found.get("which", "week_words") or 0), found.get("parts"))


def calendar_week(found: Found, context: Context) -> Meaning:
    """*KW 14*, *in der 14. Kalenderwoche 2015*."""
    number, named = found.get("count", "day"), found.year(context)
    return values.week(date.fromisocalendar(named if named is not None else context.day.year, number, 1))


def edge(found: Found, context: Context) -> Meaning:
    """*zum Jahresende*, *zu Monatsbeginn*, *Jahresende 2015*."""
    of, word = found.get("edges")
    named = found.year(context)
    if of == "Y" and named is not None:
        whole = values.year(named)
    elif of == "Y" and word["mod"] == "END" and context.direction is not Direction.PRESENT:
        return context.nearest(part(values.year(y), word) for y in _around(context))
    else:
        whole = _stepped_unit(of, context.day, 0)
    return part(whole, word)


def with_parts(edges: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    """The words for an edge with what their part stands for."""
    return {word: (unit, parts[name]) for word, (unit, name) in edges.items()}
