"""The command ``kg``: a thin face over the library, a file per kind of command."""

from __future__ import annotations

import click

from kg import __version__
from kg.cli.ask import explain, query, show
from kg.cli.build import build
from kg.cli.graphs import export, merge, validate
from kg.cli.inspect import inspect, status, watch
from kg.cli.publish import diff, load
from kg.cli.reading import coverage, read
from kg.cli.serve import search, serve
from kg.cli.view import view


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Build, read and query a knowledge graph of diplomacy news.

    Exit codes: 0 all went well; 1 some documents failed (see report.json); 2 wrong use;
    130 stopped with Ctrl-C.
    """


for _command in (
    build,
    inspect,
    status,
    watch,
    query,
    show,
    explain,
    read,
    coverage,
    search,
    view,
    serve,
    export,
    merge,
    validate,
    load,
    diff,
):
    main.add_command(_command)
