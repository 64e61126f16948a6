"""The command ``kg``: a thin face over the library."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import __version__
from kg.errors import KgError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from kg.build import Progress
    from kg.report import Report

FAILED, INTERRUPTED = 1, 130


def _clean(command: Callable[..., Any]) -> Callable[..., Any]:
    """One clear line and a meaningful exit code for whatever goes wrong."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except KgError as error:
            click.echo(f"kg: {_one_line(str(error))}", err=True)
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


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Build, read and query a knowledge graph of diplomacy news.

    Exit codes: 0 all went well; 1 some documents failed (see report.json); 2 wrong use;
    130 stopped with Ctrl-C.
    """


@main.command()
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
@click.option("--trace", is_flag=True, help="Keep for kg explain why each event is there.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@_clean
def build(
    sources: tuple[str, ...], out: Path, model: str | None, data: tuple[Path, ...], base: str | None,
    min_confidence: float, jobs: int, trace: bool, quiet: bool,
) -> None:  # fmt: skip
    """Build a graph from text files, folders and glob patterns."""
    import os

    from kg.build import build as run
    from kg.documents import find_files
    from kg.report import Options

    files = find_files(sources)
    options = Options(
        model=model, data=data, min_confidence=min_confidence, trace=trace, generated=_epoch(os.environ.get("SOURCE_DATE_EPOCH")),
        **({"base": _checked_base(base)} if base else {}),
    )  # fmt: skip
    with _Reporter(len(files), quiet) as progress, _pool(jobs) as executor:
        report = run(files, out, options, executor=executor, progress=progress)
    for failure in report.failures:
        click.echo(f"kg: {_one_line(failure.message)}", err=True)
    if not quiet:
        click.echo(_summary(report, out))
    if report.failures:
        sys.exit(FAILED)


def _pool(jobs: int) -> AbstractContextManager[Executor | None]:
    """Worker processes that have ended when the block ends; left to the interpreter's exit, that races."""
    if jobs == 1:
        return nullcontext()
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(max_workers=jobs)


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


class _Reporter:
    """A progress bar on a terminal, plain lines otherwise, nothing when quiet."""

    def __init__(self, total: int, quiet: bool) -> None:
        self._total = total
        self._quiet = quiet
        self._bar: Any = None

    def __enter__(self) -> Progress | None:
        if self._quiet:
            return None
        if sys.stderr.isatty():
            self._bar = click.progressbar(length=self._total, label="building", file=sys.stderr)
            self._bar.__enter__()
            return lambda done, total: self._bar.update(done - self._bar.pos)
        return lambda done, total: click.echo(f"{done} of {total} documents", err=True)

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)


@main.command()
@click.argument("out", type=click.Path(path_type=Path), required=False)
@click.argument("query", required=False)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "jsonld"]),
    help="Result format.",
)
@click.option("--list", "list_", is_flag=True, help="List the shipped queries.")
@_clean
def query(out: Path | None, query: str | None, form: str | None, list_: bool) -> None:
    """Ask a built graph: SPARQL text, a .rq file, - for standard input, or a shipped query."""
    from kg.errors import UsageError
    from kg.query import run_query, shipped_queries
    from kg.query.library import find_query
    from kg.store import open_store

    if list_:
        for shipped in shipped_queries().values():
            click.echo(f"{shipped.name:14} {shipped.question_de}")
        return
    if out is None or query is None:
        raise UsageError("kg query needs a built folder and a query; kg query --list names the shipped ones")
    text = sys.stdin.read() if query == "-" else find_query(query)
    click.echo(run_query(open_store(out), text, form), nl=False)


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("document", required=False)
@click.option("--ids", is_flag=True, help="Print each event's id, as kg explain takes it.")
@_clean
def show(out: Path, document: str | None, ids: bool) -> None:
    """Read what was understood: a line per event, with the sentence it stands on."""
    from kg.show import show as lines
    from kg.store import open_store

    for line in lines(open_store(out), document, ids=ids):
        click.echo(line)


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("event")
@_clean
def explain(out: Path, event: str) -> None:
    """Tell why an event is in the graph: words, clause, frame, links. EVENT is its IRI or the end of it."""
    from kg.explain import explain as lines

    for line in lines(out, event):
        click.echo(line)


@main.command()
@click.argument("graphs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="GRAPH...")
@_clean
def validate(graphs: tuple[Path, ...]) -> None:
    """Check graph files or built folders against the shapes."""
    from kg.rdf.check import check_path

    broken = 0
    for path in graphs:
        for document, violation in check_path(path):
            broken += 1
            click.echo(
                _one_line(f"{path}: {document}: {violation.node}: {violation.message} {violation.value}")
            )
    click.echo(f"{broken} violations" if broken else "conforms")
    if broken:
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
