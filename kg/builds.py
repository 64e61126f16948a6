"""Which build a folder holds, and which ones are still being read.

A build is made beside the others, in ``OUT/builds/ID/`` (store, search index, links, graph, page, report), and is the folder's as soon
as ``OUT/manifest.json`` names it: one replaced file. Whoever reads finds by it what belongs together, shards as well, and goes
on reading that, whatever is built meanwhile. A build that is not the folder's any more goes when nobody has it open.

``OUT/graph.trig``, ``network.html``, ``store`` and so on are the same files under the names that people rely on.

A folder without a manifest (put together by hand, or by an older version) is read as it lies there.
"""

from __future__ import annotations

import json
import os
import shutil
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from kg.errors import UsageError

FOLDER, MANIFEST = "builds", "manifest.json"
SHARDS = "shards"
_STORE = "store"
_FILES = ("graph.trig", "network.html", "search.db", "links.nq.gz", "report.json", "failures.jsonl")
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a finished build consists of."""

    build: str
    shards: tuple[str, ...]


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a built folder or of one of its builds; None if there is none.

    Raises:
        UsageError: it cannot be read.
    """
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text("utf-8"))
        return Manifest(str(content["build"]), tuple(map(str, content["shards"])))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}; build again") from None


def home(out: Path) -> Path:
    """Where the files of the last finished build lie."""
    manifest = read_manifest(out)
    folder = out / FOLDER / manifest.build if manifest else out
    return folder if folder.is_dir() else out


class Build:
    """A build that stays whole until this is closed, or forgotten."""

    def __init__(self, out: Path) -> None:
        """Take the last finished build of a folder."""
        for _ in range(_TRIES):
            self.folder = home(out)
            handle = share(self.folder)
            if handle is not None and self.folder == home(out):
                break
            if handle is not None:
                os.close(handle)
        else:
            handle = None
        self.out = out
        manifest = read_manifest(out) if self.folder != out else None
        self.shards = tuple(out / SHARDS / name for name in manifest.shards) if manifest else None
        """None: the folder has no manifest."""
        self._end = weakref.finalize(self, _let_go, handle, self.folder, out)

    def close(self) -> None:
        """Let go of it; if it is not the folder's any more and nobody else reads it, it goes."""
        self._end()

    def __enter__(self) -> Build:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@contextmanager
def new_build(out: Path, shards: Sequence[Path]) -> Iterator[Path]:
    """A folder for a new build from shards; at the end of the block it becomes the folder's, in one step.

    To be called by the one who may write there. What nobody reads any more goes then: older builds, and the shards
    and traces that belong to none.
    """
    number = uuid4().hex[:12]
    beside, folder = out / FOLDER / f".{number}.part", out / FOLDER / number
    for stopped in (out / FOLDER).glob(".*"):
        shutil.rmtree(stopped, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        yield beside
        text = json.dumps({"build": number, "shards": [s.name for s in shards]}, indent=1) + "\n"
        (beside / MANIFEST).write_text(text, "utf-8")
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    _replace(out / MANIFEST, text)
    _publish(out, folder)
    remove_unread(out)


def remove_unread(out: Path) -> None:
    """Remove the builds that are not the folder's and that nobody reads, and the shards and traces of none."""
    current = home(out)
    for folder in (out / FOLDER).glob("[!.]*"):
        if folder != current:
            _remove(folder)
    manifests = [read_manifest(folder) for folder in (out / FOLDER).glob("[!.]*")]
    kept = {name.partition(".")[0] for manifest in manifests if manifest for name in manifest.shards}
    for path in (*(out / SHARDS).glob("*"), *(out / "traces").glob("*")):
        if path.name.lstrip(".").partition(".")[0] not in kept:
            path.unlink(missing_ok=True)


def _let_go(handle: int | None, folder: Path, out: Path) -> None:
    if handle is not None:
        os.close(handle)
    with suppress(UsageError):
        if folder != out and folder.parent.is_dir() and folder != home(out):
            _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a build, unless somebody reads it."""
    handle = share(folder, alone=True)
    if handle is None:
        return
    try:
        gone = folder.with_name(f".{folder.name}.gone")
        folder.rename(gone)  # where open files cannot be removed, this fails, and nothing is lost
        shutil.rmtree(gone, ignore_errors=True)
    except OSError:
        return
    finally:
        if handle >= 0:
            os.close(handle)


def share(folder: Path, *, alone: bool = False) -> int | None:
    """Hold a folder, with others or alone; None if that cannot be, -1 where systems have no such locks."""
    try:
        import fcntl
    except ImportError:  # not on Windows, which does not let open files be removed
        return -1 if alone else None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _publish(out: Path, folder: Path) -> None:
    """Give a build's files their names in the folder itself."""
    for name in _FILES:
        source, beside = folder / name, out / f".{name}.part"
        beside.unlink(missing_ok=True)
        if not source.is_file():
            (out / name).unlink(missing_ok=True)
            continue
        try:
            beside.hardlink_to(source)
        except OSError:
            shutil.copyfile(source, beside)
        beside.replace(out / name)
        beside.unlink(missing_ok=True)  # of the same file twice, POSIX renames neither
    store, beside = out / _STORE, out / f".{_STORE}.part"
    if store.is_dir() and not store.is_symlink():  # of an older version
        shutil.rmtree(store, ignore_errors=True)
    with suppress(OSError):  # where links need rights, there is builds/ID/store
        beside.unlink(missing_ok=True)
        beside.symlink_to(Path(FOLDER, folder.name, _STORE), target_is_directory=True)
        beside.replace(store)


def _replace(path: Path, text: str) -> None:
    from kg.rdf.serialise import write_atomically

    write_atomically(path, text.encode())
