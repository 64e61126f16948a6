"""A triplestore that misbehaves as it is told to: Oxigraph's engine behind an HTTP server of the tests' own."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    serialize,
)

Fault = Callable[["_Handler"], bool]
"""Does something to a request; True if that was its end."""


@dataclass
class Misbehaving:
    """The server: what it has, what it was asked, and the faults of its next writing requests."""

    url: str
    store: Store = field(default_factory=Store)
    faults: list[Fault] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, str], int]] = field(default_factory=list)
    """(method, path, headers, bytes) of every request."""
    always: Fault | None = None
    """A fault of every request."""
    lock: threading.Lock = field(default_factory=threading.Lock)


def status(code: int, said: str = "", **headers: str) -> Fault:
    """Answer with an error."""

    def fault(handler: _Handler) -> bool:
        handler.answer(
            code, said.encode(), "text/plain", {k.replace("_", "-"): v for k, v in headers.items()}
        )
        return True

    return fault


def larger_than(most: int) -> Fault:
    """Answer 413 to a body of more bytes."""
    return lambda handler: len(handler.body) > most and status(413, "too large")(handler)


def hang(seconds: float) -> Fault:
    """Say nothing for a while."""

    def fault(handler: _Handler) -> bool:
        time.sleep(seconds)
        handler.close_connection = True
        return True

    return fault


def cut_before(handler: _Handler) -> bool:
    """Close the connection with nothing done."""
    handler.close_connection = True
    return True


def cut_after(handler: _Handler) -> bool:
    """Do what was asked, and close the connection without an answer."""
    handler.answer = lambda *_: None  # type: ignore[method-assign]
    handler.close_connection = True
    return False


def half_an_answer(handler: _Handler) -> bool:
    """Promise more bytes than come."""
    handler.promised = 1000
    handler.close_connection = True
    return False


def page_of_a_proxy(handler: _Handler) -> bool:
    """Answer 200 with a page for people, and do nothing."""
    handler.answer(200, b"<html><body>Please log in</body></html>", "text/html")
    return True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    promised = 0
    body = b""
    me: Misbehaving

    def _any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        self.me.asked.append((self.command, self.path, dict(self.headers), length))
        if self.headers.get("Content-Encoding") == "gzip":
            self.body = gzip.decompress(self.body)
        writes = self.command in ("PUT", "DELETE") or (
            self.command == "POST" and not self.path.startswith("/query")
        )
        with self.me.lock:
            fault = self.me.always or (self.me.faults.pop(0) if writes and self.me.faults else None)
        if fault and fault(self):
            return
        with self.me.lock:
            self._serve()

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _any  # noqa: N815

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        graph = parse_qs(parts.query).get("graph", [""])[0]
        store = self.me.store
        if parts.path == "/query":
            found = store.query(parse_qs(self.body.decode())["query"][0])
            assert isinstance(found, QuerySolutions)
            self.answer(
                200, found.serialize(format=QueryResultsFormat.JSON) or b"", "application/sparql-results+json"
            )
        elif parts.path == "/update":
            store.update(self.body.decode())
            self.answer(204, b"", "")
        elif self.command == "GET" and graph:
            triples = [q.triple for q in store.quads_for_pattern(None, None, None, NamedNode(graph))]
            content = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
            self.answer(200 if triples else 404, content, "application/n-triples")
        elif self.command == "POST" and not graph:
            store.extend(parse(self.body, format=RdfFormat.N_QUADS))
            self.answer(204, b"", "")
        elif self.command == "PUT":
            store.remove_graph(NamedNode(graph))
            store.load(self.body, format=RdfFormat.TURTLE, to_graph=NamedNode(graph))
            self.answer(201, b"", "")
        elif self.command == "DELETE":
            store.remove_graph(NamedNode(graph) if graph else DefaultGraph())
            self.answer(204, b"", "")
        else:
            self.answer(200, b"", "text/html")

    def answer(self, code: int, content: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) + self.promised))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        return


@contextmanager
def misbehaving(
    port: int = 0, certificate: Path | None = None, key: Path | None = None
) -> Iterator[Misbehaving]:
    """Run the server; with a certificate it speaks TLS."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    if certificate and key:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    me = Misbehaving(f"http{'s' if certificate else ''}://localhost:{server.server_address[1]}")
    handler.me = me  # type: ignore[attr-defined]
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    yield me
    server.shutdown()
    server.server_close()
