"""``kg load``, ``kg diff``: the graph in a triplestore elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from kg.cli.faults import FAILED, clean, one_line
from kg.cli.progress import Reporter

if TYPE_CHECKING:
    from kg.publish.compare import Difference
    from kg.publish.plan import Tally
    from kg.publish.store import RemoteStore

_LISTED = 20

_OPTIONS = (
    click.option("--dialect", metavar="NAME", help="Kind of store, as kg/publish/dialects.toml names it; detected where that is safe."),
    click.option("--query-url", default="", metavar="URL", help="Its address for queries, if not the usual one."),
    click.option("--update-url", default="", metavar="URL", help="Its address for updates."),
    click.option("--graph-store-url", default="", metavar="URL", help="Its address for the Graph Store Protocol."),
    click.option("--auth", type=click.Choice(["none", "basic", "digest", "bearer"]), help="How to log in, if not as usual."),
    click.option("--login", is_flag=True, help="Ask for name and password."),
    click.option("--ca", type=click.Path(path_type=Path), metavar="FILE", help="Trust these certificates (PEM)."),
    click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=300.0, show_default=True, help="Seconds to wait for an answer."),
    click.option("--tries", type=click.IntRange(1), default=5, show_default=True, help="Times a request is sent at most."),
    click.option("--jobs", type=click.IntRange(1, 32), help="Requests at once, if not as usual for the store."),
)  # fmt: skip


def _of_a_store(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that talks to a store."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("url")
@_of_a_store
@click.option("--verify", type=click.Choice(["counts", "full"]), default="counts", show_default=True,
              help="Compare numbers of triples, or all triples.")  # fmt: skip
@click.option("--prune", is_flag=True, help="Also remove graphs of documents that are gone; asks first.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--force", is_flag=True, help="Send all graphs, also those that the store has confirmed.")
@click.option(
    "--batch",
    type=click.IntRange(1),
    help="Triples in a request at most, if not as usual; a graph is never cut.",
)
@click.option("--gzip/--no-gzip", "compress", default=None, help="Compress what is sent, or do not.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@clean
def load(
    out: Path, url: str, verify: str, prune: bool, yes: bool, force: bool, batch: int | None, compress: bool | None, dry_run: bool, quiet: bool,
    **store_options: Any,
) -> None:  # fmt: skip
    """Load a built graph into a triplestore, a named graph per document.

    Loading again replaces; an interrupted load goes on. Name and password come from KG_USER and KG_PASSWORD
    (or KG_TOKEN), or from ~/.netrc.
    """
    from kg.errors import UsageError
    from kg.export.source import names
    from kg.publish.compare import by_counts, by_triples
    from kg.publish.fitness import check
    from kg.publish.journal import Journal
    from kg.publish.load import load as send
    from kg.publish.load import prune as remove
    from kg.publish.plan import Tally, steps
    from kg.rdf.shards import shards_of
    from kg.report import read_options
    from kg.store.lock import writing

    begun = perf_counter()
    jobs, store = _store(url, compress=compress, batch=batch, **store_options)
    if prune and not store.dialect.query:
        raise UsageError(
            "--prune must ask what graphs there are: name the address for queries with --query-url"
        )
    shards_of(out)  # before anything is written there
    base = read_options(out).base
    with writing(out):
        triples = check(out, store.dialect)
        there = store.counts(base, names(out))
        journal = Journal(out, store.address)
        planned = steps(out, there, {} if force else journal.confirmed)
        if dry_run:
            tally = Tally()
            for step in planned:
                tally.add(step)
            _tell(tally, there, store, prune)
            return
        try:
            with Reporter(triples, quiet, "loading", "triples") as progress:
                tally, failed = send(store, planned, journal, jobs, _sum(progress, triples))
            for fault in failed:
                click.echo(one_line(f"kg: {fault.graph}: {fault.reason}"), err=True)
            gone = tally.gone(there)
            removed = prune and bool(gone) and _agreed(gone, there, url, yes)
            if removed:
                remove(store, gone, journal)
            differences = by_counts(tally.here, store.counts(base, tally.here))
            if verify == "full" and not differences:
                differences = list(by_triples(out, store, jobs))
            journal.forget(d.graph for d in differences)
        finally:
            journal.close()
    _list(differences)
    if not quiet:
        _summarise(tally, 0 if removed else len(gone), len(gone) if removed else 0, perf_counter() - begun)
        what = "all triples" if verify == "full" else "triples per graph"
        click.echo(
            f"verified: {what}, {f'{len(differences)} graphs differ' if differences else 'no difference'}"
        )
    if failed or differences:
        sys.exit(FAILED)


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("url")
@_of_a_store
@click.option("--triples", is_flag=True, help="Print every triple, with + or - before it.")
@clean
def diff(out: Path, url: str, triples: bool, **store_options: Any) -> None:
    """Show what loading a built graph would add to a triplestore (+) and remove (-).

    Exit code 0 if nothing, 1 if something.
    """
    from kg.export.source import names
    from kg.publish.compare import by_triples
    from kg.report import read_options

    jobs, store = _store(url, compress=None, batch=None, **store_options)
    there = store.counts(read_options(out).base, names(out))
    here: set[str] = set()
    differ = False
    for found in by_triples(out, store, jobs, here.add):
        differ = True
        click.echo(one_line(f"{found.graph} +{len(found.added)} -{len(found.removed)}"))
        if triples:
            for sign, statements in (("+", found.added), ("-", found.removed)):
                for statement in statements:
                    click.echo(f"{sign} {one_line(str(statement))}")
    for name in sorted(there.keys() - here):
        differ = True
        click.echo(one_line(f"{name} -{there[name]} (only with --prune)"))
    if differ:
        sys.exit(FAILED)
    click.echo("no difference")


def _store(
    url: str, *, dialect: str | None, query_url: str, update_url: str, graph_store_url: str, auth: Any, login: bool,
    ca: Path | None, timeout: float, tries: int, jobs: int | None, compress: bool | None, batch: int | None,
) -> tuple[int, RemoteStore]:  # fmt: skip
    """Requests at once, and the store that the options name."""
    from kg.endpoint import Login, find_login
    from kg.endpoint.login import checked_address
    from kg.publish.connect import connect, is_local

    known = find_login(checked_address(url), os.environ)
    if login:
        known = Login(click.prompt("name", err=True), click.prompt("password", hide_input=True, err=True))
    if known and url.startswith("http:") and not is_local(url):
        click.echo("kg: the password goes over http, which is not encrypted", err=True)
    store = connect(
        url, dialect, login=known, scheme=auth, ca=ca, seconds=timeout, tries=tries, compress=compress, batch=batch,
        query=query_url, update=update_url, graph_store=graph_store_url,
    )  # fmt: skip
    return jobs or store.dialect.parallel, store


def _sum(progress: Callable[[int, int], None] | None, total: int) -> Callable[[int], None]:
    """Progress by what was added, from progress by what is done."""
    done = 0

    def add(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(done, total)

    return add


def _agreed(gone: list[str], there: Mapping[str, int], url: str, yes: bool) -> bool:
    """Whether the user wants the graphs removed that are only there."""
    for name in gone[:_LISTED]:
        click.echo(one_line(f"- {name} ({there[name]} triples)"), err=True)
    if len(gone) > _LISTED:
        click.echo(f"and {len(gone) - _LISTED} more", err=True)
    return yes or click.confirm(f"remove these {len(gone)} graphs from {url}?", err=True)


def _tell(tally: Tally, there: Mapping[str, int], store: RemoteStore, prune: bool) -> None:
    """What would be done."""
    from kg.publish.plan import Action

    done = tally.graphs
    click.echo(f"{store.dialect.title} at {store.address}")
    click.echo(
        f"would send {done[Action.ADD]} new graphs and replace {done[Action.REPLACE]}: {tally.triples} triples"
    )
    click.echo(f"{done[Action.KEEP]} graphs are there already")
    if gone := tally.gone(there):
        click.echo(
            f"{'would remove' if prune else '--prune would remove'} {len(gone)} graphs that are only there"
        )


def _list(differences: list[Difference]) -> None:
    for difference in differences[:_LISTED]:
        click.echo(one_line(f"kg: differs: {difference}"), err=True)
    if len(differences) > _LISTED:
        click.echo(f"kg: and {len(differences) - _LISTED} more", err=True)


def _summarise(tally: Tally, left: int, removed: int, seconds: float) -> None:
    from kg.publish.plan import Action

    done = tally.graphs
    click.echo(
        f"{done[Action.ADD]} graphs added, {done[Action.REPLACE]} replaced, {done[Action.KEEP]} unchanged, "
        f"{removed} removed; {tally.triples} triples sent in {seconds:.1f} s"
    )
    if left:
        click.echo(f"{left} graphs are only there; --prune removes them")
