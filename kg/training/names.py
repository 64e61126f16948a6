"""Names by the whole reader (recogniser, gazetteer, rules) beside those of the recogniser alone.

python -m kg.training.names CORPORA/ner/germeval2014-dev.tsv
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path

from kg import lang
from kg.entities import EntityLinker
from kg.language.pipeline import Pipeline
from kg.model import Discourse, EntityClass, MentionKind, Parse
from kg.training import ner

Named = set[tuple[int, int, str]]
"""Begin, end (characters of the sentence), and PER, LOC or ORG."""
_CLASSES = ("PER", "LOC", "ORG")


def compare(path: Path) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of exact names of persons, places and organisations, in percent."""
    data = lang.load("de")
    pipeline, linker = Pipeline(data), EntityLinker(data)
    gold: list[Named] = []
    texts = []
    for words, tags in ner.read(path):
        begins = [0, *accumulate(len(word) + 1 for word in words)]
        gold.append(
            {(begins[b], begins[e] - 1, label) for b, e, label in ner.spans(tags) if label in _CLASSES}
        )
        texts.append(" ".join(words))
    parses = list(pipeline.parse(texts))
    return {
        "recogniser": _score(gold, (set(_recognised(parse)) for parse in parses)),
        "reader": _score(gold, (set(_read(linker.link(parse, None))) for parse in parses)),
    }


def _recognised(parse: Parse) -> Iterator[tuple[int, int, str]]:
    for name in parse.names:
        if name.label in _CLASSES:
            yield parse.tokens[name.first].begin, parse.tokens[name.last - 1].end, name.label


def _read(discourse: Discourse) -> Iterator[tuple[int, int, str]]:
    for mention in discourse.mentions:
        key = mention.place or next(iter(mention.actors), None)
        if mention.kind is not MentionKind.NAME or key is None:
            continue
        kind = discourse.entities[key].kind
        label = {EntityClass.PERSON: "PER", EntityClass.PLACE: "LOC", EntityClass.STATE: "LOC"}.get(
            kind, "ORG"
        )
        yield mention.span.begin, mention.span.end, label


def _score(gold: Iterable[Named], found: Iterable[Named]) -> tuple[float, float, float]:
    right = system = wanted = 0
    for one, other in zip(gold, found, strict=True):
        right, system, wanted = right + len(one & other), system + len(other), wanted + len(one)
    precision, recall = right / max(system, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return round(100 * precision, 1), round(100 * recall, 1), round(100 * f1, 1)


if __name__ == "__main__":
    for who, (precision, recall, f1) in compare(Path(sys.argv[1])).items():
        print(f"{who:12} P {precision}  R {recall}  F1 {f1}")
