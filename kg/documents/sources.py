"""Which files a source names."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.documents.addresses import fetched, is_address
from kg.documents.limits import Limits
from kg.documents.read import STDIN
from kg.documents.sidecar import SUFFIX as SIDECAR
from kg.errors import SourceError

_WILDCARDS = "*?["
_BUILT = ("report.json", "shards")


@dataclass(frozen=True, slots=True)
class Files:
    """The files of sources, sorted, each once; those that were named themselves; and what was passed over, with reasons."""

    paths: tuple[Path, ...]
    named: frozenset[Path]
    passed: tuple[tuple[Path, str], ...] = ()
    copies: TemporaryDirectory[str] | None = None
    """Where the copies of files at addresses lie; it goes with this object."""


def find_files(sources: Iterable[str]) -> list[Path]:
    """The files that paths, folders and glob patterns name, sorted, each once; ``-`` is standard input.

    For addresses take `find_sources`, which says where the copies lie.

    Raises:
        SourceError: a path does not exist, a pattern or a folder matches no file.
    """
    return list(find_sources(sources).paths)


def find_sources(sources: Iterable[str], limits: Limits | None = None) -> Files:
    """The same, with what is known of each file.

    What is at an address is fetched. Sidecars belong to the files beside them. Hidden files, and folders that hold a built graph, are passed over.

    Raises:
        SourceError: a path does not exist, a pattern or a folder matches no file.
    """
    found: dict[Path, bool] = {}
    passed: dict[Path, str] = {}
    copies: TemporaryDirectory[str] | None = None
    for source in sources:
        if is_address(source):
            copies = copies or TemporaryDirectory(prefix="kg-")
            found.update((p, True) for p in fetched(source, Path(copies.name), limits or Limits()))
            continue
        for path, named in _files_of(source, passed):
            found[path] = found.get(path, False) or named
    return Files(
        tuple(sorted(found)),
        frozenset(p for p, named in found.items() if named),
        tuple(sorted(passed.items())),
        copies,
    )


def _files_of(source: str, passed: dict[Path, str]) -> Iterator[tuple[Path, bool]]:
    if source == "-":
        yield STDIN, True
        return
    path = Path(source)
    if path.is_dir():
        files = list(_below(path, passed))
        if not files:
            raise SourceError(f"{source}: the folder holds no .txt file, nor any other to read")
        yield from ((p, False) for p in files)
        return
    if _exists(path):
        yield path, True
        return
    if any(c in source for c in _WILDCARDS):
        # pathlib's own glob takes no absolute pattern.
        matches = [Path(p) for p in glob.glob(source, recursive=True)]  # noqa: PTH207
        files = [p for p in matches if not p.is_dir() and not p.name.endswith(SIDECAR)]
        if not files:
            raise SourceError(f"{source}: no file matches this pattern")
        yield from ((p, True) for p in files)
        return
    raise SourceError(f"{source}: no such file or folder")


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except (OSError, ValueError):
        return False


def _below(folder: Path, passed: dict[Path, str]) -> Iterator[Path]:
    """All files below a folder, also through links to folders, each folder once."""
    seen: set[tuple[int, int]] = set()
    for root, folders, files in os.walk(folder, followlinks=True):
        place = Path(root)
        status = place.stat()
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        if all(name in (*folders, *files) for name in _BUILT):
            passed[place] = "a built graph"
            folders.clear()
            continue
        for name in [n for n in folders if n.startswith(".")]:
            passed[place / name] = "a hidden folder"
            folders.remove(name)
        folders.sort()
        for name in files:
            path = place / name
            if name.startswith("."):
                passed[path] = "a hidden file"
            elif not name.endswith(SIDECAR):
                yield path
