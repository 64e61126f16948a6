"""What a build does about documents that are in the folder and not among those given now."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.batches import key_of
from kg.builds import home, read_manifest
from kg.documents.addresses import is_address
from kg.documents.clean import shown
from kg.errors import OutputError
from kg.model import Document
from kg.notes import Note, read_kept, read_notes
from kg.rdf.shards import FOLDER


@dataclass(frozen=True, slots=True)
class Increment:
    """What the user says of a build into a folder that holds one: from which sources it is, and what of the old may go."""

    sources: tuple[str, ...]
    prune: bool = False
    """Documents go that their sources do not have any more."""
    replace: bool = False
    """All go that are not among those given."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a built folder stands to its sources."""

    unchanged: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def built_notes(out: Path) -> dict[str, tuple[Note, str]]:
    """The documents of the finished build of a folder, by id, each with its shard."""
    manifest = read_manifest(out)
    shards = manifest.shards if manifest else ()
    notes = ((name, read_notes(out / FOLDER / name)) for name in shards)
    return {n.id: (n, name) for name, found in notes if found for n in found.documents}


def built_sources(out: Path) -> tuple[str, ...]:
    """What the finished build of a folder was built from, as it was typed."""
    try:
        return tuple(
            map(str, json.loads((home(out) / "report.json").read_text("utf-8")).get("sources") or ())
        )
    except (OSError, ValueError, AttributeError):
        return ()


def kept_documents(
    out: Path, documents: Sequence[Document], increment: Increment, failed: Collection[str] = ()
) -> list[Document]:
    """The documents that are not given now and stay all the same: gone from their sources, and not pruned.

    Args:
        failed: files that cannot be read now; what was read of them before goes.

    Raises:
        OutputError: the folder holds documents of other sources, which would go.
    """
    if increment.replace:
        return []
    given = {d.id for d in documents}
    notes = built_notes(out)
    missing = {i: shard for i, (n, shard) in notes.items() if i not in given and n.failure is None}
    if not missing:
        return []
    before = built_sources(out)
    named_now = {_resolved(s) for s in increment.sources}
    others = [s for s in before if _resolved(s) not in named_now and (is_address(s) or Path(s).exists())]
    if others:
        named = ", ".join(shown(s) for s in others[:5])
        raise OutputError(
            f"{out}: holds {len(missing):,} documents of other sources ({named}), which would go: "
            "name those as well, take another folder, or say --replace"
        )
    if increment.prune:
        return []
    kept = [
        d
        for shard in sorted(set(missing.values()))
        for d in read_kept(out / FOLDER / shard)
        if d.id in missing
    ]
    return [d for d in kept if str(d.path) not in failed]


def standing(out: Path, documents: Sequence[Document]) -> Standing:
    """What has changed since a folder was built, given what its sources hold now."""
    notes = {i: n for i, (n, _) in built_notes(out).items()}
    keys = {d.id: key_of(d) for d in documents}
    return Standing(
        unchanged=sum(1 for i, key in keys.items() if i in notes and notes[i].key == key),
        new=tuple(sorted(i for i in keys if i not in notes)),
        changed=tuple(sorted(i for i, key in keys.items() if i in notes and notes[i].key != key)),
        gone=tuple(sorted(i for i, n in notes.items() if i not in keys and n.failure is None)),
    )


def _resolved(source: str) -> str:
    return source if source == "-" or is_address(source) else str(Path(source).resolve())
