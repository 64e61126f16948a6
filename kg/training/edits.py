"""``python -m kg.training CORPORA --edits [--gold GOLD TEXTS]``: what each edit of the parser's trees is worth.

Right and wrong are counted on gold trees that the parser was not trained on: a word is mended if its head and label
are right after the edit and were not before, spoilt the other way round. What an edit does to extraction is seen
by leaving it out and reading the annotated articles of *learn* again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg import lang
from kg.entities import EntityLinker
from kg.events import EventExtractor
from kg.language.normalise import Spelling, normalise
from kg.language.pipeline import Pipeline
from kg.language.regroup import EDITS as NAME_EDITS
from kg.model import Attachment, Edited, Event, Parse
from kg.training.conllu import Sentence, read
from kg.training.evaluate import PUD_TEST
from kg.training.gold import GoldArticle, borne_out, read_gold
from kg.training.treebanks import normalise as common_labels
from kg.training.treebanks import to_doc

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True)
class Count:
    """What an edit did: words that it mended, spoilt, and changed from one wrong to another; where."""

    right: int = 0
    wrong: int = 0
    neither: int = 0
    places: list[str] = field(default_factory=list)


@dataclass(slots=True)
class TreeReport:
    """Labelled attachment before and after all edits, in percent, and each edit's count."""

    before: float = 0.0
    after: float = 0.0
    edits: dict[str, Count] = field(default_factory=dict)


class Bench:
    """The pipeline and its edits, over documents that are analysed once."""

    def __init__(self) -> None:
        """Load German."""
        self._data = lang.load("de")
        self._pipeline = Pipeline(self._data)
        self._linker = EntityLinker(self._data)
        self._extractor = EventExtractor(self._data)

    def names(self) -> list[str]:
        """The edits of the language, in order."""
        return [*(e.name for e in self._pipeline.edits), *NAME_EDITS]

    def trees(self, corpora: Path, part: slice = PUD_TEST) -> TreeReport:
        """Count on the trees of PUD's test half."""
        path = corpora / "treebank" / "de_pud-ud-test.conllu"
        gold = [common_labels(s) for s in read(path)][part]
        report = TreeReport(edits={name: Count() for name in self.names()})
        words, before, after = 0, 0, 0
        for sentence, doc in zip(gold, self._pipeline.analyse(self._unparsed(gold)), strict=True):
            given = self._pipeline.read(doc)
            edited = self._linker.link(given, None).parse
            first = {e.token: e.before for e in reversed(edited.edited)}
            for i, (word, token) in enumerate(zip(sentence.words, edited.tokens, strict=True)):
                if word.upos != "PUNCT":
                    last = Attachment(token.head, token.label, token.pos, token.feats)
                    words += 1
                    before += _is_right(sentence, i, first.get(i, last))
                    after += _is_right(sentence, i, last)
            _count(report, sentence, edited)
        report.before, report.after = 100 * before / words, 100 * after / words
        return report

    def _unparsed(self, gold: Sequence[Sentence]) -> Iterator[Doc]:
        for sentence in gold:
            doc = to_doc(self._pipeline.vocab, [sentence], morphology=False, trees=False)
            yield doc

    def articles(self, gold: Path, texts: Path, part: str = "learn") -> dict[str, tuple[int, int]]:
        """For each edit, how many more right and wrong events there are with it than without it.

        An article in which an edit changes nothing is the same without it, so it is not read again.
        """
        spelling = Spelling.of(self._data)
        found: dict[str, tuple[int, int]] = dict.fromkeys(self.names(), (0, 0))
        for article in read_gold(gold, texts, part):
            text = normalise(article.document.text, spelling).text
            (doc,) = self._pipeline.analyse([self._pipeline.prepared(text)])
            parse = self._pipeline.read(doc)
            right, wrong, edited = self._events(article, parse)
            for edit in {e.edit for e in edited}:
                less_right, less_wrong, _ = self._events(
                    article, self._pipeline.read(doc, without=edit), edit
                )
                a, b = found[edit]
                found[edit] = a + right - less_right, b + wrong - less_wrong
        return found

    def _events(
        self, article: GoldArticle, parse: Parse, without: str = ""
    ) -> tuple[int, int, tuple[Edited, ...]]:
        discourse = self._linker.link(parse, article.document.published, without)
        events: Sequence[Event] = self._extractor.extract(article.document, discourse)
        right = sum(borne_out(article.events, events, discourse.entities))
        return right, len(events) - right, discourse.parse.edited


def _count(report: TreeReport, sentence: Sentence, parse: Parse) -> None:
    for edit in parse.edited:
        if sentence.words[edit.token].upos == "PUNCT":
            continue
        count = report.edits.setdefault(edit.edit, Count())
        was, now = (_is_right(sentence, edit.token, a) for a in (edit.before, edit.after))
        same = (edit.before.head, edit.before.label) == (edit.after.head, edit.after.label)
        count.right += now and not was
        count.wrong += was and not now
        count.neither += not same and was == now
        if was != now:
            count.places.append(
                f"{'+' if now else '-'} {_place(sentence, edit.token)}: {_shown(parse, edit.before)} ─▶ {_shown(parse, edit.after)}"
            )


def _is_right(sentence: Sentence, i: int, attachment: Attachment) -> bool:
    word = sentence.words[i]
    label = attachment.label.partition(":")[0]
    return attachment.head == word.head and label == word.deprel.partition(":")[0]


def _place(sentence: Sentence, i: int) -> str:
    return " ".join(f"⟦{w.form}⟧" if k == i else w.form for k, w in enumerate(sentence.words))


def _shown(parse: Parse, attachment: Attachment) -> str:
    return f"{attachment.label} of {parse.tokens[attachment.head].text}"


def table(trees: TreeReport, articles: dict[str, tuple[int, int]]) -> Iterator[str]:
    """The report as a table for people."""
    yield f"LAS before {trees.before:.2f}, after {trees.after:.2f}"
    yield "| edit | mended | spoilt | neither | right events | wrong events |"
    yield "|---|---|---|---|---|---|"
    totals = Counter[str]()
    for name, count in trees.edits.items():
        right, wrong = articles.get(name, (0, 0))
        yield f"| {name} | {count.right} | {count.wrong} | {count.neither} | {right:+d} | {wrong:+d} |"
        totals.update(right=count.right, wrong=count.wrong, neither=count.neither)
    yield f"| all | {totals['right']} | {totals['wrong']} | {totals['neither']} | | |"
