"""``OUT/loads/…jsonl``: which graphs a store has confirmed, so that an interrupted load goes on from there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

from kg.errors import OutputError

FOLDER = "loads"


class Journal:
    """What one store has confirmed: graph ─▶ digest. Lines are appended, and the last one of a graph counts."""

    def __init__(self, out: Path, address: str) -> None:
        """Read the journal of a store; a line that was cut off is left out. Nothing is written yet.

        Args:
            address: where graphs are written to.

        Raises:
            OutputError: it cannot be read.
        """
        self._path = out / FOLDER / f"{hashlib.sha256(address.encode()).hexdigest()[:16]}.jsonl"
        self._address = address
        self._confirmed: dict[str, str] = {}
        self._file: IO[str] | None = None
        try:
            if self._path.is_file():
                self._read(self._path.read_text("utf-8"))
        except OSError as error:
            raise OutputError(f"{self._path}: cannot be read: {error.strerror or error}") from None

    @property
    def confirmed(self) -> Mapping[str, str]:
        """Graph ─▶ digest of what the store confirmed."""
        return self._confirmed

    def confirm(self, graphs: Iterable[tuple[str, str]]) -> None:
        """Graphs with their digests that the store has confirmed."""
        told = dict(graphs)
        self._confirmed |= told
        self._write({"graph": name, "digest": digest} for name, digest in told.items())

    def forget(self, graphs: Iterable[str]) -> None:
        """Graphs of which it is not known what the store has: before they are replaced, or after they are dropped."""
        known = [name for name in graphs if self._confirmed.pop(name, None) is not None]
        self._write({"graph": name, "digest": None} for name in known)

    def close(self) -> None:
        """Write anew what counts, and close."""
        if self._file is None:
            return
        self._file.close()
        self._file = None
        lines: list[dict[str, str]] = [{"store": self._address}]
        lines += [{"graph": g, "digest": d} for g, d in self._confirmed.items()]
        beside = self._path.with_suffix(".part")
        beside.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        beside.replace(self._path)

    def _read(self, text: str) -> None:
        for line in text.splitlines():
            try:
                told = json.loads(line)
                graph, digest = told.get("graph"), told.get("digest")
            except (ValueError, AttributeError):
                continue
            if graph and digest:
                self._confirmed[graph] = digest
            elif graph:
                self._confirmed.pop(graph, None)

    def _write(self, told: Iterable[Mapping[str, str | None]]) -> None:
        """Append lines, and see to it that they are out of this process."""
        try:
            if self._file is None:
                self._path.parent.mkdir(exist_ok=True)
                begun = self._path.is_file()
                self._file = self._path.open("a", encoding="utf-8")
                if not begun:
                    self._file.write(json.dumps({"store": self._address}) + "\n")
            self._file.writelines(json.dumps(line) + "\n" for line in told)
            self._file.flush()
        except OSError as error:
            raise OutputError(f"{self._path}: cannot be written: {error.strerror or error}") from None
