"""``kg load`` and ``kg diff`` against real triplestores, which the run starts, kills and stops itself."""

from __future__ import annotations

import csv
import gzip
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, SEEDS
from generated import write_shards
from pyoxigraph import Literal, NamedNode, Quad
from servers import SERVERS, MissingServerError, Server

from kg.build import build
from kg.cli import main
from kg.endpoint import find_login
from kg.export.source import quads
from kg.identity.links import Links, write_links
from kg.publish.connect import connect
from kg.publish.store import RemoteStore
from kg.query import bind, run_query, shipped_queries
from kg.query.remote import RemoteEndpoint
from kg.query.run import ask_endpoint
from kg.rdf.shards import write_shard
from kg.store import open_store

BASE = "https://w3id.org/dipkg/id/"
OTHERS = "https://example.org/somebody-else"
XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass
class Loaded:
    """A store, and the folders whose graph it gets."""

    server: Server
    articles: Path
    out: Path

    def load(self, *options: str, out: Path | None = None) -> Result:
        return CliRunner(env=dict(self.server.login)).invoke(
            main, ["load", str(out or self.out), self.server.url, "--quiet", *options]
        )

    def diff(self, *options: str) -> Result:
        return CliRunner(env=dict(self.server.login)).invoke(
            main, ["diff", str(self.out), self.server.url, *options]
        )

    @property
    def store(self) -> RemoteStore:
        return connect(self.server.url, login=find_login(self.server.url, self.server.login))

    def counts(self, base: str = BASE) -> dict[str, int]:
        return self.store.counts(base, ())


@pytest.fixture(scope="module", params=list(SERVERS))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    try:
        running = SERVERS[request.param](tmp_path_factory.mktemp(request.param)).start()
    except MissingServerError as error:
        pytest.skip(str(error))
    yield running
    running.kill()


@pytest.fixture(scope="module")
def articles() -> Path:
    shared = ROOT.parent / "shared" / "data" / "articles"
    return shared if shared.is_dir() else SEEDS


@pytest.fixture(scope="module")
def loaded(server: Server, articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The graph of all articles, loaded; somebody else's graph is there, too."""
    folder = tmp_path_factory.mktemp("loaded")
    (folder / "articles").mkdir()
    for text in sorted(articles.glob("*.txt"))[:12]:  # every kind of store loads them several times
        for part in (text, text.with_name(f"{text.stem}.meta.json")):
            if part.is_file():
                shutil.copy(part, folder / "articles" / part.name)
    (folder / "articles" / "extra.txt").write_text(
        "Berlin (dpa) - Kanzlerin Angela Merkel traf am Montag in Berlin den französischen Präsidenten Emmanuel Macron.",
        "utf-8",
    )
    texts = sorted((folder / "articles").glob("*.txt"))
    build(texts, folder / "out")
    one = Loaded(server, folder / "articles", folder / "out")
    dialect = one.store.dialect
    triple = b'<urn:s> <urn:p> "theirs" .\n'
    if dialect.graph_store:
        one.store.client.send(
            "PUT", dialect.graph_store, parameters={dialect.graph_parameter: OTHERS}, body=triple,
            headers={"Content-Type": dialect.triples_type},
        )  # fmt: skip
    else:
        one.store.change(b"INSERT DATA { GRAPH <%b> { %b } }" % (OTHERS.encode(), triple))
    first = one.load("--verify", "full")
    assert first.exit_code == 0, first.output
    return one


def test_each_document_is_a_named_graph(loaded: Loaded) -> None:
    here: dict[str, int] = {}
    for quad in quads(loaded.out):
        name = quad.graph_name.value  # type: ignore[union-attr]
        here[name] = here.get(name, 0) + 1
    assert loaded.counts() == here
    assert len(here) >= 2
    assert loaded.diff().output == "no difference\n"


def test_shipped_queries_answer_there_as_here(loaded: Loaded) -> None:
    store = open_store(loaded.out)
    endpoint = RemoteEndpoint(loaded.server.query)
    for name, query in shipped_queries().items():
        text = bind(query, {}, lambda _: [])
        here, there = run_query(store, text, "csv"), ask_endpoint(endpoint, text, "csv")
        assert _comparable(there) == _comparable(here), name


def test_loading_again_sends_nothing_and_doubles_nothing(loaded: Loaded) -> None:
    before = loaded.counts()
    again = CliRunner(env=dict(loaded.server.login)).invoke(
        main, ["load", str(loaded.out), loaded.server.url]
    )
    assert (again.exit_code, loaded.counts()) == (0, before)
    assert f"0 graphs added, 0 replaced, {len(before)} unchanged" in again.output
    assert loaded.load("--force", "--verify", "full").exit_code == 0
    assert loaded.counts() == before


def test_compressed_where_the_kind_of_store_understands_it(loaded: Loaded) -> None:
    before = loaded.counts()
    if not loaded.store.dialect.gzip:
        pytest.skip(f"{loaded.server.name} does not say that it understands compressed requests")
    assert loaded.load("--force", "--gzip", "--verify", "full").exit_code == 0, "as an update"
    loaded.store.drop(before)
    assert loaded.load("--force", "--gzip", "--verify", "full").exit_code == 0, "as data"
    assert loaded.counts() == before


def test_a_changed_document_changes_its_graph_only(loaded: Loaded) -> None:
    changed = loaded.articles / "extra.txt"
    before = {name: loaded.store.triples(name) for name in loaded.counts()}
    changed.write_text(changed.read_text("utf-8") + " Macron drohte Russland mit Sanktionen.", "utf-8")
    build(sorted(loaded.articles.glob("*.txt")), loaded.out)
    shown = loaded.diff("--triples")
    assert shown.exit_code == 1
    assert "\n+ <" in shown.output
    assert loaded.load("--verify", "full").exit_code == 0
    after = {name: loaded.store.triples(name) for name in loaded.counts()}
    assert {name for name in before if before[name] != after[name]} - {f"{BASE}links"} == {
        f"{BASE}graph/extra"
    }
    assert loaded.diff().exit_code == 0


def test_the_graph_of_a_deleted_document_goes_only_when_asked(loaded: Loaded) -> None:
    (loaded.articles / "extra.txt").unlink(missing_ok=True)
    shutil.rmtree(loaded.out / "shards")
    build(sorted(loaded.articles.glob("*.txt")), loaded.out)
    shown = loaded.diff()
    assert (shown.exit_code, f"{BASE}graph/extra -" in shown.output) == (1, True)
    assert loaded.load().exit_code == 0
    assert f"{BASE}graph/extra" in loaded.counts()
    refused = CliRunner(env=dict(loaded.server.login)).invoke(
        main, ["load", str(loaded.out), loaded.server.url, "--prune", "--quiet"], input="n\n"
    )
    assert (refused.exit_code, f"{BASE}graph/extra" in loaded.counts()) == (0, True)
    pruned = loaded.load("--prune", "--yes", "--verify", "full")
    assert (pruned.exit_code, f"{BASE}graph/extra" in loaded.counts()) == (0, False), pruned.output
    assert loaded.diff().exit_code == 0
    assert loaded.counts(OTHERS[:-1]) == {OTHERS: 1}, "a graph that is not below our base stays"


HOSTILE: dict[str, Literal | NamedNode] = {
    "control characters": Literal("a\x01b\x0bc\x1f\x7f\x85\u2028"),
    "nul": Literal("a\0b"),
    "line breaks": Literal("\ttab\r\ncr\rlf\n\"quoted\" 'single' \\ back"),
    "an update within": Literal(r'\u0022 } } ; DROP ALL ; INSERT DATA { GRAPH <urn:x> { <urn:s> <urn:p> "\U00000022'),
    "backslashes": Literal("\\\\u0022 \\\\\\U00000022 \\"),
    "markup": Literal("</result><script>alert(1)</script>]]>&amp;"),
    "beyond the basic plane": Literal("😀𝒳 \ufffd e\u0301"),
    "a megabyte": Literal("ö" * 524_288),
    "a region": Literal("Jänner", language="de-AT"),
    "a script": Literal("Пекин", language="ru-Cyrl-RU"),
    "an IRI with umlauts": NamedNode("https://example.org/süß/größe?q=straße#ß"),
    "empty": Literal(""),
    "a large number": Literal("123456789012345678901234567890", datatype=NamedNode(f"{XSD}nonNegativeInteger")),
    "a day": Literal("2018-02-28", datatype=NamedNode(f"{XSD}date")),
    "a moment": Literal("2018-02-28T23:59:59.5+05:30", datatype=NamedNode(f"{XSD}dateTime")),
    "before year 1": Literal("-0044-03-15", datatype=NamedNode(f"{XSD}date")),
    "year 12018": Literal("12018-01-01", datatype=NamedNode(f"{XSD}date")),
    "confidence": Literal("0.85", datatype=NamedNode(f"{XSD}decimal")),
    "truth": Literal("true", datatype=NamedNode(f"{XSD}boolean")),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_stores_choke_on_arrives_unchanged_or_is_refused_with_its_name(
    kind: str, loaded: Loaded, tmp_path: Path
) -> None:
    graph = f"{BASE}graph/{kind.replace(' ', '-')}"
    fine = Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("fine"), NamedNode(f"{graph}-neighbour"))
    told = Quad(NamedNode("urn:s"), NamedNode("urn:told"), HOSTILE[kind], NamedNode(graph))
    write_shard(_folder(tmp_path) / "0.nq.gz", [fine, told])
    ran = loaded.load("--verify", "full", out=tmp_path)
    if "nothing was sent" in ran.output:
        assert ran.exit_code == 2
        assert graph in ran.output
        assert "urn:told" in ran.output
        assert not loaded.store.triples(f"{graph}-neighbour")
    else:
        assert ran.exit_code == 0, ran.output
        assert loaded.store.triples(f"{graph}-neighbour") == {fine.triple}
    assert loaded.counts(OTHERS[:-1]) == {OTHERS: 1}


def test_a_lone_surrogate_is_found_before_anything_is_sent(loaded: Loaded, tmp_path: Path) -> None:
    graph = f"{BASE}graph/surrogate"
    lines = f'<urn:s> <urn:p> "fine" <{graph}> .\n<urn:s> <urn:told> "\\uD800" <{graph}> .\n'
    (_folder(tmp_path) / "0.nq.gz").write_bytes(gzip.compress(lines.encode()))
    ran = loaded.load(out=tmp_path)
    assert ran.exit_code == 2
    assert graph in ran.output
    assert "urn:told" in ran.output
    assert not loaded.store.triples(graph)


def test_a_server_that_is_killed_in_the_middle(server: Server, tmp_path: Path) -> None:
    """After it is started again, a second run ends with what one undisturbed run would have."""
    out = tmp_path / "out"
    write_shards(out, 150_000, seed=7)
    write_links(out, Links())
    command = [sys.executable, "-m", "kg", "load", str(out), server.url, "--tries", "2"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={"PATH": "/usr/bin", **server.login}
    )
    assert process.stderr
    assert re.match(r"\d+ of \d+ triples", process.stderr.readline()), "the first part is there"
    server.kill()
    said = process.stderr.read()
    assert process.wait(60) == 1
    assert "cannot be reached" in said
    server.start()
    ran = CliRunner(env=dict(server.login)).invoke(main, ["load", str(out), server.url, "--verify", "full"])
    assert ran.exit_code == 0, ran.output
    assert "no difference" in ran.output
    store = connect(server.url, login=find_login(server.url, server.login))
    here: dict[str, int] = {}
    for quad in quads(out):
        here[quad.graph_name.value] = here.get(quad.graph_name.value, 0) + 1  # type: ignore[union-attr]
    there = store.counts(f"{BASE}graph/doc-", ())
    assert there == here
    store.drop(here)


def _folder(out: Path) -> Path:
    (out / "shards").mkdir(parents=True)
    return out / "shards"


def _comparable(table: str) -> list[tuple[str, ...]]:
    """Rows without the order of rows, and of names within a cell, which SPARQL leaves to the engine."""
    rows = list(csv.reader(io.StringIO(table)))
    return sorted(tuple(", ".join(sorted(re.split(r", (?=\w)", cell))) for cell in row) for row in rows)
