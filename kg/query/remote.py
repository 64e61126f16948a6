"""Questions to an endpoint elsewhere, by the SPARQL 1.1 Protocol.

The shipped queries read the default graph; it must hold what all documents say, as `kg serve`'s does.
(Fuseki: ``tdb2:unionDefaultGraph true``; in Virtuoso, GraphDB and QLever it is the union by default.)
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, parse_query_results

from kg.errors import QueryError

ACCEPT = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
}
_SECONDS = 120


class RemoteEndpoint:
    """A SPARQL endpoint, asked by POST; nothing is sent but the query."""

    def __init__(self, url: str, *, seconds: float = _SECONDS) -> None:
        """Args: seconds: how long an answer may take."""
        if urlsplit(url).scheme not in ("http", "https"):
            raise QueryError(f"{url!r}: an endpoint begins with http:// or https://")
        self._url = url
        self._seconds = seconds

    def answer(self, text: str, form: str) -> str:
        """The answer in a format of `ACCEPT`.

        Raises:
            QueryError: the endpoint cannot be reached, or refuses the query; the message has its words.
        """
        request = urllib.request.Request(
            self._url,
            urlencode({"query": text}).encode(),
            {"Accept": ACCEPT[form], "Content-Type": "application/x-www-form-urlencoded", "User-Agent": "kg"},
        )
        try:
            with urllib.request.urlopen(request, timeout=self._seconds) as response:
                content: bytes = response.read()
                return content.decode("utf-8")
        except urllib.error.HTTPError as error:
            says = error.read(500).decode("utf-8", "replace").strip()
            raise QueryError(f"{self._url} answers {error.code}: {says}") from None
        except (OSError, ValueError) as error:
            raise QueryError(f"{self._url} cannot be asked: {getattr(error, 'reason', error)}") from None

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
