"""Who we are to a store: from the environment or netrc, never from the command line or an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from requests.utils import get_netrc_auth

from kg.errors import UsageError

Scheme = Literal["none", "basic", "digest", "bearer"]
SCHEMES: tuple[Scheme, ...] = ("none", "basic", "digest", "bearer")
WHERE = "KG_USER and KG_PASSWORD (or KG_TOKEN) in the environment, an entry in ~/.netrc, or --login"


@dataclass(frozen=True, slots=True)
class Login:
    """A name with its password, or a token; neither is ever printed."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


def checked_address(url: str) -> str:
    """An address of a store, without the slash at its end.

    >>> checked_address("http://localhost:3030/kg/")
    'http://localhost:3030/kg'

    Raises:
        UsageError: it is none, or holds a password (process lists and shell histories would show it).
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host:
        raise UsageError(f"{url!r}: the address of a store begins with http:// or https://")
    if parts.username or parts.password:
        raise UsageError(f"{host}: no name or password in an address; they come from {WHERE}")
    return url.rstrip("/")


def find_login(url: str, environment: Mapping[str, str]) -> Login | None:
    """The login for an address: a token, else a name and password, else netrc's entry for the host."""
    if token := environment.get("KG_TOKEN"):
        return Login(token=token)
    if user := environment.get("KG_USER"):
        return Login(user, environment.get("KG_PASSWORD", ""))
    found = get_netrc_auth(url)
    return Login(*found) if found else None
