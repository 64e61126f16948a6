"""What a build depends on, and what it tells of what it did."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg import __version__
from kg.builds import home
from kg.errors import KgError
from kg.rdf.iris import DEFAULT_BASE

REPORTS = ("report.json", "failures.jsonl")
"""What a build tells of itself."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a build depends on beside its documents."""

    language: str = "de"
    model: str | None = None
    data: tuple[Path, ...] = ()
    base: str = DEFAULT_BASE
    min_confidence: float = 0.0
    generated: str | None = None
    trace: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be used, and why."""

    source: str
    kind: str
    message: str


@dataclass(slots=True)
class Report:
    """What a build did; becomes ``report.json``."""

    documents: int = 0
    tokens: int = 0
    entities: int = 0
    events: int = 0
    events_by_class: dict[str, int] = field(default_factory=dict)
    triples: int = 0
    shards: int = 0
    shards_reused: int = 0
    documents_reused: int = 0
    """Of shards that had to be written anew."""
    documents_kept: int = 0
    """Gone from their sources, and not pruned."""
    seconds: dict[str, float] = field(default_factory=dict)
    cpu_seconds: dict[str, float] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[Failure] = field(default_factory=list)
    program: str = __version__
    pipeline: str = ""
    options: Options | None = None
    sources: list[str] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)

    def add(self, other: Report) -> None:
        """Count a batch's report in."""
        self.documents += other.documents
        self.tokens += other.tokens
        self.entities += other.entities
        self.events += other.events
        self.triples += other.triples
        self.shards_reused += other.shards_reused
        self.documents_reused += other.documents_reused
        self.events_by_class = dict(
            sorted((Counter(self.events_by_class) + Counter(other.events_by_class)).items())
        )
        for mine, others in ((self.seconds, other.seconds), (self.cpu_seconds, other.cpu_seconds)):
            for stage, seconds in others.items():
                mine[stage] = round(mine.get(stage, 0.0) + seconds, 3)
        self.failures.extend(other.failures)
        self.pipeline = other.pipeline or self.pipeline


def read_failures(error: Exception, source: str) -> Failure:
    """What to report of a document that could not be used; ``source`` as it can be printed."""
    if isinstance(error, KgError):
        return Failure(source, type(error).__name__, str(error))
    return Failure(source, type(error).__name__, f"{source}: {type(error).__name__}: {error}")


def read_options(out: Path, *, trace: bool = False) -> Options:
    """The options that a folder was built with, ``trace`` only on request; the defaults where its report cannot be read."""
    try:
        content = json.loads((home(out) / "report.json").read_text("utf-8"))["options"]
        options = Options(**{**content, "data": tuple(Path(p) for p in content["data"])})
        return options if trace else replace(options, trace=False)
    except (OSError, ValueError, KeyError, TypeError):
        return Options()
