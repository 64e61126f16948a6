"""The web application: routes and what guards them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.query.workers import Limits, Workers
from kg.serve.current import Current
from kg.serve.guards import Headers, SameOrigin, Token, is_loopback
from kg.serve.pages import Pages
from kg.serve.protocol import Endpoint

_STATIC = Path(__file__).parent / "static"


def application(
    out: Path,
    *,
    limits: Limits | None = None,
    host: str = "127.0.0.1",
    token: str | None = None,
    origins: Sequence[str] = (),
    federation: bool = False,
) -> Starlette:
    """The application over a built folder.

    Args:
        host: the address it will be bound to; a loopback one answers to local names only.
        token: who asks must show it.
        origins: web origins that may ask from a browser (CORS); none by default.
        federation: whether queries may ask other endpoints.

    Raises:
        UsageError: there is no built graph.
    """
    current = Current(out)
    workers = Workers(current.folder, limits or Limits(), sealed=not federation)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        workers.close()

    middleware = [Middleware(Headers), Middleware(SameOrigin, allowed=origins)]
    if is_loopback(host):  # a foreign page must not reach it under a name of its own
        middleware.append(
            Middleware(TrustedHostMiddleware, allowed_hosts=["localhost", "127.0.0.1", "[::1]", "::1"])
        )
    if origins:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=list(origins),
                allow_methods=["GET", "POST"],
                allow_headers=["*"],
            )
        )
    if token:
        middleware.append(Middleware(Token, token=token))
    routes = [
        Route("/", current.handler(Pages.home)),
        Route("/network", current.handler(Pages.network)),
        Route("/query", current.handler(Pages.query)),
        Route("/queries/{name}", current.handler(Pages.shipped)),
        Route("/document/{id:path}", current.handler(Pages.document)),
        Route("/entity", current.handler(Pages.entity)),
        Route("/event", current.handler(Pages.event)),
        Route("/search", current.handler(Pages.search)),
        Route("/sparql", Endpoint(workers, federation=federation).respond, methods=["GET", "POST"]),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]
    return Starlette(routes=routes, middleware=middleware, lifespan=lifespan)
