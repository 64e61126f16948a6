"""The first wall: a query that might make the engine ask somebody else is not given to it.

The engine has no switch for ``SERVICE`` (nor for ``LOAD`` in updates), and it reads a query by trying:
``FILTER(?a<?b)SERVICE#>⏎:x{…}`` holds an IRI ``<?b)SERVICE#>`` for a tokenizer, and a comparison with a clause after it
for the engine. So this follows every way in which the tokens of the SPARQL grammar can cut the text, before and after
its ``\\u`` escapes are decoded, and refuses where one of the words begins outside literals, comments, variables and
IRIs in any of them. It errs on the safe side: ``ex:services`` is refused, too; written out as an IRI it is not.

Source: SPARQL 1.1 Query Language, W3C Recommendation of 2013, sections 19.2 (escapes) and 19.8 (grammar).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import FederationError

# Letters beside ASCII's that become these when the case is ignored count as well.
_WORD = re.compile(r"[sSſ][eE][rR][vV][iIıİ][cC][eE]|(?<![\w:?$@-])[lL][oO][aA][dD]")
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ESCAPED = r"\\[tbnrf\\\"']|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_STRINGS = {
    "'''": re.compile(rf"'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPED}))*+'''"),
    '"""': re.compile(rf'"""(?:"{{0,2}}(?:[^"\\]|{_ESCAPED}))*+"""'),
    "'": re.compile(rf"'(?:[^'\\\r\n]|{_ESCAPED})*+'"),
    '"': re.compile(rf'"(?:[^"\\\r\n]|{_ESCAPED})*+"'),
}
_IRI = re.compile(r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>')
_SURELY_AN_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
"""Two strokes: nothing that could stand on the right of a comparison."""
_VARIABLE = re.compile(r"[?$][A-Za-z0-9_]+")
_ESCAPE_IN_NAME = re.compile(r"\\[_~.\-!$&'()*+,;=/?#@%]")
NOT_ENABLED = (
    "SERVICE and LOAD are not enabled here, as nothing is to leave the machine; "
    "a name that begins or goes on like these words can be written as an IRI: <http://…>"
)
_PLAIN = re.compile(r"[^'\"#<\\?$sSſlL]+")


def refuse_others(text: str) -> None:
    """Let a query or update pass that cannot ask another endpoint.

    Raises:
        FederationError: it might.
    """
    if asks_others(text):
        raise FederationError(NOT_ENABLED)


def asks_others(text: str) -> bool:
    """Whether a query or update has a ``SERVICE`` or ``LOAD`` clause in any reading of it.

    >>> asks_others("SELECT * { SERVICE <http://a> { ?s ?p ?o } }"), asks_others("ASK { ?service ?p 'SERVICE' } # SERVICE")
    (True, False)
    """
    decoded = _CODE_POINT.sub(lambda m: _character(m[1] or m[2], m[0]), text)
    return any(_WORD.search(reading) and _word_is_reached(reading) for reading in {text, decoded})


def _character(digits: str, escape: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF else escape


def _word_is_reached(text: str) -> bool:
    """Walk from the beginning along all ways to cut the text; whether one of the words begins where a token can."""
    seen: set[int] = set()
    ahead = [0]
    while ahead:
        at = ahead.pop()
        if at in seen or at >= len(text):
            continue
        seen.add(at)
        if _WORD.match(text, at):
            return True
        ends = list(_steps(text, at))
        if not ends:  # a string that the grammar does not know: who knows where the engine takes it to end
            return True
        ahead.extend(ends)
    return False


def _steps(text: str, at: int) -> Iterator[int]:
    """Where what begins here may end; nothing if it is a string without an end."""
    first = text[at]
    if first in "'\"":
        quote = first * 3 if text.startswith(first * 3, at) else first
        if string := _STRINGS[quote].match(text, at):
            yield string.end()
    elif first == "#":
        ends = (text.find(end, at) for end in "\r\n")
        yield from {end if end >= 0 else len(text) for end in ends}
    elif first == "<":
        iri = _IRI.match(text, at)
        if iri:
            yield iri.end()
        if not (iri and _SURELY_AN_IRI.match(text, at)):
            yield at + 1
    else:
        token = _PLAIN.match(text, at) or _VARIABLE.match(text, at) or _ESCAPE_IN_NAME.match(text, at)
        yield token.end() if token else at + 1
