"""Fifty clients for a minute against ``kg serve``: errors, answers per second, memory of server and workers.

``python tests/benchmark_serve.py OUT [--seconds 60]``
"""

from __future__ import annotations

import argparse
import threading
from pathlib import Path
from time import monotonic, sleep

from test_serve import QUERY, ask, running

CLIENTS = 50
QUERIES = (
    "SELECT ?s ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l } LIMIT 20",
    "SELECT ?c (COUNT(?e) AS ?n) { ?e <https://w3id.org/dipkg/ontology#factuality> ?c } GROUP BY ?c",
    "ASK { ?m a <https://w3id.org/dipkg/ontology#Meeting> }",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()
    with running(args.out) as address:
        end = monotonic() + args.seconds
        done, wrong = [0] * CLIENTS, [0] * CLIENTS

        def client(number: int) -> None:
            while monotonic() < end:
                status, _, _ = ask(f"{address}/sparql", QUERIES[done[number] % 3], Content_Type=QUERY)
                done[number] += 1
                wrong[number] += status != 200

        threads = [threading.Thread(target=client, args=(i,)) for i in range(CLIENTS)]
        for thread in threads:
            thread.start()
        sleep(args.seconds / 4)
        early = _memory()
        for thread in threads:
            thread.join()
        print(f"{sum(done)} answers, {sum(wrong)} errors, {sum(done) / args.seconds:.0f} per second")
        print(f"memory after a quarter of the time {early:.0f} MB, at the end {_memory():.0f} MB")


def _memory() -> float:
    """Resident megabytes of the server and its workers."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            command = status.with_name("cmdline").read_bytes().split(b"\0")
            if b"serve" in command or any(b"spawn_main" in part for part in command):
                total += int(status.read_text().split("VmRSS:")[1].split()[0])
        except (OSError, IndexError):
            continue
    return total / 1000


if __name__ == "__main__":
    main()
