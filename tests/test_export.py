"""What is exported is the whole graph, and other programs read it."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT, SEED
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from kg.build import build
from kg.cli import main
from kg.errors import OutputError
from kg.export import FORMATS, export_rdf, export_tables
from kg.export.jsonld import write_jsonld
from kg.export.rdf import _checked
from kg.export.source import quads
from kg.rdf.check import check_path
from kg.rdf.terms import LABEL

ENGINE = {
    "trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS, "ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD, "xml": RdfFormat.RDF_XML,
}  # fmt: skip
RDFLIB = {"trig": "trig", "nq": "nquads", "ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "xml": "xml"}
NAMED = ("trig", "nq", "jsonld")


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory, out: Path) -> Path:
    """The graph of a dozen articles that lie beside the project, or else of the seed."""
    folder = ROOT.parent / "shared" / "data" / "articles"
    if not folder.is_dir():
        return out
    built = tmp_path_factory.mktemp("articles") / "out"
    build(sorted(folder.glob("*.txt"))[:12], built)
    return built


def exported(out: Path, form: str) -> bytes:
    target = BytesIO()
    export_rdf(out, form, target)
    return target.getvalue()


def test_all_articles_pass_the_shapes(articles: Path) -> None:
    assert list(check_path(articles)) == []
    assert list(check_path(articles / "graph.trig")) == []


@pytest.mark.parametrize("form", FORMATS)
def test_the_engine_reads_every_format_back_as_it_was(form: str, articles: Path) -> None:
    wanted = set(quads(articles))
    again = set(parse(exported(articles, form), format=ENGINE[form]))
    if form not in NAMED:
        wanted = {Quad(*q.triple) for q in wanted}
    assert again == wanted


@pytest.mark.parametrize("form", FORMATS)
def test_rdflib_reads_every_format_as_an_isomorphic_graph(form: str, articles: Path) -> None:
    """rdflib's parsers share no code with the engine that wrote the file."""
    if form in NAMED:
        dataset = Dataset()
        dataset.parse(data=exported(articles, form), format=RDFLIB[form])
        reference = Dataset()
        reference.parse(articles / "graph.trig", format="trig")
        for one in reference.graphs():
            assert isomorphic(dataset.graph(one.identifier), one), one.identifier
        assert len(dataset) == len(reference)
    else:
        read = Graph().parse(data=exported(articles, form), format=RDFLIB[form])
        plain = Graph()
        for s, p, o, _ in _quads(articles):
            plain.add((s, p, o))
        assert isomorphic(read, plain)


def _quads(out: Path) -> Dataset:
    dataset = Dataset()
    dataset.parse(out / "graph.trig", format="trig")
    return dataset


@pytest.mark.parametrize(
    ("tool", "form"), [("rapper", "nt"), ("rapper", "xml"), ("riot", "trig"), ("riot", "nq")]
)
def test_other_programs_read_it(tool: str, form: str, articles: Path, tmp_path: Path) -> None:
    program = shutil.which(tool)
    if not program:
        pytest.skip(f"{tool} is not installed")
    path = tmp_path / f"graph.{form}"
    path.write_bytes(exported(articles, form))
    names = {"nt": "ntriples", "xml": "rdfxml"}
    command = (
        [program, "-q", "-c", "-i", names[form], path] if tool == "rapper" else [program, "--validate", path]
    )
    result = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_one_document_compressed_into_a_file(out: Path, tmp_path: Path) -> None:
    path = tmp_path / "seed.nq.gz"
    result = CliRunner().invoke(
        main, ["export", str(out), "-f", "nq", "-o", str(path), "--graph", SEED.stem, "--gzip"]
    )
    assert result.exit_code == 0, result.output
    again = set(parse(gzip.decompress(path.read_bytes()), format=RdfFormat.N_QUADS))
    assert again == {q for q in quads(out) if str(q.graph_name).endswith(f"/graph/{SEED.stem}>")}


def test_a_document_that_is_not_there_is_named(out: Path) -> None:
    result = CliRunner().invoke(main, ["export", str(out), "--graph", "nope"])
    assert result.exit_code == 2
    assert "no graph 'nope'" in result.output


def test_what_xml_cannot_hold_is_refused_by_name() -> None:
    node = NamedNode("https://example.org/x")
    with pytest.raises(OutputError, match=r"example\.org/x.*U\+000B"):
        list(_checked([Quad(node, LABEL, Literal("a\x0bb"))]))


HOSTILE = [
    '"quoted" \\ back',
    "</script><b>",
    "zeile\nzeile\t",
    "emoji 😀 \u202eRTL",
    "\u0000\u000b",
    "{$}",
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_jsonld_keeps_any_text(text: str) -> None:
    graph, node = NamedNode("https://example.org/g"), NamedNode("https://example.org/x")
    wanted = [Quad(node, LABEL, Literal(text, language="de"), graph), Quad(node, LABEL, Literal(text), graph)]
    target = BytesIO()
    write_jsonld([(graph.value, wanted)], target)
    assert set(parse(target.getvalue(), format=RdfFormat.JSON_LD)) == set(wanted)


def test_tables_agree_with_the_graph_and_with_their_description(out: Path, tmp_path: Path) -> None:
    export_tables(out, tmp_path)
    tables = {
        p.stem: list(csv.DictReader(p.open(encoding="utf-8", newline=""))) for p in tmp_path.glob("*.csv")
    }
    described = json.loads((tmp_path / "csv-metadata.json").read_text("utf-8"))
    for table in described["tables"]:
        rows = tables[Path(table["url"]).stem]
        assert rows
        assert [c["name"] for c in table["tableSchema"]["columns"]] == list(rows[0])
    meeting = next(r for r in tables["events"] if r["class"] == "Meeting" and "Dalian" in r["place"])
    assert meeting["who"] == "Kim Jong Un; Xi Jinping"
    assert "In der Hafenstadt Dalian traf er auf Präsident Xi Jinping" in meeting["sentence"]
    roles = {(r["role"], r["label"]) for r in tables["roles"] if r["event"] == meeting["event"]}
    assert {("participant", "Kim Jong Un"), ("place", "Dalian")} <= roles
    pairs = {
        (r["source_name"], r["target_name"]) for r in tables["plover"] if r["event_id"] == meeting["event"]
    }
    assert pairs == {("Kim Jong Un", "Xi Jinping"), ("Xi Jinping", "Kim Jong Un")}
    text = SEED.read_text("utf-8")
    assert all(text[int(r["begin"]) : int(r["end"])] == r["text"] for r in tables["mentions"])
    assert {r["label"] for r in tables["entities"]} >= {"Kim Jong Un", "China", "Dalian"}


def test_a_cell_is_no_formula(tmp_path: Path) -> None:
    text = tmp_path / "in" / "evil.txt"
    text.parent.mkdir()
    text.write_text("Kim Jong Un sagte: „=HYPERLINK(1) ist gut für Korea.“", "utf-8")
    build([text], tmp_path / "out")
    export_tables(tmp_path / "out", tmp_path / "csv")
    for path in (tmp_path / "csv").glob("*.csv"):
        for row in csv.reader(path.open(encoding="utf-8", newline="")):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@"))]
