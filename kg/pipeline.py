"""One document through all stages of understanding: text ─▶ Extraction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter, process_time
from typing import TypeVar, cast

from kg import lang
from kg.entities import EntityLinker, Gazetteer
from kg.errors import DocumentError
from kg.events import EventExtractor
from kg.events.extract import Reading
from kg.events.judge import Judge
from kg.events.lexicon import Lexicon
from kg.events.times import PublicationReader, TimeReader
from kg.lang import LanguageData
from kg.language.edits import notes
from kg.language.normalise import Normalised, Spelling, normalise, restored
from kg.language.pipeline import Pipeline
from kg.listing import Lister
from kg.model import Discourse, Document, Event, Extraction, Parse, Span

_T = TypeVar("_T")
TOGETHER = 40_000
"""Characters that are parsed together at most, but for a longer document."""


@dataclass(slots=True)
class Stopwatch:
    """Seconds per stage: of the clock, and of the processor."""

    seconds: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)

    def timed(self, stage: str, work: Callable[[], _T]) -> _T:
        """Run a piece of work and add its time to a stage."""
        start, begun = perf_counter(), process_time()
        try:
            return work()
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + perf_counter() - start
            self.cpu[stage] = self.cpu.get(stage, 0.0) + process_time() - begun


class Understanding:
    """The language, entity and event stages of one language; construction loads the weights."""

    def __init__(self, data: LanguageData, model: str | None = None, *, proposals: bool = False) -> None:
        """Load everything.

        Args:
            proposals: keep the events that the judge does not believe, too.
        """
        self.data = data
        self._pipeline = Pipeline(data, model)
        self._linker = EntityLinker(data)
        self._spelling = Spelling.of(data)
        self._extractor = EventExtractor(data, proposals=proposals)
        self._lister = Lister.of(data)
        self._publication = PublicationReader(data, TimeReader(data))
        self.pipeline_version = f"{self._pipeline.name} {self._pipeline.version}"
        self.pipeline_checksum = self._pipeline.checksum

    @property
    def gazetteer(self) -> Gazetteer:
        """The names that are known before an article is read."""
        return self._linker.gazetteer

    @property
    def judge(self) -> Judge:
        """What gives events their probability."""
        return self._extractor.judge

    @property
    def lexicon(self) -> Lexicon:
        """The predicates that are known."""
        return self._extractor.lexicon

    def steps(self, document: Document) -> tuple[Reading, tuple[Event, ...]]:
        """How one document is read: its clauses with all that is known of them, and its events.

        Offsets are of the normalised text, which the reading's parse holds.

        Raises:
            DocumentError: the document is in another language than the data.
        """
        text = self._normal(document)
        (parse,) = self._parsed([text], Stopwatch())
        for step in (text, parse):
            if isinstance(step, Exception):
                raise step
        text, parse = cast("Normalised", text), cast("Parse", parse)
        dated = self._dated(document, text.text)
        reading = self._extractor.read(dated, self._linker.link(parse, dated.published))
        return reading, self._extractor.events(reading)

    def read(self, document: Document) -> Extraction:
        """Understand one document.

        Raises:
            DocumentError: the document is in another language than the data.
        """
        (found,) = self.read_all([document])
        if isinstance(found, Exception):
            raise found
        return found

    def discourse_and_events(self, document: Document) -> tuple[Discourse, tuple[Event, ...]]:
        """What the choice of listed entities is made from, for training it."""
        text = normalise(document.text, self._spelling).text
        (parse,) = self._pipeline.parse([text])
        dated = self._dated(document, text)
        discourse = self._linker.link(parse, dated.published)
        return discourse, self._extractor.extract(dated, discourse)

    def read_all(
        self, documents: Sequence[Document], watch: Stopwatch | None = None
    ) -> Iterator[Extraction | Exception]:
        """Understand documents, parsed together; in the place of one that cannot be used, what is wrong with it."""
        watch = watch or Stopwatch()
        for group in _groups(documents):
            texts = [self._normal(document) for document in group]
            for document, text, parse in zip(group, texts, self._parsed(texts, watch), strict=True):
                if isinstance(text, Exception) or isinstance(parse, Exception):
                    yield text if isinstance(text, Exception) else cast("Exception", parse)
                    continue
                try:
                    yield self._read(document, text, parse, watch)
                except Exception as error:  # one bad document must not stop the others
                    yield error

    def _normal(self, document: Document) -> Normalised | Exception:
        if document.language != self.data.language:
            return DocumentError(
                f"{document.source}: the text is in {document.language!r}, "
                f"this build reads {self.data.language!r}"
            )
        try:
            return normalise(document.text, self._spelling)
        except Exception as error:
            return error

    def _parsed(self, texts: Sequence[Normalised | Exception], watch: Stopwatch) -> list[Parse | Exception]:
        """Their parses; if one stops the pipeline, each by itself."""
        usable = [t.text for t in texts if not isinstance(t, Exception)]
        try:
            parses = iter(watch.timed("language", lambda: list(self._pipeline.parse(usable))))
        except Exception as error:
            return [error] if len(texts) == 1 else [p for t in texts for p in self._parsed([t], watch)]
        return [t if isinstance(t, Exception) else next(parses) for t in texts]

    def _read(self, document: Document, normal: Normalised, parse: Parse, watch: Stopwatch) -> Extraction:
        dated = self._dated(document, normal.text)
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
            listed=self._lister.choose(discourse, events),
            edits=tuple(notes(discourse.parse)),
        )
        return restored(understood, normal, given)

    def _dated(self, document: Document, text: str) -> Document:
        """A document with the day that its text gives for itself, where its metadata give none."""
        if document.published is not None:
            return document
        found = self._publication.find(text)
        return replace(document, published=found.day, dated=found.span) if found else document


def _groups(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents to be parsed together: as many as memory is meant for, at least one."""
    group: list[Document] = []
    size = 0
    for document in documents:
        if group and size + len(document.text) > TOGETHER:
            yield group
            group, size = [], 0
        group.append(document)
        size += len(document.text)
    if group:
        yield group


def understand(texts: Sequence[Document], language: str = "de") -> list[Extraction]:
    """Understand documents with the shipped pipeline of a language."""
    reader = Understanding(lang.load(language))
    return [reader.read(document) for document in texts]
