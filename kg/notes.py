"""What stands beside a shard: which documents are in it, and what was found in each.

By these notes a build takes over, graph by graph, what has not changed, whichever shard it is in now.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from kg.errors import DocumentError
from kg.model import Document, Extraction, Original
from kg.rdf.serialise import write_atomically
from kg.rdf.shards import SUFFIX
from kg.report import Failure, Report


@dataclass(frozen=True, slots=True)
class Note:
    """One document of a shard; ``key`` is a checksum of all that went in."""

    id: str
    key: str
    source: str
    tokens: int = 0
    entities: int = 0
    events: dict[str, int] = field(default_factory=dict)
    failure: Failure | None = None

    @property
    def holds(self) -> bool:
        """Whether it need not be tried again: it was read, or refused for a reason of its own."""
        return self.failure is None or self.failure.kind == DocumentError.__name__


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a shard; ``version`` is that of program, data and options."""

    version: str
    pipeline: str
    documents: tuple[Note, ...]

    @property
    def hold(self) -> bool:
        """Whether the shard can be taken as it is."""
        return all(n.holds for n in self.documents)

    def report(self) -> Report:
        """The shard's part of a report."""
        report = Report(pipeline=self.pipeline)
        kinds: Counter[str] = Counter()
        for note in self.documents:
            if note.failure is not None:
                report.failures.append(note.failure)
                continue
            report.documents += 1
            report.tokens += note.tokens
            report.entities += note.entities
            report.events += sum(note.events.values())
            kinds.update(note.events)
        report.events_by_class = dict(sorted(kinds.items()))
        return report


def note_of(document: Document, key: str, extraction: Extraction | None, failure: Failure | None) -> Note:
    """What to note of a document that was read, or failed."""
    if extraction is None:
        return Note(document.id, key, document.source, failure=failure)
    kinds = Counter(str(e.kind) for e in extraction.events)
    return Note(
        document.id,
        key,
        document.source,
        extraction.tokens,
        len(extraction.entities),
        dict(sorted(kinds.items())),
    )


def read_notes(shard: Path) -> Notes | None:
    """The notes of a shard; None where there are none that can be read, or the shard is not there."""
    try:
        if not shard.is_file():
            return None
        content = json.loads(_beside(shard, ".json").read_text("utf-8"))
        documents = tuple(
            Note(**{**n, "failure": Failure(**n["failure"]) if n["failure"] else None})
            for n in content["documents"]
        )
        return Notes(content["version"], content["pipeline"], documents)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_notes(shard: Path, notes: Notes, documents: Iterable[Document]) -> None:
    """Write the notes of a shard, and the documents as they were read, so that they can be understood anew without their files."""
    kept = "".join(json.dumps(asdict(d), ensure_ascii=True, default=str) + "\n" for d in documents)
    write_atomically(_beside(shard, ".jsonl.gz"), gzip.compress(kept.encode(), mtime=0))
    write_atomically(_beside(shard, ".json"), json.dumps(asdict(notes), ensure_ascii=True).encode())


def read_kept(shard: Path) -> list[Document]:
    """The documents of a shard, as they were read."""
    try:
        lines = gzip.decompress(_beside(shard, ".jsonl.gz").read_bytes()).decode().splitlines()
        return [document_from(json.loads(line)) for line in lines]
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return []


def document_from(content: dict[str, Any]) -> Document:
    """A document from its JSON."""
    content = {f.name: content[f.name] for f in fields(Document) if f.name in content}
    for name in ("published", "modified"):
        content[name] = date.fromisoformat(content[name]) if content.get(name) else None
    content["path"] = Path(content["path"]) if content.get("path") else None
    content["dated"] = None
    if content.get("original"):
        content["original"] = Original(
            **{**content["original"], "pages": tuple(content["original"]["pages"])}
        )
    for name in ("authors", "warnings"):
        content[name] = tuple(content.get(name) or ())
    return Document(**content)


def shards_by_key(folder: Path, version: str) -> dict[str, str]:
    """In which shard of a folder the graph of a document lies that need not be made again, by the document's checksum."""
    found: dict[str, str] = {}
    for shard in sorted(folder.glob(f"*{SUFFIX}")):
        notes = read_notes(shard)
        if notes is not None and notes.version == version:
            found.update((n.key, shard.name) for n in notes.documents if n.holds)
    return found


def _beside(shard: Path, suffix: str) -> Path:
    return shard.with_name(f"{shard.name.partition('.')[0]}{suffix}")
