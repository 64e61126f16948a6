"""The kinds of triplestores, as ``dialects.toml`` declares them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from kg.endpoint.login import Scheme
from kg.errors import DataError, UsageError

Way = Literal["put", "quads", "update", "transaction"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to talk to one kind of store; ``dialects.toml`` says what each field means."""

    name: str
    title: str
    new: Way
    old: Way
    query: str = ""
    update: str = ""
    graph_store: str = ""
    quads: str = ""
    transactions: str = ""
    strip: tuple[str, ...] = ()
    graph_parameter: str = "graph"
    triples_type: str = "application/n-triples"
    preamble: str = ""
    update_form: bool = False
    gzip: bool = False
    parallel: int = 2
    triples: int = 50_000
    bytes: int = 16_000_000
    auth: Scheme = "basic"
    busy: str = ""
    refuses: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    detect: Mapping[str, str] = field(default_factory=dict)

    def at(self, url: str, **addresses: str) -> Dialect:
        """The dialect with the addresses of one store.

        Args:
            addresses: query, update, graph_store where they differ from the usual.

        >>> dialects()["fuseki"].at("http://localhost:3030/kg/query").update
        'http://localhost:3030/kg/update'
        """
        base = next(
            (url.removesuffix(s) for s in sorted(self.strip, key=len, reverse=True) if url.endswith(s)), url
        )
        names = ("query", "update", "graph_store", "quads", "transactions")
        usual = {name: getattr(self, name).replace("{url}", base) for name in names}
        return replace(self, **usual | {n: a for n, a in addresses.items() if a})

    def knows(self, url: str, headers: Mapping[str, str]) -> bool:
        """Whether an address, and what its server answered, are for sure of this kind of store."""
        parts = urlsplit(url)
        told = {"server": headers.get("Server", ""), "host": parts.hostname or "", "path": parts.path}
        return any(
            name in headers if kind == "header" else re.search(name, told[kind]) is not None
            for kind, name in self.detect.items()
        )


@cache
def dialects() -> Mapping[str, Dialect]:
    """All dialects by name.

    Raises:
        DataError: the file is malformed.
    """
    path = Path(__file__).with_name("dialects.toml")
    declared: dict[str, dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))
    try:
        return {name: _dialect(name, declared) for name in declared}
    except (TypeError, KeyError) as error:
        raise DataError(f"{path}: {error}") from None


def named(name: str) -> Dialect:
    """The dialect of a name.

    Raises:
        UsageError: there is none.
    """
    if name not in dialects():
        raise UsageError(f"--dialect {name!r}: there is {', '.join(dialects())}")
    return dialects()[name]


def detected(url: str, headers: Mapping[str, str]) -> Dialect:
    """The dialect that an address and the headers of an answer are for sure of.

    Raises:
        UsageError: none, or several.
    """
    found = [d for d in dialects().values() if d.knows(url, headers)]
    by_answer = [d for d in found if d.detect.keys() & {"header", "server"}] or found
    if len(by_answer) != 1:
        raise UsageError(
            f"{url}: cannot tell what kind of store this is; name it: --dialect {'|'.join(dialects())}"
        )
    return by_answer[0]


def _dialect(name: str, declared: Mapping[str, Mapping[str, Any]]) -> Dialect:
    own = dict(declared[name])
    fields: dict[str, Any] = {**(declared[own.pop("like")] if "like" in own else {}), **own}
    for key, value in fields.items():
        fields[key] = tuple(value) if isinstance(value, list) else value
    return Dialect(name, **fields)
