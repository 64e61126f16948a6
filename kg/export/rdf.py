"""RDF serialisations, streamed: memory is that of the largest document, not of the graph."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Literal, Quad, RdfFormat, Triple, serialize

from kg.errors import OutputError
from kg.export.jsonld import write_jsonld
from kg.export.source import graphs, quads
from kg.formats import DATASETS, GRAPHS
from kg.rdf.foreign import NOT_XML
from kg.rdf.terms import PREFIXES

_BY_SUFFIX = {f.suffix: f for f in (*DATASETS, *GRAPHS)}
FORMATS = tuple(_BY_SUFFIX)
"""By how their files end; ``ttl``, ``nt`` and ``xml`` know no named graphs: they hold what all documents say."""
_TRIPLES = frozenset(f.suffix for f in GRAPHS)


def export_rdf(out: Path, form: str, target: IO[bytes], *, graph: str | None = None) -> None:
    """Write a built folder's graph.

    Args:
        form: one of `FORMATS`.
        graph: one graph alone, by its IRI or its document's identifier.

    Raises:
        UsageError: there is no built graph, or no such graph in it.
        OutputError: the format cannot hold a character of the text; the triple is named.
    """
    if form == "jsonld":
        write_jsonld(graphs(out, graph), target)
        return
    content: Iterable[Quad] | Iterable[Triple] = quads(out, graph)
    if form == "xml":
        content = _checked(quads(out, graph))
    if form in _TRIPLES:
        content = (q.triple for q in content if isinstance(q, Quad))
    found = _BY_SUFFIX[form]
    prefixes = PREFIXES if found.prefixes else None
    serialize(content, target, format=getattr(RdfFormat, found.engine), prefixes=prefixes)


@contextmanager
def target_file(path: Path | None, standard: IO[bytes], *, compress: bool) -> Iterator[IO[bytes]]:
    """Where to write: a file that is there whole or not at all, or standard output.

    Raises:
        OutputError: the file cannot be written.
    """
    beside = path.with_name(f".{path.name}.part") if path else None
    try:
        with beside.open("wb") if beside else nullcontext(standard) as plain:
            if compress:
                with gzip.GzipFile(fileobj=plain, mode="wb", mtime=0, filename="") as packed:
                    yield cast("IO[bytes]", packed)
            else:
                yield plain
        if beside and path:
            beside.replace(path)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(
            f"{path or 'standard output'}: cannot be written: {error.strerror or error}"
        ) from None
    finally:
        if beside:
            beside.unlink(missing_ok=True)


def _checked(content: Iterable[Quad]) -> Iterator[Quad]:
    """XML 1.0 has no way to write most control characters."""
    for quad in content:
        if isinstance(quad.object, Literal) and (wrong := NOT_XML.search(quad.object.value)):
            raise OutputError(
                f"{quad.graph_name} {quad.subject} {quad.predicate}: U+{ord(wrong[0]):04X} cannot be "
                "written in XML; take another format"
            )
        yield quad
