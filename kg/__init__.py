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
    from networkx import MultiDiGraph
    from rdflib import Dataset

__version__ = "0.1.0"
__all__ = ["__version__", "network", "open"]


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
    from kg.store import open_store

    return read_network(open_store(Path(out)))
