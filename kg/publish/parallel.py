"""Several requests at once, with no more of them in memory than are under way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def bounded(work: Callable[[T], R], items: Iterable[T], jobs: int) -> Iterator[R]:
    """The results, in the order in which they are ready; the next item is fetched when there is room for it.

    The first exception ends it: what is under way is waited for, what is not is not begun.

    >>> sorted(bounded(lambda n: n * n, range(5), jobs=2))
    [0, 1, 4, 9, 16]
    """
    with ThreadPoolExecutor(jobs) as pool:
        running: set[Future[R]] = set()
        for item in items:
            running.add(pool.submit(work, item))
            if len(running) > jobs:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        done, _ = wait(running)
        yield from (future.result() for future in done)
