"""`kg build`: what lies in OUT, and what holds of it."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from conftest import SEED
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, Dataset, Graph, URIRef

from kg.build import build
from kg.rdf.check import check_path
from kg.rdf.terms import DIP, NIF
from kg.report import Report


def test_everything_is_there(built: tuple[Path, Report]) -> None:
    out, report = built
    assert {p.name for p in out.iterdir()} == {
        ".lock", "builds", "manifest.json", "graph.trig", "links.nq.gz", "network.html", "report.json", "failures.jsonl", "search.db", "shards", "store",
    }  # fmt: skip
    written = json.loads((out / "report.json").read_text("utf-8"))
    assert written["documents"] == 1
    assert written["events"] == sum(written["events_by_class"].values()) == report.events
    assert written["failures"] == []
    assert {
        "load",
        "language",
        "entities",
        "events",
        "rdf",
        "validation",
        "store",
        "network",
        "total",
    } <= set(written["seconds"])


def test_every_span_is_what_its_anchor_says(out: Path) -> None:
    graph = Dataset(default_union=True)
    graph.parse(out / "graph.trig")
    text = SEED.read_text("utf-8")
    mentions = list(graph.subjects(RDF.type, URIRef(f"{DIP}Mention")))
    assert len(mentions) > 20
    for mention in mentions:
        begin, end, anchor = (
            graph.value(mention, URIRef(NIF + p)) for p in ("beginIndex", "endIndex", "anchorOf")
        )
        assert text[int(str(begin)) : int(str(end))] == str(anchor)


def test_the_graph_passes_the_shapes(out: Path) -> None:
    assert list(check_path(out)) == []
    assert list(check_path(out / "graph.trig")) == []


def test_there_are_no_blank_nodes(out: Path) -> None:
    quads = list(parse(path=str(out / "graph.trig"), format=RdfFormat.TRIG))
    assert not [q for q in quads if "_:" in (str(q.subject)[:2], str(q.object)[:2])]
    assert {q.graph_name.value for q in quads} == {"https://w3id.org/dipkg/id/graph/000_f90bd207d5cccac2"}


def test_building_twice_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    build([SEED], tmp_path / "again")
    for name in ("graph.trig", "network.html"):
        assert (tmp_path / "again" / name).read_bytes() == (out / name).read_bytes()


@pytest.fixture
def corpus(tmp_path: Path) -> list[Path]:
    """Forty short articles: three batches."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for n in range(40):
        (folder / f"a{n:02}.txt").write_text(f"Merkel traf am {n % 28 + 1}. März in Paris Macron.\n", "utf-8")
        (folder / f"a{n:02}.meta.json").write_text('{"published": "2018-05-08"}', "utf-8")
    return sorted(folder.glob("*.txt"))


def _triples(folder: Path) -> set[str]:
    return {str(q) for q in parse(path=str(folder / "graph.trig"), format=RdfFormat.TRIG)}


def test_a_stopped_build_goes_on_where_it_was(corpus: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"

    def stop(done: int, total: int) -> None:
        if done >= 16:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(corpus, out, progress=stop)
    finished = sorted(p.name for p in (out / "shards").glob("*.nq.gz"))
    assert finished
    report = build(corpus, out)
    assert report.shards_reused == len(finished)
    assert report.documents == 40
    fresh = build(corpus, tmp_path / "fresh")
    assert fresh.shards_reused == 0
    assert (tmp_path / "fresh" / "graph.trig").read_bytes() == (out / "graph.trig").read_bytes()


def test_order_and_workers_do_not_change_the_triples(corpus: list[Path], tmp_path: Path) -> None:
    build(corpus, tmp_path / "one")
    with ProcessPoolExecutor(2) as pool:
        build(corpus[::-1], tmp_path / "two", executor=pool)
    assert _triples(tmp_path / "one") == _triples(tmp_path / "two")


def test_the_same_event_told_twice_is_one_node(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("Merkel traf sich am 3. Mai mit Macron in Paris.\n", "utf-8")
        (tmp_path / f"{name}.meta.json").write_text('{"published": "2018-05-08"}', "utf-8")
    build(sorted(tmp_path.glob("*.txt")), tmp_path / "out")
    dataset = Dataset(default_union=True)
    dataset.parse(tmp_path / "out" / "graph.trig")
    assert len(set(dataset.subjects(RDF.type, URIRef(f"{DIP}Meeting")))) == 1
    assert len(list(dataset.graphs())) == 3  # two documents and rdflib's default graph


def test_a_document_removed_is_gone_from_the_graph(corpus: list[Path], tmp_path: Path) -> None:
    build(corpus, tmp_path / "out")
    report = build(corpus[:-1], tmp_path / "out")
    assert report.documents == 39
    assert "a39" not in (tmp_path / "out" / "graph.trig").read_text("utf-8")


def test_the_identifier_is_the_stem_unless_metadata_names_one(out: Path, tmp_path: Path) -> None:
    assert 'dct:identifier "000_f90bd207d5cccac2"' in (out / "graph.trig").read_text("utf-8")
    shutil.copy(SEED, tmp_path / "x.txt")
    (tmp_path / "x.meta.json").write_text('{"id": "dpa-4711"}', "utf-8")
    build([tmp_path / "x.txt"], tmp_path / "out")
    assert 'dct:identifier "dpa-4711"' in (tmp_path / "out" / "graph.trig").read_text("utf-8")


def test_rdflib_reads_what_was_written(out: Path) -> None:
    import kg

    dataset = kg.open(out)
    assert len(dataset) == len(Graph().parse(data=_as_triples(out), format="nt"))


def _as_triples(out: Path) -> str:
    from kg.rdf.serialise import ntriples

    quads = parse(path=str(out / "graph.trig"), format=RdfFormat.TRIG)
    return ntriples({q.triple for q in quads}).decode()
