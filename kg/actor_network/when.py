"""When an event was: its own day, else its bounds, else when it was reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class When(NamedTuple):
    """The first and last day (ISO; one may be open) and what they are: ``date``, ``bounds``, ``reported``, or nothing.

    The day that an event is reported on is no date of the event: it only says where it is looked for in time.
    """

    begin: str
    end: str
    kind: str


def when(event: Mapping[str, Any]) -> When:
    """When the event of an edge was, in the order that everything that asks goes by.

    >>> when({"date": "", "earliest": "2018-06-21", "latest": "2018-06-30", "reported": "2018-05-08"})
    When(begin='2018-06-21', end='2018-06-30', kind='bounds')
    >>> when({"date": "", "earliest": "", "latest": "", "reported": "2018-05-08"}).kind
    'reported'
    """
    if day := event.get("date"):
        return When(day, day, "date")
    begin, end = event.get("earliest") or "", event.get("latest") or ""
    if begin or end:
        return When(begin, end, "bounds")
    day = event.get("reported") or ""
    return When(day, day, "reported" if day else "")
