"""What times mean: the table ``expressions.txt``, the day of publication, and what holds of any text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg import lang
from kg.errors import UsageError
from kg.events.times import Direction, PublicationReader, TimeReader
from kg.model import Extraction

READER = TimeReader(lang.load("de"))
PUBLICATION = PublicationReader(lang.load("de"), READER)
DAYS = st.dates(date(1900, 1, 1), date(2090, 12, 31))


def rows() -> Iterator[object]:
    """The lines of the table."""
    for line in (Path(__file__).parent / "expressions.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield pytest.param([cell.strip() for cell in line.split("|")], id=line.split("|")[0].strip())


@pytest.mark.parametrize("row", list(rows()))
def test_expression(row: list[str]) -> None:
    text, published, *expected = row
    found = READER.adverbials(text, None if published == "-" else date.fromisoformat(published))
    if not expected:
        assert found == []
        return
    time = found[-1].time
    known = time.earliest or time.latest
    bounds = f"{time.earliest or ''}..{time.latest or ''}" if known else "-"
    assert [str(time.date or bounds), found[-1].value or "-", found[-1].type] == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Er kam an. (APA/Reuters, 2.8.2015)\n", date(2015, 8, 2)),
        ("Er kam an. (7.9.2015)", date(2015, 9, 7)),
        ("Der Text.\nStand: 3. Mai 2018, 14:20 Uhr", date(2018, 5, 3)),
        ("Aktualisiert am 03.05.2018\n\nDer Text.", date(2018, 5, 3)),
        ("Berlin, 3. Mai 2018 – Merkel traf Macron.", date(2018, 5, 3)),
        ("BERLIN (dpa), 03.05.2018 - Merkel traf Macron.", date(2018, 5, 3)),
        ("Donnerstag, 3. Mai 2018\nMerkel traf Macron.", date(2018, 5, 3)),
        ("Er wurde verurteilt (12.10.2011)", None),  # what a picture shows
        ("Am 3. Mai 2018 traf Merkel Macron.", None),
        ("Bandera starb. (1909–1959)", None),
        ("220 Bürger haben unterschrieben (Stand: 16. November 2006).", None),
        ("Berlin, 3. Mai – Merkel traf Macron.", None),  # no year, no guess
        ("Er kam am Montag (26.09.2016) an.", None),
    ],
)
def test_day_of_publication(text: str, day: date | None) -> None:
    found = PUBLICATION.find(text)
    assert (found.day if found else None) == day


@given(DAYS, DAYS)
def test_a_written_day_is_that_day(day: date, published: date) -> None:
    for text in (f"{day.day}. {day.month}. {day.year}", day.isoformat()):
        assert [e.time.date for e in READER.find(text, published)] == [day]


@given(
    DAYS, st.sampled_from(["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"])
)
def test_a_weekday_is_one_of_the_last_seven_days(published: date, weekday: str) -> None:
    (expression,) = READER.adverbials(f"am {weekday}", published)
    assert expression.time.date is not None
    assert timedelta(0) <= published - expression.time.date < timedelta(7)
    ahead = READER.resolve(expression, published, Direction.AHEAD).time.date
    assert ahead is not None and timedelta(0) <= ahead - published < timedelta(7)
    assert ahead.weekday() == expression.time.date.weekday()


WORDS = ["am", "3.", "Mai", "seit", "bis", "2018", "Montag", "Ende", "(", ")", "vor", "zwei", "Jahren", "\n\n", "Ü", "und", "-",
         "Nacht", "zum", "der", "vergangenen", "Woche", "später", "Ostern", "31.", "Februar", "9999", "00", "٣"]  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)), DAYS)
def test_any_text_is_read_and_spans_are_in_order_and_what_they_say(text: str, published: date) -> None:
    for found in (READER.find(text, published), READER.adverbials(text, published)):
        end = 0
        for expression in found:
            assert end <= expression.span.begin < expression.span.end <= len(text)
            assert expression.time.text == text[expression.span.begin : expression.span.end]
            end = expression.span.end
            low, high = expression.time.earliest, expression.time.latest
            assert not (low and high) or low <= high


def test_a_conjunction_before_a_time_is_not_of_it() -> None:
    found = READER.adverbials("er kam im Mai 2017 nach Rom und am 3. Mai 2018", None)
    assert [(e.time.text, e.relation) for e in found] == [("im Mai 2017", ""), ("am 3. Mai 2018", "")]


def test_the_public_interface() -> None:
    (found,) = kg.times("Sie trafen sich Ende Juni.", date(2018, 7, 8))
    assert (found.time.text, found.value, found.type, found.mod) == ("Ende Juni", "2018-06", "DATE", "END")
    assert (found.time.earliest, found.time.latest) == (date(2018, 6, 21), date(2018, 6, 30))
    assert kg.times("am Montag", "2018-05-08")[0].time.date == date(2018, 5, 7)
    with pytest.raises(UsageError, match="ISO date"):
        kg.times("am Montag", "8.5.2018")


def test_an_article_that_gives_its_own_day_is_of_that_day(read: Callable[..., Extraction]) -> None:
    extraction = read("Merkel traf Macron am Montag. (APA, 8.5.2018)", None)
    assert extraction.document.published == date(2018, 5, 8)
    (event,) = extraction.events
    assert event.time is not None and event.time.date == date(2018, 5, 7)


def test_without_a_day_of_publication_only_words_are_kept(read: Callable[..., Extraction]) -> None:
    (event,) = read("Merkel traf Macron am Montag.", None).events
    assert event.time is not None and (event.time.text, event.time.date) == ("am Montag", None)
