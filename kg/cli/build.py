"""``kg build``."""

from __future__ import annotations

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.faults import FAILED, clean, one_line
from kg.cli.progress import Reporter

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from kg.report import Report


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Folder to write.")
@click.option("--model", metavar="NAME", help="An installed spaCy pipeline instead of the shipped one.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Folder with own frames, names, titles; repeatable.",
)
@click.option("--base", metavar="IRI", help="Base IRI of entities, events and documents.")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out events below this."
)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes to use.")
@click.option(
    "--map",
    "mapping",
    metavar="FIELD=NAME,…",
    help="Fields of records (JSON, CSV …): text=body,published=date.",
)
@click.option(
    "--limit",
    "limits",
    metavar="NAME=NUMBER",
    multiple=True,
    help="A limit of reading, as docs/documents.md lists them; repeatable.",
)
@click.option("--prune", is_flag=True, help="Drop documents that their sources do not have any more.")
@click.option("--replace", is_flag=True, help="Drop all documents in OUT that are not among SOURCE.")
@click.option("--trace", is_flag=True, help="Keep for kg explain why each event is there.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@clean
def build(
    sources: tuple[str, ...], out: Path, model: str | None, data: tuple[Path, ...], base: str | None,
    min_confidence: float, jobs: int, mapping: str | None, limits: tuple[str, ...], prune: bool, replace: bool, trace: bool, quiet: bool,
) -> None:  # fmt: skip
    """Build a graph from files of any format, folders, glob patterns, addresses (https://…), or - for standard input."""

    from kg.build import build as run
    from kg.documents import Settings, find_sources, limits_of, mapping_of
    from kg.documents.addresses import without_password
    from kg.increments import Increment
    from kg.report import Options

    reading = Settings(mapping_of(mapping), limits_of(limits))
    files = find_sources(sources, reading.limits)
    options = Options(
        model=model, data=data, min_confidence=min_confidence, trace=trace, generated=_epoch(os.environ.get("SOURCE_DATE_EPOCH")),
        **({"base": _checked_base(base)} if base else {}),
    )  # fmt: skip
    with Reporter(len(files.paths), quiet, "building", "documents") as progress, _pool(jobs) as executor:
        report = run(
            files.paths,
            out,
            options,
            executor=executor,
            progress=progress,
            reading=reading,
            named=files.named,
            increment=Increment(tuple(map(without_password, sources)), prune, replace),
        )
    for failure in report.failures:
        click.echo(f"kg: {one_line(failure.message)}", err=True)
    if not quiet:
        for warning in report.warnings:
            click.echo(f"kg: {one_line(warning.source)}: {one_line(warning.message)}", err=True)
        for path, reason in files.passed:
            click.echo(f"kg: {one_line(str(path))}: passed over: {reason}", err=True)
        if report.documents_kept:
            click.echo(
                f"kg: {report.documents_kept} documents are gone from their sources and kept; --prune drops them",
                err=True,
            )
        click.echo(_summary(report, out))
    if report.failures:
        sys.exit(FAILED)


def _pool(jobs: int) -> AbstractContextManager[Executor | None]:
    """Worker processes that have ended when the block ends; left to the interpreter's exit, that races."""
    if jobs == 1:
        return nullcontext()
    from concurrent.futures import ProcessPoolExecutor

    from kg.processes import end_with_parent

    return ProcessPoolExecutor(max_workers=jobs, initializer=end_with_parent)


def _epoch(value: str | None) -> str | None:
    """SOURCE_DATE_EPOCH in seconds ─▶ ISO time."""
    from datetime import UTC, datetime

    from kg.errors import UsageError

    if not value:
        return None
    try:
        return datetime.fromtimestamp(int(value), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH must be a number of seconds, not {value!r}") from None


def _checked_base(base: str) -> str:
    import re

    from kg.errors import UsageError

    if not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#]", base):
        raise UsageError(f"--base {base!r}: an absolute IRI that ends with / or # is needed")
    return base


def _summary(report: Report, out: Path) -> str:
    kinds = ", ".join(f"{kind} {n}" for kind, n in report.events_by_class.items())
    return (
        f"{report.documents} documents, {report.events} events ({kinds}), {report.triples} triples "
        f"in {report.seconds['total']:.1f} s\n"
        f"read: kg show {out}    ask: kg query {out} meetings    open: {out / 'network.html'}"
    )
