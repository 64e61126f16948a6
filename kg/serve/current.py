"""The pages of a folder's last finished build: when another one is finished, of that."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.builds import MANIFEST
from kg.errors import UsageError
from kg.serve.pages import Pages
from kg.store.disk import OpenBuild, open_build


class Current:
    """What is served now. Requests that have begun end with the build that they began with."""

    def __init__(self, out: Path) -> None:
        """Open the folder.

        Raises:
            UsageError: there is no built graph.
        """
        self._out = out
        self._lock = threading.Lock()
        self._seen = self._stamp()
        self._opened = open_build(out)
        self._pages = Pages(self._opened)

    def opened(self) -> OpenBuild:
        """The build that is served, after a look whether it still is the folder's."""
        return self._now()[0]

    def folder(self) -> Path:
        """Where that build lies."""
        return self.opened().build.folder

    def handler(self, page: Callable[[Pages, Request], Response]) -> Callable[[Request], Response]:
        """A page of whatever is served when it is asked for."""

        def respond(request: Request) -> Response:
            try:
                return page(self._now()[1], request)
            except (ValueError, OverflowError) as error:  # what the engine, or a number, cannot be
                return PlainTextResponse(f"an unusable parameter: {error}\n", 400)

        return respond

    def _now(self) -> tuple[OpenBuild, Pages]:
        with self._lock:
            stamp = self._stamp()
            if stamp != self._seen:
                self._seen = stamp
                try:
                    self._opened = open_build(self._out)  # the old one goes when nobody refers to it
                    self._pages = Pages(self._opened)
                except UsageError:  # the folder is gone: what was opened is still there
                    pass
            return self._opened, self._pages

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = (self._out / MANIFEST).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino
