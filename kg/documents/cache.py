"""What was read of files that have not changed since: so that a pile of ten thousand is looked at, not read again.

Kept in ``OUT/read.db`` for piles of some size. A file counts as unchanged if its size and time and those of its sidecar are the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from kg.documents.article import Settings
from kg.documents.read import STDIN, read_documents
from kg.documents.sidecar import sidecar_of
from kg.errors import DocumentError
from kg.model import Document

FILE = "read.db"
LEAST = 64
"""Files from which on it is worth it."""


class Reading:
    """Reads files, each once; to be closed."""

    def __init__(self, settings: Settings, kept: Path | None = None) -> None:
        """Args: kept: the file to keep what was read in; None: nothing is kept."""
        self._settings = settings
        self._rules = _rules(settings)
        self._store: sqlite3.Connection | None = None
        if kept is not None:
            with suppress(sqlite3.Error):
                self._store = _opened(kept)

    def documents(self, path: Path, *, named: bool) -> list[Document | DocumentError]:
        """What is in a file (`read_documents`)."""
        key = None if self._store is None or path == STDIN else self._key(path, named)
        if key is not None and (found := self._kept(key)) is not None:
            return found
        read = list(read_documents(path, self._settings, named=named))
        if key is not None and self._store is not None and all(isinstance(d, Document) for d in read):
            content = json.dumps([asdict(d) for d in read if isinstance(d, Document)], default=str)
            with suppress(sqlite3.Error):
                self._store.execute("INSERT OR REPLACE INTO read VALUES (?, ?)", (key, content))
        return read

    def close(self) -> None:
        """Keep what was read."""
        if self._store is not None:
            with suppress(sqlite3.Error):
                self._store.commit()
            self._store.close()

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _kept(self, key: str) -> list[Document | DocumentError] | None:
        from kg.notes import document_from

        assert self._store is not None
        with suppress(sqlite3.Error, ValueError, KeyError, TypeError):
            row = self._store.execute("SELECT documents FROM read WHERE key = ?", (key,)).fetchone()
            return None if row is None else [document_from(c) for c in json.loads(row[0])]
        return None

    def _key(self, path: Path, named: bool) -> str | None:
        parts = [self._rules, str(named), os.fsencode(path.absolute()).hex()]
        for part in (path, sidecar_of(path)):
            try:
                status = part.stat()
                parts.append(f"{status.st_size}.{status.st_mtime_ns}.{status.st_ino}")
            except OSError:
                parts.append("none")
        return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _opened(path: Path) -> sqlite3.Connection:
    store = sqlite3.connect(path, timeout=0)
    try:
        store.execute("CREATE TABLE IF NOT EXISTS read (key TEXT PRIMARY KEY, documents TEXT)")
    except sqlite3.DatabaseError:  # a damaged file is only a loss of time
        store.close()
        path.unlink(missing_ok=True)
        store = sqlite3.connect(path, timeout=0)
        store.execute("CREATE TABLE IF NOT EXISTS read (key TEXT PRIMARY KEY, documents TEXT)")
    return store


def _rules(settings: Settings) -> str:
    """A checksum of what reads."""
    digest = hashlib.sha256(repr(settings).encode())
    folder = Path(__file__).parent
    for file in sorted((*folder.rglob("*.py"), *folder.glob("*.toml"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
