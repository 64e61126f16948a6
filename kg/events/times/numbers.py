"""Spelled numbers: *dreiundzwanzig*, *neunzehnhundertachtundsechzig*, *siebzehnte*."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def numbers(content: Mapping[str, Any]) -> dict[str, int]:
    """All spelled numbers below 100 and the round hundreds and thousands: *acht*, *achtundneunzig*, *fünfhundert*."""
    small: Mapping[str, int] = content["numbers"]
    parts = content["number_parts"]
    found = dict(small)
    plain = {word: value for word, value in small.items() if 0 < value < 10}
    for word, value in plain.items():
        if value >= 3:
            found.setdefault(f"{word}{parts['teen']}", value + 10)
        found[f"{word}{parts['hundred']}"] = 100 * value
        found[f"{word}{parts['thousand']}"] = 1000 * value
    for word, value in content["tens"].items():
        found[word] = value
        for one, add in plain.items():
            found[f"{one}{parts['and']}{word}"] = value + add
    found[parts["hundred"]], found[parts["thousand"]] = 100, 1000
    return found


def years(content: Mapping[str, Any], known: Mapping[str, int]) -> dict[str, int]:
    """Spelled years: *neunzehnhundertachtundsechzig*, *zweitausendvierzehn*."""
    parts = content["number_parts"]
    below = {"": 0} | {w: v for w, v in known.items() if 0 < v < 100}
    found: dict[str, int] = {}
    for hundreds, value in known.items():
        if 18 <= value <= 19:
            found |= {f"{hundreds}{parts['hundred']}{w}": 100 * value + v for w, v in below.items()}
        if value == 2:
            found |= {f"{hundreds}{parts['thousand']}{w}": 1000 * value + v for w, v in below.items()}
    return found


def ordinals(content: Mapping[str, Any], known: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """*ersten*, *dritter*, *siebzehnte*, *einundzwanzigsten*, up to 100."""
    endings = content["ordinal_endings"]
    irregular: Mapping[str, int] = content["ordinals"]
    for stem, value in irregular.items():
        for ending in endings["low"]:
            yield f"{stem}{ending.removeprefix('t') if stem.endswith('t') else ending}", value
    for word, value in known.items():
        if 0 < value < 100 and value not in irregular.values():
            for ending in endings["low" if value < 20 else "high"]:
                yield f"{word}{ending}", value
