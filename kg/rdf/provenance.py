"""Where a document graph comes from: the document, the run that wrote it, the program and its data.

Source: PROV-O, W3C Recommendation of 2013.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.model import Document
from kg.rdf.iris import Iris
from kg.rdf.terms import DATE, DATE_TIME, DCT, LABEL, PROV, SCHEMA, TYPE, Triple, dip, nif


@dataclass(frozen=True, slots=True)
class Provenance:
    """What wrote a graph.

    ``rules`` is a checksum of program, language data and options, ``checksum`` one of the pipeline's
    files. ``generated`` is an ISO time, stated only on request, so that equal input gives equal bytes.
    """

    program: str
    pipeline: str
    rules: str
    checksum: str = ""
    generated: str | None = None


def document_triples(document: Document, iris: Iris) -> Iterator[Triple]:
    """The document itself, with its text and metadata."""
    node = NamedNode(iris.document(document.id))
    yield node, TYPE, dip("Document")
    yield node, TYPE, nif("Context")
    yield node, NamedNode(f"{DCT}identifier"), Literal(document.id)
    yield node, nif("isString"), Literal(document.text)
    digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    yield node, dip("sha256"), Literal(digest)
    yield node, NamedNode(f"{DCT}language"), Literal(document.language)
    if document.title:
        yield node, NamedNode(f"{DCT}title"), Literal(document.title, language=document.language)
    if document.published:
        yield node, NamedNode(f"{DCT}issued"), Literal(document.published.isoformat(), datatype=DATE)
    if document.publisher:
        yield node, NamedNode(f"{DCT}publisher"), Literal(document.publisher)
    if document.url:
        yield node, NamedNode(f"{DCT}source"), Literal(document.url)
    for author in document.authors:
        yield node, NamedNode(f"{DCT}creator"), Literal(author)
    if document.modified:
        yield node, NamedNode(f"{DCT}modified"), Literal(document.modified.isoformat(), datatype=DATE)
    if document.section:
        yield node, NamedNode(f"{SCHEMA}articleSection"), Literal(document.section)
    yield from _original_triples(document, node, iris)


def _original_triples(document: Document, node: NamedNode, iris: Iris) -> Iterator[Triple]:
    """The way back: the file that a document was read from, and where in it; nothing where that file is the text itself.

    ``schema:pagination`` has page and offset in the text of each page's beginning: ``1:0 2:2310``.
    """
    original = document.original
    if original is None:
        return
    source = NamedNode(iris.original(document.id))
    yield node, NamedNode(f"{DCT}isFormatOf"), source
    yield source, TYPE, NamedNode(f"{SCHEMA}MediaObject")
    yield source, NamedNode(f"{SCHEMA}name"), Literal(original.name)
    yield source, NamedNode(f"{SCHEMA}sha256"), Literal(original.sha256)
    yield source, NamedNode(f"{SCHEMA}encodingFormat"), Literal(original.media_type)
    if original.position:
        yield source, NamedNode(f"{SCHEMA}position"), Literal(original.position)
    if original.pages:
        pages = " ".join(f"{number}:{begin}" for number, begin in enumerate(original.pages, 1))
        yield source, NamedNode(f"{SCHEMA}pagination"), Literal(pages)


def graph_triples(document: Document, iris: Iris, provenance: Provenance) -> Iterator[Triple]:
    """The named graph, the activity that generated it, and the software that carried it out."""
    graph = NamedNode(iris.graph(document.id))
    source = NamedNode(iris.document(document.id))
    activity = NamedNode(iris.activity(document.id))
    software = NamedNode(iris.software(provenance.program))
    yield graph, NamedNode(f"{PROV}wasDerivedFrom"), source
    yield graph, NamedNode(f"{PROV}wasGeneratedBy"), activity
    yield graph, dip("programVersion"), Literal(provenance.program)
    yield graph, dip("pipelineVersion"), Literal(provenance.pipeline)
    yield graph, dip("rulesVersion"), Literal(provenance.rules)
    yield activity, TYPE, NamedNode(f"{PROV}Activity")
    yield activity, NamedNode(f"{PROV}used"), source
    yield activity, NamedNode(f"{PROV}wasAssociatedWith"), software
    yield software, TYPE, NamedNode(f"{PROV}SoftwareAgent")
    yield software, LABEL, Literal(f"kg {provenance.program}", language="en")
    if provenance.checksum:
        yield graph, dip("pipelineSha256"), Literal(provenance.checksum)
    if provenance.generated:
        yield (
            graph,
            NamedNode(f"{PROV}generatedAtTime"),
            Literal(provenance.generated, datatype=DATE_TIME),
        )
