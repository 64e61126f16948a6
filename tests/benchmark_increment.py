"""What one more article costs: a pile is built, then a file is added, whatever its name, and the build is run again.

``nice -n 19 python tests/benchmark_increment.py [--articles 10000] [--words 25]`` prints the seconds of each build of the clock and of the processor: all of it, the
finishing steps (links, store, search, pages … over the whole graph), and what is left: starting, looking at the files, reading the one that is new.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from news import article

FINISHING = ("links", "store", "graph", "network")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=25)
    args = parser.parse_args()
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        texts, out = Path(folder, "in"), Path(folder, "out")
        texts.mkdir()
        for n in range(args.articles):
            (texts / f"m{n:06}.txt").write_text(article(rng, args.words), "utf-8")
        _build("the pile", texts, out)
        _build("nothing new", texts, out)
        for name in ("0_first.txt", "m000500_between.txt", "z_last.txt"):
            (texts / name).write_text(
                f"Angela Merkel traf Emmanuel Macron in Wien. {article(rng, args.words)}", "utf-8"
            )
            _build(f"+ {name}", texts, out)


def _build(what: str, texts: Path, out: Path) -> None:
    begun = perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "kg", "build", str(texts), "-o", str(out), "-q"])
    _, _, used = os.wait4(process.pid, 0)
    wall, cpu = perf_counter() - begun, used.ru_utime + used.ru_stime
    report = json.loads((out / "report.json").read_text("utf-8"))
    clock, processor = (
        sum(report[kind].get(s, 0.0) for s in FINISHING) for kind in ("seconds", "cpu_seconds")
    )
    print(
        f"{what}: {report['documents']:,} documents; seconds of the processor: {cpu:.1f}, finishing {processor:.1f}, the rest {cpu - processor:.1f}; "
        f"of the clock: {wall:.1f}, {clock:.1f}, {wall - clock:.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
