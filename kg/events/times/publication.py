"""The day of publication, where a text itself tells it: a sign-off, *Stand: …*, a line or dateline with the date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.events.times.tagger import TimeReader
from kg.lang import LanguageData
from kg.model import Span

_LINES = 4
"""How many lines from the beginning and the end may hold it."""
_LONGEST = 60
_SIGN_OFF = re.compile(r"[.!?…:“”\"»«’']\s*\(([^()\n]{1,60})\)\s*\Z")
_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Publication:
    """The day with where the text tells it."""

    day: date
    span: Span


class PublicationReader:
    """Finds the day of publication in the language's ways to tell it (``[publication]`` of ``time.toml``)."""

    def __init__(self, data: LanguageData, times: TimeReader) -> None:
        content = data.toml("time.toml")["publication"]
        self._times = times
        self._label = re.compile(rf"\W*(?:{'|'.join(map(re.escape, content['labels']))})\b\W*")
        self._place = re.compile(rf"(?:{content['dateline']})\Z")
        self._after = re.compile(content["behind"])

    def find(self, text: str) -> Publication | None:
        """The day that a text gives for itself, else none: what it tells of is no day of publication.

        Only days with their year count, and only where a text is signed or headed: *(APA, 2.8.2015)* at its end,
        *Stand: 3. Mai 2018*, *Berlin, 3. Mai 2018 –*, a line of its own.
        """
        sign_off = _SIGN_OFF.search(text, max(0, len(text) - 2 * _LONGEST))
        if sign_off and (found := self._last_day(text, *sign_off.span(1))):
            return found
        lines = [m.span() for m in _LINE.finditer(text)]
        for begin, end in lines[:_LINES] + lines[_LINES:][-_LINES:]:
            label = self._label.match(text, begin, end)
            if label and (found := next(self._days(text, label.end(), min(end, label.end() + 40)), None)):
                return found
        for begin, end in lines[:_LINES]:
            for found in self._days(text, begin, min(end, begin + 2 * _LONGEST)):
                headed = self._place.match(text[begin : found.span.begin])
                if headed and self._after.match(text, found.span.end, end):
                    return found
        return None

    def _last_day(self, text: str, begin: int, end: int) -> Publication | None:
        """A day that brackets end with, the only time in them."""
        found = list(self._days(text, begin, end))
        return found[0] if len(found) == 1 and found[0].span.end == end else None

    def _days(self, text: str, begin: int, end: int) -> Iterator[Publication]:
        for expression in self._times.find(text[begin:end], None):
            if expression.time.date is not None:
                span = Span(begin + expression.span.begin, begin + expression.span.end)
                yield Publication(expression.time.date, span)
