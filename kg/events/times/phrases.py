"""Single times ─▶ the phrases that date events: *seit Montag*, *bis zum 30. Juni*, *vom 3. bis 5. Mai*, *am 3. und 4. Mai*."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.events.times.context import Context
from kg.events.times.grammar import Match
from kg.events.times.values import Meaning
from kg.events.times.words import Word

_JOINING = ("onwards", "dashes", "and")
"""Words between or behind times, not before them."""
_LONGEST_LIST = timedelta(14)


@dataclass(frozen=True, slots=True)
class Understood:
    """A form in a text with its meaning, and what it was understood by."""

    match: Match
    meaning: Meaning
    context: Context


@dataclass(frozen=True, slots=True)
class Phrase:
    """One or two times from the word ``first`` to before ``last``.

    ``relation`` is ``since``, ``until``, ``before``, ``after``, ``ahead`` (*für Montag*) or, of two, ``range`` or ``list``; ``starts`` says
    that what is dated begins then (*ab Montag*), not that it holds since.
    """

    first: int
    last: int
    relation: str
    parts: tuple[Understood, ...]
    starts: bool = False


def phrases(
    words: Sequence[Word], found: Sequence[Understood], relations: Mapping[str, frozenset[str]]
) -> Iterator[Phrase]:
    """The times of a text with the prepositions before them, ranges and lists of two as one."""
    at = 0
    while at < len(found):
        first = found[at]
        relation, begin = _relation(words, first.match.first, relations)
        own = words[first.match.first].text.lower()
        if not relation and own in relations["until"]:
            relation = "until"
        elif not relation and own in relations["since"]:
            relation = "since"
        last = at + 1
        joined = ""
        while last < len(found) and (
            more := _joined(words, found[last - 1], found[last], relation, relations)
        ):
            joined = joined or more
            last += 1
        if joined:
            yield Phrase(begin, found[last - 1].match.last, joined, tuple(found[at:last]))
            at = last
            continue
        starts = words[begin].text.lower() in relations["starting"] or own in relations["starting"]
        if relation == "from":
            after = first.match.last
            opened = after < len(words) and words[after].text in relations["onwards"]
            relation, starts = ("since", True) if opened else ("", False)
        yield Phrase(begin, first.match.last, relation, (first,), starts)
        at += 1


def _relation(words: Sequence[Word], first: int, relations: Mapping[str, frozenset[str]]) -> tuple[str, int]:
    """The relation that stands before a time, and where the phrase begins: *bis zum*, *seit dem*, *am*."""
    begin = first
    relation = ""
    while begin and (word := words[begin - 1].text.lower()) and len(word) > 1:
        name = next((n for n, known in relations.items() if n not in _JOINING and word in known), "")
        if name == "" or (relation and name != "until"):
            break
        begin -= 1
        if name not in ("articles", "plain", "ahead"):
            relation = "since" if name == "starting" else name
        if name in ("plain", "ahead") and not relation:
            relation = name
    return ("" if relation == "plain" else relation), begin


def _joined(
    words: Sequence[Word],
    first: Understood,
    second: Understood,
    relation: str,
    relations: Mapping[str, frozenset[str]],
) -> str:
    """Whether two times are a range or a list: by what stands between them."""
    between = [w.text.lower() for w in words[first.match.last : second.match.first]]
    between = [w for w in between if w not in relations["articles"] and w not in relations["plain"]]
    if between == [","] and first.match.found is second.match.found:
        return "list"  # "am 3., 5. und 8. Mai"
    own = words[second.match.first].text.lower()
    if own in relations["until"]:
        between = [own]
    if len(between) != 1:
        return ""
    if between[0] in relations["dashes"] and not (first.meaning.first and second.meaning.first):
        return ""  # "in wenigen Wochen - Ende Juni"
    if between[0] in relations["until"] or between[0] in relations["dashes"]:
        return "range" if relation in ("", "from", "since", "ahead") else ""
    if between[0] not in relations["and"]:
        return ""
    if relation == "from":
        return "range"
    return "list" if _alike(first.meaning, second.meaning) else ""


def _alike(one: Meaning, other: Meaning) -> bool:
    """Whether two times are told in one: two days near each other, two months, two years."""
    if one.first is None or other.first is None or one.type != "DATE" or other.type != "DATE":
        return False
    if one.is_day != other.is_day:
        return False
    return not one.is_day or abs(other.first - one.first) <= _LONGEST_LIST


def bounded(phrase: Phrase) -> Meaning:
    """The meaning of a phrase: its relation's bounds, or from the first of several to the last."""
    meaning = phrase.parts[0].meaning
    if len(phrase.parts) > 1:
        return _together([p.meaning for p in phrase.parts])
    match phrase.relation:
        case _ if meaning.type not in ("DATE", "TIME"):
            return meaning
        case "since":
            return replace(meaning, last=None) if meaning.first else meaning
        case "until":
            return replace(meaning, first=None) if meaning.last else meaning
        case "before" if meaning.first is not None and "=vor" not in phrase.parts[0].match.found:
            return replace(meaning, first=None, last=_shifted(meaning.first, -1))
        case "after" if meaning.last is not None:
            return replace(meaning, first=_shifted(meaning.last, 1), last=None)
    return meaning


def _together(meanings: Sequence[Meaning]) -> Meaning:
    known = [m for m in meanings if m.first is not None and m.last is not None]
    if len(known) < len(meanings):
        return Meaning("")
    first, last = known[0].first, known[-1].last
    assert first is not None and last is not None
    if last < first and known[-1].is_day and (first - last).days < 7:  # "am Montag und Dienstag" on a Tuesday
        last += timedelta(7)
    if last < first:
        return Meaning("")
    end = known[-1].value if last == known[-1].last else last.isoformat()
    return Meaning(f"{known[0].value}/{end}", first, last)


def _shifted(day: date, count: int) -> date:
    return day + timedelta(count)
