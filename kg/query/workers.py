"""Queries in processes of their own, so that one that runs for ever can be ended.

The engine cannot be told to stop; a process can. A worker opens the store for reading, answers one
query at a time and streams the answer through a pipe. What exceeds its time or memory, or is asked by
somebody who has gone away, ends with its process. A worker ends with the process that it works for.
"""

from __future__ import annotations

import multiprocessing
import queue
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any

from kg.errors import KgError

_CHUNK = 65_536
_PATIENCE = 0.2
"""Seconds after which what there is of an answer is sent, even if it is little."""
_START = 120
"""Seconds in which a process must have started."""
_READY, _FAILED, _DATA, _END = b"?", b"!", b"+", b"."


@dataclass(frozen=True, slots=True)
class Limits:
    """What queries may use."""

    seconds: float = 30.0
    """Of work for one query, and of waiting for one who does not go on reading the answer."""
    bytes: int = 200_000_000
    """Of one answer."""
    memory: int = 4_000_000_000
    """Address space of a worker; the store's files are mapped into it, too."""
    workers: int = 3
    unread: int = 1_000_000_000
    """Bytes of all answers that wait to be read."""
    answers: int = 64
    """Answers that wait to be read."""


@dataclass(frozen=True, slots=True)
class Request:
    """A query, the result formats as the engine calls them, the base IRI, the dataset that the protocol named."""

    text: str
    rows: str
    graph: str
    base: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    prefixed: bool = False
    """Whether the prefixes of the output are known to the query, and used in the answer."""


class BadQueryError(KgError):
    """The query cannot be parsed or evaluated."""


class LimitError(KgError):
    """A query took more time, memory or output than it may."""


class Worker:
    """A process that answers queries to a build; a sealed one cannot open a connection (`kg.query.sealed`)."""

    def __init__(self, folder: Path, limits: Limits, *, sealed: bool = True) -> None:
        context = multiprocessing.get_context("spawn")
        self.folder = folder
        self._conn, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(str(folder), theirs, limits.memory, sealed), daemon=True
        )
        self._process.start()
        self._started = False
        theirs.close()

    def ask(self, request: Request, seconds: float | None, most: int | None) -> Iterator[bytes]:
        """The answer: first its kind (``rows`` or ``graph``), then its bytes in pieces.

        Args:
            seconds: what it may take, from when the worker is there; None for as long as it takes.
            most: how many bytes it may have.

        Raises:
            BadQueryError: the query is wrong.
            LimitError: time or size is exceeded; the worker cannot be used any more.
        """
        sent = 0
        try:
            self._await_start()
            deadline = None if seconds is None else monotonic() + seconds
            self._conn.send(request)
            while True:
                if not self._conn.poll(None if deadline is None else max(deadline - monotonic(), 0)):
                    raise LimitError("the query took longer than it may; narrow it, or add LIMIT")
                message = self._conn.recv_bytes()
                kind, content = message[:1], message[1:]
                if kind == _END:
                    return
                if kind == _FAILED:
                    raise BadQueryError(content.decode("utf-8", "replace"))
                sent += len(content)
                if most is not None and sent > most:
                    raise LimitError(f"the answer is longer than {most} bytes; add LIMIT")
                yield content
        except (EOFError, OSError):
            raise LimitError("the query needs more memory than it may use") from None

    def _await_start(self) -> None:
        """A process takes its time to start, the more on a busy machine; no query pays for that."""
        if self._started:
            return
        if not self._conn.poll(_START) or self._conn.recv_bytes() != _READY:
            raise LimitError("no process for the query could be started; try again")
        self._started = True

    def kill(self) -> None:
        """End the process, whatever it does; who waits for its answer is told."""
        self._process.kill()

    def end(self) -> None:
        """End the process and forget it."""
        self._process.kill()
        self._process.join()
        self._conn.close()


class Task:
    """A query that somebody waits for, who may go away."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._cancelled = False

    def cancel(self) -> None:
        """Nobody waits any more: its worker ends at once."""
        with self._lock:
            self._cancelled = True
            if self._worker is not None:
                self._worker.kill()

    def given_to(self, worker: Worker) -> None:
        """Note who works on it."""
        with self._lock:
            self._worker = worker
            if self._cancelled:
                worker.kill()

    def given_back(self) -> bool:
        """Nobody works on it any more; tells whether the worker was let live."""
        with self._lock:
            worker, self._worker = self._worker, None
            return worker is not None and not self._cancelled


class Workers:
    """A fixed number of workers; the caller sees to it that no more queries are asked at once.

    Args:
        folder: tells which build is to be asked; a worker of another one is replaced.
    """

    def __init__(self, folder: Callable[[], Path], limits: Limits, *, sealed: bool = True) -> None:
        self._folder = folder
        self.limits = limits
        self._sealed = sealed
        self._free: queue.SimpleQueue[Worker | None] = queue.SimpleQueue()
        """None: a worker that is still to be made."""
        for _ in range(limits.workers):
            self._free.put(self._new())

    def answer(self, request: Request, task: Task | None = None) -> Generator[bytes]:
        """As `Worker.ask`, by a free worker.

        Raises:
            BadQueryError, LimitError: as they say.
        """
        task = task or Task()
        worker = self._free.get()
        usable = False
        try:
            if worker is not None and worker.folder != self._folder():
                worker.end()
                worker = None
            worker = worker or self._new()
            task.given_to(worker)
            yield from worker.ask(request, self.limits.seconds, self.limits.bytes)
            usable = True
        except BadQueryError:
            usable = True
            raise
        finally:
            self._free.put(self._kept(worker, usable=task.given_back() and usable))

    def _kept(self, worker: Worker | None, *, usable: bool) -> Worker | None:
        """What takes a worker's place: itself, another, or none where none can be made now."""
        if usable:
            return worker
        if worker is not None:
            worker.end()
        try:
            return self._new()
        except (KgError, OSError):
            return None

    def _new(self) -> Worker:
        return Worker(self._folder(), self.limits, sealed=self._sealed)

    def close(self) -> None:
        """End all workers."""
        for _ in range(self.limits.workers):
            try:
                worker = self._free.get(timeout=1)
            except queue.Empty:
                return
            if worker is not None:
                worker.end()


class _Pipe:
    """A file that writes into a pipe, in pieces."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._buffer = bytearray()
        self._sent = monotonic()

    def write(self, data: bytes) -> int:
        self._buffer += data
        if len(self._buffer) >= _CHUNK or monotonic() - self._sent > _PATIENCE:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._buffer:
            self._conn.send_bytes(_DATA + self._buffer)
            self._buffer = bytearray()
        self._sent = monotonic()


def _serve(folder: str, conn: Connection, memory: int, sealed: bool) -> None:
    """The life of a worker process."""
    import signal

    from pyoxigraph import Store

    from kg.builds import share
    from kg.processes import end_with_parent
    from kg.query.sealed import seal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asks
    if sealed:
        seal()  # while there is one thread: others would not be sealed, and only one can get a network of its own
    end_with_parent()
    _bound_memory(memory)
    share(Path(folder))  # for as long as the process lives
    store = Store.read_only(str(Path(folder, "store")))
    with suppress(BrokenPipeError):
        conn.send_bytes(_READY)
    while True:
        try:
            request = conn.recv()
        except EOFError:
            return
        try:
            _answer(store, request, conn)
            conn.send_bytes(_END)
        except BrokenPipeError:
            return
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            conn.send_bytes(_FAILED + str(error).encode("utf-8", "replace"))
        except MemoryError:
            return


def _answer(store: Any, request: Request, conn: Connection) -> None:
    from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, serialize

    from kg.query.csv_results import write_csv
    from kg.rdf.terms import PREFIXES

    prefixes = PREFIXES if request.prefixed else None
    result = store.query(
        request.text,
        base_iri=request.base,
        prefixes=prefixes,
        default_graph=[NamedNode(g) for g in request.default_graphs] or None,
        named_graphs=[NamedNode(g) for g in request.named_graphs] or None,
    )
    pipe: Any = _Pipe(conn)
    if isinstance(result, QueryTriples):
        conn.send_bytes(_DATA + b"graph")
        shortened = prefixes if request.graph != "N_TRIPLES" else None
        serialize(result, pipe, format=getattr(RdfFormat, request.graph), prefixes=shortened)
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
