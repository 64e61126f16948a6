"""``OUT/loads/…jsonl``: which graphs a store has confirmed, so that an interrupted load goes on from there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.errors import OutputError

FOLDER = "loads"


class Journal:
    """What one store has confirmed: graph ─▶ digest. Lines are appended, and the last one of a graph counts."""

    def __init__(self, out: Path, address: str) -> None:
        """Open the journal of a store; a line that was cut off is left out.

        Args:
            address: where graphs are written to.

        Raises:
            OutputError: the folder cannot be written.
        """
        self._path = out / FOLDER / f"{hashlib.sha256(address.encode()).hexdigest()[:16]}.jsonl"
        self._confirmed: dict[str, str] = {}
        try:
            self._path.parent.mkdir(exist_ok=True)
            if self._path.is_file():
                self._read(self._path.read_text("utf-8"))
            self._file = self._path.open("a", encoding="utf-8")
            if not self._path.stat().st_size:
                self._write({"store": address})
        except OSError as error:
            raise OutputError(f"{self._path}: cannot be written: {error.strerror or error}") from None

    @property
    def confirmed(self) -> Mapping[str, str]:
        """Graph ─▶ digest of what the store confirmed."""
        return self._confirmed

    def confirm(self, graphs: Iterable[tuple[str, str]]) -> None:
        """Graphs with their digests that the store has confirmed."""
        for name, digest in graphs:
            self._confirmed[name] = digest
            self._write({"graph": name, "digest": digest})
        self._file.flush()

    def forget(self, graphs: Iterable[str]) -> None:
        """Graphs of which it is not known what the store has: before they are replaced, or after they are dropped."""
        for name in graphs:
            if self._confirmed.pop(name, None) is not None:
                self._write({"graph": name, "digest": None})
        self._file.flush()

    def close(self) -> None:
        """Write anew what counts, and close."""
        self._file.close()
        lines = self._path.read_text("utf-8").splitlines()
        beside = self._path.with_suffix(".part")
        kept = [json.dumps({"graph": g, "digest": d}) for g, d in self._confirmed.items()]
        beside.write_text("\n".join([lines[0], *kept]) + "\n", "utf-8")
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

    def _write(self, told: Mapping[str, object]) -> None:
        self._file.write(json.dumps(told) + "\n")
