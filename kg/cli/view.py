"""``kg view``: the actor network as a page, or in the formats of other tools."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kg.cli.faults import clean, one_line

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="File: .html, .graphml, .gexf, .json, .dot, .csv, .png, .svg.",
)
@click.option("--class", "classes", multiple=True, help="Only events of this class; repeatable.")
@click.option(
    "--factuality",
    "factualities",
    multiple=True,
    type=click.Choice(["Actual", "Planned", "Possible", "Negated"]),
    help="Repeatable.",
)
@click.option(
    "--actor", "actors", multiple=True, help="Only events with this actor (name or IRI); repeatable."
)
@click.option(
    "--radius",
    type=click.IntRange(0, 5),
    default=0,
    show_default=True,
    help="1: also what those around an actor do with each other.",
)
@click.option("--source", "sources", multiple=True, help="Only events on this source's word; repeatable.")
@click.option(
    "--since", type=_DAY, help="Only events not before this day: their own, else that of their report."
)
@click.option(
    "--until", type=_DAY, help="Only events not after this day: their own, else that of their report."
)
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0)
@click.option(
    "--min-weight", type=click.IntRange(1), default=1, help="Least number of events between two actors."
)
@click.option("--states", is_flag=True, help="Persons and organisations as their states.")
@click.option("--language", type=click.Choice(["de", "en"]), default="de", show_default=True)
@click.option("--title", default="Akteursnetz", show_default=True)
@clean
def view(
    out: Path, output: Path, classes: tuple[str, ...], factualities: tuple[str, ...], actors: tuple[str, ...], radius: int,
    sources: tuple[str, ...], since: datetime | None, until: datetime | None, min_confidence: float, min_weight: int,
    states: bool, language: str, title: str,
) -> None:  # fmt: skip
    """Write the actor network: a page that opens offline, or a file for Gephi, Graphviz, papers, spreadsheets."""
    from kg.actor_network import Filters, export_network, page, read_network
    from kg.actor_network.rollup import to_states
    from kg.errors import UsageError
    from kg.query.names import find_named
    from kg.rdf.codes import class_names
    from kg.rdf.serialise import write_atomically
    from kg.store import open_store, select

    if unknown := set(classes) - set(class_names()):
        raise UsageError(f"--class {min(unknown)!r}: there are {', '.join(class_names())}")
    store = open_store(out)
    found = [find_named(lambda text: select(store, text), name) for name in actors]
    for name in found:
        click.echo(f"--actor: {one_line(name.label)} <{name.iri}>", err=True)
    network = Filters(
        frozenset(classes), frozenset(factualities), frozenset(sources), frozenset(n.iri for n in found), radius,
        since.date() if since else None, until.date() if until else None, min_confidence, min_weight,
    ).apply(read_network(store))  # fmt: skip
    if states:
        network = to_states(network)
    if output.suffix == ".html":
        write_atomically(output, page(network, title, language).encode("utf-8", "replace"))
    else:
        export_network(network, output)
    click.echo(f"{len(network)} actors, {network.number_of_edges()} relations: {output}")
