"""Lemmatizers compared on the test part: trained, dictionary (simplemma), morphology (HanTa), and what ``kg`` uses.

Gold tokens, punctuation left out, without regard to case. simplemma and HanTa see the
word alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from kg.training.conllu import Sentence
from kg.training.treebanks import to_doc

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.language.lemmas import Lemmatizer

_POS = ("VERB", "AUX", "NOUN", "PROPN", "ADJ")


def compare(
    nlp: Language, sentences: Iterable[Sentence], lemmatizer: Lemmatizer
) -> dict[str, dict[str, float]]:
    """Accuracy in percent of each lemmatizer, of all words and by universal tag.

    HanTa is left out where it is not installed.
    """
    from spacy.tokens import Doc

    ways = _ways(lemmatizer)
    hits: dict[str, Counter[str]] = {name: Counter() for name in ways}
    total: Counter[str] = Counter()
    gold = [to_doc(nlp.vocab, [s], morphology=True) for s in sentences]
    inputs = (
        Doc(nlp.vocab, words=[t.text for t in g], sent_starts=[i == 0 for i in range(len(g))]) for g in gold
    )
    for g, p in zip(gold, nlp.pipe(inputs), strict=True):
        for a, b in zip(g, p, strict=True):
            if a.pos_ == "PUNCT":
                continue
            kinds = ["all", a.pos_] if a.pos_ in _POS else ["all"]
            total.update(kinds)
            for name, way in ways.items():
                if way(b).lower() == a.lemma_.lower():
                    hits[name].update(kinds)
    return {name: {k: round(100 * hits[name][k] / n, 1) for k, n in total.items()} for name in ways}


def _ways(lemmatizer: Lemmatizer) -> dict[str, Callable[[Any], str]]:
    import simplemma

    ways: dict[str, Callable[[Any], str]] = {
        "trained": lambda t: str(t.lemma_),
        "simplemma": lambda t: simplemma.lemmatize(t.text, lang="de"),
        "combination (shipped)": lambda t: lemmatizer.lemma(t.text, t.lemma_, t.pos_, []),
    }
    try:
        from HanTa.HanoverTagger import HanoverTagger
    except ImportError:
        return ways
    tagger = HanoverTagger("morphmodel_ger.pgz")
    ways["HanTa"] = lambda t: str(tagger.analyze(t.text, taglevel=1)[0])
    ways["HanTa for verbs and nouns, trained for the rest"] = lambda t: ways[
        "HanTa" if t.pos_ in ("VERB", "AUX", "NOUN") else "trained"
    ](t)
    return ways
