"""What finding the times of a text costs, beside its parse, on one core.

``taskset -c 0 python tests/benchmark_times.py [TEXT...]`` prints the median seconds of both over the same texts, and the share.
"""

from __future__ import annotations

import argparse
import os
import statistics
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy is imported

SEED = Path(__file__).parent.parent / "seeds" / "000_f90bd207d5cccac2.txt"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="*", type=Path, default=[SEED])
    parser.add_argument("--copies", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()

    from kg import lang
    from kg.events.times import TimeReader
    from kg.language.pipeline import Pipeline

    texts = [p.read_text("utf-8") for p in args.texts] * args.copies
    data = lang.load("de")
    pipeline, reader = Pipeline(data), TimeReader(data)

    def times() -> None:
        for text in texts:
            reader.adverbials(text, date(2018, 5, 8))

    def parse() -> None:
        for _ in pipeline.parse(texts):
            pass

    cost = {name: median(work, args.rounds) for name, work in (("parse", parse), ("times", times))}
    for name, seconds in cost.items():
        print(f"{name}: {seconds:.3f} s of processor time, median of {args.rounds} ({len(texts)} texts)")
    print(f"times cost {cost['times'] / cost['parse']:.1%} of the parse")


def median(work: Callable[[], None], rounds: int) -> float:
    """The median processor time of a piece of work, warmed up once."""
    work()
    seconds = []
    for _ in range(rounds):
        begun = process_time()
        work()
        seconds.append(process_time() - begun)
    return statistics.median(seconds)


if __name__ == "__main__":
    main()
