"""Speed of the shipped German pipeline on one core, and of loading it.

``taskset -c 0 python tests/benchmark_pipeline.py [TEXT...]`` prints seconds to load (in a fresh process, imports counted apart)
and tokens per second: spaCy's components alone, and the whole parse with sentence boundaries, lemmas and edits.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy is imported

SEED = Path(__file__).parent.parent / "seeds" / "000_f90bd207d5cccac2.txt"
_LOAD = """
from time import perf_counter
import spacy, simplemma
from kg import lang
from kg.language.pipeline import Pipeline
begun = perf_counter()
Pipeline(lang.load("de"))
print(perf_counter() - begun)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="*", type=Path, default=[SEED])
    parser.add_argument("--copies", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    command = [sys.executable, "-c", _LOAD]
    loading = [float(subprocess.check_output(command)) for _ in range(args.rounds)]
    print(f"loading: median {statistics.median(loading):.2f} s, most {max(loading):.2f} s")

    import spacy

    from kg import lang
    from kg.lang import HOME
    from kg.language.backend import fast_products
    from kg.language.pipeline import Pipeline

    texts = [p.read_text("utf-8") for p in args.texts] * args.copies
    pipeline = Pipeline(lang.load("de"))
    slow = spacy.load(HOME / "de" / "model")
    with fast_products():
        nlp = spacy.load(HOME / "de" / "model")
    tokens = sum(len(nlp.make_doc(t)) for t in texts)
    ways: dict[str, Callable[[], int]] = {
        "spaCy's components as spaCy loads them": lambda: sum(1 for _ in slow.pipe(texts, batch_size=32)),
        "spaCy's components": lambda: sum(1 for _ in nlp.pipe(texts, batch_size=32)),
        "whole parse": lambda: sum(1 for _ in pipeline.parse(texts)),
    }
    for name, run in ways.items():
        run()
        speeds = []
        for _ in range(args.rounds):
            begun = perf_counter()
            run()
            speeds.append(tokens / (perf_counter() - begun))
        print(
            f"{name}: median {statistics.median(speeds):,.0f} tokens/s ({tokens:,} tokens), least {min(speeds):,.0f}"
        )


if __name__ == "__main__":
    main()
