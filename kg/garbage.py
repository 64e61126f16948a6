"""When Python looks for circular garbage: between pieces of work, not in the middle of them.

What stages pass on is a tree of immutable values, which goes by itself; looking through hundreds of thousands of them
for circles, over and over, took a twentieth of a build.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def later() -> Iterator[None]:
    """Within the block, Python does not look for circular garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def keep_what_is_loaded() -> None:
    """Weights, dictionaries and lexicon stay until the process ends: they need not be looked through any more."""
    gc.collect()
    gc.freeze()
