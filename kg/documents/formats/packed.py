"""One file packed by gzip, bzip2, xz or zstd: what is in it, read in its turn, as a stream."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from kg.documents.article import Found, Piece, Settings
from kg.errors import DocumentError

_SUFFIXES = (
    (".gz", ""), (".bz2", ""), (".xz", ""), (".zst", ""),
    (".tgz", ".tar"), (".txz", ".tar"), (".tbz2", ".tar"), (".tzst", ".tar"),
)  # fmt: skip


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """The piece within, under the name without ``.gz``."""
    opened = _opener(piece.head(6))
    most = settings.limits.unpacked
    name = piece.name
    for suffix, inner in _SUFFIXES:
        if name.lower().endswith(suffix):
            name = name[: -len(suffix)] + inner
            break

    def unpacked() -> BinaryIO:
        raw = piece.open()
        counted = _Counted(raw)
        return cast(
            BinaryIO,
            io.BufferedReader(_Bounded(opened(counted), counted, most, settings.limits.ratio), 65_536),
        )

    yield piece.holding(name, unpacked, "")


def _opener(magic: bytes) -> Callable[[Any], Any]:
    if magic.startswith(b"\x1f\x8b"):
        import gzip

        return lambda stream: gzip.GzipFile(fileobj=stream, mode="rb")
    if magic.startswith(b"BZh"):
        import bz2

        return bz2.BZ2File
    if magic.startswith(b"\xfd7zXZ"):
        import lzma

        return lzma.LZMAFile
    import zstandard

    return lambda stream: zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(
        stream, read_across_frames=True
    )


class _Counted(io.RawIOBase):
    """A stream that knows how much has been read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data

    def readinto(self, buffer: Any) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


class _Bounded(io.RawIOBase):
    """What a stream unpacks to, as long as that stays within bounds; a fault in it is a DocumentError."""

    def __init__(self, stream: Any, packed: _Counted, most: int, ratio: int) -> None:
        self._stream, self._packed, self._most, self._ratio = stream, packed, most, ratio
        self._count = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._count

    def seek(self, offset: int, whence: int = 0) -> int:
        """Forward only, or to where it is."""
        target = offset if whence == 0 else self._count + offset if whence == 1 else -1
        if target < self._count:
            raise OSError("a packed stream cannot be read backwards")
        while self._count < target and self.read(min(65_536, target - self._count)):
            pass
        return self._count

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except Exception as error:  # zlib, lzma, bz2 and zstandard have errors of their own
            raise DocumentError(f"cannot be unpacked: {error}") from None
        self._count += len(data)
        if self._count > min(self._most, 10_000_000 + self._ratio * self._packed.count):
            raise DocumentError(f"unpacks to {self._count:,} bytes and more; that much is not read")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._packed.close()
        super().close()
