"""All shipped queries on a generated graph: from the store on disk, by pyoxigraph directly, and by rdflib in memory.

``python tests/benchmark_queries.py FOLDER [--triples 1000000] [--no-rdflib] [--rounds 5]`` prints p50 and p95 per query
and the ratios. FOLDER is filled by tests/generated.py if it is empty.
"""

from __future__ import annotations

import argparse
import math
import resource
import signal
import statistics
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from generated import write_shards
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store
from rdflib import Dataset, Graph

from kg.query import bind, shipped_queries
from kg.query.run import run_query
from kg.rdf.shards import lines_of, read_shard, shards_of
from kg.rdf.terms import PREFIXES
from kg.store import fill_store, open_store, select
from kg.store.dataset import open_dataset

# What an analyst would ask with; the actors are those most in the news.
GIVEN = {
    "actor": "Staat 1", "speaker": "Staat 1", "person": "Vorname0 Name0", "sender": "Staat 1", "entity": "Staat 1",
    "one": "Staat 1", "other": "Staat 2", "since": "2012-01-01", "until": "2012-12-31", "class": "Meeting", "topic": "Thema 7",
    "containing": "Name7", "subject": "Vorname0 Name0", "predicate": "dip:country", "place": "Staat 3", "destination": "Staat 3",
}  # fmt: skip
PATIENCE = 15
"""Seconds after which a query in rdflib is given up; its time counts as so many."""
UNUSED = {"target", "body", "article", "event", "object"}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--no-rdflib", action="store_true", help="rdflib needs gigabytes for ten million triples"
    )
    args = parser.parse_args()
    if not (args.folder / "store").is_dir():
        write_shards(args.folder, args.triples)
        fill_store(args.folder, map(lines_of, shards_of(args.folder)))
    start = perf_counter()
    store = open_store(args.folder)
    print(f"opening the store: {perf_counter() - start:.3f} s")
    dataset = open_dataset(args.folder)
    texts = {
        name: bind(
            q,
            {p.name: GIVEN[p.name] for p in q.parameters if p.name not in UNUSED},
            lambda t: select(store, t),
        )
        for name, q in shipped_queries().items()
    }
    ways: dict[str, Callable[[str], object]] = {
        "kg": lambda text: run_query(store, text, "json"),
        "pyoxigraph": lambda text: _direct(store, text),
        "rdflib API": lambda text: list(dataset.query(text)),
    }
    times = {way: {n: _times(run, t, args.rounds) for n, t in texts.items()} for way, run in ways.items()}
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
    if not args.no_rdflib:
        graph = _in_rdflib(args.folder)
        times["rdflib in memory"] = {n: [_stopped(graph, t)] for n, t in texts.items()}
    _report(times)


def _direct(store: Store, text: str) -> object:
    result = store.query(text, prefixes=PREFIXES)
    assert isinstance(result, QuerySolutions)
    return result.serialize(format=QueryResultsFormat.JSON)


def _times(run: Callable[[str], object], text: str, rounds: int) -> list[float]:
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        run(text)
        taken.append(perf_counter() - start)
    return taken


def _stopped(graph: Graph, text: str) -> float:
    """Seconds of a query in rdflib, which is given up after `PATIENCE`."""

    def give_up(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    start = perf_counter()
    try:
        list(graph.query(text))
    except TimeoutError:
        return float(PATIENCE)
    except Exception as error:  # some aggregates over unbound values are beyond it
        print(f"rdflib fails: {type(error).__name__}: {error}")
        return math.nan
    finally:
        signal.alarm(0)
    return perf_counter() - start


def _in_rdflib(folder: Path) -> Graph:
    """What all documents say in rdflib's own store; named graphs too, for the one query that asks for them."""
    start = perf_counter()
    engine = Store()
    for shard in shards_of(folder):
        quads = list(read_shard(shard))
        engine.bulk_extend(quads)
    dataset = Dataset(default_union=True)
    text = engine.dump(format=RdfFormat.N_QUADS)
    assert text
    dataset.parse(data=text.decode(), format="nquads")
    print(f"loading rdflib's store in memory: {perf_counter() - start:.1f} s")
    return dataset


def _report(times: dict[str, dict[str, list[float]]]) -> None:
    ways = list(times)
    print(f"{'query':17}" + "".join(f"{way:>26}" for way in ways) + "   (p50 / p95, ms)")
    for name in times["kg"]:
        cells = "".join(
            f"{statistics.median(times[w][name]) * 1e3:15.2f} /{_p95(times[w][name]) * 1e3:9.2f}"
            for w in ways
        )
        print(f"{name:17}{cells}")
    medians = {w: {n: statistics.median(t) for n, t in of.items()} for w, of in times.items()}
    for way in ways[1:]:
        ratios = [r for n in medians["kg"] if not math.isnan(r := medians[way][n] / medians["kg"][n])]
        print(
            f"{way} / kg: median {statistics.median(ratios):.2f}, least {min(ratios):.2f}, most {max(ratios):.2f}"
        )


def _p95(values: list[float]) -> float:
    return sorted(values)[min(int(0.95 * len(values)), len(values) - 1)]


if __name__ == "__main__":
    main()
