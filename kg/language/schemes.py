"""Dependency label schemes ─▶ the Universal Dependencies labels that the clause reader reads."""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import PipelineError

_UD_SIGNS = {"nsubj", "obl", "case"}
_TIGER_SIGNS = {"sb", "mo", "nk"}


def scheme_of(labels: Iterable[str]) -> str:
    """Name the scheme that a parser's labels belong to.

    >>> scheme_of(["nsubj", "obj", "obl", "case", "ROOT"])
    'ud'

    Raises:
        PipelineError: the labels belong to no scheme that can be read.
    """
    known = set(labels)
    if known >= _UD_SIGNS:
        return "ud"
    if known >= _TIGER_SIGNS:
        raise PipelineError(
            "the pipeline's parser uses TIGER labels, which this version does not read yet; "
            "use the shipped pipeline or one with Universal Dependencies labels"
        )
    raise PipelineError(
        "the pipeline's parser uses an unknown label scheme: no nsubj, obl and case (Universal "
        "Dependencies) among its labels"
    )
