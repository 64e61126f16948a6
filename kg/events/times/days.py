"""The meaning of days: dates, weekdays, *gestern*, nights, feasts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from dateutil.easter import easter

from kg.events.times import values
from kg.events.times.context import Context, Direction, Found
from kg.events.times.values import Meaning


def day(found: Found, context: Context) -> Meaning:
    """*3. März 2018*, *Donnerstag, 25. Februar* (the weekday tells the year), *7.6.23*, *2018-05-08*."""
    if iso := found.get("iso"):
        return values.day(date.fromisoformat(iso))
    month = found.get("months", "short_months", "month_number")
    return _in_year(found, context, month, found.get("day", "ordinal"))


def first_of_days(found: Found, context: Context) -> Meaning:
    """The first of *vom 14. bis 16. Mai*."""
    return _in_year(found, context, found.get("months", "month_number"), found.get("day_first"))


def second_of_days(found: Found, context: Context) -> Meaning:
    """The second of *am 3., 5. und 8. Mai*."""
    return _in_year(found, context, found.get("months"), found.get("day_second"))


def _in_year(found: Found, context: Context, month: int, number: int) -> Meaning:
    part = found.get("day_parts", "early")
    named = found.year(context)
    if named is not None:
        return values.day(date(named, month, number), part)
    possible = []
    for year in context.years(1):
        try:
            possible.append(values.day(date(year, month, number), part))
        except ValueError:  # 29 February
            continue
    if not possible:
        raise ValueError(f"no such day: {number}.{month}.")
    weekday = found.get("weekdays")
    fitting = [d for d in possible if d.first and d.first.weekday() == weekday]
    return context.nearest(fitting or possible)


def weekday(found: Found, context: Context) -> Meaning:
    """*am Mittwoch*, *vergangenen Montag*, *am gestrigen Dienstag*, *Mittwoch vergangener Woche*."""
    part = found.get("day_parts", "early")
    number = found.get("weekdays")
    if (step := found.get("day_adjectives")) is not None:
        return values.day(context.day + timedelta(step), part)
    if context.published is None and number in context.named and not found.get("which"):
        return values.day(context.named[number], part)
    today = context.day
    monday = today - timedelta(today.weekday())
    if "units" in found or "week_words" in found or "=Woche" in found:
        step = found.get("week_words", "which") or 0
        return values.day(monday + timedelta(7 * step + number), part)
    step = found.get("which")
    if step == 0 or found.get("=diesem"):
        return values.day(monday + timedelta(number), part)
    behind = (today.weekday() - number) % 7
    if step is not None and step < 0:
        return values.day(today - timedelta((behind or 7) + 7 * (-step - 1)), part)
    if step is not None:
        return values.day(today + timedelta(7 - behind + 7 * (step - 1)), part)
    ahead = context.direction in (Direction.AHEAD, Direction.PRESENT)
    return values.day(today + timedelta(7 - behind if ahead and behind else -behind), part)


def day_word(found: Found, context: Context) -> Meaning:
    """*gestern*, *heute Abend*, *des morgigen Tages*."""
    return values.day(
        context.day + timedelta(found.get("days", "day_adjectives")), found.get("day_parts", "early")
    )


def night(found: Found, context: Context) -> Meaning:
    """*in der Nacht zum Mittwoch* began on Tuesday; the evening before a day is one of the day before."""
    if "months" in found:
        end = day(Found({k: v for k, v in found.values.items() if k != "day_parts"}), context)
    elif "weekdays" in found:
        end = weekday(Found({k: v for k, v in found.values.items() if k != "day_parts"}), context)
    else:
        end = day_word(Found({"days": found.get("days")}), context)
    assert end.first is not None
    part = found.get("day_parts", "early")
    if "weekdays_first" in found or part == "NI":
        begin = end.first - timedelta(1)
        return Meaning(f"{begin}TNI", begin, end.first, "TIME")
    return values.day(end.first, part)


def feast(found: Found, context: Context) -> Meaning:
    """*Ostern*, *am Karfreitag*, *zu Weihnachten 2014*, *am zweiten Weihnachtstag*."""
    rule = found.get("feasts") or {"date": [f"12-{24 + found.get('ordinal', 'day')}"]}
    named = found.year(context)
    if named is None and found.get("which"):
        around = _feasts(rule, context.day.year)
        if found.get("which") < 0:
            return max((f for f in around if f.last and f.last < context.day), key=lambda f: f.value)
        return min((f for f in around if f.first and f.first > context.day), key=lambda f: f.value)
    return _feast(rule, named) if named is not None else context.nearest(_feasts(rule, context.day.year))


def _feasts(rule: Mapping[str, Any], year: int) -> Iterator[Meaning]:
    return (_feast(rule, y) for y in range(year - 1, year + 2))


def _feast(rule: Mapping[str, Any], year: int) -> Meaning:
    if "easter" in rule:
        first, last = (easter(year) + timedelta(n) for n in rule["easter"])
    elif "advent" in rule:
        christmas = date(year, 12, 25)
        first = last = christmas - timedelta(christmas.isoweekday() + 21 - rule["advent"])
    elif "sunday" in rule:
        begin = date(year, rule["month"], 1)
        first = last = begin + timedelta((6 - begin.weekday()) % 7 + 7 * (rule["sunday"] - 1))
    else:
        days = [date.fromisoformat(f"{year:04}-{d}") for d in rule["date"]]
        first, last = days[0], days[-1]
        if last < first:  # New Year's Eve and the day after
            last = last.replace(year=year + 1)
    value = first.isoformat() if first == last else f"{first}/{last}"
    return Meaning(value, first, last)
