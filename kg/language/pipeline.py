"""Loading a spaCy pipeline and reading its analysis as a Parse.

The shipped German pipeline lives in ``kg/lang/de/model`` and needs no network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import PipelineError
from kg.lang import HOME, LanguageData
from kg.language.backend import fast_products, one_thread
from kg.language.boilerplate import Boilerplate
from kg.language.contract import language_of
from kg.language.lemmas import Lemmatizer
from kg.language.parse import DocReader
from kg.language.schemes import Scheme, scheme_of
from kg.language.sentences import SentenceSplitter
from kg.language.tiger import TigerScheme
from kg.model import Parse

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 32


class Pipeline:
    """Text ─▶ Parse. Construction loads the weights (about a second)."""

    def __init__(self, data: LanguageData, model: str | None = None) -> None:
        """Load the shipped pipeline of the data's language, or an installed one by name.

        Raises:
            PipelineError: the pipeline is not installed, of another language, or has no parser.
        """
        self._data = data
        self._nlp, scheme = _load(data.language, model)
        tiger = TigerScheme.of(data) if scheme == "tiger" else None
        self._splitter = SentenceSplitter.of(data)
        self._boilerplate = Boilerplate(data)
        lemmatizer = Lemmatizer(data.language, data.toml("grammar.toml"))
        self.edits = language_of(data).edits
        self.vocab = self._nlp.vocab
        self._reader = DocReader(self.vocab, lemmatizer, self.edits, tiger)
        self.name = f"{self._nlp.meta.get('lang')}_{self._nlp.meta.get('name')}"
        self.version = str(self._nlp.meta.get("version", ""))
        self.checksum = _checksum(self._nlp.path) if self._nlp.path else ""

    def parse(self, texts: Iterable[str]) -> Iterator[Parse]:
        """Analyse texts together, in order; how many, is for who calls to bound."""
        for doc in self.analyse(self.prepared(text) for text in texts):
            yield self.read(doc)

    def analyse(self, docs: Iterable[Doc]) -> list[Doc]:
        """What spaCy says of documents whose sentences are set."""
        with one_thread():
            return list(self._nlp.pipe(docs, batch_size=BATCH))

    def read(self, doc: Doc, without: str = "") -> Parse:
        """An analysed document as a Parse.

        Args:
            without: the name of an edit to leave out, so that one sees what it does.
        """
        return self._reader.read(doc, self._boilerplate.find(doc.text), without)

    def prepared(self, text: str) -> Doc:
        """A text's words, with the sentences' beginnings set."""
        doc = self._nlp.make_doc(text)
        # A note in brackets interrupts a sentence, other boilerplate ends it.
        edges = sorted(
            {
                edge
                for s in self._boilerplate.find(text)
                if text[s.begin] != "("
                for edge in (s.begin, s.end)
                if edge
            },
            reverse=True,
        )
        table = doc.to_array(["IDX", "LENGTH", "IS_SPACE"])
        places, lengths, space = table.T.tolist()
        starts = self._splitter.starts([text[at : at + n] for at, n in zip(places, lengths, strict=True)])
        begins = []
        for at, start, is_space in zip(places, starts, space, strict=True):
            crossed = bool(edges) and edges[-1] <= at
            begins.append(1 if start or (crossed and not is_space) else -1)
            while edges and edges[-1] <= at and not is_space:
                edges.pop()
        import numpy

        # At once: setting it word by word looks through the whole document for each.
        flags = numpy.array(begins, dtype="int64").astype("uint64").reshape(-1, 1)
        doc.from_array(["SENT_START"], flags)  # type: ignore[arg-type]
        return doc


def _checksum(folder: Path) -> str:
    """SHA-256 over a pipeline's files, by name."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _load(language: str, model: str | None) -> tuple[Language, Scheme]:
    import spacy

    source = model or str(HOME / language / "model")
    try:
        with fast_products():
            nlp = spacy.load(source)
    except OSError as error:
        what = f"the pipeline {model!r} is not installed" if model else "the shipped pipeline is missing"
        raise PipelineError(f"{what}: {str(error).splitlines()[0]}") from None
    if nlp.lang != language:
        raise PipelineError(f"the pipeline {source!r} is for {nlp.lang!r}, needed is {language!r}")
    if "parser" not in nlp.pipe_names:
        raise PipelineError(f"the pipeline {source!r} has no dependency parser")
    return nlp, scheme_of(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]
