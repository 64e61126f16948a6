"""One writer at a time in a built folder; readers do not wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import OutputError

FILE = ".lock"


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Hold the folder for writing; the system lets go of it when the process ends, however it ends.

    Raises:
        OutputError: another process writes there.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(out / FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise OutputError(
            f"{out}: another kg is writing there; wait for it, or take another folder"
        ) from None
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from None
    try:
        yield
    finally:
        lock.release()
