"""The meaning of times that are counted: from publication, from a day told before, and by how long they are."""

from __future__ import annotations

from datetime import date, timedelta

from kg.events.times import values
from kg.events.times.context import Context, Direction, Found
from kg.events.times.values import Meaning


def ago(found: Found, context: Context) -> Meaning:
    """*vor zwei Tagen*, *vor drei Wochen*, *heute vor 20 Jahren*; a round number only bounds: *vor gut 20 Jahren*."""
    count, unit = found.get("count"), found.get("units", "plural_units")
    if not count:
        return Meaning("PAST_REF")
    if "days" in found:
        return values.day(shifted(context.day + timedelta(found.get("days")), unit, -count))
    return _counted(found, context, shifted(context.day, unit, -count), -1)


def from_now(found: Found, context: Context) -> Meaning:
    """*in drei Tagen*, *in zwei Wochen*: ahead of publication, where the words around do not tell what was."""
    count, unit = found.get("count"), found.get("units", "plural_units")
    if not count:
        return Meaning("FUTURE_REF")
    if context.direction is Direction.PAST:
        return duration(found, context)  # "in zwei Jahren hat er viel erreicht"
    return _counted(found, context, shifted(context.day, unit, count), 1)


def _counted(found: Found, context: Context, day: date, side: int) -> Meaning:
    unit = found.get("units", "plural_units")
    mod = found.get("approximate") or ("MORE_THAN" if "=mehr" in found else "")
    whole = whole_unit(unit, day)
    if mod == "APPROX":
        return Meaning(whole.value, type=whole.type, mod=mod)
    if mod:
        beyond = (mod == "MORE_THAN") == (side > 0)
        return Meaning(whole.value, day if beyond else None, None if beyond else day, whole.type, mod)
    return whole


def whole_unit(unit: str, day: date) -> Meaning:
    """The day, week, month … of a day."""
    match unit:
        case "D":
            return values.day(day)
        case "W":
            return values.week(day)
        case "M":
            return values.month(day.year, day.month)
        case "Y":
            return values.year(day.year)
        case "DE":
            return values.decade(day.year - day.year % 10)
    return Meaning("")


def shifted(day: date, unit: str, count: int) -> date:
    """A day so many units later or earlier; the 31st becomes the last of a shorter month."""
    match unit:
        case "D":
            return day + timedelta(count)
        case "W":
            return day + timedelta(weeks=count)
        case "M" | "Q":
            last = values.month(day.year, day.month + count * (3 if unit == "Q" else 1)).last
            assert last is not None
            return last.replace(day=min(day.day, last.day))
        case "Y" | "DE" | "CE":
            year = day.year + count * {"Y": 1, "DE": 10, "CE": 100}[unit]
            return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)
    return day


def told(found: Found, context: Context) -> Meaning:
    """From a time told before: *zwei Tage später*, *am selben Tag*, *im Jahr darauf*, *am Vortag*, *tags darauf*."""
    unit = found.get("units", "plural_units") or "D"
    if unit in ("H", "MIN"):
        return Meaning("")
    anchor = context.told if unit in ("D", "W") else context.told_time
    if anchor is None or anchor.first is None or "approximate" in found:
        return Meaning("")
    count = found.get("count") if "count" in found or "some" in found else 1
    if not count or (unit == "D" and not anchor.is_day):
        return Meaning("")
    step = found.get("which_told", "told_days", "direction")
    return whole_unit(unit, shifted(anchor.first, unit, step * count))


def span(found: Found, context: Context) -> Meaning:
    """*in den vergangenen zwei Jahrzehnten*, *in den kommenden 14 Tagen*, *in den letzten Wochen*."""
    unit, step = found.get("units", "plural_units"), found.get("which")
    count = found.get("count", "both")
    value = f"P{count or 'X'}{unit}"
    if unit in ("H", "MIN"):
        return Meaning(f"PT{count or 'X'}{unit[0]}", type="DURATION")
    if step in (-1, 1):
        other = shifted(context.day, unit, step * count) if count else None
        first, last = (other, context.day) if step < 0 else (context.day, other)
        return Meaning(value, first, last, "DURATION")
    return Meaning(value, type="DURATION")


def duration(found: Found, _: Context) -> Meaning:
    """*sechs Monate*: how long, not when."""
    unit = found.get("units", "plural_units")
    time = "T" if unit in ("H", "MIN") else ""
    return Meaning(f"P{time}{found.get('count') or 'X'}{'M' if unit == 'MIN' else unit}", type="DURATION")


def part_of_day(found: Found, context: Context) -> Meaning:
    """*am Abend*: of the day told just before, else of the day of publication; its night began the day before."""
    part = found.get("day_parts")
    if context.told is not None and context.told.first is not None:
        return values.day(context.told.first, part)
    if part == "NI":
        before = context.day - timedelta(1)
        return Meaning(f"{before}TNI", before, context.day, "TIME")
    return values.day(context.day, part)


def clock(found: Found, context: Context) -> Meaning:
    """*um 20.30 Uhr*: a time of a day that is told elsewhere."""
    hour, minute = found.get("count"), found.get("count_minute") or 0
    return Meaning(f"T{int(hour):02}:{int(minute):02}", type="TIME")


def reference(found: Found, _: Context) -> Meaning:
    """*damals*, *derzeit*: no date."""
    return Meaning(found.get("references"))


def often(found: Found, _: Context) -> Meaning:
    """*täglich*, *jeden Montag*."""
    if value := found.get("often"):
        return Meaning(value, type="SET")
    if (day := found.get("weekdays")) is not None:
        return Meaning(f"XXXX-WXX-{day + 1}", type="SET")
    return Meaning(f"P1{found.get('units', 'plural_units')}", type="SET")
