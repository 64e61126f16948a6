"""``kg inspect``: what would be read; ``kg status``: how a built folder stands to its sources; ``kg watch``: build what arrives."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.faults import FAILED, clean, one_line

if TYPE_CHECKING:
    from kg.model import Document

_COLUMNS = (
    ("id", 28),
    ("title", 40),
    ("date", 10),
    ("language", 4),
    ("medium", 20),
    ("letters", 9),
    ("warnings", 60),
)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--map", "mapping", metavar="FIELD=NAME,…", help="Fields of records (JSON, CSV …).")
@click.option(
    "--limit", "limits", metavar="NAME=NUMBER", multiple=True, help="A limit of reading; repeatable."
)
@click.option(
    "--jsonl", is_flag=True, help="Print the documents as JSON Lines, with their texts, instead of a table."
)
@clean
def inspect(sources: tuple[str, ...], mapping: str | None, limits: tuple[str, ...], jsonl: bool) -> None:
    """Show what would be read of files, folders, patterns, addresses, or - for standard input, and build nothing."""
    from kg.documents import Settings, find_sources, limits_of, mapping_of, read_documents
    from kg.documents.collect import collected
    from kg.model import Document

    settings = Settings(mapping_of(mapping), limits_of(limits))
    files = find_sources(sources, settings.limits)
    read = failed = 0
    if not jsonl:
        click.echo("  ".join(name.ljust(width) for name, width in _COLUMNS).rstrip())
    for _, found in collected(
        files.paths, files.named, lambda p, named: read_documents(p, settings, named=named)
    ):
        if not isinstance(found, Document):
            failed += 1
            click.echo(f"kg: {one_line(str(found))}", err=True)
            continue
        read += 1
        click.echo(_line(found) if jsonl else _row(found))
    for path, reason in files.passed:
        click.echo(f"kg: {one_line(str(path))}: passed over: {reason}", err=True)
    if not jsonl:
        click.echo(f"{read} documents, {failed} failures")
    if failed:
        sys.exit(FAILED)


def _row(document: Document) -> str:
    values = (
        document.id, document.title or "", str(document.published or ""), document.language, document.publisher or "",
        f"{len(document.text):,}", "; ".join(document.warnings),
    )  # fmt: skip
    cells = (_fitted(one_line(v), width) for v, (_, width) in zip(values, _COLUMNS, strict=True))
    return "  ".join(cells).rstrip()


def _fitted(text: str, width: int) -> str:
    return (text if len(text) <= width else f"{text[: width - 1]}…").ljust(width)


def _line(document: Document) -> str:
    """A document as a line of JSON, which `kg build` reads again."""
    content = {k: v for k, v in asdict(document).items() if v and k not in ("path", "dated")}
    return json.dumps(content, ensure_ascii=True, default=str)


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@clean
def status(out: Path) -> None:
    """Say what is in a built folder, and what of its sources has changed since."""
    from kg.build import reading_of, rules_version
    from kg.documents import find_sources
    from kg.documents.addresses import is_address
    from kg.documents.cache import Reading
    from kg.documents.collect import collected
    from kg.errors import SourceError, UsageError
    from kg.increments import built_notes, built_sources, standing
    from kg.lang import load
    from kg.model import Document
    from kg.notes import read_notes
    from kg.rdf.shards import shards_of
    from kg.report import read_options

    notes = built_notes(out)
    if not notes:
        raise UsageError(f"{out}: holds no built graph; run kg build first")
    failed = [n for n, _ in notes.values() if n.failure]
    events = sum(sum(n.events.values()) for n, _ in notes.values())
    click.echo(
        f"{out}: {len(notes) - len(failed):,} documents, {events:,} events, {len(failed):,} failures in shards"
    )
    sources = built_sources(out)
    if not sources:
        click.echo("sources: not known (built from Python)")
        return
    click.echo(f"sources: {', '.join(one_line(s) for s in sources[:8])}{' …' if len(sources) > 8 else ''}")
    options = read_options(out, trace=True)
    version = rules_version(load(options.language, options.data), options)
    first = read_notes(shards_of(out)[0])
    if first is not None and first.version != version:
        click.echo("stale: program, data or options have changed; kg build makes all of it anew")
    documents: list[Document] = []
    problems = 0
    addresses = [s for s in sources if is_address(s)]
    try:
        files = find_sources(s for s in sources if s not in addresses)
    except SourceError as error:
        click.echo(f"gone: {one_line(str(error))}")
        return
    settings = reading_of(out)
    with Reading(settings) as reading:
        paths = [p for p in files.paths if str(p) != "-"]
        for _, found in collected(paths, files.named, lambda p, named: reading.documents(p, named=named)):
            if isinstance(found, Document):
                documents.append(found)
            else:
                problems += 1
    if addresses:
        click.echo(
            "not looked at again, so that what is there counts as gone: "
            + ", ".join(map(one_line, addresses))
        )
    found_now = standing(out, documents)
    click.echo(f"{found_now.unchanged:,} unchanged, {problems:,} cannot be read")
    for what, ids in (("new", found_now.new), ("changed", found_now.changed), ("gone", found_now.gone)):
        if ids:
            click.echo(
                f"{what}: {len(ids):,} ({', '.join(one_line(i) for i in ids[:8])}{' …' if len(ids) > 8 else ''})"
            )
    if not (found_now.new or found_now.changed or found_now.gone):
        click.echo("up to date")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="Folder to write.")
@click.option(
    "--every", type=click.FloatRange(0.1), default=5.0, show_default=True, help="Seconds between two looks."
)
@click.option("--map", "mapping", metavar="FIELD=NAME,…", help="Fields of records (JSON, CSV …).")
@click.option("--rounds", type=click.IntRange(1), hidden=True, help="Looks after which to end.")
@clean
def watch(folder: Path, out: Path, every: float, mapping: str | None, rounds: int | None) -> None:
    """Build what arrives in a folder, until Ctrl-C; a file is read when it has stopped growing."""
    from kg.build import build as run
    from kg.documents import Settings, find_sources, mapping_of
    from kg.errors import SourceError
    from kg.increments import Increment
    from kg.watching import changes

    settings = Settings(mapping_of(mapping))
    increment = Increment((str(folder),))

    def snapshot() -> dict[Path, tuple[int, int]]:
        try:
            return {
                p: (s.st_size, s.st_mtime_ns) for p in find_sources([str(folder)]).paths if (s := p.lstat())
            }
        except (SourceError, OSError):
            return {}

    for files in changes(snapshot, lambda: time.sleep(every), rounds):
        named: frozenset[Path] = frozenset()
        report = run(sorted(files), out, reading=settings, named=named, increment=increment)
        for failure in report.failures:
            click.echo(f"kg: {one_line(failure.message)}", err=True)
        click.echo(
            f"{report.documents} documents, {report.events} events in {report.seconds['total']:.1f} s",
            err=True,
        )
