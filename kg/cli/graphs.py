"""``kg export``, ``kg merge``, ``kg validate``: the graph as a whole."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.faults import FAILED, clean, one_line
from kg.formats import DATASETS, GRAPHS


@click.command()
@click.argument("graphs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="GRAPH...")
@clean
def validate(graphs: tuple[Path, ...]) -> None:
    """Check graph files or built folders against the shapes."""
    from kg.rdf.check import check_path

    broken = 0
    for path in graphs:
        for document, violation in check_path(path):
            broken += 1
            click.echo(
                one_line(f"{path}: {document}: {violation.node}: {violation.message} {violation.value}")
            )
    click.echo(f"{broken} violations" if broken else "conforms")
    if broken:
        sys.exit(FAILED)


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice([*(f.suffix for f in (*DATASETS, *GRAPHS)), "csv"]),
    default="trig",
    show_default=True,
    help="csv writes a folder of tables.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File (for csv: folder); else standard output."
)
@click.option(
    "--graph", metavar="DOCUMENT", help="Only the graph of one document: its id or the graph's IRI."
)
@click.option("--gzip", "compress", is_flag=True, help="Compress.")
@click.option(
    "--bulk", type=click.Path(path_type=Path), metavar="DIR", help="Files for filling a store offline."
)
@click.option(
    "--for",
    "store",
    type=click.Choice(["fuseki", "qlever", "virtuoso", "neptune", "oxigraph", "graphdb"]),
    help="With --bulk: which store.",
)
@clean
def export(
    out: Path,
    form: str,
    output: Path | None,
    graph: str | None,
    compress: bool,
    bulk: Path | None,
    store: str | None,
) -> None:
    """Write a built graph in another format.

    ttl, nt and xml hold what all documents say, without named graphs. csv writes events, roles, entities,
    mentions and a PLOVER event table, described by csv-metadata.json (CSVW).
    """
    from kg.errors import UsageError
    from kg.export import export_rdf, export_tables
    from kg.export.rdf import target_file

    if bulk is not None or store is not None:
        from kg.publish import write_bulk

        if bulk is None or store is None:
            raise UsageError("--bulk DIR and --for STORE go together")
        for path in write_bulk(out, bulk, store):
            click.echo(str(path))
        return
    if form == "csv":
        if output is None or graph or compress:
            raise UsageError("--format csv needs a folder (-o), and takes neither --graph nor --gzip")
        for path in export_tables(out, output):
            click.echo(str(path))
        return
    with target_file(output, sys.stdout.buffer, compress=compress) as target:
        export_rdf(out, form, target, graph=graph)


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("one", required=False)
@click.argument("other", required=False)
@click.option("--different", is_flag=True, help="They are not the same. OTHER may be a document, too.")
@click.option("--note", default="", help="Why, for the record.")
@click.option("--list", "list_", is_flag=True, help="List the decisions made.")
@clean
def merge(out: Path, one: str | None, other: str | None, different: bool, note: str, list_: bool) -> None:
    """Decide that two entities or events are the same, or are not.

    ONE and OTHER are IRIs, ends of IRIs, or names. The decision is kept in OUT/links.csv and followed
    whenever the graph is built again. With --different and a document as OTHER, ONE is somebody else in
    that document.
    """
    from kg.errors import UsageError
    from kg.finish import decide
    from kg.identity.decisions import read_decisions

    if list_:
        for d in read_decisions(out):
            click.echo(one_line(f"{d.decision}: {d.one} {d.other} {d.note}"))
        return
    if one is None or other is None:
        raise UsageError("kg merge needs two entities or events; kg show --ids prints the ids of events")
    decision = decide(out, one, other, same=not different, note=note)
    click.echo(one_line(f"{decision.decision}: {decision.one} {decision.other}"))
