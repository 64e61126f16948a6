"""One document through all stages of understanding: text ─▶ Extraction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TypeVar

from kg import lang
from kg.entities import EntityLinker
from kg.errors import DocumentError
from kg.events import EventExtractor
from kg.events.times import PublicationReader, TimeReader
from kg.lang import LanguageData
from kg.language.normalise import normalise, restored
from kg.language.pipeline import Pipeline
from kg.model import Document, Extraction, Parse, Span

_T = TypeVar("_T")


@dataclass(slots=True)
class Stopwatch:
    """Seconds per stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    def timed(self, stage: str, work: Callable[[], _T]) -> _T:
        """Run a piece of work and add its time to a stage."""
        start = perf_counter()
        try:
            return work()
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + perf_counter() - start


class Understanding:
    """The language, entity and event stages of one language; construction loads the weights."""

    def __init__(self, data: LanguageData, model: str | None = None) -> None:
        self.data = data
        self._pipeline = Pipeline(data, model)
        self._linker = EntityLinker(data)
        self._coordinators = frozenset(data.toml("grammar.toml")["coordination"]["words"])
        self._extractor = EventExtractor(data)
        self._publication = PublicationReader(data, TimeReader(data))
        self.pipeline_version = f"{self._pipeline.name} {self._pipeline.version}"
        self.pipeline_checksum = self._pipeline.checksum

    def read(self, document: Document, watch: Stopwatch | None = None) -> Extraction:
        """Understand one document.

        Raises:
            DocumentError: the document is in another language than the data.
        """
        watch = watch or Stopwatch()
        if document.language != self.data.language:
            raise DocumentError(
                f"{document.path or document.id}: the text is in {document.language!r}, "
                f"this build reads {self.data.language!r}"
            )
        normal = normalise(document.text, self._coordinators)
        dated = self._dated(document, normal.text)
        parse: Parse = watch.timed("language", lambda: next(self._pipeline.parse([normal.text])))
        discourse = watch.timed("entities", lambda: self._linker.link(parse, dated.published))
        events = watch.timed("events", lambda: self._extractor.extract(dated, discourse))
        given = replace(document, published=dated.published)
        understood = Extraction(
            document=given,
            entities=discourse.entities,
            mentions=discourse.mentions,
            events=events,
            tokens=len(parse.tokens),
            sentences=tuple(Span(s.begin, s.end) for s in parse.sentences),
        )
        return restored(understood, normal, given)

    def _dated(self, document: Document, text: str) -> Document:
        """A document with the day that its text gives for itself, where its metadata give none."""
        if document.published is not None:
            return document
        found = self._publication.find(text)
        return replace(document, published=found.day, dated=found.span) if found else document


def understand(texts: Sequence[Document], language: str = "de") -> list[Extraction]:
    """Understand documents with the shipped pipeline of a language."""
    reader = Understanding(lang.load(language))
    return [reader.read(document) for document in texts]
