"""A generated graph of any size in the contract's shape, written by the program's own writer.

``python tests/generated.py OUT --triples 1000000`` fills a folder as ``kg build`` does (without a page).
Articles are strings of made-up sentences between random actors, so every span is what its anchor says.
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from kg.model import (
    Document,
    Entity,
    EntityClass,
    Event,
    Extraction,
    Factuality,
    Mention,
    MentionKind,
    Span,
    Time,
)
from kg.rdf import Iris, document_quads
from kg.rdf.provenance import Provenance
from kg.rdf.shards import lines_of, write_shard
from kg.store import fill_store

SENTENCES = 12
PER_SHARD = 32
_START = date(2010, 1, 1)
_PROVENANCE = Provenance("0", "generated 1", "0" * 16)
# (class, symmetric, words between the first and the second actor)
_KINDS = (
    ("Meeting", True, "traf"), ("Negotiation", True, "verhandelte mit"), ("PhoneCall", True, "telefonierte mit"),
    ("Statement", False, "sagte über"), ("Statement", False, "erklärte gegenüber"), ("Threat", False, "drohte"),
    ("Accusation", False, "kritisierte"), ("Support", False, "lobte"), ("Request", False, "warnte"),
    ("Sanction", False, "bestrafte"), ("Visit", False, "besuchte"), ("Agreement", True, "einigte sich mit"),
)  # fmt: skip


def entities(number: int = 2000, states: int = 60) -> list[Entity]:
    """Persons of states, and the states; the first ones are in the news more often than the last."""
    of_states = [
        Entity(
            f"staat-{i}", EntityClass.STATE, f"Staat {i}", (f"Republik {i}",), f"Q{900000 + i}", known=True
        )
        for i in range(states)
    ]
    return of_states + [
        Entity(
            f"person-{i}",
            EntityClass.PERSON,
            f"Vorname{i} Name{i}",
            (f"Name{i}",),
            None,
            f"staat-{i % states}",
            known=True,
        )
        for i in range(number - states)
    ]


def article(number: int, actors: list[Entity], rng: random.Random) -> Extraction:
    """One made-up article."""
    used = {a.key: a for a in _draw(actors, rng, 8)}
    by_key = {a.key: a for a in actors}
    used |= {c: by_key[c] for a in list(used.values()) if (c := a.country)}
    issued = _START + timedelta(days=rng.randrange(5000))
    text, events, mentions, sentences = "", [], [], []
    names = list(used.values())
    for i in range(SENTENCES):
        a, b = rng.sample(names, 2)
        kind, symmetric, words = rng.choice(_KINDS)
        begin = len(text)
        sentence = f"{a.label} {words} {b.label} wegen des Themas {number}-{i}."
        text += f"{sentence} "
        span = Span(begin, begin + len(sentence))
        sentences.append(span)
        at = begin + len(a.label) + len(words) + 2
        for entity, first in ((a, begin), (b, at)):
            where = Span(first, first + len(entity.label))
            mentions.append(Mention(where, entity.label, MentionKind.NAME, 0, (entity.key,)))
        travels = kind == "Visit" and b.kind is EntityClass.STATE
        day = issued - timedelta(days=rng.randrange(10))
        events.append(
            Event(
                kind,
                participants=(a.key, b.key) if symmetric else (),
                agents=() if symmetric else (a.key,),
                recipients=() if symmetric or travels else (b.key,),
                destination=b.key if travels else None,
                topics=(f"Thema {rng.randrange(400)}",),
                time=Time("am Tag", date=day) if rng.random() < 0.5 else None,
                factuality=rng.choices(list(Factuality), (8, 2, 1, 1))[0],
                evidence=(span,),
                quotation=sentence if kind == "Statement" else None,
                confidence=round(rng.uniform(0.5, 1), 2),
                frame="generated.toml:1",
            )
        )
    document = Document(f"doc-{number}", text, title=f"Artikel {number}", published=issued)
    return Extraction(
        document, used, tuple(mentions), tuple(events), sentences=tuple(sentences), listed=frozenset(used)
    )


def _draw(actors: list[Entity], rng: random.Random, number: int) -> list[Entity]:
    """Few actors are in the news often, most of them rarely."""
    return [
        actors[min(int(rng.paretovariate(0.8)) - 1, len(actors) - 1)] for _ in range(number)
    ] + rng.sample(actors, 4)


def write_shards(out: Path, triples: int, *, seed: int = 1) -> int:
    """Write shards of at least so many triples; return their number."""
    (out / "shards").mkdir(parents=True, exist_ok=True)
    rng, iris, actors = random.Random(seed), Iris(), entities()
    written = number = shard = 0
    while written < triples:
        quads = []
        for _ in range(PER_SHARD):
            quads.extend(document_quads(article(number, actors, rng), iris, _PROVENANCE))
            number += 1
        write_shard(out / "shards" / f"{shard:06}.nq.gz", quads)
        written += len(quads)
        shard += 1
    return written


def main() -> None:
    """Write a graph and its store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    args = parser.parse_args()
    start = perf_counter()
    written = write_shards(args.out, args.triples)
    print(f"{written} triples in shards, {perf_counter() - start:.1f} s")
    start = perf_counter()
    fill_store(args.out, map(lines_of, sorted((args.out / "shards").glob("*.nq.gz"))))
    print(f"store filled, {perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
