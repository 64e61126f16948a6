"""A knowledge-graph builder for diplomacy news.

>>> import kg
>>> dataset = kg.open("out")          # doctest: +SKIP
>>> len(dataset) > 0                  # doctest: +SKIP
True
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from networkx import MultiDiGraph
    from rdflib import Dataset

    from kg.events.times import TimeExpression

__version__ = "0.1.0"
__all__ = ["__version__", "network", "open", "times"]


def open(out: str | Path) -> Dataset:
    """The graph of a build as an rdflib Dataset over the on-disk store, for reading.

    Its default graph holds what all documents say. ``rows``, ``frame`` and ``to_network`` of `kg.query.results`
    take what its ``query`` returns. A query that might ask another endpoint raises `kg.errors.FederationError`.

    Args:
        out: the folder that ``kg build`` wrote, or a graph file, which is read into memory.

    Raises:
        kg.errors.UsageError: there is no built graph.
    """
    from kg.store.dataset import open_dataset

    return open_dataset(Path(out))


def network(out: str | Path) -> MultiDiGraph:
    """The actor network of a build: actors as nodes, events as edges."""
    from kg.actor_network import read_network
    from kg.store import open_build

    opened = open_build(Path(out))
    with opened.build:
        return read_network(opened.store)


def times(text: str, published: date | str | None = None, language: str = "de") -> list[TimeExpression]:
    """The times that a text tells, each with its bounds and with the value and type of TIMEX3.

    >>> found = times("Sie trafen sich Ende Juni.", "2018-07-08")[0]
    >>> found.time.text, str(found.time.earliest), str(found.time.latest), found.value, found.type, found.mod
    ('Ende Juni', '2018-06-21', '2018-06-30', '2018-06', 'DATE', 'END')

    Args:
        published: the day that *am Mittwoch* and *im März* count from; without one, and where the text itself does
            not tell it (*Stand: 3. Mai 2018*), only full dates are dated.
        language: whose words they are.

    Raises:
        kg.errors.UsageError: ``published`` is no day.
        kg.errors.DataError: there is no data for the language.
    """
    from datetime import date

    from kg.errors import UsageError
    from kg.events.times import PublicationReader, time_reader

    if isinstance(published, str):
        try:
            published = date.fromisoformat(published)
        except ValueError:
            raise UsageError(f"published must be an ISO date (2018-05-08), not {published!r}") from None
    data, reader = time_reader(language)
    if published is None:
        told = PublicationReader(data, reader).find(text)
        published = told.day if told else None
    return reader.adverbials(text, published)
