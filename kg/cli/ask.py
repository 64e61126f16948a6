"""``kg query``, ``kg show``, ``kg explain``: reading a built graph."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.faults import clean


@click.command()
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
@clean
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


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("document", required=False)
@click.option("--ids", is_flag=True, help="Print each event's id, as kg explain takes it.")
@clean
def show(out: Path, document: str | None, ids: bool) -> None:
    """Read what was understood: a line per event, with the sentence it stands on."""
    from kg.show import show as lines
    from kg.store import open_store

    for line in lines(open_store(out), document, ids=ids):
        click.echo(line)


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("event")
@clean
def explain(out: Path, event: str) -> None:
    """Tell why an event is in the graph: words, clause, frame, links. EVENT is its IRI or the end of it."""
    from kg.explain import explain as lines

    for line in lines(out, event):
        click.echo(line)
