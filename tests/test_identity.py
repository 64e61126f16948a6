"""What is one event in several documents, and what is not; what a user decides about it."""

from __future__ import annotations

import csv
import json
import tempfile
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.build import build
from kg.cli import main
from kg.errors import DataError
from kg.export.source import quads
from kg.identity.decisions import read_decisions
from kg.model import Entity, EntityClass
from kg.query import run_query
from kg.query.library import find_query
from kg.rdf.iris import Iris
from kg.rdf.serialise import ntriples
from kg.rdf.terms import DIP, TYPE
from kg.store import open_store, select

CORPUS = tomllib.loads((Path(__file__).parent / "identity" / "corpus.toml").read_text("utf-8"))["article"]


def write(folder: Path, articles: Sequence[Mapping[str, object]]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        path = folder / f"{article['id']}.txt"
        path.write_text(str(article["text"]) + "\n", "utf-8")
        meta = {"published": str(article["published"])}
        path.with_name(f"{path.stem}.meta.json").write_text(json.dumps(meta), "utf-8")
    return [folder / f"{a['id']}.txt" for a in articles]


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("identity")
    build(write(folder / "in", CORPUS), folder / "out")
    return folder / "out"


def test_forty_articles_about_twelve_events_become_twelve(merged: Path) -> None:
    wanted = {a["id"]: a["event"] for a in CORPUS}
    assert (len(wanted), len(set(wanted.values()))) == (40, 12)
    found = _components(merged)
    pairs = list(combinations(sorted(wanted), 2))
    gold = {p for p in pairs if wanted[p[0]] == wanted[p[1]]}
    told = {p for p in pairs if found.get(p[0], set()) & found.get(p[1], set())}
    precision, recall = len(gold & told) / len(told), len(gold & told) / len(gold)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"\n{len(CORPUS)} articles: pairwise P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    print("not joined:", sorted(gold - told), "wrongly joined:", sorted(told - gold))
    assert f1 >= 0.9


def _components(out: Path) -> dict[str, set[str]]:
    """Article ─▶ the events of its class, each by what it is connected with: plan and deed, denial and report."""
    store = open_store(out)
    parent: dict[str, str] = {}

    def root(iri: str) -> str:
        while iri in parent:
            iri = parent[iri]
        return iri

    for quad in store.quads_for_pattern(None, None, None, NamedNode("https://w3id.org/dipkg/id/links")):
        if quad.predicate.value in (f"{DIP}realizes", f"{DIP}contradicts"):
            one, other = root(quad.subject.value), root(quad.object.value)  # type: ignore[union-attr]
            if one != other:
                parent[one] = other
    classes = {a["id"]: a["class"] for a in CORPUS}
    found: dict[str, set[str]] = defaultdict(set)
    for row in select(
        store,
        "SELECT ?id ?event ?class { GRAPH ?g { ?event dip:evidence/nif:referenceContext/dct:identifier ?id ; a ?class } }",
    ):
        if row["class"].value == DIP + classes[row["id"].value]:
            found[row["id"].value].add(root(row["event"].value))
    return found


def test_a_denial_and_a_report_are_found_by_the_shipped_query(merged: Path) -> None:
    answer = run_query(open_store(merged), find_query("contradictions").bound({}), "csv")
    assert "nicht getroffen" in answer
    assert "kairo-2" in answer
    assert "kairo-1" in answer


def test_a_plan_is_linked_with_what_became_of_it(merged: Path) -> None:
    rows = list(
        csv.DictReader(run_query(open_store(merged), find_query("outcomes").bound({}), "csv").splitlines())
    )
    assert ("peking-3", "peking-1") in {(r["announcedIn"], r["reportedIn"]) for r in rows}
    assert {r["announcedIn"][:-2] for r in rows} == {r["reportedIn"][:-2] for r in rows}


def test_agency_copies_are_links_not_new_reports(merged: Path) -> None:
    rows = select(
        open_store(merged), "SELECT ?a ?b { ?x dip:copyOf ?y . ?x dct:identifier ?a . ?y dct:identifier ?b }"
    )
    assert {(r["a"].value, r["b"].value) for r in rows} == {
        ("telefonat-4", "telefonat-3"), ("skripal-3", "skripal-1"),
    }  # fmt: skip


def test_one_node_has_evidence_in_several_graphs(merged: Path) -> None:
    rows = list(
        select(
            open_store(merged),
            "SELECT ?event (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?event a dip:PhoneCall } } GROUP BY ?event",
        )
    )
    assert [r["n"].value for r in rows] == ["4"]


PERSONS = [
    # two documents, their texts, and how many persons there are of the name
    ("full names are one", "Peter Kowalczyk traf Angela Merkel.", "Merkel lobte Peter Kowalczyk.", 1),
    (
        "bare family names are not",
        "Außenminister Kowalczyk traf Angela Merkel.",
        "Ministerpräsident Kowalczyk drohte Angela Merkel.",
        2,
    ),
    (
        "the same office is evidence",
        "Der polnische Außenminister Kowalczyk traf Angela Merkel.",
        "Der polnische Außenminister Peter Kowalczyk sprach mit Donald Trump.",
        1,
    ),
    (
        "namesakes of different states are two",
        "Der polnische Außenminister Peter Kowalczyk traf Angela Merkel.",
        "Der dänische Außenminister Peter Kowalczyk traf Angela Merkel.",
        2,
    ),
]


@pytest.mark.parametrize(("_why", "one", "other", "persons"), PERSONS)
def test_unlinked_persons_are_one_on_strong_evidence_only(
    _why: str, one: str, other: str, persons: int, tmp_path: Path
) -> None:
    texts = [{"id": f"d{i}", "text": t, "published": "2018-05-08"} for i, t in enumerate((one, other))]
    build(write(tmp_path / "in", texts), tmp_path / "out")
    assert len(_named(tmp_path / "out", "Kowalczyk")) == persons


def _named(out: Path, name: str) -> list[str]:
    rows = select(open_store(out), "SELECT DISTINCT ?e ?l { ?e a dip:Person ; rdfs:label ?l }")
    return sorted({r["e"].value for r in rows if name in r["l"].value})


def test_what_a_user_decides_survives_a_rebuild(tmp_path: Path) -> None:
    texts = [
        {"id": "a", "text": "Außenminister Kowalczyk traf Angela Merkel.", "published": "2018-05-08"},
        {
            "id": "b",
            "text": "Ministerpräsident Kowalczyk drohte Angela Merkel.",
            "published": "2018-06-08",
        },
        {"id": "c", "text": "Peter Neumayer traf Angela Merkel.", "published": "2018-07-08"},
        {"id": "d", "text": "Peter Neumayer traf Donald Trump.", "published": "2018-08-08"},
    ]
    files, out = write(tmp_path / "in", texts), tmp_path / "out"
    build(files, out)
    one, other = _named(out, "Kowalczyk")
    (both,) = _named(out, "Neumayer")
    run = CliRunner()
    assert run.invoke(main, ["merge", str(out), one, other, "--note", "his office"]).exit_code == 0
    assert len(_named(out, "Kowalczyk")) == 1
    assert run.invoke(main, ["merge", str(out), "Peter Neumayer", "d", "--different"]).exit_code == 0
    assert len(_named(out, "Neumayer")) == 2
    before = (out / "graph.trig").read_bytes()
    build(files, out)
    assert (out / "graph.trig").read_bytes() == before
    assert both in _named(out, "Neumayer")
    assert "his office" in run.invoke(main, ["merge", str(out), "--list"]).output
    assert run.invoke(main, ["merge", str(out), one, other, "--different"]).exit_code == 2  # one node already


def test_a_malformed_decision_is_named(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text("decision,one,other,note\nperhaps,a,b,\n", "utf-8")
    with pytest.raises(DataError, match=r"links\.csv:2: expected same or different"):
        read_decisions(tmp_path)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(len(CORPUS))), st.sampled_from([1, 2, 3]))
def test_order_and_number_of_workers_change_no_triple(merged: Path, order: list[int], workers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = write(Path(folder) / "in", [CORPUS[i] for i in order])
        out = Path(folder) / "out"
        with ProcessPoolExecutor(workers) if workers > 1 else nullcontext() as executor:
            build(files, out, executor=executor)
        assert set(quads(out)) == set(quads(merged))


NAMES = st.text(min_size=1, max_size=2000)


@given(NAMES, NAMES)
def test_names_of_any_script_make_valid_iris_that_do_not_collide(one: str, other: str) -> None:
    def iri(name: str) -> str:
        return Iris().entity(Entity("k", EntityClass.ORGANIZATION, name), "d")

    for name in (one, other):
        line = ntriples([Quad(NamedNode(iri(name)), TYPE, NamedNode(iri(name)))])
        assert [q.subject.value for q in parse(line, format=RdfFormat.N_TRIPLES)] == [iri(name)]
        assert len(iri(name)) < 300
    same = _normal(one) == _normal(other)
    assert (iri(one) == iri(other)) == same


def _normal(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())
