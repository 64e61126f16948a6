"""Events in general text: ``python tests/read_treebanks.py CORPORA [SAMPLE.csv]``.

Prints how many events are found in the sentences of UD German-GSD and PUD, and in the literary
fragments of German-LIT, where there should be almost none. With a file name, 200 events drawn at
random are written to it for reading by eye (columns: corpus, event, frame, sentence).
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from test_sentences import rendered

from kg import lang
from kg.model import Document
from kg.pipeline import Understanding

NEWS = {"GSD": ("de_gsd-ud-dev.conllu", "de_gsd-ud-test.conllu"), "PUD": ("de_pud-ud-test.conllu",)}
SAMPLE = 200


def sentences(path: Path) -> Iterator[str]:
    """The raw sentences of a CoNLL-U file."""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# text = "):
            yield line.removeprefix("# text = ")


def main(corpora: Path, sample: Path | None) -> None:
    """Count, and draw a sample."""
    understanding = Understanding(lang.load("de"))
    found: list[tuple[str, str, str, str]] = []
    kinds: Counter[str] = Counter()
    total = 0
    for corpus, files in NEWS.items():
        for sentence in (s for name in files for s in sentences(corpora / "treebank" / name)):
            total += 1
            extraction = understanding.read(Document("sentence", sentence))
            for event in extraction.events:
                kinds[event.kind] += 1
                found.append((corpus, rendered(event, extraction), event.frame, sentence))
    print(f"{len(found)} events in {total} sentences:", ", ".join(f"{k} {n}" for k, n in kinds.most_common()))
    literature = list(sentences(corpora / "treebank" / "de_lit-ud-test.conllu"))
    events = sum(len(understanding.read(Document("sentence", s)).events) for s in literature)
    print(f"{events} events in {len(literature)} literary fragments")
    if sample:
        random.Random(1).shuffle(found)
        with sample.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("corpus", "event", "frame", "sentence"), *found[:SAMPLE]])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
