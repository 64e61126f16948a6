"""The one place that puts the stages together: sources ─▶ OUT/.

Documents go in batches; a batch becomes one shard, an immutable file that is complete as soon as
it exists and is named by what went into it. So a build that was stopped goes on where it was,
and equal input gives equal bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from kg import __version__, lang
from kg.batch import run_batch
from kg.builds import new_build
from kg.documents import identifier
from kg.errors import DocumentError, OutputError
from kg.finish import finish
from kg.identity.decisions import read_decisions
from kg.lang import LanguageData
from kg.pipeline import Stopwatch
from kg.rdf.shards import FOLDER, SUFFIX
from kg.report import Options, Report, read_failures
from kg.store.lock import writing

BATCH = 16
"""Documents per shard."""

Progress = Callable[[int, int], None]
"""Called with the documents done and the documents in all."""


def build(
    files: Sequence[Path],
    out: Path,
    options: Options | None = None,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Report:
    """Build a graph from text files.

    Args:
        files: the texts, each with its metadata sidecar beside it.
        out: the folder to fill; a build there before is replaced when this one is finished.
        options: language, pipeline, extra data, base IRI.
        executor: where batches run (a process pool, a cluster); None runs them here.
        progress: told after every batch.

    Returns:
        The report, also written to ``OUT/report.json``.

    Raises:
        OutputError: OUT cannot be written, or another process writes there.
        DataError, PipelineError: language data or pipeline are unusable.
    """
    shards = _prepared(out)
    with writing(out):
        return _build(files, out, shards, options or Options(), executor, progress)


def _build(
    files: Sequence[Path], out: Path, shards: Path, options: Options, executor: Executor | None, progress: Progress | None
) -> Report:  # fmt: skip
    start = perf_counter()
    watch = Stopwatch()
    data = lang.load(options.language, options.data)
    version = rules_version(data, options)
    report = Report(options=options)
    total = len(files)
    files = _with_ids_of_their_own(files, report)
    names: list[Path] = []
    done = len(report.failures)
    try:
        for name, batch in _run(_batches(files, version), shards, options, version, executor):
            names.append(shards / name)
            report.add(batch)
            done += batch.documents + len(batch.failures)
            if progress:
                progress(done, total)
        report.shards = len(names)
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
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for pattern in ("*.toml", "lexicon/*.txt", "gazetteer/*.csv", "model/meta.json"):
        for path in data.files(pattern):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _with_ids_of_their_own(files: Sequence[Path], report: Report) -> list[Path]:
    """The files, without those whose id an earlier one has: its graph would be lost in the other's."""
    owners: dict[str, Path] = {}
    for path in files:
        owner = owners.setdefault(identifier(path), path)
        if owner is not path:
            error = DocumentError(f"{path}: {owner} has the same id {identifier(path)!r}")
            report.failures.append(read_failures(error, path))
    return list(owners.values())


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


def _batches(files: Sequence[Path], version: str) -> Iterator[tuple[str, list[Path]]]:
    """Batches with the names of their shards, which depend on all that goes in."""
    for i in range(0, len(files), BATCH):
        batch = list(files[i : i + BATCH])
        digest = hashlib.sha256(version.encode())
        for path in batch:
            for part in (path, path.with_name(f"{path.stem}.meta.json")):
                digest.update(f"|{part.name}|".encode("utf-8", "surrogatepass"))
                if part.is_file():
                    digest.update(hashlib.sha256(_content(part)).digest())
        yield f"{digest.hexdigest()[:24]}{SUFFIX}", batch


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _run(
    batches: Iterator[tuple[str, list[Path]]], shards: Path, options: Options, version: str,
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
