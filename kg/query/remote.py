"""Questions to an endpoint elsewhere, by the SPARQL 1.1 Protocol.

The shipped queries read the default graph; it must hold what all documents say, as `kg serve`'s does.
(Fuseki: ``tdb2:unionDefaultGraph true``; in Virtuoso, GraphDB and QLever it is the union by default.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, parse_query_results

from kg.endpoint import Client, Login
from kg.endpoint.login import checked_address
from kg.errors import EndpointError, QueryError
from kg.formats import GRAPHS, ROWS

ACCEPT = {f.name: f.media_type for f in (*ROWS, *GRAPHS)}
SECONDS = 120.0
"""How long an answer may take."""


class RemoteEndpoint:
    """A SPARQL endpoint, asked by POST; nothing is sent but the query."""

    def __init__(self, url: str, login: Login | None = None, *, seconds: float = SECONDS) -> None:
        """Prepare to ask.

        Args:
            seconds: how long an answer may take.

        Raises:
            UsageError: it is no address, or holds a password.
        """
        self._url = checked_address(url)
        self._client = Client(login, seconds=seconds, tries=2)

    def answer(self, text: str, form: str) -> str:
        """The answer in a format of `ACCEPT`.

        Raises:
            QueryError: the endpoint cannot be reached, or refuses the query; the message has its words.
        """
        try:
            return self._client.ask(self._url, text, ACCEPT[form]).content.decode("utf-8")
        except (EndpointError, UnicodeDecodeError) as error:
            raise QueryError(str(error)) from None

    def result(self, text: str) -> QuerySolutions | QueryBoolean:
        """The answer to SELECT or ASK, read.

        Raises:
            QueryError: as `answer`, or what comes is no SPARQL result.
        """
        content = self.answer(text, "json")
        try:
            return parse_query_results(content, format=QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"{self._url}: the answer is no SPARQL result: {error}") from None

    def select(self, text: str) -> Iterable[Mapping[str, Any]]:
        """The rows of a SELECT."""
        found = self.result(text)
        if isinstance(found, QueryBoolean):
            raise QueryError("rows come from SELECT")
        return found
