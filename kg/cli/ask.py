"""``kg query``, ``kg show``, ``kg explain``: reading a built graph."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.faults import clean, one_line


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("out", type=click.Path(path_type=Path), required=False)
@click.argument("query", required=False)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "jsonld"]),
    help="Result format.",
)
@click.option("--list", "list_", is_flag=True, help="List the shipped queries with their parameters.")
@click.option("--text", "text_", is_flag=True, help="Print the SPARQL text instead of asking it.")
@click.pass_context
@clean
def query(
    context: click.Context, out: Path | None, query: str | None, form: str | None, list_: bool, text_: bool
) -> None:
    """Ask a built graph: SPARQL text, a .rq file, - for standard input, or a shipped query.

    A shipped query takes parameters: kg query OUT meetings --actor "Kim Jong Un" --since 2018-01-01
    """
    from kg.errors import UsageError
    from kg.query import ShippedQuery, bind, find_query, run_query, shipped_queries
    from kg.query.parameters import options
    from kg.store import open_store, select

    if list_:
        for shipped in shipped_queries().values():
            parameters = " ".join(f"[--{p.name} {p.type.upper()}]" for p in shipped.parameters)
            click.echo(f"{shipped.name:15} {shipped.question_de}\n{'':15} {shipped.question_en}")
            if parameters:
                click.echo(f"{'':15} {parameters}")
        return
    if out is None or query is None:
        raise UsageError("kg query needs a built folder and a query; kg query --list names the shipped ones")
    chosen = ShippedQuery("", "", "", "", sys.stdin.read()) if query == "-" else find_query(query)
    store = open_store(out)
    text = bind(
        chosen,
        options(context.args),
        lambda text: select(store, text),
        lambda name, found: click.echo(f"--{name}: {one_line(found.label)} <{found.iri}>", err=True),
    )
    click.echo(f"{text.rstrip()}\n" if text_ else run_query(store, text, form), nl=False)


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
