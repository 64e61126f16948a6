"""Which library multiplies spaCy's matrices.

spaCy brings BLIS; numpy brings OpenBLAS, which is more than twice as fast with the processors that
most people have, and makes the whole parse 1.6 times as fast (`tests/benchmark_pipeline.py`).
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any


def fast_products() -> AbstractContextManager[Any]:
    """Within the block, networks that are made or loaded multiply by numpy's library, then and later.

    Where another backend than spaCy's plain one is in use (Apple's, a GPU's), it stays.
    """
    from thinc.api import NumpyOps, get_current_ops, use_ops

    plain = type(get_current_ops()) is NumpyOps
    return use_ops("numpy", use_blis=False) if plain else nullcontext()
