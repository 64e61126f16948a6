"""A read-only SPARQL endpoint.

Source: SPARQL 1.1 Protocol and SPARQL 1.1 Service Description, W3C Recommendations of 2013.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

import anyio
from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, Response

from kg.formats import GRAPHS, ROWS
from kg.query.workers import Request, Workers
from kg.serve.answers import QueryResponse, Unread
from kg.serve.negotiation import choose
from kg.store.walls import NOT_ENABLED, asks_others

_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update",
)  # fmt: skip
LONGEST = 1_000_000
"""Bytes of a query."""
_DESCRIPTION = """@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .
<{endpoint}> a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat {formats} ;
    sd:defaultDataset <{endpoint}#dataset> .
<{endpoint}#dataset> a sd:Dataset ;
    sd:defaultGraph <{endpoint}#default> .
<{endpoint}#default> a sd:Graph .
"""


class Endpoint:
    """Answers requests to ``/sparql``."""

    def __init__(self, workers: Workers, *, federation: bool = False) -> None:
        """Args: federation: whether queries may ask other endpoints (``SERVICE``)."""
        self._workers = workers
        self._slots = anyio.Semaphore(workers.limits.workers)
        self._unread = Unread(workers.limits)
        self._federation = federation

    async def respond(self, request: HttpRequest) -> Response:
        """One request of the protocol."""
        try:
            fields = await _fields(request)
        except _RefusedError as refused:
            return PlainTextResponse(f"{refused}\n", refused.status)
        texts = [value for name, value in fields if name == "query"]
        if not texts and request.method == "GET":
            return _description(request)
        if len(texts) != 1:
            return PlainTextResponse("exactly one query is needed\n", 400)
        if not self._federation and asks_others(texts[0]):
            return PlainTextResponse(f"{NOT_ENABLED}\n", 403)
        rows, graph = (
            choose(request.headers.get("accept"), ROWS),
            choose(request.headers.get("accept"), GRAPHS),
        )
        asked = Request(
            texts[0],
            (rows or ROWS[0]).engine,
            (graph or GRAPHS[0]).engine,
            str(request.url.replace(query="")),
            tuple(v for n, v in fields if n == "default-graph-uri"),
            tuple(v for n, v in fields if n == "named-graph-uri"),
        )
        return QueryResponse(self._workers, self._slots, self._unread, asked, {"rows": rows, "graph": graph})


class _RefusedError(Exception):
    def __init__(self, status: int, says: str) -> None:
        super().__init__(says)
        self.status = status


async def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a request, from its address and its body."""
    fields = [(n, v) for n, v in request.query_params.multi_items() if n != "token"]
    if request.method == "GET":
        return _checked(fields)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST:
            raise _RefusedError(413, "the query is too long")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise _RefusedError(400, "the body is not UTF-8") from None
    if kind == _FORM:
        return _checked(fields + parse_qsl(text, keep_blank_values=True))
    if kind == _QUERY:
        return _checked([*fields, ("query", text)])
    if kind == _UPDATE:
        raise _RefusedError(403, "updates are not enabled here")
    raise _RefusedError(415, f"send {_FORM} or {_QUERY}")


def _checked(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    if any(name == "update" for name, _ in fields):
        raise _RefusedError(403, "updates are not enabled here")
    if any(name.startswith("using-") for name, _ in fields):
        raise _RefusedError(400, "using-graph-uri is for updates")
    return fields


def _description(request: HttpRequest) -> Response:
    from pyoxigraph import RdfFormat, parse, serialize

    form = choose(request.headers.get("accept"), GRAPHS) or GRAPHS[0]
    names = {
        "JSON": "SPARQL_Results_JSON",
        "XML": "SPARQL_Results_XML",
        "CSV": "SPARQL_Results_CSV",
        "TSV": "SPARQL_Results_TSV",
    }
    formats = ", ".join(f"<http://www.w3.org/ns/formats/{names[f.engine]}>" for f in ROWS)
    text = _DESCRIPTION.format(endpoint=str(request.url.replace(query="")), formats=formats)
    quads = parse(text, format=RdfFormat.TURTLE)
    body = serialize((q.triple for q in quads), format=getattr(RdfFormat, form.engine))
    return Response(body, media_type=form.media_type)
