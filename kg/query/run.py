"""Run a SPARQL query on a store and write the result in a format."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.errors import QueryError
from kg.formats import GRAPHS, ROWS, named, names
from kg.rdf.terms import PREFIXES, with_prefixes
from kg.store.walls import refuse_others

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

    from kg.query.remote import RemoteEndpoint

FORMATS = ("table", *names(ROWS), *names(GRAPHS))
_GRAPHS = names(GRAPHS)
_NO_GRAPH = "{} is for CONSTRUCT and DESCRIBE; rows come as table, csv, tsv, json or xml"
_WIDEST = 60


def run_query(store: Store, text: str, form: str | None = None) -> str:
    """The answer to a query over what all documents say, as text.

    Args:
        form: one of `FORMATS`; by default a table for rows and Turtle for graphs.

    Raises:
        QueryError: the query is wrong, might ask another endpoint, or the format does not fit its kind.
    """
    from pyoxigraph import QueryTriples

    refuse_others(text)
    try:
        result = store.query(text, prefixes=PREFIXES)
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(f"the query is wrong: {error}") from None
    if isinstance(result, QueryTriples):
        return _graph(result, form or "turtle")
    if form in _GRAPHS:
        raise QueryError(_NO_GRAPH.format(form))
    return _rows(result, form or "table")


def stream_query(
    out: Path,
    text: str,
    form: str | None,
    target: IO[bytes],
    *,
    seconds: float | None = None,
    federation: bool = False,
) -> None:
    """Write the answer to a query as it comes; it runs in a process of its own, which ends with this call, however that ends.

    Args:
        form: one of `FORMATS`; by default a table for rows and Turtle for graphs.
        seconds: how long it may take; None for as long as it takes.
        federation: whether it may ask other endpoints.

    Raises:
        QueryError: the query is wrong, takes longer, or might ask another endpoint; or the format does not fit its kind.
    """
    from kg.query.workers import BadQueryError, LimitError, Limits, Request, Worker
    from kg.store.disk import open_build

    if not federation:
        refuse_others(text)
    request = Request(text, named(form, ROWS).engine, named(form, GRAPHS).engine, prefixed=True)
    with open_build(out).build as build:
        worker = Worker(build.folder, Limits(), sealed=not federation)
        try:
            pieces = worker.ask(request, seconds, None)
            _write(pieces, form, target)
        except BadQueryError as error:
            raise QueryError(f"the query is wrong: {error}") from None
        except LimitError as error:
            raise QueryError(str(error)) from None
        finally:
            worker.end()


def _write(pieces: Iterator[bytes], form: str | None, target: IO[bytes]) -> None:
    from pyoxigraph import QueryResultsFormat, parse_query_results

    kind = next(pieces)
    if kind == b"rows" and form in (None, "table"):
        result = parse_query_results(b"".join(pieces), format=QueryResultsFormat.JSON)
        target.write(_rows(result, "table").encode())
        return
    if kind == b"rows" and form in _GRAPHS:
        raise QueryError(_NO_GRAPH.format(form))
    if kind == b"graph" and form not in (None, *_GRAPHS):
        raise QueryError(f"a graph comes as {', '.join(_GRAPHS)}, not as {form}")
    last = b""
    for piece in pieces:
        target.write(piece)
        target.flush()
        last = piece[-1:]
    if last != b"\n":
        target.write(b"\n")


def ask_endpoint(endpoint: RemoteEndpoint, text: str, form: str | None = None) -> str:
    """The answer of an endpoint elsewhere, as `run_query` gives that of a store.

    Raises:
        QueryError: the endpoint cannot be reached, or refuses the query.
    """
    text = with_prefixes(text)
    if form in (None, "table", "csv"):  # CSV too is written here: not every endpoint's can be read again
        return _rows(endpoint.result(text), form or "table")
    return endpoint.answer(text, str(form))


def _graph(result: QueryTriples, form: str) -> str:
    from pyoxigraph import RdfFormat, serialize

    if form not in _GRAPHS:
        raise QueryError(f"a graph comes as {', '.join(_GRAPHS)}, not as {form}")
    found = named(form, GRAPHS)
    prefixes = PREFIXES if found.prefixes else None
    return (serialize(result, format=getattr(RdfFormat, found.engine), prefixes=prefixes) or b"").decode(
        "utf-8"
    )


def _rows(result: QuerySolutions | QueryBoolean, form: str) -> str:
    from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions

    if form == "table":
        return ("ja\n" if bool(result) else "nein\n") if isinstance(result, QueryBoolean) else _table(result)
    if isinstance(result, QueryBoolean) and form in ("csv", "tsv"):
        return f"{str(bool(result)).lower()}\n"
    if form == "csv" and isinstance(result, QuerySolutions):
        from kg.query.csv_results import write_csv

        buffer = io.BytesIO()
        write_csv(result, buffer)
        return buffer.getvalue().decode("utf-8")
    formats = {
        "tsv": QueryResultsFormat.TSV,
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
    }
    return (result.serialize(format=formats[form]) or b"").decode("utf-8")


def _table(result: QuerySolutions) -> str:
    """A table for a terminal; text from articles is shown without control characters."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=False)
    names = [v.value for v in result.variables]
    for name in names:
        table.add_column(Text(name), overflow="fold")
    for row in result:
        table.add_row(*(Text(_cell(row[name])) for name in names))
    buffer = io.StringIO()
    Console(file=buffer, width=max(100, len(names) * (_WIDEST // 2)), force_terminal=False).print(table)
    return buffer.getvalue()


def _cell(term: object) -> str:
    value = str(getattr(term, "value", "") or "")
    for prefix, namespace in PREFIXES.items():
        if value.startswith(namespace):
            value = f"{prefix}:{value[len(namespace) :]}"
            break
    return "".join(c if c.isprintable() or c == " " else " " for c in value)
