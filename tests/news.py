"""Made-up news of realistic lengths: sentences of the tables among others that tell of no diplomacy, with days and numbers of their own.

``python tests/news.py FOLDER --articles 100`` writes texts with their metadata. About 430 words an article and one sentence of the
tables in five, which makes about as many triples an article as news of the day does.
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
_WHO = ("Die Feuerwehr", "Der Verein", "Die Gemeinde", "Das Unternehmen", "Die Mannschaft", "Der Betreiber", "Die Schule", "Der Verband", "Die Bank",
        "Das Museum", "Die Fluggesellschaft", "Der Hersteller", "Das Krankenhaus", "Die Behörde", "Der Konzern", "Das Orchester")  # fmt: skip
_DID = (
    "verkaufte",
    "eröffnete",
    "verlor",
    "erneuerte",
    "plante",
    "baute",
    "zeigte",
    "prüfte",
    "bestellte",
    "verkleinerte",
    "schloss",
    "verschob",
)
_WHAT = ("zwei Häuser", "die neue Halle", "einen Teil der Anlage", "das alte Gebäude", "drei Filialen", "die Ausstellung", "mehrere Züge",
         "den Umbau des Bahnhofs", "einige Maschinen", "das Spiel in der Stadt", "die Straße zum Hafen", "den Betrieb auf der Strecke")  # fmt: skip
_HOW = ("am Wochenende", "nach langer Pause", "trotz des schlechten Wetters", "wegen hoher Kosten", "ohne größere Schwierigkeiten", "im vergangenen Jahr",
        "zum ersten Mal seit Jahren", "mit der Hilfe vieler Freiwilliger", "für rund {n} Millionen Euro", "vor {n} Zuschauern")  # fmt: skip
_THEN = (
    "", ", weil die Nachfrage gestiegen war", ", obwohl die Arbeiten noch nicht beendet sind", ", die seit {n} Jahren leer gestanden hatte",
    " und rechnet mit weiteren Verzögerungen", ", wie es in einer Mitteilung hieß", ", ohne dass es jemand bemerkte",
)  # fmt: skip


@cache
def sentences() -> tuple[str, ...]:
    """The sentences of the tables."""
    tables = sorted((Path(__file__).parent / "sentences").glob("*.txt"))
    lines = (line for path in tables for line in path.read_text("utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith((" ", "#")))


def article(rng: random.Random, words: int | None = None) -> str:
    """One text: a few hundred words as agencies write, in paragraphs."""
    most = words or round(min(2000, max(80, rng.lognormvariate(5.75, 0.5))))
    text, written = "", 0
    while written < most:
        sentence = _told(rng) if rng.random() < 0.2 else _other(rng)
        written += len(sentence.split())
        text += sentence + (" " if rng.random() < 0.7 else "\n\n")
    return text.strip() + "\n"


def _told(rng: random.Random) -> str:
    sentence = re.sub(r"\b\d+\. (?=[A-Z])", lambda _: f"{rng.randint(1, 28)}. ", rng.choice(sentences()))
    return re.sub("|".join(MONTHS), lambda _: rng.choice(MONTHS), sentence)


def _other(rng: random.Random) -> str:
    parts = (
        rng.choice(_WHO),
        " ",
        rng.choice(_DID),
        " ",
        rng.choice(_HOW),
        " ",
        rng.choice(_WHAT),
        rng.choice(_THEN),
        ".",
    )
    return "".join(parts).replace("{n}", str(rng.randint(2, 90)))


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
