"""``kg load`` against the plainest curl, on the same kind of server in the same run.

``python tests/benchmark_load.py FOLDER [--triples 1000000] [--servers oxigraph,fuseki]`` prints seconds, their ratio
and the most memory that kg took. FOLDER is filled by tests/generated.py if it is empty. curl sends one file of N-Quads
(to Virtuoso, which takes none, of N-Triples into one graph); kg looks through all, sends, and verifies the counts.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from generated import write_shards
from servers import SERVERS, Server

from kg.export import export_rdf
from kg.identity.links import Links, write_links

CURL = {
    "oxigraph": ["-X", "POST", "-H", "Content-Type: application/n-quads", "{url}/store"],
    "fuseki": ["-X", "POST", "-H", "Content-Type: application/n-quads", "{url}/data"],
    "rdf4j": ["-X", "POST", "-H", "Content-Type: application/n-quads", "{url}/statements"],
    "virtuoso": ["-X", "PUT", "-H", "Content-Type: text/turtle", "--digest", "-u", "dba:dba",
                 "{url}/sparql-graph-crud-auth?graph-uri=urn:all"],
}  # fmt: skip

_TRIES = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--servers", default="oxigraph,fuseki")
    args = parser.parse_args()
    if not (args.folder / "shards").is_dir():
        write_shards(args.folder, args.triples)
        write_links(args.folder, Links())
    for form in ("nq", "nt"):
        with (args.folder / f"all.{form}").open("wb") as file:
            export_rdf(args.folder, form, file)
    print(f"{'server':10} {'curl':>8} {'kg load':>8} {'ratio':>6} {'memory':>8}")
    for name in args.servers.split(","):
        data = args.folder / ("all.nt" if name == "virtuoso" else "all.nq")
        plain = _curl(name, data)
        with _running(name) as server:
            own, memory = _load(args.folder, server)
        print(f"{name:10} {plain:7.1f}s {own:7.1f}s {own / plain:6.2f} {memory / 1e6:5.0f} MB")


@contextmanager
def _running(name: str) -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        server = SERVERS[name](Path(folder)).start()
        try:
            yield server
        finally:
            server.kill()


def _curl(name: str, data: Path) -> float:
    """Seconds of a curl that went through, not a number if none did: Virtuoso sometimes answers one large PUT with "deadlocked", or never."""
    for _ in range(_TRIES):
        with _running(name) as server:
            arguments = [a.format(url=server.url) for a in CURL[name]]
            command = [
                "curl",
                "--fail",
                "--silent",
                "--output",
                os.devnull,
                "--max-time",
                "120",
                "-T",
                str(data),
            ]
            start = perf_counter()
            if subprocess.run([*command, *arguments], check=False).returncode == 0:
                return perf_counter() - start
        print(f"{name}: curl failed, again with a new server")
    return math.nan


def _load(folder: Path, server: Server) -> tuple[float, int]:
    """Seconds, and bytes of the most resident memory."""
    start = perf_counter()
    command = [sys.executable, "-m", "kg", "load", str(folder), server.url, "--quiet"]
    process = subprocess.Popen(command, env={**os.environ, **server.login})
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"kg load failed on {server.name}")
    return perf_counter() - start, usage.ru_maxrss * 1024


if __name__ == "__main__":
    main()
