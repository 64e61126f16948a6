"""What people type for a query's parameter ─▶ an RDF term of the parameter's type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.query.library import Parameter, ShippedQuery
from kg.query.names import Named, Select, find_named
from kg.rdf.codes import class_names
from kg.rdf.terms import DATE, DIP, PREFIXES

Told = Callable[[str, Named], None]
"""Called with a parameter's name and the node that a typed name was taken for."""


def bind(query: ShippedQuery, given: Mapping[str, str], select: Select, told: Told | None = None) -> str:
    """A query's text with parameters as people type them.

    Args:
        select: runs a query on the graph, for looking names up.
        told: is told which node a name was taken for.

    Raises:
        QueryError: there is no such parameter, or a value does not fit its type.
    """
    known = {p.name: p for p in query.parameters}
    if unknown := sorted(set(given) - set(known)):
        possible = ", ".join(f"--{name}" for name in known) or "none"
        raise QueryError(f"{query.name or 'this query'} has no parameter --{unknown[0]}; it has: {possible}")
    values = {p.name: p.default for p in query.parameters if p.default is not None} | dict(given)
    return query.bound({n: _term(known[n], v, select, told) for n, v in values.items()})


def _term(parameter: Parameter, value: str, select: Select, told: Told | None) -> NamedNode | Literal:
    match parameter.type:
        case "entity":
            return _named(parameter, value, select, told)
        case "event" | "node":
            if re.match(r"<?https?://", value):
                return _iri(parameter, value.strip("<>"))
            return _named(parameter, value, select, told)
        case "class":
            name = value.removeprefix("dip:").removeprefix(DIP)
            if name not in class_names():
                raise QueryError(
                    f"--{parameter.name} {value!r}: no class; there are {', '.join(class_names())}"
                )
            return NamedNode(DIP + name)
        case "iri":
            return _iri(parameter, _expanded(value))
        case "date":
            try:
                return Literal(date.fromisoformat(value).isoformat(), datatype=DATE)
            except ValueError:
                raise QueryError(f"--{parameter.name} {value!r}: no day; write it as 2018-05-08") from None
        case "term":
            expanded = _expanded(value)
            return _iri(parameter, expanded) if re.match(r"https?://", expanded) else Literal(value)
    return Literal(value)


def _named(parameter: Parameter, value: str, select: Select, told: Told | None) -> NamedNode:
    found = find_named(select, value)
    if told is not None:
        told(parameter.name, found)
    return NamedNode(found.iri)


def _expanded(value: str) -> str:
    """A prefixed name with one of the output's prefixes, or an IRI."""
    prefix, colon, local = value.strip("<>").partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else value.strip("<>")


def _iri(parameter: Parameter, value: str) -> NamedNode:
    try:
        return NamedNode(value)
    except ValueError:
        raise QueryError(f"--{parameter.name} {value!r}: not an absolute IRI") from None


def options(arguments: Iterable[str]) -> dict[str, str]:
    """``--actor Kim --since=2018-01-01`` ─▶ values by name.

    >>> options(["--actor", "Kim", "--since=2018-01-01"])
    {'actor': 'Kim', 'since': '2018-01-01'}

    Raises:
        QueryError: an argument is no option, or lacks its value.
    """
    found: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("--") or len(argument) == 2:
            raise QueryError(f"{argument!r}: a parameter is written --name value")
        name, equals, value = argument[2:].partition("=")
        if not equals:
            following = next(rest, None)
            if following is None:
                raise QueryError(f"--{name}: its value is missing")
            value = following
        found[name.replace("-", "_")] = value
    return found
