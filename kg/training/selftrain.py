"""Self-training: hand-tagged text without trees ─▶ trees on which teachers agree.

1. `fill_features` gives words that have a gold universal tag the most likely features under it.
2. Teachers (the parser with gold tags among its features, trained from several seeds) parse the
   text; `agreed` keeps the sentences in which they concur.

Source: the tri-training variant of Weiss et al. 2015, "Structured Training for Neural Network
Transition-Based Parsing" (agreed trees of several parsers as extra training data).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.training.conllu import Sentence
from kg.training.readers import tagged_copy
from kg.training.treebanks import to_doc

if TYPE_CHECKING:
    from spacy.language import Language

AGREEMENT = 0.9
_BATCH = 200


def fill_features(
    nlp: Language, sentences: Iterable[Sentence], open_tags: Mapping[str, tuple[str, ...]] | None = None
) -> Iterator[Sentence]:
    """Add features (and lemmas, where they are missing) that agree with the given tags.

    Args:
        nlp: a trained pipeline with tok2vec, morphologizer and lemmatizer.
        sentences: with universal tags; features are replaced.
        open_tags: by tag, others that a word may get instead, if the pipeline finds them likelier.
    """
    morphologizer = nlp.get_pipe("morphologizer")
    labels = list(morphologizer.labels)  # type: ignore[attr-defined]
    by_tag: dict[str, list[int]] = {}
    feats: list[str] = []
    tag_of: list[str] = []
    for i, label in enumerate(labels):
        parts = dict(part.split("=", 1) for part in label.split("|") if part)
        tag_of.append(parts.pop("POS", "X"))
        by_tag.setdefault(tag_of[-1], []).append(i)
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
                tags = (word.upos, *(open_tags or {}).get(word.upos, ()))
                allowed = [i for tag in tags for i in by_tag.get(tag, ())]
                best = max(allowed, key=lambda i: row[i]) if allowed else None
                words.append(
                    replace(
                        word,
                        upos=tag_of[best] if best is not None else word.upos,
                        feats=feats[best] if best is not None else "_",
                        lemma=lemma if word.lemma == "_" else word.lemma,
                    )
                )
            yield Sentence(tuple(words))


def agreed(teachers: list[Language], sentences: list[Sentence]) -> Iterator[Sentence]:
    """The sentences whose words get the same head and label from at least two of three teachers
    and from all of them in at least `AGREEMENT` of the words, with the majority's tree."""
    for batch in _batches(sentences):
        docs = [to_doc(teachers[0].vocab, [s], morphology=True, trees=False) for s in batch]
        parses = [list(t.pipe([tagged_copy(d, t) for d in docs])) for t in teachers]
        for i, sentence in enumerate(batch):
            arcs = [[(t.head.i, t.dep_) for t in parse[i]] for parse in parses]
            voted = [max(set(a), key=list(a).count) for a in zip(*arcs, strict=True)]
            unanimous = sum(len(set(a)) == 1 for a in zip(*arcs, strict=True))
            if unanimous < AGREEMENT * len(voted):
                continue
            if voted not in arcs:  # a mixed vote need not be a tree
                voted = max(arcs, key=lambda arc: sum(a == b for a, b in zip(arc, voted, strict=True)))
            yield Sentence(
                tuple(
                    replace(w, head=head, deprel="root" if label == "ROOT" else label)
                    for w, (head, label) in zip(sentence.words, voted, strict=True)
                )
            )


def _batches(sentences: list[Sentence]) -> Iterator[list[Sentence]]:
    for i in range(0, len(sentences), _BATCH):
        yield sentences[i : i + _BATCH]
