"""The whole training, step by step, each from files of the step before.

    vectors ─▶ first ─▶ teachers ─▶ syntax ─┬▶ pipeline ─▶ scores
                                    names ──┘

A step whose result exists is not done again, so a stopped training goes on where it was.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.cli.train import train as spacy_train
from spacy.tokens import Doc, DocBin
from spacy.util import load_config

from kg import lang
from kg.training import conventions, ner, selftrain
from kg.training.assemble import assemble
from kg.training.conllu import Sentence
from kg.training.corpora import Treebanks, read_names, read_treebanks
from kg.training.generate import generate
from kg.training.treebanks import grouped, is_tree, to_doc, with_joined_hyphens
from kg.training.vectors import add_vectors

_HERE = Path(__file__).parent
TEACHERS = (1, 2, 3)
_SEED = 3
_FIRST_STEPS, _TEACHER_STEPS, _SYNTAX_STEPS, _NAME_STEPS = 2500, 2500, 8000, 5000
_WIDE = 128
"""Width of the teachers' network; the shipped one is narrower."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a training reads and writes."""

    corpora: Path
    work: Path
    generated: int = 0
    """Generated sentences to add to the trees; see the model card for what they bring."""

    def path(self, name: str) -> Path:
        """A file or folder of the work folder."""
        return self.work / name


def run(place: Workplace, out: Path, *, version: str, steps: float = 1.0) -> None:
    """Train everything and write the pipeline to ``out``.

    Args:
        steps: a factor on all numbers of training steps; small values make a trial run.
    """
    place.work.mkdir(parents=True, exist_ok=True)
    banks = read_treebanks(place.corpora)
    _once(place.path("vectors"), _vectors)
    _once(place.path("first"), lambda path: _first(place, banks, path, steps))
    _once(place.path("filled.spacy"), lambda path: _teacher_corpus(place, banks, path))
    for seed in TEACHERS:
        _once(place.path(f"teacher{seed}"), lambda path, seed=seed: _teacher(place, path, seed, steps))  # type: ignore[misc]
    _once(place.path("syntax.spacy"), lambda path: _syntax_corpus(place, banks, path))
    _once(
        place.path("syntax"),
        lambda path: train(
            place, _HERE / "syntax.cfg", "syntax.spacy", "dev.spacy", path, int(_SYNTAX_STEPS * steps)
        ),
    )
    _once(place.path("names"), lambda path: _names(place, path, steps))
    shutil.rmtree(out, ignore_errors=True)
    assemble(place.path("syntax"), place.path("names"), out, version=version)


def _once(path: Path, make: Callable[[Path], None]) -> None:
    if not path.exists():
        print(f"── {path.name}", flush=True)
        make(path)


def _vectors(path: Path) -> None:
    nlp = spacy.blank("de")
    add_vectors(nlp)
    nlp.to_disk(path)


def _first(place: Workplace, banks: Treebanks, path: Path, steps: float) -> None:
    """A first pipeline on the trees alone; it gives features to words that have none."""
    nlp = spacy.blank("de")
    save(place.path("dev.spacy"), [to_doc(nlp.vocab, [s], morphology=True) for s in banks.dev])
    docs = docs_of(((banks.gsd, True), (banks.parseme, False), (banks.lit, False)))
    save(place.path("first.spacy"), docs)
    train(place, _HERE / "syntax.cfg", "first.spacy", "dev.spacy", path, int(_FIRST_STEPS * steps))


def _teacher_corpus(place: Workplace, banks: Treebanks, path: Path) -> None:
    nlp = spacy.load(place.path("first"))
    fill = selftrain.fill_features
    others = (banks.pud, banks.parseme, banks.lit)
    save(path, docs_of(((banks.gsd, True), *((list(fill(nlp, bank)), True) for bank in others))))


def _teacher(place: Workplace, path: Path, seed: int, steps: float) -> None:
    config = load_config(_HERE / "syntax.cfg", interpolate=False)
    _make_teacher(config, seed)
    config.to_disk(place.path("teacher.cfg"))
    train(place, place.path("teacher.cfg"), "filled.spacy", "dev.spacy", path, int(_TEACHER_STEPS * steps))


def _make_teacher(config: dict[str, Any], seed: int) -> None:
    """A wider parser that sees the gold tags."""
    config["system"]["seed"] = seed
    config["nlp"]["pipeline"] = ["tok2vec", "parser"]
    for name in ("morphologizer", "lemmatizer"):
        del config["components"][name]
    tok2vec = config["components"]["tok2vec"]["model"]
    tok2vec["embed"]["attrs"] = [*tok2vec["embed"]["attrs"], "POS"]
    tok2vec["embed"]["rows"] = [*tok2vec["embed"]["rows"], 100]
    parser = config["components"]["parser"]["model"]
    for part in (tok2vec["embed"], tok2vec["encode"], parser["tok2vec"]):
        part["width"] = _WIDE
    parser["hidden_width"] = _WIDE
    config["training"]["dropout"] = 0.3
    for name in ("train", "dev"):
        config["corpora"][name] = {"@readers": "kg.GoldTags.v1", "path": f"${{paths.{name}}}"}
    config["training"]["score_weights"] = {"dep_uas": 0.3, "dep_las": 0.7}


def _syntax_corpus(place: Workplace, banks: Treebanks, path: Path) -> None:
    """Hand-made trees (thrice, PUD's six times, literature once), agreed trees, and tags without trees."""
    import kg.training.readers  # noqa: F401 - registers the corpus reader that the teachers name

    first = spacy.load(place.path("first"))
    teachers = [spacy.load(place.path(f"teacher{seed}")) for seed in TEACHERS]
    fill = selftrain.fill_features
    tagged = list(fill(first, banks.tagged, conventions.load().open))
    agreed = [s for s in selftrain.agreed(teachers, tagged) if is_tree(s)]
    forms = {tuple(w.form for w in s.words) for s in agreed}
    rest = [s for s in tagged if tuple(w.form for w in s.words) not in forms]
    print(f"   {len(agreed)} of {len(tagged)} tagged sentences get a tree", flush=True)
    parseme, lit = list(fill(first, banks.parseme)), list(fill(first, banks.lit))
    pud = list(fill(first, banks.pud))
    docs = docs_of(
        ((banks.gsd, True),) * 3 + ((parseme, True),) * 3 + ((pud, True),) * 6 + ((lit, True), (agreed, True))
    )
    vocab = spacy.blank("de").vocab
    docs += [to_doc(vocab, [s], morphology=True, trees=False) for s in rest]
    docs += [to_doc(vocab, [s], morphology=True) for s in generate(lang.load("de"), place.generated)]
    random.Random(_SEED).shuffle(docs)
    save(path, docs)


def _names(place: Workplace, path: Path, steps: float) -> None:
    nlp = spacy.blank("de")
    training, dev = read_names(place.corpora)
    save(place.path("names.spacy"), [ner.to_doc(nlp.vocab, *s) for s in training])
    save(place.path("names-dev.spacy"), [ner.to_doc(nlp.vocab, *s) for s in dev])
    train(place, _HERE / "ner.cfg", "names.spacy", "names-dev.spacy", path, int(_NAME_STEPS * steps))


def docs_of(parts: Sequence[tuple[list[Sentence], bool]]) -> list[Doc]:
    """Documents of one to four sentences, shuffled; with features or without, by corpus."""
    vocab = spacy.blank("de").vocab
    docs = [
        to_doc(vocab, group, morphology=morphology)
        for seed, (sentences, morphology) in enumerate(parts)
        for group in grouped(list(with_joined_hyphens(sentences)), seed=seed)
    ]
    random.Random(_SEED).shuffle(docs)
    return docs


def save(path: Path, docs: list[Doc]) -> None:
    """Write a training corpus."""
    DocBin(docs=docs, store_user_data=False).to_disk(path)


def train(
    place: Workplace, config: Path, corpus: str, dev: str, out: Path, steps: int, *, vectors: bool = True
) -> None:
    """One run of spaCy's training loop; the best model by the development scores is kept."""
    import kg.training.readers  # noqa: F401 - registers the corpus reader that teachers name

    beside = out.with_name(f"{out.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    overrides = {
        "paths.train": str(place.path(corpus)),
        "paths.dev": str(place.path(dev)),
        "paths.vectors": str(place.path("vectors")) if vectors else None,
        "training.max_steps": max(steps, 1),
        "training.max_epochs": 0,
    }
    spacy_train(config, beside, overrides=overrides)
    (beside / "model-best").rename(out)
    shutil.rmtree(beside)
