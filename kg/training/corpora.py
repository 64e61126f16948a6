"""Which corpora are used for what. The folder layout is that of the data folder's README.

Test parts (PUD sentences 501 to 1000, ``germeval2014-dev.tsv``) are read by `evaluate` alone.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kg.training import ner
from kg.training.conllu import Sentence, read
from kg.training.treebanks import normalise, tagged, trees

PUD_TRAIN, PUD_DEV = slice(0, 400), slice(400, 500)
"""Of PUD's development half, most is trained on; the rest chooses the best step."""
_NER_DEV = 400
_SEED = 5


@dataclass(frozen=True, slots=True)
class Treebanks:
    """Training sentences by corpus, and those that choose the best step."""

    gsd: list[Sentence]
    parseme: list[Sentence]
    lit: list[Sentence]
    tagged: list[Sentence]
    pud: list[Sentence]
    dev: list[Sentence]

    def attested(self) -> dict[str, set[str]]:
        """The tags that each form, in lower case, has more than once in what is trained on."""
        sentences = (*self.gsd, *self.parseme, *self.lit, *self.pud, *self.tagged)
        counts = Counter((word.form.lower(), word.upos) for s in sentences for word in s.words)
        found: dict[str, set[str]] = {}
        for (form, tag), count in counts.items():
            if count > 1:
                found.setdefault(form, set()).add(tag)
        return found


def read_treebanks(folder: Path) -> Treebanks:
    """Read ``treebank/``; the tagged sentences are those that no treebank has a tree for."""
    home = folder / "treebank"
    gsd = trees(home / "de_gsd-ud-dev.conllu") + trees(home / "de_gsd-ud-test.conllu")
    parseme = trees(home / "de_parseme11-gsd1500-3000.cupt")
    known = {_forms(s) for s in gsd + parseme}
    pud = [normalise(s) for s in read(home / "de_pud-ud-test.conllu")]
    return Treebanks(
        gsd=gsd,
        parseme=parseme,
        lit=trees(home / "de_lit-ud-test.conllu"),
        tagged=[s for s in tagged(home / "de_gsd-ud-train.upos.txt.xz") if _forms(s) not in known],
        pud=pud[PUD_TRAIN],
        dev=pud[PUD_DEV],
    )


def read_names(folder: Path) -> tuple[list[tuple[list[str], list[str]]], list[tuple[list[str], list[str]]]]:
    """(training, development) sentences with entity tags, both from GermEval's test file."""
    sentences = list(ner.read(folder / "ner" / "germeval2014-test.tsv"))
    random.Random(_SEED).shuffle(sentences)
    return sentences[_NER_DEV:], sentences[:_NER_DEV]


def read_debates(folder: Path) -> list[list[str]]:
    """The words of the debates in ``europarl-*.tsv``; their own sparse annotation is left aside."""
    return [
        [line.split("\t")[0] for line in block.strip().splitlines()]
        for path in sorted((folder / "ner").glob("europarl-*.tsv"))
        for block in path.read_text("utf-8").split("\n\n")
        if block.strip()
    ]


def _forms(sentence: Sentence) -> tuple[str, ...]:
    return tuple(w.form for w in sentence.words)
