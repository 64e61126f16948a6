"""Queries in processes of their own, so that one that runs for ever can be ended.

The engine cannot be told to stop; a process can. A worker opens the store for reading, answers one
query at a time and streams the answer through a pipe, so memory stays flat and a slow reader slows
the query down. What exceeds its time or memory ends with its process, and another takes the place.
"""

from __future__ import annotations

import multiprocessing
import queue
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any

from kg.errors import KgError

_CHUNK = 65_536
_FAILED, _DATA, _END = b"!", b"+", b"."


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use."""

    seconds: float = 30.0
    bytes: int = 200_000_000
    memory: int = 4_000_000_000
    """Address space of a worker; the store's files are mapped into it, too."""
    workers: int = 3


@dataclass(frozen=True, slots=True)
class Request:
    """A query, the result formats as the engine calls them, the base IRI, the dataset that the protocol named."""

    text: str
    rows: str
    graph: str
    base: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class BadQueryError(KgError):
    """The query cannot be parsed or evaluated."""


class LimitError(KgError):
    """A query took more time, memory or output than it may."""


class Worker:
    """A process that answers queries; a sealed one cannot open a connection (`kg.query.sealed`)."""

    def __init__(self, store: Path, limits: Limits, *, sealed: bool = True) -> None:
        context = multiprocessing.get_context("spawn")
        self._conn, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(str(store), theirs, limits.memory, sealed), daemon=True
        )
        self._process.start()
        theirs.close()

    def ask(self, request: Request, deadline: float, most: int) -> Iterator[bytes]:
        """The answer: first its kind (``rows`` or ``graph``), then its bytes in pieces.

        Raises:
            BadQueryError: the query is wrong.
            LimitError: deadline or size is exceeded; the worker cannot be used any more.
        """
        self._conn.send(request)
        sent = 0
        while True:
            if not self._conn.poll(max(deadline - monotonic(), 0)):
                raise LimitError("the query took longer than it may; narrow it, or add LIMIT")
            try:
                message = self._conn.recv_bytes()
            except (EOFError, OSError):
                raise LimitError("the query needs more memory than it may use") from None
            kind, content = message[:1], message[1:]
            if kind == _END:
                return
            if kind == _FAILED:
                raise BadQueryError(content.decode("utf-8", "replace"))
            sent += len(content)
            if sent > most:
                raise LimitError(f"the answer is longer than {most} bytes; add LIMIT")
            yield content

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self._conn.close()


class Workers:
    """A fixed number of workers; the caller sees to it that no more queries are asked at once."""

    def __init__(self, store: Path, limits: Limits, *, sealed: bool = True) -> None:
        self._store = store
        self.limits = limits
        self._sealed = sealed
        self._free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for _ in range(limits.workers):
            self._free.put(self._new())

    def answer(self, request: Request) -> Generator[bytes]:
        """As `Worker.ask`, by a free worker.

        Raises:
            BadQueryError, LimitError: as they say.
        """
        worker = self._free.get()
        usable = False
        try:
            yield from worker.ask(request, monotonic() + self.limits.seconds, self.limits.bytes)
            usable = True
        except BadQueryError:
            usable = True
            raise
        finally:  # also where the reader has gone away
            if not usable:
                worker.end()
                worker = self._new()
            self._free.put(worker)

    def _new(self) -> Worker:
        return Worker(self._store, self.limits, sealed=self._sealed)

    def close(self) -> None:
        """End all workers."""
        for _ in range(self.limits.workers):
            try:
                self._free.get(timeout=1).end()
            except queue.Empty:
                return


class _Pipe:
    """A file that writes into a pipe, in pieces."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._buffer = bytearray()

    def write(self, data: bytes) -> int:
        self._buffer += data
        if len(self._buffer) >= _CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._buffer:
            self._conn.send_bytes(_DATA + self._buffer)
            self._buffer = bytearray()


def _serve(store_path: str, conn: Connection, memory: int, sealed: bool) -> None:
    """The life of a worker process."""
    import signal

    from pyoxigraph import Store

    from kg.query.sealed import seal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    _bound_memory(memory)
    if sealed:
        seal()
    store = Store.read_only(store_path)
    while True:
        try:
            request = conn.recv()
        except EOFError:
            return
        try:
            _answer(store, request, conn)
            conn.send_bytes(_END)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            conn.send_bytes(_FAILED + str(error).encode("utf-8", "replace"))
        except MemoryError:
            return


def _answer(store: Any, request: Request, conn: Connection) -> None:
    from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, serialize

    from kg.query.csv_results import write_csv

    result = store.query(
        request.text,
        base_iri=request.base,
        default_graph=[NamedNode(g) for g in request.default_graphs] or None,
        named_graphs=[NamedNode(g) for g in request.named_graphs] or None,
    )
    pipe: Any = _Pipe(conn)
    if isinstance(result, QueryTriples):
        conn.send_bytes(_DATA + b"graph")
        serialize(result, pipe, format=getattr(RdfFormat, request.graph))
    else:
        conn.send_bytes(_DATA + b"rows")
        if request.rows == "CSV" and isinstance(result, QuerySolutions):
            write_csv(result, pipe)
        else:
            result.serialize(pipe, format=getattr(QueryResultsFormat, request.rows))
    pipe.flush()


def _bound_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
