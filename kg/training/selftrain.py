"""Self-training: hand-tagged text without trees ─▶ text with those that a teacher is sure of.

1. `with_common_tags` lets a teacher choose where the wanted conventions may say another tag.
2. `fill_features` gives words that have a universal tag the most likely features under it.
3. `parsed` gives tagged sentences the trees of a teacher that sees the tags.

Source: Yarowsky 1995, "Unsupervised Word Sense Disambiguation Rivaling Supervised Methods", for
the method; Kim & Rush 2016, "Sequence-Level Knowledge Distillation", for a strong teacher's
labels as training data of a small network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.training import conventions
from kg.training.conllu import Sentence
from kg.training.treebanks import is_tree, to_doc

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.training.corpora import Treebanks
    from kg.training.teacher import Teacher

CERTAIN_TREE = 0.9
"""Mean probability of a tree's arcs."""
_BATCH = 200


def known(teacher: Teacher, sentences: Sequence[Sentence]) -> list[Any]:
    """What the teacher knows of the sentences' words, which is asked for tags and for trees."""
    return teacher.words([[w.form for w in s.words] for s in sentences])


def with_common_tags(
    teacher: Teacher, sentences: Sequence[Sentence], known: Sequence[Any], banks: Treebanks
) -> Iterator[Sentence]:
    """The sentences with, for each word, the tag that the teacher finds likeliest of those it may have.

    Where a sentence has a tree, the rules that go by the tree have the last word.
    """
    common, attested = conventions.load(), banks.attested()
    alternatives = common.alternatives(attested)
    adjusted = [common.with_adjectives(s, attested) for s in sentences]
    for sentence, of_words in zip(adjusted, teacher.tags(known), strict=True):
        words = list(sentence.words)
        for i, (word, of_word) in enumerate(zip(sentence.words, of_words, strict=False)):
            tags = (word.upos, *alternatives(word))
            words[i] = replace(word, upos=max(tags, key=lambda tag: of_word.get(tag, 0.0)))
        yield common.apply(Sentence(tuple(words)))


def fill_features(nlp: Language, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Add features (and lemmas, where they are missing) that agree with the given tags.

    Args:
        nlp: a trained pipeline with tok2vec, morphologizer and lemmatizer.
        sentences: with universal tags; features are replaced.
    """
    morphologizer = nlp.get_pipe("morphologizer")
    labels = list(morphologizer.labels)  # type: ignore[attr-defined]
    by_tag: dict[str, list[int]] = {}
    feats: list[str] = []
    for i, label in enumerate(labels):
        parts = dict(part.split("=", 1) for part in label.split("|") if part)
        by_tag.setdefault(parts.pop("POS", "X"), []).append(i)
        feats.append("|".join(f"{k}={v}" for k, v in sorted(parts.items())) or "_")
    for batch in _batches(list(sentences)):
        docs = [to_doc(nlp.vocab, [s], morphology=False, trees=False) for s in batch]
        lemmas = [[t.lemma_ for t in d] for d in nlp.pipe([d.copy() for d in docs])]
        for _, pipe in nlp.pipeline[: nlp.pipe_names.index("morphologizer")]:
            docs = list(pipe.pipe(docs))  # type: ignore[attr-defined]
        all_scores = morphologizer.model.predict(docs)  # type: ignore[attr-defined]
        for sentence, scores, guessed in zip(batch, all_scores, lemmas, strict=True):
            words = []
            for word, row, lemma in zip(sentence.words, scores, guessed, strict=True):
                allowed = by_tag.get(word.upos)
                best = feats[max(allowed, key=lambda i: row[i])] if allowed else "_"
                words.append(replace(word, feats=best, lemma=lemma if word.lemma == "_" else word.lemma))
            yield Sentence(tuple(words))


def parsed(teacher: Teacher, sentences: Sequence[Sentence], known: Sequence[Any]) -> Iterator[Sentence]:
    """The sentences for which the teacher finds a tree of whose arcs it is sure, with that tree."""
    for tree, certainty in teacher.trees(sentences, known):
        if certainty >= CERTAIN_TREE and is_tree(tree):
            yield tree


def _batches(sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    for i in range(0, len(sentences), _BATCH):
        yield sentences[i : i + _BATCH]
