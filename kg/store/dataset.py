"""A built graph as an rdflib Dataset whose queries and updates ask nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib.plugins.sparql.parserutils import CompValue

from kg.builds import Build
from kg.errors import FederationError
from kg.store.disk import load_file, open_build
from kg.store.walls import NOT_ENABLED, refuse_others


def open_dataset(out: Path) -> Dataset:
    """A built folder (on disk) or a graph file (in memory) as an rdflib Dataset.

    Raises:
        UsageError: it is neither.
    """
    if out.is_file():
        return WalledDataset(store=WalledStore(store=load_file(out)))
    opened = open_build(out)
    store = WalledStore(store=opened.store)
    store.build = opened.build
    return WalledDataset(store=store)


class WalledStore(OxigraphStore):
    """The engine behind rdflib; all graphs of a dataset ask by way of it."""

    build: Build | None = None
    """What is read; it stays whole as long as this is there."""

    def query(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """As rdflib's.

        Raises:
            FederationError: it might ask another endpoint.
        """
        refuse(query)
        return super().query(query, *args, **kwargs)

    def update(self, update: Any, *args: Any, **kwargs: Any) -> None:
        """As rdflib's.

        Raises:
            FederationError: it might ask another endpoint.
        """
        refuse(update)
        super().update(update, *args, **kwargs)


class WalledDataset(Dataset):
    """Looks at queries before they come to rdflib's own engine, which would ask others, too."""

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
        """As rdflib's.

        Raises:
            FederationError: it might ask another endpoint.
        """
        if not kwargs.get("use_store_provided", True):
            raise FederationError(
                "rdflib's own engine may load what a query names; only the store's is used here"
            )
        refuse(query_object)
        return super().query(query_object, *args, **kwargs)

    def update(self, update_object: Any, *args: Any, **kwargs: Any) -> None:
        """As rdflib's.

        Raises:
            FederationError: it might ask another endpoint.
        """
        refuse(update_object)
        super().update(update_object, *args, **kwargs)


def refuse(query: Any) -> None:
    """Let a text, or what rdflib has prepared of one, pass that cannot ask another endpoint.

    Raises:
        FederationError: it might.
    """
    if isinstance(query, str | bytes):
        refuse_others(query.decode("utf-8", "replace") if isinstance(query, bytes) else query)
    elif _holds_clause(query.algebra):
        raise FederationError(NOT_ENABLED)


_ASKING = ("ServiceGraphPattern", "DatasetClause", "Load")
"""What makes rdflib's engine, which evaluates what was prepared, fetch something."""


def _holds_clause(part: Any) -> bool:
    if isinstance(part, CompValue) and part.name in _ASKING:
        return True
    if isinstance(part, Mapping):
        return any(map(_holds_clause, part.values()))
    return isinstance(part, list | tuple | set) and any(map(_holds_clause, part))
