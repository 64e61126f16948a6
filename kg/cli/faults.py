"""One clear line and a meaningful exit code for whatever goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from kg.errors import KgError

FAILED, INTERRUPTED = 1, 130


def clean(command: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a command so that errors end it with one line and their exit code."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except KgError as error:
            click.echo(f"kg: {one_line(str(error))}", err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo(
                "kg: stopped; what was finished stays, and the same command goes on from there", err=True
            )
            sys.exit(INTERRUPTED)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)

    return run


def one_line(text: str) -> str:
    """Text without line breaks and control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
