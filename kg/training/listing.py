"""Train what is listed: ``python -m kg.training.listing GOLD TEXTS``, on the annotated part *learn* alone.

Every entity that a text refers to is an example; it is right if the annotation lists it, too. As for the judge,
what is printed comes from cross-validation by article.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from kg import lang
from kg.listing.lister import FILE
from kg.listing.signs import Listed, candidates
from kg.model import Entity, EntityClass
from kg.pipeline import Understanding
from kg.training.gold import folded, read_gold

_FOLDS = 10
_STRENGTH = 0.3
"""Inverse of the penalty on large weights, chosen by cross-validation on *learn*."""
_NEARLY = 0.002
"""So much of F1 is given for recall: an entity that is not listed is not found."""
_SEEN = 3
"""A sign must stand in so many articles to be learnt."""
_APART = frozenset({EntityClass.PERSON, EntityClass.STATE, EntityClass.PLACE})
"""The classes that are told apart; all others are organisations of some sort."""
_HEADER = """\
# What a document lists: a sign, a tab, what it adds to the log-odds that a reader would list the entity.
# Made by `python -m kg.training.listing GOLD TEXTS` from {number} entities of {articles} annotated articles.
# Licence: CC BY-NC-SA 4.0, as parts of the articles are.
"""


class Examples:
    """The entities of all articles of *learn*, with whether each is right, and how many are wanted."""

    def __init__(self, gold: Path, texts: Path) -> None:
        """Read all articles."""
        self.signs: list[dict[str, float]] = []
        self.right: list[bool] = []
        self.certain: list[bool] = []
        self.article: list[int] = []
        self.wanted = 0
        understanding = Understanding(lang.load("de"))
        for number, article in enumerate(read_gold(gold, texts, "learn")):
            discourse, events = understanding.discourse_and_events(article.document)
            found = sorted(
                candidates(discourse, events),
                key=lambda c: (not c.certain, discourse.entities[c.key].described),
            )
            right = borne_out(article.annotation["entities"], [discourse.entities[c.key] for c in found])
            self._add(number, found, right)
            self.wanted += len(article.annotation["entities"])

    def _add(self, article: int, found: Sequence[Listed], right: Sequence[bool]) -> None:
        for candidate, is_right in zip(found, right, strict=True):
            self.signs.append(dict.fromkeys(candidate.signs, 1.0))
            self.right.append(is_right)
            self.certain.append(candidate.certain)
            self.article.append(article)

    def matrix(self) -> tuple[DictVectorizer, Any]:
        """The signs that stand in enough articles to be learnt."""
        pairs = {(s, a) for signs, a in zip(self.signs, self.article, strict=True) for s in signs}
        articles = Counter(sign for sign, _ in pairs)
        vectorizer = DictVectorizer()
        kept = [{s: v for s, v in signs.items() if articles[s] >= _SEEN} for signs in self.signs]
        return vectorizer, vectorizer.fit_transform(kept)


def borne_out(wanted: Sequence[dict[str, Any]], found: Sequence[Entity]) -> list[bool]:
    """Which entities an annotation lists under one of their names, in their class; one to one."""
    free = [(_sort(EntityClass(e["type"])), folded([e["label"], *e.get("aliases", [])])) for e in wanted]
    right = []
    for entity in found:
        names = folded([entity.label, *entity.aliases])
        hit = next((f for f in free if f[0] == _sort(entity.kind) and f[1] & names), None)
        if hit is not None:
            free.remove(hit)
        right.append(hit is not None)
    return right


def _sort(kind: EntityClass) -> EntityClass:
    return kind if kind in _APART else EntityClass.ORGANIZATION


def best_threshold(examples: Examples) -> tuple[float, float, float, float]:
    """(threshold, precision, recall, F1) of nearly the best F1 with the most recall, by weights that did not see the article."""
    _, matrix = examples.matrix()
    right, found = np.array(examples.right), np.zeros(len(examples.right))
    for train, test in GroupKFold(_FOLDS).split(matrix, right, examples.article):
        model = LogisticRegression(C=_STRENGTH, max_iter=3000).fit(matrix[train], right[train])
        found[test] = model.predict_proba(matrix[test])[:, 1]
    rows = []
    for threshold in np.arange(0.2, 0.7, 0.05):
        kept = (found >= threshold) | np.array(examples.certain)
        precision, recall = right[kept].mean(), right[kept].sum() / examples.wanted
        f1 = 2 * precision * recall / (precision + recall)
        rows.append((float(threshold), float(precision), float(recall), float(f1)))
    best = max(f1 for *_, f1 in rows)
    return next(row for row in rows if row[3] >= best - _NEARLY)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--out", type=Path, default=lang.HOME / "de" / FILE)
    args = parser.parse_args()
    examples = Examples(args.gold, args.texts)
    threshold, precision, recall, f1 = best_threshold(examples)
    print(f"threshold {threshold:.2f}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    vectorizer, matrix = examples.matrix()
    model = LogisticRegression(C=_STRENGTH, max_iter=3000).fit(matrix, examples.right)
    header = _HEADER.format(number=len(examples.right), articles=len(set(examples.article)))
    weights = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    lines = [f"{sign}\t{weight:.3f}" for sign, weight in sorted(weights) if abs(weight) >= 0.005]
    own = [f"(bias)\t{model.intercept_[0]:.3f}", f"(threshold)\t{threshold:.2f}"]
    args.out.write_text(header + "\n".join((*own, *lines)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
