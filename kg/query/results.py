"""Results of ``graph.query(...)`` for people who go on in Python: rows, data frames, a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import Literal
from rdflib.query import Result

from kg.errors import QueryError

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def rows(result: Result) -> list[dict[str, Any]]:
    """The rows of a SELECT as dictionaries; literals become Python values, IRIs strings, nothing None.

    Raises:
        QueryError: it is the result of another kind of query.
    """
    if result.type != "SELECT":
        raise QueryError(f"rows come from SELECT, not from {result.type}")
    names = [str(v) for v in result.vars or ()]
    return [{name: _value(row[i]) for i, name in enumerate(names)} for row in result]  # type: ignore[index]


def frame(result: Result, library: str = "pandas") -> Any:
    """The rows of a SELECT as a data frame.

    Args:
        library: ``pandas`` or ``polars``; the extra ``frames`` installs both.

    Raises:
        QueryError: it is not the result of a SELECT, or the library is not there.
    """
    content = rows(result)
    names = [str(v) for v in result.vars or ()]
    try:
        if library == "pandas":
            import pandas

            return pandas.DataFrame(content, columns=names)
        if library == "polars":
            import polars

            return polars.DataFrame(content, schema=names, infer_schema_length=None)
    except ImportError:
        raise QueryError(
            f"{library} is not installed: python -m pip install 'kg-diplomacy[frames]'"
        ) from None
    raise QueryError(f"{library!r}: there is pandas and polars")


def to_network(result: Result) -> MultiDiGraph:
    """A SELECT's first two columns as an edge per row, the others as its attributes; or a graph's triples.

    Raises:
        QueryError: there are fewer than two columns.
    """
    import networkx as nx

    network = nx.MultiDiGraph()
    if result.type in ("CONSTRUCT", "DESCRIBE"):
        for s, p, o in result.graph or ():
            network.add_edge(str(s), str(_value(o)), predicate=str(p))
        return network
    content = rows(result)
    names = [str(v) for v in result.vars or ()]
    if len(names) < 2:
        raise QueryError("a network needs two columns: from and to")
    for row in content:
        if row[names[0]] is not None and row[names[1]] is not None:
            network.add_edge(row[names[0]], row[names[1]], **{n: row[n] for n in names[2:]})
    return network


def _value(term: Any) -> Any:
    if term is None:
        return None
    return term.toPython() if isinstance(term, Literal) and term.datatype else str(term)
