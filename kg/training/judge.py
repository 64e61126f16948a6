"""Train the judge: ``python -m kg.training.judge GOLD TEXTS``, on the annotated part *learn* alone.

Every event that the program proposes is an example; it is right if the annotation bears it out. A logistic
regression over its signs (scikit-learn) learns the probability; what is printed, and the threshold, come from
cross-validation by article, so that no article is judged by weights that have seen it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from kg import lang
from kg.events.judge.judge import FILE, signs
from kg.pipeline import Understanding
from kg.training.gold import borne_out, read_gold

_FOLDS = 10
_STRENGTH = 0.1
"""Inverse of the penalty on large weights, chosen by cross-validation on *learn* (``--strengths``)."""
_SEEN = 3
"""A sign must stand in so many articles to be learnt."""
_PRECISIONS = (0.0, 0.80, 0.90)
"""For each, the threshold of the best F1 at no less is printed, to choose `_THRESHOLDS` by."""
_THRESHOLDS = {
    "(threshold)": 0.6,
    "(threshold Statement)": 0.38,
    **{f"(threshold {kind})": 0.45 for kind in ("Agreement", "Alliance", "Cooperation")},
    "(threshold Aid)": 0.3,
    "(threshold Negotiation)": 0.4,
    **{f"(threshold {kind})": 0.5 for kind in ("Coercion", "Protest")},
}
"""What is written: the best F1 at a precision of 0.80 by cross-validation; of statements the annotation has one per topic, so
that the others, true as they are, count as wrong, and a lower bound serves. Of rare classes the judge has seen too few examples
to be sure of any."""
_HEADER = """\
# The judge's weights: a sign, a tab, what it adds to the log-odds that an event is true of its article.
# Made by `python -m kg.training.judge GOLD TEXTS` from {events} events of {articles} annotated articles; see JUDGE.md.
# Licence: CC BY-NC-SA 4.0, as parts of the articles are.
"""


@dataclass(frozen=True, slots=True)
class Examples:
    """Proposed events with whether they are right, and how many core events there are to be found."""

    events: list[dict[str, float]]
    right: list[bool]
    article: list[int]
    core: list[bool]
    wanted: int


def collect(gold: Path, texts: Path, part: str = "learn") -> Examples:
    """Read all articles of a part, without any threshold."""
    understanding = Understanding(lang.load("de"), proposals=True)
    found = Examples([], [], [], [], 0)
    wanted = 0
    for number, article in enumerate(read_gold(gold, texts, part)):
        extraction = understanding.read(article.document)
        right = borne_out(article.events, extraction.events, extraction.entities)
        core = borne_out([e for e in article.events if e.core], extraction.events, extraction.entities)
        for event, is_right, is_core in zip(extraction.events, right, core, strict=True):
            found.events.append(signs(event))
            found.right.append(is_right)
            found.core.append(is_core)
            found.article.append(number)
        wanted += sum(e.core for e in article.events)
    return Examples(found.events, found.right, found.article, found.core, wanted)


def seen_often(examples: Examples) -> frozenset[str]:
    """The signs that stand in enough articles to be learnt."""
    articles = Counter(
        sign
        for sign, _ in {
            (s, a) for event, a in zip(examples.events, examples.article, strict=True) for s in event
        }
    )
    return frozenset(sign for sign, n in articles.items() if n >= _SEEN)


def fit(examples: Examples, strength: float) -> tuple[DictVectorizer, LogisticRegression]:
    """Learn from all examples."""
    kept = seen_often(examples)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{s: v for s, v in e.items() if s in kept} for e in examples.events])
    return vectorizer, LogisticRegression(C=strength, max_iter=2000).fit(matrix, examples.right)


def cross_validated(examples: Examples, strength: float) -> np.ndarray:
    """The probability of each example by weights that did not see its article."""
    kept = seen_often(examples)
    matrix = DictVectorizer().fit_transform(
        [{s: v for s, v in e.items() if s in kept} for e in examples.events]
    )
    right, found = np.array(examples.right), np.zeros(len(examples.right))
    for train, test in GroupKFold(_FOLDS).split(matrix, right, examples.article):
        model = LogisticRegression(C=strength, max_iter=2000).fit(matrix[train], right[train])
        found[test] = model.predict_proba(matrix[test])[:, 1]
    return found


def calibration_error(probabilities: np.ndarray, right: Sequence[bool]) -> float:
    """Expected calibration error in ten bins (Naeini, Cooper & Hauskrecht 2015)."""
    p, y = probabilities, np.array(right, dtype=float)
    bins = np.minimum(9, (p * 10).astype(int))
    return float(sum(abs(p[bins == b].sum() - y[bins == b].sum()) for b in range(10)) / len(p))


def best_threshold(
    probabilities: np.ndarray, examples: Examples, least: float
) -> tuple[float, float, float, float]:
    """(threshold, precision, recall, F1) of the best F1 at no less than a precision."""
    best = (0.0, 0.0, 0.0, 0.0)
    right, core = np.array(examples.right), np.array(examples.core)
    for threshold in np.arange(0.05, 0.95, 0.01):
        kept = probabilities >= threshold
        counted = kept & (core | ~right)  # what is right but not core counts neither way
        precision = core[kept].sum() / max(1, counted.sum())
        recall = core[kept].sum() / examples.wanted
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        if precision >= least and f1 > best[3]:
            best = (float(threshold), float(precision), float(recall), float(f1))
    return best


def write(path: Path, vectorizer: DictVectorizer, model: LogisticRegression, examples: Examples) -> None:
    """The weights as a file for people: sorted by sign."""
    header = _HEADER.format(events=len(examples.events), articles=len(set(examples.article)))
    weights = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    lines = [f"{sign}\t{weight:.3f}" for sign, weight in sorted(weights) if abs(weight) >= 0.005]
    own = [f"(bias)\t{model.intercept_[0]:.3f}", *(f"{name}\t{t:.2f}" for name, t in _THRESHOLDS.items())]
    path.write_text(header + "\n".join((*own, *lines)) + "\n", "utf-8")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument(
        "--strengths", action="store_true", help="compare penalties by cross-validation, write nothing"
    )
    parser.add_argument("--out", type=Path, default=lang.HOME / "de" / FILE)
    args = parser.parse_args()
    examples = collect(args.gold, args.texts)
    for strength in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if args.strengths else (_STRENGTH,):
        found = cross_validated(examples, strength)
        print(
            f"C {strength}: {len(found)} events, {sum(examples.right)} right; AUC {roc_auc_score(examples.right, found):.3f}, "
            f"calibration error {calibration_error(found, examples.right):.3f}"
        )
        best = [best_threshold(found, examples, least) for least in _PRECISIONS]
        for threshold, precision, recall, f1 in best:
            print(f"  threshold {threshold:.2f}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    if not args.strengths:
        write(args.out, *fit(examples, _STRENGTH), examples)


if __name__ == "__main__":
    main()
