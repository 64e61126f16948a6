"""From what a user names to a store that can be talked to."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from kg.endpoint import Client, Login
from kg.endpoint.login import Scheme, checked_address
from kg.publish.dialects import detected, named
from kg.publish.store import RemoteStore

_PROBE_SECONDS = 30.0


def connect(
    url: str,
    dialect: str | None = None,
    *,
    login: Login | None = None,
    scheme: Scheme | None = None,
    ca: Path | None = None,
    seconds: float = 300.0,
    tries: int = 5,
    pause: float = 0.5,
    compress: bool | None = None,
    batch: int | None = None,
    **addresses: str,
) -> RemoteStore:
    """A store at an address.

    Args:
        dialect: its kind; None to tell it from the address and the server's headers, where that is safe.
        scheme: how the login is shown; by default what its kind usually wants.
        compress: gzip requests; by default if its kind understands that and it is on another machine.
        batch: triples in a request at most; by default what is usual for its kind.
        addresses: query, update, graph_store where they are not the usual ones.

    Raises:
        UsageError: the address or the kind is wrong, or the kind cannot be told.
        EndpointError: nothing answers there.
    """
    url = checked_address(url)
    if dialect is None:
        probing = Client(login, scheme=scheme or "basic", ca=ca, seconds=min(seconds, _PROBE_SECONDS))
        kind = detected(url, probing.headers(url))
    else:
        kind = named(dialect)
    kind = kind.at(url, **{name: checked_address(a) for name, a in addresses.items() if a})
    if batch is not None:
        kind = replace(kind, triples=batch)
    client = Client(
        login, scheme=scheme or kind.auth, ca=ca, seconds=seconds, tries=tries, pause=pause, busy=kind.busy
    )
    packed = kind.gzip and not is_local(url) if compress is None else compress
    return RemoteStore(kind, client, compress=packed)


def is_local(url: str) -> bool:
    """Whether an address is of this machine.

    >>> is_local("http://localhost:3030/kg"), is_local("http://[::1]/"), is_local("http://192.0.2.1/")
    (True, True, False)
    """
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
