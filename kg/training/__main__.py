"""``python -m kg.training CORPORA WORK [--out DIR]``: train the German pipeline.

CORPORA holds ``treebank/`` and ``ner/``; WORK keeps the intermediate results. About two
hours on two cores. ``--score`` only scores the shipped pipeline on the test parts.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__, lang
from kg.lang import HOME

if TYPE_CHECKING:
    from kg.training.network import Workplace

_SHIPPED = HOME / "de" / "model"


def main() -> None:
    """Parse the command line, train, score."""
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("work", type=Path, nargs="?", default=Path("training-work"))
    parser.add_argument("--out", type=Path, default=_SHIPPED)
    parser.add_argument("--steps", type=float, default=1.0, help="factor on the training steps")
    parser.add_argument(
        "--generated",
        type=int,
        default=4000,
        metavar="N",
        help="number of generated sentences (default: 4000)",
    )
    parser.add_argument(
        "--step",
        action="append",
        metavar="NAME",
        help="do this step alone, in place of its earlier result; several are done side by side",
    )
    parser.add_argument("--score", action="store_true", help="score the pipeline at --out, train nothing")
    parser.add_argument(
        "--ablation",
        action="append",
        metavar="ROW",
        help="after a training in WORK: what each kind of data brings; a row, or all",
    )
    parser.add_argument("--lemmas", action="store_true", help="compare lemmatizers, train nothing")
    parser.add_argument(
        "--differences", action="store_true", help="how differently GSD and PUD annotate the same thing"
    )
    parser.add_argument(
        "--edits", action="store_true", help="count right and wrong of each edit of the parser's trees"
    )
    parser.add_argument(
        "--gold",
        type=Path,
        nargs=2,
        metavar=("GOLD", "TEXTS"),
        help="with --edits: what each does to the events of annotated articles",
    )
    parser.add_argument("--places", type=Path, metavar="FILE", help="with --edits: where, a line a word")
    parser.add_argument(
        "--light-verbs",
        action="store_true",
        help="which marked light verbs may carry an event noun in kg's data",
    )
    args = parser.parse_args()
    # Before numpy is loaded: its products are too small here to gain by being shared, and threads that
    # wait for each other take the other core from whoever needs it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if args.differences:
        from kg.training.differences import report

        print("\n".join(report(args.corpora)))
        return
    if args.edits:
        _edits(args)
        return
    if args.light_verbs:
        for verb, noun, known in light_verbs(args.corpora):
            print(f"{verb}\t{noun}\t{'carries' if known else '-'}")
        return
    if args.lemmas:
        print(json.dumps(lemmas(args.out, args.corpora), indent=1, ensure_ascii=False))
        return
    if args.ablation:
        from kg.training.ablation import ROWS, ablate, table

        place = _workplace(args)
        for row in ROWS if args.ablation == ["all"] else args.ablation:
            print(row, ablate(place, row))
        if args.ablation == ["all"]:
            print(table(lambda row: ablate(place, row)))
        return
    if args.step:
        from kg.training.train import do

        do(_workplace(args), args.step, args.steps)
        return
    if not args.score:
        from kg.training.train import run

        run(_workplace(args), args.out, version=__version__, factor=args.steps)
    print(json.dumps(scores(args.out, args.corpora), indent=1, ensure_ascii=False))


def _workplace(args: argparse.Namespace) -> Workplace:
    from kg.training.network import Workplace

    return Workplace(args.corpora, args.work, args.generated)


def _edits(args: argparse.Namespace) -> None:
    from kg.training.edits import Bench, table

    bench = Bench()
    trees = bench.trees(args.corpora)
    articles = bench.articles(*args.gold) if args.gold else {}
    print("\n".join(table(trees, articles)))
    if args.places:
        lines = (f"{name}\t{place}\n" for name, count in trees.edits.items() for place in count.places)
        args.places.write_text("".join(lines), "utf-8")


def scores(pipeline: Path, corpora: Path) -> dict[str, float]:
    """The scores of the model card, in percent."""
    import spacy

    from kg.language.lemmas import Lemmatizer
    from kg.training import evaluate

    nlp = spacy.load(pipeline)
    lemmatizer = Lemmatizer("de", lang.load("de").toml("grammar.toml"))
    return {
        **evaluate.score_syntax(nlp, evaluate.test_sentences(corpora), lemmatizer),
        **evaluate.score_names(nlp, corpora / "ner" / "germeval2014-dev.tsv"),
    }


def light_verbs(corpora: Path) -> list[tuple[str, str, bool]]:
    """(verb, noun with its preposition, whether that verb's subject is taken as an event noun's agent)."""
    from kg.training.conllu import blocks
    from kg.training.parseme import light_verbs

    carrying = lang.load("de").toml("discourse.toml")["support"]["verbs"]
    marked = light_verbs(blocks(corpora / "treebank" / "de_parseme11-gsd1500-3000.cupt"))
    return [(verb, f"{word} {noun}".strip(), verb in carrying) for verb, word, noun in sorted(marked)]


def lemmas(pipeline: Path, corpora: Path) -> dict[str, dict[str, float]]:
    """The accuracy of lemmatizers, in percent."""
    import spacy

    from kg.language.lemmas import Lemmatizer
    from kg.training import evaluate
    from kg.training.lemmas import compare

    lemmatizer = Lemmatizer("de", lang.load("de").toml("grammar.toml"))
    return compare(spacy.load(pipeline), evaluate.test_sentences(corpora), lemmatizer)


if __name__ == "__main__":
    main()
