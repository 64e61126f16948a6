"""A triplestore elsewhere as a set of named graphs: which there are, how large, what is in one, and removing them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.endpoint import Answer, Client
from kg.errors import EndpointError
from kg.publish.dialects import Dialect

PAGE = 5000
"""Rows asked for at once; Virtuoso cuts answers at 10,000 without saying so."""
_DROPPED_AT_ONCE = 200
_JSON = "application/sparql-results+json"
_RDF = "application/n-triples, text/turtle;q=0.5"
_COUNTS = """SELECT ?g (COUNT(*) AS ?n) WHERE {{
  GRAPH ?g {{ ?s ?p ?o }}
}} GROUP BY ?g HAVING (STRSTARTS(STR(?g), {base}) && STR(?g) > {last}) ORDER BY ?g LIMIT {page}"""


class RemoteStore:
    """One store, by its dialect."""

    def __init__(self, dialect: Dialect, client: Client, *, compress: bool = False) -> None:
        """Args: compress: gzip what is sent."""
        self.dialect = dialect
        self.client = client
        self.compress = compress

    @property
    def address(self) -> str:
        """Where graphs are written to."""
        return self.dialect.update or self.dialect.graph_store

    def counts(self, base: str, named: Iterable[str]) -> dict[str, int]:
        """The store's graphs with their numbers of triples.

        Args:
            base: only graphs whose IRI begins so.
            named: graphs to ask for one by one, if the store can only be asked so.

        Raises:
            EndpointError: it cannot be asked, or its answer makes no sense.
        """
        if not self.dialect.query:
            sizes = {name: len(self.triples(name)) for name in named}
            return {name: size for name, size in sizes.items() if size}
        found: dict[str, int] = {}
        last = base
        while True:
            page = self._counts_after(base, last)
            found |= page
            if len(page) < PAGE:
                return found
            newest = max(page)
            if newest <= last:
                raise EndpointError(f"{self.dialect.query}: lists its graphs in no order")
            last = newest

    def _counts_after(self, base: str, last: str) -> dict[str, int]:
        query = _COUNTS.format(base=Literal(base), last=Literal(last), page=PAGE)
        answer = self.client.ask(self.dialect.query, query, _JSON)
        try:
            rows = parse_query_results(answer.content, format=QueryResultsFormat.JSON)
            if not isinstance(rows, QuerySolutions):
                raise ValueError("no rows")
            # An empty answer may hold one row of nothing, as some stores group nothing into one group.
            return {g.value: int(n.value) for g, n in ((r["g"], r["n"]) for r in rows) if g and n}
        except (SyntaxError, ValueError, KeyError, AttributeError) as error:
            raise EndpointError(
                f"{self.dialect.query}: the answer is {answer.type or 'of no type'}, no SPARQL result: {error}"
            ) from None

    def triples(self, graph: str) -> set[Triple]:
        """What the store has in a graph; nothing if it has no such graph.

        Raises:
            EndpointError: it cannot be asked, or its answer is no RDF.
        """
        try:
            answer = self._graph(graph)
        except EndpointError as error:
            if error.status == 404:
                return set()
            raise
        form = RdfFormat.from_media_type(answer.type)
        if form is None:
            raise EndpointError(f"{graph}: the store answers with {answer.type or 'no type'}, no RDF")
        try:
            return {q.triple for q in parse(answer.content, format=form, base_iri=graph)}
        except (SyntaxError, ValueError) as error:
            raise EndpointError(f"{graph}: the store answers with broken RDF: {error}") from None

    def _graph(self, graph: str) -> Answer:
        if self.dialect.graph_store:
            parameters = {self.dialect.graph_parameter: graph}
            return self.client.send(
                "GET", self.dialect.graph_store, parameters=parameters, headers={"Accept": _RDF}
            )
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {NamedNode(graph)} {{ ?s ?p ?o }} }}"
        return self.client.ask(self.dialect.query, query, _RDF)

    def change(self, update: bytes) -> None:
        """Carry out a SPARQL Update.

        Raises:
            EndpointError: the store refuses.
        """
        if self.dialect.update_form:
            body, kind = urlencode({"update": update}).encode(), "application/x-www-form-urlencoded"
        else:
            body, kind = update, "application/sparql-update; charset=utf-8"
        self.client.send(
            "POST", self.dialect.update, body=body, headers={"Content-Type": kind}, compress=self.compress
        )

    def drop(self, graphs: Iterable[str]) -> None:
        """Remove graphs.

        Raises:
            EndpointError: the store refuses.
        """
        names = list(graphs)
        if self.dialect.old == "put":
            for name in names:
                self._delete(name)
            return
        for i in range(0, len(names), _DROPPED_AT_ONCE):
            self.change(drops(names[i : i + _DROPPED_AT_ONCE]).encode())

    def _delete(self, graph: str) -> None:
        try:
            self.client.send(
                "DELETE", self.dialect.graph_store, parameters={self.dialect.graph_parameter: graph}
            )
        except EndpointError as error:
            if error.status != 404:
                raise


def drops(graphs: Iterable[str]) -> str:
    """An update that removes graphs, whether they are there or not."""
    return " ;\n".join(f"DROP SILENT GRAPH {NamedNode(name)}" for name in graphs)
