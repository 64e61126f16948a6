"""When the files of a folder have changed and come to rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

Snapshot = Mapping[Path, tuple[int, int]]
"""Files with size and time."""


def changes(
    look: Callable[[], Snapshot], wait: Callable[[], None], rounds: int | None = None
) -> Iterator[Snapshot]:
    """The files, each time that something has changed and two looks in a row saw the same.

    Args:
        look: sees what is there.
        wait: what to do between two looks.
        rounds: looks after which to end; None: never.
    """
    done: Snapshot = {}
    before: Snapshot | None = None
    number = 0
    while rounds is None or number < rounds:
        number += 1
        now = look()
        if now and now == before and now != done:
            yield now
            done = now
        before = now
        if rounds is None or number < rounds:
            wait()
