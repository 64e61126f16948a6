"""Requests to one store: logged in, certificates verified, tried again where that can help."""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlencode

from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from requests.exceptions import ChunkedEncodingError, ConnectionError, ReadTimeout, RequestException, SSLError

from kg import __version__
from kg.endpoint.login import WHERE, Login, Scheme
from kg.errors import EndpointError, UsageError

RETRIED = frozenset({429, 502, 503, 504})
_LONGEST_PAUSE = 60.0
_SAID = 400


@dataclass(frozen=True, slots=True)
class Answer:
    """What a store answered; its status is 2xx."""

    content: bytes
    type: str
    """Media type without parameters, in lower case."""
    headers: Mapping[str, str]


class Client:
    """Requests with one login. May be used by several threads."""

    def __init__(
        self,
        login: Login | None = None,
        *,
        scheme: Scheme = "basic",
        ca: Path | None = None,
        seconds: float = 300.0,
        tries: int = 5,
        pause: float = 0.5,
        busy: str = "",
    ) -> None:
        """Prepare a client; nothing is sent.

        Args:
            scheme: how a name and password are shown; a token is always shown as bearer.
            ca: certificates (PEM) trusted instead of the system's.
            seconds: how long a store may take for its answer to begin, and between two pieces of it.
            tries: how often a request is sent at most.
            pause: seconds before the second try; twice as many before each further one.
            busy: pattern of words with which this kind of store says 500 when it is only busy.

        Raises:
            UsageError: there is no such file of certificates.
        """
        if ca is not None and not ca.is_file():
            raise UsageError(f"{ca}: no file of certificates")
        self._session = Session()
        self._session.headers["User-Agent"] = f"kg/{__version__}"
        self._session.auth = _auth(login, scheme)
        self._trusted = None if ca is None else str(ca)
        for scheme_ in ("http://", "https://"):
            self._session.mount(scheme_, HTTPAdapter(pool_maxsize=32))
        self._seconds = seconds
        self._tries = tries
        self._pause = pause
        self._busy = re.compile(busy) if busy else None

    def send(
        self,
        method: str,
        url: str,
        *,
        parameters: Mapping[str, str] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        compress: bool = False,
    ) -> Answer:
        """The store's answer.

        A request is sent again after a broken connection, silence, 429, 502, 503 and 504 — so it must be
        one that may arrive twice. Redirections are not followed: a POST would arrive as a GET.

        Raises:
            EndpointError: the store cannot be reached, or says anything but 2xx.
        """
        head = dict(headers or {})
        if compress and body is not None:
            body = gzip.compress(body, 1)
            head["Content-Encoding"] = "gzip"
        for left in reversed(range(self._tries)):
            pause = self._pause * 2 ** (self._tries - left - 1)
            try:
                response = self._once(method, url, parameters, body, head)
            except EndpointError as error:
                if not error.passing or not left:
                    raise
            else:
                if response.ok and response.status_code < 300:
                    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                    return Answer(response.content, kind, response.headers)
                if not left or not self._passes(response):
                    raise _refusal(url, response)
                told = _told_pause(response)
                pause = pause if told is None else told
            time.sleep(min(pause, _LONGEST_PAUSE))
        raise AssertionError("at least one try")

    def ask(self, url: str, query: str, accept: str) -> Answer:
        """The answer to a SPARQL query (SPARQL 1.1 Protocol, 2.1.2).

        Args:
            accept: the media types wanted.

        Raises:
            EndpointError: as `send`.
        """
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", url, body=urlencode({"query": query}).encode(), headers=headers)

    def headers(self, url: str) -> Mapping[str, str]:
        """What a server says of itself, whatever it thinks of the address; no content is fetched.

        Raises:
            EndpointError: it cannot be reached.
        """
        return self._once("HEAD", url, None, None, {}).headers

    def _once(
        self, method: str, url: str, parameters: Mapping[str, str] | None, body: bytes | None, headers: Mapping[str, str]
    ) -> Response:  # fmt: skip
        try:
            return self._session.request(
                method, url, params=parameters, data=body, headers=dict(headers),
                timeout=(min(10.0, self._seconds), self._seconds), allow_redirects=False,
                verify=self._trusted,  # here: the environment would win over the session's
            )  # fmt: skip
        except SSLError as error:
            raise EndpointError(
                f"{url}: its certificate is not trusted ({_reason(error)}); certificates of your own go into --ca FILE"
            ) from None
        except ReadTimeout:
            raise EndpointError(f"{url}: no answer within {self._seconds:g} s", passing=True) from None
        except (ConnectionError, ChunkedEncodingError) as error:
            raise EndpointError(f"{url}: cannot be reached: {_reason(error)}", passing=True) from None
        except (RequestException, ValueError, OSError) as error:
            raise EndpointError(f"{url}: {error}") from None

    def _passes(self, response: Response) -> bool:
        if response.status_code in RETRIED:
            return True
        return response.status_code == 500 and bool(self._busy and self._busy.search(response.text))


class _Bearer(AuthBase):
    """A token, or nothing at all: with no object of this kind, requests would look into netrc by itself."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _auth(login: Login | None, scheme: Scheme) -> AuthBase:
    if login is None or scheme == "none":
        return _Bearer("")
    if login.token or scheme == "bearer":
        return _Bearer(login.token or login.password)
    return (HTTPDigestAuth if scheme == "digest" else HTTPBasicAuth)(login.user, login.password)


def _refusal(url: str, response: Response) -> EndpointError:
    status = response.status_code
    if status == 401:
        said = f"wants a login, or another one; it comes from {WHERE}"
    elif 300 <= status < 400:
        said = f"sends on to {response.headers.get('Location', '?')}; name that address instead"
    else:
        said = plain(response.text) or response.reason or ""
    return EndpointError(f"{url} answers {status}: {said}", status=status)


def plain(text: str) -> str:
    """The beginning of what a server said, without markup and line breaks.

    >>> plain("<html><title>Error</title>\\n<h1>Too <b>large</b></h1></html>")
    'Error Too large'
    """
    text = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", text)
    return " ".join(re.sub(r"<[^>]{0,200}>", " ", text[:4000]).split())[:_SAID]


def _told_pause(response: Response) -> float | None:
    """Retry-After, in seconds (RFC 9110, 10.2.3: a number or a date)."""
    told = response.headers.get("Retry-After", "")
    if told.isdigit():
        return float(told)
    try:
        return max(parsedate_to_datetime(told).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError, IndexError):
        return None


def _reason(error: Exception) -> str:
    """The innermost reason of a chain of a library's wrappers."""
    inner: object = error
    while isinstance(inner, Exception) and (
        deeper := getattr(inner, "reason", None) or (inner.args or (None,))[0]
    ):
        if not isinstance(deeper, Exception):
            break
        inner = deeper
    if isinstance(inner, OSError) and inner.strerror:
        return inner.strerror
    return str(inner).rpartition(": ")[2] or type(inner).__name__
