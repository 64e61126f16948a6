"""Dependency label schemes: which one a pipeline's parser uses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from kg.errors import PipelineError

Scheme = Literal["ud", "tiger"]

_UD_SIGNS = {"nsubj", "obl", "case"}
_TIGER_SIGNS = {"sb", "mo", "nk"}


def scheme_of(labels: Iterable[str]) -> Scheme:
    """Name the scheme that a parser's labels belong to.

    >>> scheme_of(["nsubj", "obj", "obl", "case", "ROOT"])
    'ud'
    >>> scheme_of(["sb", "oa", "mo", "nk", "ROOT"])
    'tiger'

    Raises:
        PipelineError: the labels belong to no scheme that can be read.
    """
    known = set(labels)
    if known >= _UD_SIGNS:
        return "ud"
    if known >= _TIGER_SIGNS:
        return "tiger"
    raise PipelineError(
        "the pipeline's parser uses an unknown label scheme: neither nsubj, obl and case (Universal "
        "Dependencies) nor sb, mo and nk (TIGER) among its labels"
    )
