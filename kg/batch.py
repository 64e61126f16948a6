"""One batch of documents ─▶ one shard: what a worker does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pyoxigraph import Quad

from kg import __version__, lang
from kg.documents.clean import shown
from kg.errors import DocumentError
from kg.explain import TRACES, write_traces
from kg.model import Document, Extraction
from kg.pipeline import Stopwatch, Understanding
from kg.rdf.iris import Iris
from kg.rdf.provenance import Provenance
from kg.rdf.quads import document_quads
from kg.rdf.shards import SUFFIX, write_shard
from kg.rdf.validate import Validator, Violation
from kg.report import Failure, Options, Report, read_failures

_In = TypeVar("_In")
_Out = TypeVar("_Out")


@lru_cache(maxsize=1)
def _reader(options: Options) -> Understanding:
    """One loaded pipeline per worker process."""
    return Understanding(lang.load(options.language, options.data), options.model)


@lru_cache(maxsize=1)
def _validator() -> Validator:
    return Validator()


def run_batch(name: str, documents: list[Document], shards: Path, options: Options, version: str) -> Report:
    """Understand, validate and write a batch; a shard that exists is taken as it is.

    A document that fails is reported and leaves the others alone.
    """
    shard = shards / name
    notes = shards / name.replace(SUFFIX, ".json")
    report = _finished(shard, notes)
    if report is not None:
        return report
    report = Report()
    watch = Stopwatch()
    reader = watch.timed("load", lambda: _reader(options))
    report.pipeline = reader.pipeline_version
    provenance = Provenance(
        __version__, reader.pipeline_version, version, reader.pipeline_checksum, options.generated
    )
    iris = Iris(options.base)
    steps = list(reader.read_all(documents, watch))
    steps = [_confident(x, options.min_confidence) if isinstance(x, Extraction) else x for x in steps]
    written = _each(steps, lambda x: watch.timed("rdf", lambda: document_quads(x, iris, provenance)))
    graphs = [w for w in written if not isinstance(w, Exception)]
    checked = iter(watch.timed("validation", lambda: _validator().check_all(graphs)))
    quads: list[Quad] = []
    extractions = []
    for document, extraction, graph in zip(documents, steps, written, strict=True):
        problem = graph if isinstance(graph, Exception) else _broken(document, next(checked))
        if problem is not None:
            report.failures.append(read_failures(problem, shown(document.source)))
        elif isinstance(extraction, Extraction) and not isinstance(graph, Exception):
            quads.extend(graph)
            extractions.append(extraction)
            _count(report, extraction)
    report.seconds = {stage: round(s, 3) for stage, s in watch.seconds.items()}
    report.cpu_seconds = {stage: round(s, 3) for stage, s in watch.cpu.items()}
    if options.trace:
        write_traces(shards.parent / TRACES / name.replace(SUFFIX, ".jsonl"), extractions, iris)
    write_shard(shard, quads)
    notes.write_text(
        json.dumps(asdict(replace(report, seconds={}, cpu_seconds={})), ensure_ascii=False), "utf-8"
    )
    return report


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


def _finished(shard: Path, notes: Path) -> Report | None:
    """The report of a shard that exists; not where a document failed for a reason of ours."""
    if not (shard.is_file() and notes.is_file()):
        return None
    content = json.loads(notes.read_text("utf-8"))
    content["failures"] = [Failure(**f) for f in content["failures"]]
    report = Report(**content)
    report.shards_reused = 1
    return report if all(f.kind == DocumentError.__name__ for f in report.failures) else None


def _confident(extraction: Extraction, least: float) -> Extraction:
    return replace(extraction, events=tuple(e for e in extraction.events if e.confidence >= least))


def _count(report: Report, extraction: Extraction) -> None:
    report.documents += 1
    report.tokens += extraction.tokens
    report.entities += len(extraction.entities)
    report.events += len(extraction.events)
    kinds = Counter(report.events_by_class) + Counter(e.kind for e in extraction.events)
    report.events_by_class = dict(sorted(kinds.items()))
