"""Which files a source names."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path

from kg.errors import SourceError

SUFFIX = ".txt"
_WILDCARDS = "*?["


def find_files(sources: Iterable[str]) -> list[Path]:
    """The text files that paths, folders and glob patterns name, sorted, each once.

    A folder stands for all ``*.txt`` files below it; a file that is named itself may have any
    suffix.

    Raises:
        SourceError: a path does not exist, a pattern or a folder matches no file.
    """
    found: dict[Path, None] = {}
    for source in sources:
        for path in _files_of(source):
            found[path] = None
    return sorted(found)


def _files_of(source: str) -> list[Path]:
    path = Path(source)
    if path.is_dir():
        files = [p for p in path.rglob(f"*{SUFFIX}") if p.is_file()]
        if not files:
            raise SourceError(f"{source}: the folder holds no {SUFFIX} file")
        return files
    if path.exists():
        return [path]
    if any(c in source for c in _WILDCARDS):
        # pathlib's own glob takes no absolute pattern.
        files = [Path(p) for p in glob.glob(source, recursive=True) if Path(p).is_file()]  # noqa: PTH207
        if not files:
            raise SourceError(f"{source}: no file matches this pattern")
        return files
    raise SourceError(f"{source}: no such file or folder")
