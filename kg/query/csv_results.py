"""SPARQL 1.1 results as CSV (RFC 4180).

Oxigraph's own writer leaves IRIs unquoted, and those of spans have a comma (RFC 5147's ``#char=0,40``).
"""

from __future__ import annotations

import codecs
import csv
from typing import IO

from pyoxigraph import BlankNode, QuerySolutions


def write_csv(result: QuerySolutions, target: IO[bytes]) -> None:
    """Write rows as they come; IRIs and literals by their text, unbound variables as nothing."""
    writer = csv.writer(codecs.getwriter("utf-8")(target), lineterminator="\r\n")
    names = [v.value for v in result.variables]
    writer.writerow(names)
    writer.writerows([_text(row[name]) for name in names] for row in result)


def _text(term: object) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(getattr(term, "value", "") or "")
