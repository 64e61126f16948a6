"""The one place that puts the stages together: sources ─▶ OUT/.

Files are read, and their documents go in batches; a batch becomes one shard, an immutable file that is complete as soon as
it exists and is named by what went into it. So a build that was stopped goes on where it was,
and equal input gives equal bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from kg import __version__, lang
from kg.batch import run_batch
from kg.batches import batches_of, key_of
from kg.builds import home, new_build
from kg.documents import Limits, Settings
from kg.documents.cache import FILE as CACHE
from kg.documents.cache import LEAST, Reading
from kg.documents.collect import collected
from kg.errors import DocumentError, OutputError
from kg.finish import finish
from kg.identity.decisions import read_decisions
from kg.increments import Increment, kept_documents
from kg.lang import LanguageData
from kg.model import Document
from kg.notes import shards_by_key
from kg.pipeline import Stopwatch
from kg.rdf.shards import FOLDER, SUFFIX
from kg.report import Failure, Options, Report, read_failures
from kg.store.lock import writing

Progress = Callable[[int, int], None]
"""Called with the documents done and the documents in all."""


def build(
    files: Sequence[Path],
    out: Path,
    options: Options | None = None,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
    reading: Settings | None = None,
    named: Collection[Path] | None = None,
    increment: Increment | None = None,
) -> Report:
    """Build a graph from files.

    Args:
        files: files of any format that is read, each with its metadata sidecar beside it.
        out: the folder to fill; a build there before is replaced when this one is finished.
        options: language, pipeline, extra data, base IRI.
        executor: where batches run (a process pool, a cluster); None runs them here.
        progress: told after every batch.
        reading: how files are read: mapping of fields, limits.
        named: those of the files that were named themselves, not found in a folder; None: all.
        increment: what of the documents that OUT holds and the files do not may go; None: all.

    Returns:
        The report, also written to ``OUT/report.json``.

    Raises:
        OutputError: OUT cannot be written, or another process writes there.
        DataError, PipelineError: language data or pipeline are unusable.
    """
    shards = _prepared(out)
    with writing(out):
        try:
            return _build(
                files,
                out,
                shards,
                options or Options(),
                executor,
                progress,
                reading or Settings(),
                named,
                increment,
            )
        except KeyboardInterrupt:
            for half in shards.glob(".*.part"):
                half.unlink(missing_ok=True)
            raise


def _build(
    files: Sequence[Path], out: Path, shards: Path, options: Options, executor: Executor | None, progress: Progress | None,
    reading: Settings, named: Collection[Path] | None, increment: Increment | None,
) -> Report:  # fmt: skip
    start = perf_counter()
    watch = Stopwatch()
    data = lang.load(options.language, options.data)
    version = rules_version(data, options)
    report = Report(options=options)
    cache = out / CACHE if len(files) >= LEAST else None
    with Reading(reading, cache) as reader:
        names_given = frozenset(files if named is None else named)
        documents = watch.timed("documents", lambda: _read(files, reader, names_given, report))
    if increment is not None:
        kept = kept_documents(out, documents, increment, {f.source for f in report.failures})
        documents, report.documents_kept = [*documents, *kept], len(kept)
        report.sources = list(increment.sources)
    report.mapping, report.limits = dict(reading.mapping), asdict(reading.limits)
    total = len(documents) + len(report.failures)
    keys = {d.id: key_of(d) for d in documents}
    batches = [(f"{b.name(version, keys)}{SUFFIX}", list(b.documents)) for b in batches_of(documents)]
    earlier = shards_by_key(shards, version)
    known = {d.id: (key, earlier[key]) for d in documents if (key := keys[d.id]) in earlier}
    names: list[Path] = []
    done = len(report.failures)
    try:
        for name, batch in _run(batches, shards, options, version, known, executor):
            names.append(shards / name)
            report.add(batch)
            done += batch.documents + len(batch.failures)
            if progress:
                progress(done, total)
        report.shards = len(names)
        report.failures.sort(key=lambda f: (f.source, f.message))
        with new_build(out, names) as folder:
            report.triples = finish(folder, names, read_decisions(out), options.base, watch)
            report.seconds.update({stage: round(s, 3) for stage, s in watch.seconds.items()})
            report.cpu_seconds.update({stage: round(s, 3) for stage, s in watch.cpu.items()})
            report.seconds["total"] = round(perf_counter() - start, 3)
            _write_json(folder / "report.json", asdict(report))
            lines = "".join(json.dumps(asdict(f), ensure_ascii=False) + "\n" for f in report.failures)
            (folder / "failures.jsonl").write_text(lines, "utf-8")
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from None
    return report


def rules_version(data: LanguageData, options: Options) -> str:
    """A checksum of the program, all language data and the options."""
    digest = hashlib.sha256(f"{__version__}|{options!r}".encode())
    for path in sorted(
        (*Path(__file__).parent.rglob("*.py"), *(Path(__file__).parent / "documents").glob("*.toml"))
    ):
        digest.update(path.read_bytes())
    for pattern in ("*.toml", "*.tsv", "*.csv", "lexicon/*.txt", "gazetteer/*.?sv", "model/meta.json"):
        for path in data.files(pattern):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _read(files: Sequence[Path], reading: Reading, named: Collection[Path], report: Report) -> list[Document]:
    """The documents of all files; what cannot be used goes into the report."""
    documents: list[Document] = []
    for source, found in collected(
        files, named, lambda path, is_named: reading.documents(path, named=is_named)
    ):
        if isinstance(found, DocumentError):
            report.failures.append(read_failures(found, source))
            continue
        documents.append(found)
        if found.warnings:
            report.warnings.append(Failure(source, "Warning", "; ".join(found.warnings)))
    return documents


def _prepared(out: Path) -> Path:
    shards = out / FOLDER
    try:
        shards.mkdir(parents=True, exist_ok=True)
        probe = out / ".probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror}") from None
    return shards


def _run(
    batches: Sequence[tuple[str, list[Document]]], shards: Path, options: Options, version: str, known: Mapping[str, tuple[str, str]],
    executor: Executor | None,
) -> Iterator[tuple[str, Report]]:  # fmt: skip
    """Batch reports in order of the batches, wherever they ran."""

    def work(batch: list[Document]) -> tuple[list[Document], Path, Options, str, dict[str, str]]:
        return batch, shards, options, version, dict(known[d.id] for d in batch if d.id in known)

    if executor is None:
        for name, batch in batches:
            yield name, run_batch(name, *work(batch))
        return
    pending: list[tuple[str, Future[Report]]] = [
        (name, executor.submit(run_batch, name, *work(batch))) for name, batch in batches
    ]
    for name, future in pending:
        yield name, future.result()


def reading_of(out: Path) -> Settings:
    """How the files of a built folder were read."""
    try:
        content = json.loads((home(out) / "report.json").read_text("utf-8"))
        return Settings(content["mapping"], Limits(**content["limits"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Settings()


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n", "utf-8")
