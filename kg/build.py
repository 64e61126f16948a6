"""The one place that puts the stages together: sources ─▶ OUT/.

Files are read, and their documents go in batches; a batch becomes one shard, an immutable file that is complete as soon as
it exists and is named by what went into it. So a build that was stopped goes on where it was,
and equal input gives equal bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import asdict, replace
from pathlib import Path
from time import perf_counter

from kg import __version__, lang
from kg.batch import run_batch
from kg.batches import batches_of
from kg.builds import new_build
from kg.documents import Settings, read_documents
from kg.documents.clean import shown
from kg.errors import DocumentError, OutputError
from kg.finish import finish
from kg.identity.decisions import read_decisions
from kg.lang import LanguageData
from kg.model import Document
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

    Returns:
        The report, also written to ``OUT/report.json``.

    Raises:
        OutputError: OUT cannot be written, or another process writes there.
        DataError, PipelineError: language data or pipeline are unusable.
    """
    shards = _prepared(out)
    with writing(out):
        return _build(
            files, out, shards, options or Options(), executor, progress, reading or Settings(), named
        )


def _build(
    files: Sequence[Path], out: Path, shards: Path, options: Options, executor: Executor | None, progress: Progress | None,
    reading: Settings, named: Collection[Path] | None,
) -> Report:  # fmt: skip
    start = perf_counter()
    watch = Stopwatch()
    data = lang.load(options.language, options.data)
    version = rules_version(data, options)
    report = Report(options=options)
    documents = watch.timed(
        "documents", lambda: _read(files, reading, frozenset(files if named is None else named), report)
    )
    total = len(documents) + len(report.failures)
    batches = [(f"{b.name(version)}{SUFFIX}", list(b.documents)) for b in batches_of(documents)]
    names: list[Path] = []
    done = len(report.failures)
    try:
        for name, batch in _run(batches, shards, options, version, executor):
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


def _read(
    files: Sequence[Path], reading: Settings, named: Collection[Path], report: Report
) -> list[Document]:
    """The documents of all files; what cannot be used goes into the report.

    Of two with the same id the later one does not: its graph would be lost in the other's. Files of the same name in several folders
    are told apart by their folders.
    """
    owners: dict[str, Document] = {}
    for path in files:
        for found in read_documents(path, reading, named=path in named):
            if isinstance(found, DocumentError):
                report.failures.append(read_failures(found, shown(path)))
                continue
            document = found if found.id not in owners else _told_apart(found, owners)
            owner = owners.setdefault(document.id, document)
            if owner is not document:
                error = DocumentError(
                    f"{shown(document.source)}: {shown(owner.source)} has the same id {document.id!r}"
                )
                report.failures.append(read_failures(error, shown(document.source)))
            elif document.warnings:
                report.warnings.append(
                    Failure(shown(document.source), "Warning", "; ".join(document.warnings))
                )
    return list(owners.values())


def _told_apart(document: Document, owners: Mapping[str, Document]) -> Document:
    """A document whose id is its file's name and taken: by its folders' names, too."""
    if document.path is None or document.id != shown(document.path.stem):
        return document
    identifier = document.id
    for folder in document.path.resolve().parents:
        identifier = f"{shown(folder.name)}/{identifier}"
        if identifier not in owners:
            return replace(document, id=identifier)
    return document


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
    batches: Iterable[tuple[str, list[Document]]], shards: Path, options: Options, version: str,
    executor: Executor | None,
) -> Iterator[tuple[str, Report]]:  # fmt: skip
    """Batch reports in order of the batches, wherever they ran."""
    if executor is None:
        for name, batch in batches:
            yield name, run_batch(name, batch, shards, options, version)
        return
    pending: list[tuple[str, Future[Report]]] = [
        (name, executor.submit(run_batch, name, batch, shards, options, version)) for name, batch in batches
    ]
    for name, future in pending:
        yield name, future.result()


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n", "utf-8")
