"""Sources at addresses that the user gives (``https://``, ``s3://``, ``memory://`` …), by fsspec: fetched once, then read like any file.

Nothing else is ever fetched: no link in a page, no entry of a feed or sitemap.

Source: https://filesystem-spec.readthedocs.io.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.documents.clean import shown
from kg.documents.limits import Limits
from kg.errors import SourceError

_ADDRESS = re.compile(r"(?:[a-zA-Z][\w.+-]*::)*[a-zA-Z][\w.+-]*://")
_BLOCK = 1 << 20
_LONGEST = 200


def is_address(source: str) -> bool:
    """Whether a source is no path.

    >>> is_address("https://blatt.example/a.html"), is_address("articles/*.txt")
    (True, False)
    """
    return bool(_ADDRESS.match(source))


def without_password(source: str) -> str:
    """An address as it may be written down.

    >>> without_password("https://eva:secret@blatt.example/a@b.html")
    'https://blatt.example/a@b.html'
    """
    return re.sub(r"://[^/@]*@", "://", source) if is_address(source) else source


def fetched(source: str, folder: Path, limits: Limits) -> Iterator[Path]:
    """The files at an address, copied below a folder: one, those that a pattern matches, or (not of a web server) all below it.

    Raises:
        SourceError: there is nothing, it is too much, or it cannot be reached.
    """
    if find_spec("fsspec") is None:
        raise SourceError(f"{_named(source)}: addresses need fsspec: pip install 'kg-diplomacy[remote]'")
    import fsspec

    found = 0
    try:
        system, path = fsspec.core.url_to_fs(source)
        for name in _files(system, path):
            found += 1
            if found > limits.members:
                raise SourceError(f"{_named(source)}: more than {limits.members:,} files")
            yield _copied(system, name, folder, limits)
    except SourceError:
        raise
    except ImportError as error:
        raise SourceError(f"{_named(source)}: a library is missing: {shown(error)[:200]}") from None
    except Exception as error:  # each file system has errors of its own
        raise SourceError(
            f"{_named(source)}: cannot be fetched: {type(error).__name__}: {shown(without_password(str(error)))[:200]}"
        ) from None
    if not found:
        raise SourceError(f"{_named(source)}: no file there")


def _files(system: Any, path: str) -> list[str]:
    protocols = system.protocol if isinstance(system.protocol, list | tuple) else [system.protocol]
    if "http" in protocols or "https" in protocols:  # what a page links to is not below it
        return [path]
    if any(c in path for c in "*?["):
        return sorted(n for n in system.glob(path) if system.isfile(n))
    return sorted(system.find(path)) if system.isdir(path) else [path]


def _copied(system: Any, name: str, folder: Path, limits: Limits) -> Path:
    target = folder.joinpath(*_steps(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with system.open(name, "rb") as source, target.open("wb") as copy:
        while block := source.read(_BLOCK):
            size += len(block)
            if size > limits.fetched:
                raise SourceError(f"{_named(name)}: more than {limits.fetched:,} bytes (--limit fetched=…)")
            copy.write(block)
    return target


def _steps(name: str) -> list[str]:
    """The steps of a path that leads nowhere but down.

    >>> _steps("https://blatt.example/../a/b.html?x=1#y")
    ['blatt.example', 'a', 'b.html']
    >>> _steps("https://blatt.example/")
    ['blatt.example']
    """
    path = re.sub(r"^[a-zA-Z][\w.+-]*://|[?#].*$", "", name, flags=re.S) if is_address(name) else name
    steps = (re.sub(r"[\\/\x00-\x1f]", "_", s)[-_LONGEST:] for s in path.split("/"))
    return [s for s in steps if s not in ("", ".", "..")] or ["file"]


def _named(source: str) -> str:
    return shown(without_password(source))
