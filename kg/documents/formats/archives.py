"""Archives: what lies in them, read in its turn; nothing is unpacked to disk."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from kg.documents.article import Found, Piece, Problem, Settings
from kg.documents.clean import shown
from kg.errors import DocumentError

_NOISE = ("__MACOSX/", ".DS_Store")


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """The members of a zip or tar file, by name; those that cannot be read as problems.

    A member's name is only ever shown, so it cannot lead anywhere.
    """
    with piece.open() as stream:
        if stream.read(2) == b"PK":
            stream.seek(0)
            yield from _zip(piece, stream, settings)
        else:
            stream.seek(0)
            yield from _tar(piece, stream, settings)


def _zip(piece: Piece, stream: BinaryIO, settings: Settings) -> Iterator[Found]:
    limits = settings.limits
    unpacked = 0
    try:
        with zipfile.ZipFile(stream) as archive:
            for number, info in enumerate(archive.infolist(), 1):
                name = info.filename
                if number > limits.members:
                    yield Problem("", f"more than {limits.members:,} members; the others are left out")
                    return
                if info.is_dir() or _is_noise(name):
                    continue
                position = f"member {shown(name)}"
                if info.flag_bits & 1:
                    yield Problem(position, "locked with a password")
                    continue
                # What the directory says of sizes may be a lie, so the bytes are counted as they come.
                most = min(
                    limits.file, limits.unpacked - unpacked, 10_000_000 + limits.ratio * info.compress_size
                )
                try:
                    with archive.open(info) as member:
                        data = member.read(most + 1)
                except (
                    zipfile.BadZipFile,
                    zlib.error,
                    OSError,
                    EOFError,
                    NotImplementedError,
                    RuntimeError,
                    ValueError,
                ) as error:
                    yield Problem(position, f"cannot be unpacked: {error}")
                    continue
                unpacked += len(data)
                if len(data) > most:
                    yield Problem(position, f"unpacks to more than {most:,} bytes")
                    continue
                yield piece.within(name, data, position)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        KeyError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise DocumentError(f"a damaged zip file: {error}") from None
    except (UnicodeDecodeError, IndexError, OverflowError, zlib.error, MemoryError) as error:
        raise DocumentError(f"a damaged zip file: {type(error).__name__}") from None


def _tar(piece: Piece, stream: BinaryIO, settings: Settings) -> Iterator[Found]:
    limits = settings.limits
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for number, info in enumerate(archive, 1):
                position = f"member {shown(info.name)}"
                if number > limits.members:
                    yield Problem("", f"more than {limits.members:,} members; the others are left out")
                    return
                if info.isdir() or _is_noise(info.name):
                    continue
                if not info.isreg():
                    yield Problem(position, "a link or device, not a file")
                elif info.size > limits.file:
                    yield Problem(position, f"{info.size:,} bytes; at most {limits.file:,} are read")
                else:
                    member = archive.extractfile(info)
                    data = member.read(limits.file + 1) if member else b""
                    if len(data) < info.size:
                        yield Problem(position, "cut off")
                    else:
                        yield piece.within(info.name, data, position)
    except (
        tarfile.TarError,
        OSError,
        EOFError,
        ValueError,
        zlib.error,
        OverflowError,
        IndexError,
        RecursionError,
    ) as error:
        raise DocumentError(f"a damaged tar file: {error}") from None


def _is_noise(name: str) -> bool:
    return name.startswith(_NOISE[0]) or PurePosixPath(name).name == _NOISE[1] or name.endswith(".meta.json")
