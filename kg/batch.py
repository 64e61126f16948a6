"""One batch of documents ─▶ one shard: what a worker does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pyoxigraph import NamedNode, Quad

from kg import __version__, garbage, lang
from kg.batches import key_of
from kg.documents.clean import shown
from kg.errors import DocumentError
from kg.explain import TRACES, read_traces, trace_lines, write_traces
from kg.model import Document, Extraction
from kg.notes import Note, Notes, note_of, read_notes, write_notes
from kg.pipeline import Stopwatch, Understanding
from kg.rdf.iris import Iris
from kg.rdf.provenance import Provenance
from kg.rdf.quads import document_quads
from kg.rdf.shards import SUFFIX, read_shard, write_shard
from kg.rdf.validate import Validator, Violation
from kg.report import Options, Report, read_failures

_In = TypeVar("_In")
_Out = TypeVar("_Out")


def _reader(options: Options) -> Understanding:
    """One loaded pipeline per worker process, whatever else the options say."""
    return _loaded(options.language, options.data, options.model)


@lru_cache(maxsize=1)
def _loaded(language: str, data: tuple[Path, ...], model: str | None) -> Understanding:
    with garbage.later():
        reader = Understanding(lang.load(language, data), model)
    garbage.keep_what_is_loaded()
    return reader


@lru_cache(maxsize=1)
def _validator() -> Validator:
    return Validator()


@garbage.later()
def run_batch(
    name: str, documents: list[Document], shards: Path, options: Options, version: str,
    earlier: Mapping[str, str] = MappingProxyType({}),
) -> Report:  # fmt: skip
    """Understand, validate and write a batch; a shard that exists is taken as it is.

    A document that fails is reported and leaves the others alone.

    Args:
        earlier: other shards in which the graphs of documents lie already, by the documents' checksums.
    """
    shard = shards / name
    notes = read_notes(shard)
    if notes is not None and notes.hold:
        report = notes.report()
        report.shards_reused = 1
        return report
    watch = Stopwatch()
    iris = Iris(options.base)
    keys = {d.id: key_of(d) for d in documents}
    kept = watch.timed("documents", lambda: _kept(documents, keys, shards, earlier, iris))
    made = _made([d for d in documents if d.id not in kept], options, version, watch)
    everything = {**kept, **made}
    results = [everything[d.id] for d in documents]
    pipeline = _reader(options).pipeline_version if made else next(r.pipeline for r in results)
    notes = Notes(version, pipeline, tuple(r.note for r in results))
    if options.trace:
        lines = (line for r in results for line in r.traces)
        write_traces(shards.parent / TRACES / name.replace(SUFFIX, ".jsonl"), lines)
    write_shard(shard, [quad for r in results for quad in r.quads])
    write_notes(shard, notes, documents)
    report = notes.report()
    report.documents_reused = sum(1 for r in kept.values() if r.note.failure is None)
    report.seconds = {stage: round(s, 3) for stage, s in watch.seconds.items()}
    report.cpu_seconds = {stage: round(s, 3) for stage, s in watch.cpu.items()}
    return report


@dataclass(frozen=True, slots=True)
class _Result:
    """What a document comes to in its shard."""

    note: Note
    quads: Sequence[Quad] = ()
    traces: Sequence[str] = ()
    pipeline: str = ""


def _kept(
    documents: Sequence[Document],
    keys: Mapping[str, str],
    shards: Path,
    earlier: Mapping[str, str],
    iris: Iris,
) -> dict[str, _Result]:
    """The results of documents that lie in other shards, graph by graph."""
    found: dict[str, _Result] = {}
    wanted = {d.id: d for d in documents if keys[d.id] in earlier}
    for name in sorted({earlier[keys[i]] for i in wanted}):
        notes = read_notes(shards / name)
        if notes is None:
            continue
        here = {n.id: n for n in notes.documents if n.id in wanted and n.key == keys[n.id] and n.holds}
        quads: dict[str, list[Quad]] = {iris.graph(i): [] for i in here}
        for quad in read_shard(shards / name):
            if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value in quads:
                quads[quad.graph_name.value].append(quad)
        traces = read_traces(shards.parent / TRACES / name.replace(SUFFIX, ".jsonl"))
        for i, note in here.items():
            told = replace(note, source=wanted[i].source)
            found[i] = _Result(told, quads[iris.graph(i)], traces.get(i, ()), notes.pipeline)
    return found


def _made(documents: list[Document], options: Options, version: str, watch: Stopwatch) -> dict[str, _Result]:
    """The results of documents that are understood now."""
    if not documents:
        return {}
    reader = watch.timed("load", lambda: _reader(options))
    provenance = Provenance(
        __version__, reader.pipeline_version, version, reader.pipeline_checksum, options.generated
    )
    iris = Iris(options.base)
    steps = list(reader.read_all(documents, watch))
    steps = [_confident(x, options.min_confidence) if isinstance(x, Extraction) else x for x in steps]
    written = _each(steps, lambda x: watch.timed("rdf", lambda: document_quads(x, iris, provenance)))
    graphs = [w for w in written if not isinstance(w, Exception)]
    checked = iter(watch.timed("validation", lambda: _validator().check_all(graphs)))
    results: dict[str, _Result] = {}
    for document, extraction, graph in zip(documents, steps, written, strict=True):
        problem = graph if isinstance(graph, Exception) else _broken(document, next(checked))
        key = key_of(document)
        if problem is not None:
            failure = read_failures(problem, shown(document.source))
            results[document.id] = _Result(note_of(document, key, None, failure))
        elif isinstance(extraction, Extraction) and not isinstance(graph, Exception):
            lines = list(trace_lines(extraction, iris, reader.judge)) if options.trace else ()
            results[document.id] = _Result(note_of(document, key, extraction, None), graph, lines)
    return results


def _each(inputs: Iterable[_In | Exception], work: Callable[[_In], _Out]) -> list[_Out | Exception]:
    """What work makes of each input; an exception, of an input or of the work, takes the place of a result."""
    results: list[_Out | Exception] = []
    for one in inputs:
        if isinstance(one, Exception):
            results.append(one)
            continue
        try:
            results.append(work(one))
        except Exception as error:  # one bad document must not stop the others
            results.append(error)
    return results


def _broken(document: Document, violations: Sequence[Violation]) -> DocumentError | None:
    if not violations:
        return None
    worst = violations[0]
    return DocumentError(
        f"{shown(document.source)}: its graph breaks the shapes in {len(violations)} places; the first: {worst.node}: {worst.message}"
    )


def _confident(extraction: Extraction, least: float) -> Extraction:
    return replace(extraction, events=tuple(e for e in extraction.events if e.confidence >= least))
