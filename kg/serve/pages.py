"""The pages. Every text is escaped by the templates; links lead inside or to Wikidata only."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response

from kg.errors import KgError, QueryError
from kg.query.library import shipped_queries
from kg.query.parameters import bind
from kg.rdf.codes import labels
from kg.rdf.terms import DCT, LABEL, PREFIXES, SKOS, WIKIDATA
from kg.search.index import KINDS, MARK, search
from kg.serve.reading import INDEX, Reading
from kg.store import select
from kg.store.disk import OpenBuild

_HERE = Path(__file__).parent


class Pages:
    """Handlers of the pages over one built folder."""

    def __init__(self, opened: OpenBuild) -> None:
        self._opened = opened
        self._out = opened.build.folder
        self._store = opened.store
        self._reading = Reading(opened.store)
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["labels"] = labels("de")

    def _page(self, template: str, status: int = 200, **values: object) -> Response:
        return HTMLResponse(self._templates.get_template(template).render(**values), status)

    def _missing(self, what: str) -> Response:
        return self._page("missing.html", 404, what=what)

    def home(self, request: Request) -> Response:
        """Where everything is."""
        offset = request.query_params.get("offset", "0")
        if not re.fullmatch(r"[0-9]{1,12}", offset):
            return PlainTextResponse("offset: a number is needed\n", 400)
        documents = self._reading.documents(int(offset))
        return self._page("home.html", documents=documents, queries=list(shipped_queries().values()))

    def network(self, request: Request) -> Response:
        """The page that the build wrote."""
        page = self._out / "network.html"
        return FileResponse(page) if page.is_file() else self._missing("network.html")

    def query(self, request: Request) -> Response:
        """The editor."""
        return self._page("query.html", queries=list(shipped_queries().values()), prefixes=PREFIXES)

    def shipped(self, request: Request) -> Response:
        """A shipped query's text with parameters, as JSON."""
        query = shipped_queries().get(request.path_params["name"])
        if query is None:
            return JSONResponse({"error": "no such query"}, 404)
        given = {k: v for k, v in request.query_params.items() if v and k != "token"}
        taken: dict[str, str] = {}
        try:
            text = bind(
                query,
                given,
                lambda t: select(self._store, t),
                lambda name, found: taken.update({name: found.label}),
            )
        except QueryError as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({"text": text, "taken": taken})

    def document(self, request: Request) -> Response:
        """An article with its mentions and events."""
        identifier = request.path_params["id"]
        iri = self._reading.document(identifier)
        node = self._reading.node(iri) if iri else None
        if iri is None or node is None:
            return self._missing(identifier)
        text = node.one(INDEX)
        return self._page(
            "document.html",
            id=identifier,
            title=node.one(f"{DCT}title") or identifier,
            issued=node.one(f"{DCT}issued"),
            source=node.one(f"{DCT}source"),
            original=self._reading.original(iri),
            segments=self._reading.segments(iri, text),
            events=self._reading.events(iri, "dip:evidence/nif:referenceContext"),
        )

    def entity(self, request: Request) -> Response:
        """Who somebody is, and what he took part in."""
        iri = request.query_params.get("iri", "")
        node = self._node(iri)
        if node is None:
            return self._missing(iri)
        events = self._reading.events(iri)
        return self._page(
            "entity.html",
            iri=iri,
            name=node.one(LABEL.value) or iri,
            node=node,
            wikidata=next((v for v, _ in node.all(f"{SKOS}exactMatch") if v.startswith(WIKIDATA)), ""),
            aliases=[v for v, _ in node.all(f"{SKOS}altLabel")],
            offices=self._offices(iri),
            events=[e for e in events if e["class"] != "OfficeHolding"],
            neighbours=self._reading.neighbours(iri),
            documents=self._reading.mentioned(iri),
        )

    def event(self, request: Request) -> Response:
        """What an event is, and on which sentences it rests."""
        iri = request.query_params.get("iri", "")
        node = self._node(iri)
        if node is None:
            return self._missing(iri)
        return self._page("event.html", iri=iri, node=node, sentences=self._reading.sentences(iri))

    def search(self, request: Request) -> Response:
        """Full-text search."""
        words = request.query_params.get("q", "")
        kind = request.query_params.get("kind", "")
        hits, problem = [], ""
        if words:
            try:
                hits = search(self._out, words, kind=kind if kind in KINDS else None)
            except KgError as error:
                problem = str(error)
        return self._page(
            "search.html", words=words, kind=kind, kinds=KINDS, hits=hits, problem=problem, marked=marked
        )

    def _node(self, iri: str) -> Any:
        try:
            return self._reading.node(iri)
        except ValueError:  # not an IRI
            return None

    def _offices(self, iri: str) -> list[Mapping[str, str]]:
        query = (
            "SELECT DISTINCT ?node ?office ?of { ?h a dip:OfficeHolding ; dip:agent ?node ; dip:office ?office . "
            "OPTIONAL { ?h dip:body/rdfs:label ?of } } ORDER BY ?office"
        )
        return list(self._reading.rows(query, node=iri))


def marked(snippet: str) -> Markup:
    """A snippet as HTML, its found words marked.

    >>> marked("a <b> \\x02c\\x03")
    Markup('a &lt;b&gt; <mark>c</mark>')
    """
    escaped = html.escape(snippet)
    return Markup(escaped.replace(MARK[0], "<mark>").replace(MARK[1], "</mark>"))
