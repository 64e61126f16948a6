"""Who may ask, and what a page may load."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

QUERIES = ("/sparql", "/queries/")
"""Where a request's own words become a query."""
_COOKIE = "kg_token"
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
# The network page carries its scripts and styles inside; it is written by the program, with all texts escaped.
_INLINE = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; frame-ancestors 'none'"


def is_loopback(host: str) -> bool:
    """Whether an address is of this machine alone.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Headers:
    """Adds the headers that keep a page from loading or running anything foreign."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with headers added."""
        policy = _INLINE if scope.get("path") == "/network" else _POLICY

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await self._app(scope, receive, with_headers)


class SameOrigin:
    """Refuses what pages of other origins send, where it would run a query.

    A browser says where a request comes from (``Sec-Fetch-Site``, which no page can forge; older ones, ``Origin``).
    Only links to pages for reading may be followed from elsewhere; programs that are no browsers say nothing.

    Source: W3C, Fetch Metadata Request Headers (Working Draft of 2021).
    """

    def __init__(self, app: ASGIApp, allowed: Sequence[str] = ()) -> None:
        """Args: allowed: origins that may ask all the same."""
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse."""
        if scope["type"] == "http" and not self._may_ask(Request(scope)):
            refusal = PlainTextResponse("pages of other origins may not ask here; see kg serve --cors\n", 403)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _may_ask(self, request: Request) -> bool:
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site")
        if origin in self._allowed:
            return True
        if site in ("same-origin", "none"):
            return True
        if site is None:
            return origin is None or urlsplit(origin).netloc == request.headers.get("host")
        followed = (
            request.method == "GET"
            and request.headers.get("sec-fetch-mode") == "navigate"
            and request.headers.get("sec-fetch-dest") == "document"
        )
        return followed and not request.url.path.startswith(QUERIES)


class Token:
    """Lets in only who shows the token: as a bearer, in a cookie, or once in the address."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        given = request.query_params.get("token", "")
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not any(map(self._fits, (given, bearer, request.cookies.get(_COOKIE, "")))):
            refusal = PlainTextResponse(
                "a token is needed; kg serve printed it\n", 401, {"WWW-Authenticate": "Bearer"}
            )
            await refusal(scope, receive, send)
            return

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and self._fits(given):
                MutableHeaders(scope=message).append(
                    "Set-Cookie", f"{_COOKIE}={given}; HttpOnly; SameSite=Strict; Path=/"
                )
            await send(message)

        await self._app(scope, receive, with_cookie)

    def _fits(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self._token.encode())
