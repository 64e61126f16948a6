"""Whole builds on made-up news, against the bare parse: seconds of clock and processor per stage, processes, memory.

``python tests/benchmark_build.py [--articles 100 1000 10000] [--jobs 1 2]`` builds each number with each number of processes, all in
processes of their own, and prints what the shipped pipeline's ``nlp.pipe`` takes for the same texts (one BLAS thread, loading
not counted), how the build compares, how it grows, and the peak memory of its largest process.
``--long 40000 400000 2000000`` reads single articles of so many characters, without a build, and prints the seconds per million characters.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time

from news import article, write_news

_BARE = "--bare"


@dataclass(frozen=True)
class Run:
    """What one build took."""

    articles: int
    jobs: int
    wall: float
    cpu: float
    megabytes: float
    stages: dict[str, float]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="*", default=[100, 1000, 10_000])
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--long", type=int, nargs="*", default=[])
    parser.add_argument(_BARE, type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.bare:
        print(json.dumps(_bare(args.bare)))
        return
    runs: list[Run] = []
    for number in sorted(args.articles):
        with tempfile.TemporaryDirectory() as folder:
            texts = Path(folder, "in")
            write_news(texts, number)
            command = [sys.executable, __file__, _BARE, str(texts)]
            bare = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(
                f"{number} articles, {bare['tokens']:,} tokens: bare nlp.pipe {bare['cpu']:.1f} s of the processor, {bare['wall']:.1f} of the clock"
            )
            for jobs in args.jobs:
                run = _build(texts, Path(folder, f"out{jobs}"), number, jobs)
                runs.append(run)
                stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in run.stages.items())
                loaded = run.cpu - run.stages.get("load", 0.0)
                print(
                    f"  {jobs} processes: {run.cpu:.1f} s of the processor, {run.wall:.1f} of the clock, {run.megabytes:.0f} MB; without "
                    f"loading {bare['cpu'] / loaded:.2f} of the bare parse's speed\n    {stages}"
                )
    _compare(runs)
    _read_long(args.long)


def _bare(texts: Path) -> dict[str, float]:
    import spacy

    from kg.lang import HOME
    from kg.language.backend import fast_products, one_thread

    with fast_products():
        nlp = spacy.load(HOME / "de" / "model")
    contents = [path.read_text("utf-8") for path in sorted(texts.glob("*.txt"))]
    with one_thread():
        list(nlp.pipe(contents[:5]))
        begun, start = perf_counter(), process_time()
        tokens = sum(len(doc) for doc in nlp.pipe(contents, batch_size=32))
        return {"tokens": tokens, "cpu": process_time() - start, "wall": perf_counter() - begun}


def _build(texts: Path, out: Path, number: int, jobs: int) -> Run:
    command = [sys.executable, "-m", "kg", "build", str(texts), "-o", str(out), "--jobs", str(jobs), "-q"]
    begun = perf_counter()
    process = subprocess.Popen(command)
    _, _, used = os.wait4(process.pid, 0)
    wall = perf_counter() - begun
    report = json.loads((out / "report.json").read_text("utf-8"))
    return Run(
        number, jobs, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, report["cpu_seconds"]
    )


def _compare(runs: list[Run]) -> None:
    one = {r.articles: r for r in runs if r.jobs == 1}
    for run in runs:
        if run.jobs > 1 and run.articles in one:
            print(
                f"{run.articles} articles: {run.jobs} processes are {one[run.articles].wall / run.wall:.2f} times as fast as one"
            )
    sizes = sorted(one)
    for small, large in pairwise(sizes):
        exponent = math.log(one[large].cpu / one[small].cpu) / math.log(large / small)
        print(
            f"from {small} to {large} articles: exponent {exponent:.2f}, memory {one[large].megabytes / one[small].megabytes:.2f} times"
        )


def _read_long(lengths: list[int]) -> None:
    import random
    from datetime import date

    from kg import lang
    from kg.model import Document
    from kg.pipeline import Stopwatch, Understanding
    from kg.rdf import Iris, document_quads
    from kg.rdf.provenance import Provenance
    from kg.rdf.validate import Validator

    if not lengths:
        return
    understanding, validator = Understanding(lang.load("de")), Validator()
    for length in lengths:
        text = article(random.Random(5), length // 6)[:length]
        watch = Stopwatch()
        (found,) = understanding.read_all([Document("long", text, published=date(2018, 5, 8))], watch)
        if isinstance(found, Exception):
            raise found
        quads = watch.timed("rdf", partial(document_quads, found, Iris(), Provenance("0", "p", "r")))
        watch.timed("validation", partial(validator.check, quads))
        each = ", ".join(f"{name} {seconds / len(text) * 1e6:.1f}" for name, seconds in watch.cpu.items())
        print(
            f"an article of {len(text):,} characters: {sum(watch.cpu.values()) / len(text) * 1e6:.0f} s of the processor per million ({each})"
        )


if __name__ == "__main__":
    main()
