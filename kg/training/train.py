"""The whole training, step by step, each from files of the step before.

    classes ─▶ first ────────────────────────┐
    generated ───────────────────────────────┼▶ trees ─▶ syntax ─▶ names ─▶ pipeline ─▶ scores
    teacher ─▶ vectors ─▶ taught ─▶ lessons ─┘

A step whose result exists is not done again, so a stopped training goes on where it was. Networks of
spaCy's keep one core busy; those that need nothing of each other are trained side by side.
"""

from __future__ import annotations

import functools
import json
import multiprocessing
import random
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import spacy

from kg import lang
from kg.training import ner, pretrain, selftrain
from kg.training.assemble import assemble
from kg.training.conllu import Sentence
from kg.training.corpora import Treebanks, read_debates, read_names, read_treebanks
from kg.training.generate import generate
from kg.training.generate.treebank import named, write
from kg.training.network import Workplace, docs_of, save, train
from kg.training.treebanks import to_doc, trees
from kg.training.vectors import add_vectors, brown_clusters, clusters_of_names

_HERE = Path(__file__).parent
_SEED = 3
_FIRST_STEPS, _SYNTAX_STEPS, _NAME_STEPS = 2000, 5000, 3000
_EPOCHS, _MEMBERS = 4, 1
"""Of the teacher. A second member takes half an hour more and makes no score better (see the model card)."""
_SHORT, _LITERATURE = 30, 500
_RECOGNISERS = ("names.13", "names.14")
"""By seed; the better one is kept. A seed changes more in their scores than most of the recipe does."""
ROUNDS = (
    ("classes",),
    ("first", "generated.conllu"),
    ("teacher.pickle",),
    ("vectors",),
    ("taught.npz",),
    ("syntax.lesson", "syntax.spacy"),
    ("syntax", "ner.lesson", "names.spacy"),
    _RECOGNISERS,
    ("names",),
)
"""The steps in order; those of a round side by side, the longest first."""
_SIDE_BY_SIDE = 2
_OTHER_NAMES = 3
"""How often sentences with hand-made names are met again with other names; those with the teacher's are once."""


def steps(place: Workplace, factor: float = 1.0) -> dict[str, Callable[[Path], None]]:
    """Each step by the name of what it makes in the work folder.

    Args:
        factor: on all numbers of training steps; small values make a trial run.
    """
    banks = functools.cache(lambda: read_treebanks(place.corpora))
    epochs, syntax_steps = max(round(_EPOCHS * factor), 1), int(_SYNTAX_STEPS * factor)
    lesson = functools.partial(_lesson, place)
    return {
        "classes": lambda path: _vectors(place, path, None),
        "first": lambda path: _first(place, banks(), path, factor),
        "teacher.pickle": lambda path: _teacher(banks(), place, path, epochs),
        "vectors": lambda path: _vectors(place, path, place.path("teacher.pickle")),
        "taught.npz": lambda path: _taught(place, banks(), path),
        "syntax.lesson": lambda path: lesson("syntax.cfg", path),
        "generated.conllu": lambda path: write(path, generate(lang.load("de"), place.generated)),
        "syntax.spacy": lambda path: _syntax_corpus(place, banks(), path),
        "syntax": lambda path: _syntax(place, path, syntax_steps),
        "ner.lesson": lambda path: lesson("ner.cfg", path),
        "names.spacy": lambda path: _names_corpus(place, banks(), path),
        **dict.fromkeys(_RECOGNISERS, lambda path: _recogniser(place, path, int(_NAME_STEPS * factor))),
        "names": lambda path: _names(place, path),
    }


def run(place: Workplace, out: Path, *, version: str, factor: float = 1.0) -> None:
    """Do every step whose result is not there, and write the pipeline to ``out``."""
    for names in ROUNDS:
        missing = [name for name in names if not place.path(name).exists()]
        if missing:
            print(f"── {', '.join(missing)}", flush=True)
            do(place, missing, factor)
    shutil.rmtree(out, ignore_errors=True)
    assemble(place.path("syntax"), place.path("names"), out, version=version)


def do(place: Workplace, names: Sequence[str], factor: float = 1.0) -> None:
    """Do steps that need nothing of each other, two at a time, each in a process of its own, in place of earlier results."""
    # A process that has loaded a teacher must not be forked.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_SIDE_BY_SIDE, spawn, max_tasks_per_child=1) as processes:
        for done in [processes.submit(_do, place, name, factor) for name in names]:
            done.result()


def _do(place: Workplace, name: str, factor: float) -> None:
    place.work.mkdir(parents=True, exist_ok=True)
    path = place.path(name)
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    steps(place, factor)[name](path)


def _vectors(place: Workplace, path: Path, teacher: Path | None) -> None:
    """Brown clusters alone, or split by a teacher."""
    nlp = spacy.blank("de")
    if teacher is None:
        add_vectors(nlp)
    else:
        from kg.training.teacher import Teacher

        add_vectors(nlp, Teacher.load(teacher), read_names(place.corpora)[0])
    nlp.to_disk(path)


def _first(place: Workplace, banks: Treebanks, path: Path, steps: float) -> None:
    """A first pipeline on the trees alone; it gives features to words that have none."""
    nlp = spacy.blank("de")
    save(place.path("dev.spacy"), [to_doc(nlp.vocab, [s], morphology=True) for s in banks.dev])
    docs = docs_of(((banks.gsd, True), (banks.parseme, False), (banks.lit, False)))
    save(place.path("first.spacy"), docs)
    steps_taken = int(_FIRST_STEPS * steps)
    train(place, _HERE / "syntax.cfg", "first.spacy", "dev.spacy", path, steps_taken, vectors="classes")


def _teacher(banks: Treebanks, place: Workplace, path: Path, epochs: int) -> None:
    """Transformers on all trees and names; of literature, sentences as short as those of news."""
    from kg.training import learn

    short = [s for s in banks.lit if len(s.words) <= _SHORT][:_LITERATURE]
    training, _ = read_names(place.corpora)
    trees = [*banks.gsd, *banks.parseme, *short]
    learn.train(trees, banks.pud, training, epochs=epochs, members=_MEMBERS).save(path)


def _texts(place: Workplace, banks: Treebanks) -> list[list[str]]:
    """Sentences of news, encyclopedia, reviews and debates, without their annotation."""
    sentences = (*banks.tagged, *banks.gsd, *banks.parseme, *banks.pud)
    return [[w.form for w in s.words] for s in sentences] + read_debates(place.corpora)


def _taught(place: Workplace, banks: Treebanks, path: Path) -> None:
    """What the teacher knows of the words of all texts that are trained on, but old literature."""
    from kg.training.teacher import Teacher

    marked, _ = read_names(place.corpora)
    texts = _texts(place, banks) + [words for words, _ in marked]
    of_names = clusters_of_names(brown_clusters(), marked)
    pretrain.save_taught(path, Teacher.load(place.path("teacher.pickle")), texts, of_names)


def _lesson(place: Workplace, config: str, path: Path) -> None:
    pretrain.pretrain(_HERE / config, place.path("taught.npz"), place.path("vectors"), path)


def _syntax_corpus(place: Workplace, banks: Treebanks, path: Path) -> None:
    """Hand-made trees (thrice, PUD's six times, literature once), the teacher's trees, and tags without trees."""
    from kg.training.teacher import Teacher

    first = spacy.load(place.path("first"))
    teacher = Teacher.load(place.path("teacher.pickle"))

    def common(sentences: list[Sentence]) -> list[Sentence]:
        known = selftrain.known(teacher, sentences)
        return list(selftrain.with_common_tags(teacher, sentences, known, banks))

    def filled(sentences: Iterable[Sentence]) -> list[Sentence]:
        return list(selftrain.fill_features(first, sentences))

    known = selftrain.known(teacher, banks.tagged)
    tagged = filled(selftrain.with_common_tags(teacher, banks.tagged, known, banks))
    parsed = list(selftrain.parsed(teacher, tagged, known))
    forms = {tuple(w.form for w in s.words) for s in parsed}
    rest = [s for s in tagged if tuple(w.form for w in s.words) not in forms]
    print(f"   {len(parsed)} of {len(tagged)} tagged sentences get a tree", flush=True)
    gsd, parseme, lit = common(banks.gsd), filled(common(banks.parseme)), filled(common(banks.lit))
    docs = docs_of(
        ((gsd, True),) * 3
        + ((parseme, True),) * 3
        + ((filled(banks.pud), True),) * 6
        + ((lit, True), (parsed, True))
    )
    vocab = spacy.blank("de").vocab
    docs += [to_doc(vocab, [s], morphology=True, trees=False) for s in rest]
    docs += [to_doc(vocab, [s], morphology=True) for s in trees(place.path("generated.conllu"))]
    random.Random(_SEED).shuffle(docs)
    save(path, docs)


def _syntax(place: Workplace, path: Path, steps: int) -> None:
    train(place, _HERE / "syntax.cfg", "syntax.spacy", "dev.spacy", path, steps, lesson="syntax.lesson")


def _names_corpus(place: Workplace, banks: Treebanks, path: Path) -> None:
    """Hand-made names and the teacher's in more text, with other names in their place, too, and generated sentences.

    All of it once more with similar words.
    """
    nlp = spacy.load(place.path("vectors"))
    training, dev = read_names(place.corpora)
    # All of them, also where the teacher is unsure: what it is sure of has few names.
    found = list(pretrain.taught_names(place.path("taught.npz")))[: len(_texts(place, banks))]
    pool = [*training, *found]
    sentences = list(pool)
    for seed, part in enumerate([training] * _OTHER_NAMES + [found]):
        sentences += ner.with_other_names(part, pool, seed=seed)
    sentences += named(place.path("generated.conllu"))
    similar, rng = pretrain.similar_words(place.path("taught.npz"), nlp.vocab), random.Random(_SEED)
    sentences += [(similar.replaced(words, rng), tags) for words, tags in sentences]
    save(place.path("names-dev.spacy"), [ner.to_doc(nlp.vocab, *s) for s in dev])
    save(path, [ner.to_doc(nlp.vocab, *s) for s in sentences])


def _recogniser(place: Workplace, path: Path, steps: int) -> None:
    """A recogniser; its seed is in its name."""
    train(
        place,
        _HERE / "ner.cfg",
        "names.spacy",
        "names-dev.spacy",
        path,
        steps,
        lesson="ner.lesson",
        syntax="syntax",
        seed=int(path.suffix[1:]),
    )


def _names(place: Workplace, path: Path) -> None:
    """The better recogniser by the names that choose the best step of each, too."""

    def score(recogniser: Path) -> float:
        return float(json.loads((recogniser / "meta.json").read_text("utf-8"))["performance"]["ents_f"])

    shutil.copytree(max(map(place.path, _RECOGNISERS), key=score), path)
