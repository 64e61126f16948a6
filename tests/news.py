"""Made-up news of realistic lengths: articles of sentences from the tables, in random order, with days and numbers of their own.

``python tests/news.py FOLDER --articles 100`` writes texts with their metadata.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")  # fmt: skip
_START = date(2000, 1, 1)


@cache
def sentences() -> tuple[str, ...]:
    """The sentences of the tables."""
    lines = (line for path in sorted((Path(__file__).parent / "sentences").glob("*.txt")) for line in path.read_text("utf-8").splitlines())  # fmt: skip
    return tuple(line for line in lines if line and not line.startswith((" ", "#")))


def article(rng: random.Random, words: int | None = None) -> str:
    """One text: a few hundred words as agencies write, in paragraphs."""
    most = words or round(min(2000, max(80, rng.lognormvariate(5.75, 0.5))))
    text, written = "", 0
    while written < most:
        sentence = re.sub(r"\b\d+\. (?=[A-Z])", lambda _: f"{rng.randint(1, 28)}. ", rng.choice(sentences()))
        sentence = re.sub("|".join(MONTHS), lambda _: rng.choice(MONTHS), sentence)
        written += len(sentence.split())
        text += sentence + (" " if rng.random() < 0.7 else "\n\n")
    return text.strip() + "\n"


def write_news(folder: Path, articles: int, *, seed: int = 1) -> list[Path]:
    """Write so many articles with their metadata; the same ones for the same seed."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    paths = []
    for number in range(articles):
        path = folder / f"{number:06}.txt"
        path.write_text(article(rng), "utf-8")
        day = _START + timedelta(days=rng.randrange(9000))
        path.with_suffix(".meta.json").write_text(json.dumps({"published": day.isoformat()}), "utf-8")
        paths.append(path)
    return paths


def main() -> None:
    """Write a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    args = parser.parse_args()
    print(f"{len(write_news(args.folder, args.articles))} articles in {args.folder}")


if __name__ == "__main__":
    main()
