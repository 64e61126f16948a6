"""How differently two treebanks annotate the same thing, counted.

For a tag, the same thing is the same form; for a label, the same tags of word and head, the same
side, and the same function word or preposition. Of the things that both treebanks have often enough, it is
counted how much more often one of them says what it says. As samples differ by chance, too, the same
is counted within one treebank, between samples as large.

Source: Dickinson & Meurers 2003, "Detecting Errors in Part-of-Speech Annotation" (variation of labels
over recurring contexts), between corpora here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

from kg.training import conventions
from kg.training.conllu import Sentence, read
from kg.training.corpora import PUD_DEV, PUD_TRAIN
from kg.training.evaluate import LABELS
from kg.training.treebanks import normalise

_OFTEN = 5
_LARGEST = 8
_FUNCTION = {"ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ"}
_DEV_HALF = slice(PUD_TRAIN.start, PUD_DEV.stop)
"""Of PUD: the sentences that are not tested on."""

Cases = Iterator[tuple[Hashable, str]]


def tags(sentences: Sequence[Sentence]) -> Cases:
    """(form, tag) of each word."""
    for sentence in sentences:
        for word in sentence.words:
            if word.upos != "PUNCT":
                yield word.form.lower(), word.upos


def labels(sentences: Sequence[Sentence]) -> Cases:
    """(tags of word and head, side, function word, label) of each word; sub-types merged."""
    for sentence in sentences:
        adpositions = {w.head: w.form.lower() for w in sentence.words if w.deprel == "case"}
        for i, word in enumerate(sentence.words):
            if word.upos == "PUNCT" or word.head == i:
                continue
            own = word.form.lower() if word.upos in _FUNCTION else adpositions.get(i, "")
            side = "before" if i < word.head else "behind"
            yield (word.upos, sentence.words[word.head].upos, side, own), word.deprel.partition(":")[0]


def differing(ours: Cases, theirs: Cases, only: str | None = None) -> tuple[float, int]:
    """The share of ``theirs`` that ours would say otherwise of, and how many can be compared.

    The share is the distance of the two distributions (total variation), weighted by their contexts.

    Args:
        only: of the cases alone of which they say this.
    """
    mine, its = _by_context(ours), _by_context(theirs)
    different, compared = 0.0, 0
    for context, said in its.items():
        here = mine.get(context, Counter())
        if min(said.total(), here.total()) < _OFTEN:
            continue
        for value, count in said.items():
            if only in (None, value):
                compared += count
                different += max(0.0, count - said.total() * here[value] / here.total())
    return different / max(compared, 1), compared


def largest(ours: Cases, theirs: Cases, count: int) -> Iterator[str]:
    """The things that are annotated most differently, with what both usually say, as lines."""
    mine, its = _by_context(ours), _by_context(theirs)
    found = []
    for context, said in its.items():
        here = mine.get(context, Counter())
        if min(said.total(), here.total()) >= _OFTEN:
            lost = sum(max(0.0, n - said.total() * here[v] / here.total()) for v, n in said.items())
            found.append((lost, str(context), said.most_common(2), here.most_common(2)))
    for _, context, said_there, said_here in sorted(found, reverse=True)[:count]:
        yield f"{context}: {_counts(said_there)}, not {_counts(said_here)}"


def _counts(said: list[tuple[str, int]]) -> str:
    return " or ".join(f"{value} ({count})" for value, count in said)


def _by_context(cases: Cases) -> dict[Hashable, Counter[str]]:
    found: dict[Hashable, Counter[str]] = {}
    for context, said in cases:
        found.setdefault(context, Counter())[said] += 1
    return found


def report(corpora: Path) -> Iterator[str]:
    """GSD against PUD's first half, as annotated and by common conventions, a table in Markdown and the largest differences left."""
    home, common = corpora / "treebank", conventions.load()
    gsd = [normalise(s) for part in ("dev", "test") for s in read(home / f"de_gsd-ud-{part}.conllu")]
    pud = [normalise(s) for s in read(home / "de_pud-ud-test.conllu")][_DEV_HALF]
    other = [common.apply(s) for s in gsd]
    yield "| | GSD as it is | GSD by common conventions | within GSD | words of PUD |"
    yield "|---|---|---|---|---|"
    for name, of in (("tags", tags), ("labels", labels)):
        for only in (None, *LABELS) if of is labels else (None,):
            pairs = ((gsd, pud), (other, pud), (gsd[::2], gsd[1::2][: len(pud)]))
            found = [differing(of(mine), of(theirs), only) for mine, theirs in pairs]
            shares = " | ".join(f"{100 * share:.1f} %" for share, _ in found)
            if found[0][1]:
                yield f"| {only or name} | {shares} | {found[0][1]} |"
    for of in (tags, labels):
        yield from ("", *largest(of(other), of(pud), _LARGEST))
