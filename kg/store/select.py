"""The program's own SELECT queries, over what all documents say."""

from __future__ import annotations

from pyoxigraph import NamedNode, QuerySolutions, Store, Variable

from kg.rdf.terms import PREFIXES


def select(store: Store, query: str, **values: NamedNode) -> QuerySolutions:
    """The rows of a SELECT query.

    Args:
        query: SPARQL with the prefixes of the output.
        values: IRIs for variables that the query selects, bound rather than written into its text.
    """
    rows = store.query(
        query, prefixes=PREFIXES,
        substitutions={Variable(name): value for name, value in values.items()},
    )  # fmt: skip
    assert isinstance(rows, QuerySolutions)
    return rows
