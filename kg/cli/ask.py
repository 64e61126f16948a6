"""``kg query``, ``kg show``, ``kg explain``: reading a built graph."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.faults import clean, one_line
from kg.formats import GRAPHS, ROWS, names

if TYPE_CHECKING:
    from kg.query.names import Named


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("out", required=False, metavar="OUT|URL")
@click.argument("query", required=False)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", *names(ROWS), *names(GRAPHS)]),
    help="Result format.",
)
@click.option("--list", "list_", is_flag=True, help="List the shipped queries with their parameters.")
@click.option("--text", "text_", is_flag=True, help="Print the SPARQL text instead of asking it.")
@click.option("--timeout", type=click.FloatRange(min=0.1), help="Seconds that the query may take.")
@click.option("--federation", is_flag=True, help="Let the query ask other endpoints (SERVICE).")
@click.pass_context
@clean
def query(
    context: click.Context, out: str | None, query: str | None, form: str | None, list_: bool, text_: bool,
    timeout: float | None, federation: bool,
) -> None:  # fmt: skip
    """Ask a built graph, or a SPARQL endpoint that holds one: SPARQL text, a .rq file, - for standard input, or a shipped query.

    A shipped query takes parameters: kg query OUT meetings --actor "Kim Jong Un" --since 2018-01-01
    """
    from kg.endpoint import find_login
    from kg.errors import UsageError
    from kg.query import ShippedQuery, bind, find_query, shipped_queries
    from kg.query.parameters import options
    from kg.query.remote import SECONDS, RemoteEndpoint
    from kg.query.run import ask_endpoint, stream_query
    from kg.rdf.terms import with_prefixes
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
    told = options(context.args)

    def tell(name: str, found: Named) -> None:
        click.echo(f"--{name}: {one_line(found.label)} <{found.iri}>", err=True)

    if out.startswith(("http://", "https://")):
        endpoint = RemoteEndpoint(out, find_login(out, os.environ), seconds=timeout or SECONDS)
        text = bind(chosen, told, lambda names: endpoint.select(with_prefixes(names)), tell)
        answer = text if text_ else ask_endpoint(endpoint, text, form)
    else:
        store = open_store(Path(out))
        text = bind(chosen, told, lambda names: select(store, names), tell)
        if not text_:
            stream_query(
                Path(out),
                text,
                form,
                sys.stdout.buffer,
                seconds=timeout,
                federation=federation,
            )
            return
        answer = text
    click.echo(answer, nl=not answer.endswith("\n"))


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("document", required=False)
@click.option("--ids", is_flag=True, help="Print each event's id, as kg explain takes it.")
@click.option(
    "--language", type=click.Choice(["de", "en"]), default="de", show_default=True, help="Of what is printed."
)
@clean
def show(out: Path, document: str | None, ids: bool, language: str) -> None:
    """Read what was understood: a line per event, with the sentence it stands on."""
    from kg.show import show as lines
    from kg.store import open_store

    for line in lines(open_store(out), document, ids=ids, language=language):
        click.echo(line)


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("events", nargs=-1, required=True, metavar="EVENT...")
@clean
def explain(out: Path, events: tuple[str, ...]) -> None:
    """Tell why events are in the graph: words, clause, line of the lexicon, links, what spoke for and against them.

    EVENT is an event's IRI or the end of it.
    """
    from kg.explain import explain as lines

    for line in lines(out, *events):
        click.echo(line)
