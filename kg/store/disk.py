"""Oxigraph on disk, directly and through rdflib."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import RdfFormat, Store

from kg.errors import OutputError, UsageError

if TYPE_CHECKING:
    from rdflib import Dataset

STORE = "store"


def fill_store(out: Path, shards: Iterable[Path]) -> int:
    """Build ``OUT/store`` anew from shards and return the number of quads.

    The new store is made beside the old one and takes its place when it is complete.

    Raises:
        OutputError: the store cannot be written.
    """
    import gzip

    beside = out / f".{STORE}.part"
    shutil.rmtree(beside, ignore_errors=True)
    try:
        store = Store(str(beside))
        for shard in shards:
            with gzip.open(shard) as lines:
                store.bulk_load(cast("IO[bytes]", lines), format=RdfFormat.N_QUADS)
        store.flush()
        count = len(store)
        del store
        shutil.rmtree(out / STORE, ignore_errors=True)
        beside.rename(out / STORE)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise OutputError(f"{out / STORE}: cannot be written: {error}") from None
    return count


def open_store(out: Path) -> Store:
    """The store of a build for reading; several readers may have it open.

    Raises:
        UsageError: there is none.
    """
    folder = out / STORE
    if not folder.is_dir():
        raise UsageError(f"{out}: holds no built graph (no {STORE}/ folder); run kg build first")
    try:
        return Store.read_only(str(folder))
    except OSError as error:
        raise UsageError(f"{folder}: cannot be opened: {error}") from None


def open_dataset(out: Path) -> Dataset:
    """The same as an rdflib Dataset whose default graph is the union of all documents."""
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    return Dataset(store=OxigraphStore(store=open_store(out)), default_union=True)
