"""Answers on their way: the work goes ahead of who reads, who is not waited for.

A worker writes its answer into a file as fast as it can and is free for the next query; the client reads from
there. What is not read goes: an answer whose reader stands still, and the oldest ones where there are too many.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import anyio
from anyio import from_thread, to_thread
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from kg.errors import KgError
from kg.formats import GRAPHS, ROWS, Format
from kg.query.workers import BadQueryError, LimitError, Limits, Request, Task, Workers

_PIECE = 65_536
_IN_MEMORY = 1_000_000


class Unread:
    """All answers that are on their way, the oldest first."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._spools: list[Spool] = []
        self._lock = threading.Lock()

    def add(self, spool: Spool) -> None:
        """Another answer begins; too many, and the oldest that is ready is dropped."""
        with self._lock:
            self._spools.append(spool)
        self.bound()

    def bound(self) -> None:
        """Drop answers that wait, the oldest first, until the others are within the limits."""
        with self._lock:
            waiting = [s for s in self._spools if s.ended]
            size = sum(s.waiting for s in self._spools)
            number = len(self._spools)
            for spool in waiting:
                if size <= self._limits.unread and number <= self._limits.answers:
                    return
                size, number = size - spool.waiting, number - 1
                self._spools.remove(spool)
                spool.drop()

    def remove(self, spool: Spool) -> None:
        """An answer is out, or nobody wants it."""
        with self._lock:
            if spool in self._spools:
                self._spools.remove(spool)


class Spool:
    """An answer: written by a worker's thread, read by the server's loop."""

    def __init__(self) -> None:
        self._file: Any = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self._lock = threading.Lock()
        self._written = self._read = 0
        self.kind = ""
        self.error: BadQueryError | LimitError | None = None
        self.ended = False
        self.dropped = False
        self.news = anyio.Event()

    @property
    def waiting(self) -> int:
        """Bytes that are not read."""
        return self._written - self._read

    def write(self, piece: bytes) -> None:
        """Add a piece, unless nobody reads any more."""
        with self._lock:
            if self._file.closed:
                return
            self._file.seek(self._written)
            self._file.write(piece)
            self._written += len(piece)

    def read(self) -> bytes:
        """The next piece, or nothing if there is none yet."""
        with self._lock:
            self._file.seek(self._read)
            piece: bytes = self._file.read(_PIECE)
            self._read += len(piece)
        return piece

    def tell(self) -> None:
        """Wake the reader; in the loop's thread."""
        self.news.set()
        self.news = anyio.Event()

    def drop(self) -> None:
        """Nobody is to wait for the rest."""
        self.dropped = True

    def close(self) -> None:
        """Free what it takes."""
        with self._lock:
            self._file.close()


class QueryResponse(Response):
    """The answer to a query, worked on when there is a free worker."""

    def __init__(
        self, workers: Workers, slots: anyio.Semaphore, unread: Unread, asked: Request,
        formats: Mapping[str, Format | None],
    ) -> None:  # fmt: skip
        super().__init__()
        self._workers = workers
        self._slots = slots
        self._unread = unread
        self._asked = asked
        self._formats = formats
        self._task = Task()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Work and send; a client that has gone away ends both."""
        async with anyio.create_task_group() as group:

            async def watch() -> None:
                while (await receive())["type"] != "http.disconnect":
                    pass
                self._task.cancel()
                group.cancel_scope.cancel()

            group.start_soon(watch)
            await self._work(scope, receive, send)
            group.cancel_scope.cancel()

    async def _work(self, scope: Scope, receive: Receive, send: Send) -> None:
        with anyio.move_on_after(self._workers.limits.seconds) as waiting:
            await self._slots.acquire()
        if waiting.cancelled_caught:
            busy = PlainTextResponse("too many queries at once; try again\n", 503, {"Retry-After": "5"})
            await busy(scope, receive, send)
            return
        spool = Spool()
        self._unread.add(spool)
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(self._pumped, spool)
                try:
                    await self._send(spool, scope, receive, send)
                finally:
                    self._task.cancel()  # whoever stands still has no use for the rest
                    spool.close()
        finally:
            self._task.cancel()
            self._unread.remove(spool)

    async def _pumped(self, spool: Spool) -> None:
        """The slot is held by the work, until the worker is free or replaced."""
        with anyio.CancelScope(shield=True):
            try:
                await to_thread.run_sync(self._pump, spool)
            finally:
                self._slots.release()
                spool.ended = True
                spool.tell()
                if self._unread:
                    self._unread.bound()

    def _pump(self, spool: Spool) -> None:
        try:
            with closing(self._workers.answer(self._asked, self._task)) as pieces:
                for piece in pieces:
                    if spool.kind:
                        spool.write(piece)
                    else:
                        spool.kind = piece.decode()
                    if self._formats[spool.kind] is None:
                        self._task.cancel()
                    from_thread.run_sync(spool.tell)
        except (BadQueryError, LimitError) as error:
            spool.error = error
        except (KgError, OSError) as error:  # no worker can be made, or no room for the answer
            spool.error = LimitError(f"the query cannot be answered now: {error}")

    async def _send(self, spool: Spool, scope: Scope, receive: Receive, send: Send) -> None:
        while not (spool.waiting or spool.ended):
            await spool.news.wait()
        refusal = self._refusal(spool)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        form = self._formats[spool.kind]
        assert form is not None
        headers = [(b"content-type", f"{form.media_type}; charset=utf-8".encode() if form.media_type.startswith("text/") else form.media_type.encode()), (b"vary", b"Accept")]  # fmt: skip
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        while not spool.dropped:
            piece = spool.read()
            if piece:
                with anyio.move_on_after(self._workers.limits.seconds) as still:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                if still.cancelled_caught:
                    break  # it stands still; the connection is closed without an end
            elif spool.ended:
                if spool.error is None:
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
                break
            else:
                await spool.news.wait()

    def _refusal(self, spool: Spool) -> Response | None:
        """What goes wrong before the first piece gets a clear answer."""
        if spool.kind and self._formats[spool.kind] is None:
            offered = ", ".join(f.media_type for f in (ROWS if spool.kind == "rows" else GRAPHS))
            return PlainTextResponse(f"there is: {offered}\n", 406)
        if spool.waiting or spool.error is None:
            return None
        if isinstance(spool.error, BadQueryError):
            return PlainTextResponse(f"the query is wrong: {spool.error}\n", 400)
        return PlainTextResponse(f"{spool.error}\n", 503)
