"""A progress bar on a terminal, plain lines otherwise, nothing when quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any

import click

Progress = Callable[[int, int], None]
"""Called with what is done and what there is to do."""


class Reporter:
    """Shows how far a command is, on standard error."""

    def __init__(self, total: int, quiet: bool, label: str, unit: str) -> None:
        """Args: label: what is done (``building``); unit: what is counted (``documents``)."""
        self._total = total
        self._quiet = quiet
        self._label = label
        self._unit = unit
        self._bar: Any = None

    def __enter__(self) -> Progress | None:
        if self._quiet:
            return None
        if sys.stderr.isatty():
            self._bar = click.progressbar(length=self._total, label=self._label, file=sys.stderr)
            self._bar.__enter__()
            return lambda done, total: self._bar.update(done - self._bar.pos)
        return lambda done, total: click.echo(f"{done} of {total} {self._unit}", err=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
