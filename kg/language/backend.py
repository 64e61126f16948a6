"""Which library multiplies spaCy's matrices.

spaCy brings BLIS; numpy brings OpenBLAS, which is more than twice as fast with the processors that
most people have, and makes the whole parse 1.6 times as fast (`tests/benchmark_pipeline.py`).
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController


def fast_products() -> AbstractContextManager[Any]:
    """Within the block, networks that are made or loaded multiply by numpy's library, then and later.

    Where another backend than spaCy's plain one is in use (Apple's, a GPU's), it stays.
    """
    from thinc.api import NumpyOps, get_current_ops, use_ops

    plain = type(get_current_ops()) is NumpyOps
    return use_ops("numpy", use_blis=False) if plain else nullcontext()


def one_thread() -> AbstractContextManager[Any]:
    """Within the block, numpy's library multiplies in one thread.

    The matrices of a parse are small: several threads spend most of their time waiting for each other, the more so on a busy
    machine. Builds run in parallel by processes.
    """
    limited: AbstractContextManager[Any] = _libraries().limit(limits=1, user_api="blas")
    return limited


@cache
def _libraries() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
