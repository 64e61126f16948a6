"""``kg load`` when the store, the line to it, or what it is asked goes wrong: nothing doubled, nothing lost, and said in a line."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT
from generated import write_shards
from hypothesis import given
from hypothesis import strategies as st
from misbehaving import (
    Fault,
    Misbehaving,
    cut_after,
    cut_before,
    half_an_answer,
    hang,
    larger_than,
    misbehaving,
    page_of_a_proxy,
    status,
)
from pyoxigraph import Literal, NamedNode, Quad, Store
from servers import free_port

from kg.cli import main
from kg.endpoint import Client, Login, find_login
from kg.endpoint.login import checked_address
from kg.errors import EndpointError, UsageError
from kg.export.source import quads
from kg.identity.links import Links, write_links
from kg.publish.compare import difference
from kg.publish.dialects import detected, dialects
from kg.publish.journal import Journal
from kg.publish.plan import Action, Tally, steps
from kg.publish.transfer import in_sparql
from kg.rdf.serialise import nquads, ntriples
from kg.rdf.shards import write_shard

BASE = "https://w3id.org/dipkg/id/"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some hundred documents: several batches."""
    out = tmp_path_factory.mktemp("generated")
    write_shards(out, 25_000)
    write_links(out, Links())
    return out


@pytest.fixture
def out(graph: Path, tmp_path: Path) -> Path:
    """The same without a journal."""
    (tmp_path / "shards").symlink_to(graph / "shards")
    return tmp_path


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with misbehaving() as one:
        yield one


def load(out: Path, url: str, *options: str, dialect: str = "oxigraph", **environment: str) -> Result:
    command = [
        "load",
        str(out),
        url,
        "--dialect",
        dialect,
        "--quiet",
        "--timeout",
        "2",
        "--batch",
        "4000",
        *options,
    ]
    return CliRunner(
        env={k: environment.get(k) for k in ("KG_USER", "KG_PASSWORD", "KG_TOKEN", "NETRC")}
    ).invoke(main, command)


def holds_what_is_here(server: Misbehaving, out: Path) -> bool:
    """Every quad, each once, and no other. (Oxigraph's own form of integers is that of values.)"""
    there = {q for q in server.store if str(q.graph_name) != "DEFAULT"}
    return there == set(store_of(out))


def store_of(out: Path) -> Store:
    store = Store()
    store.extend(quads(out))
    return store


PASSING: dict[str, list[Fault]] = {
    "cut off before": [cut_before],
    "cut off after it was done": [cut_after],
    "503, then fine": [status(503, Retry_After="0")],
    "429 with a date": [status(429, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT")],
    "500, then fine": [status(500, "out of luck")],
    "502, 504 and silence": [status(502), status(504), cut_before],
    "a hang": [hang(3)],
}


@pytest.mark.parametrize("kind", PASSING)
def test_what_passes_is_sent_again(kind: str, out: Path, server: Misbehaving) -> None:
    server.faults = list(PASSING[kind])
    ran = load(out, server.url, "--verify", "full")
    assert ran.exit_code == 0, ran.output
    assert not server.faults, "the fault happened"
    assert holds_what_is_here(server, out)


LASTING: dict[str, tuple[Fault, str]] = {
    "401": (status(401, WWW_Authenticate='Basic realm="x"'), "wants a login"),
    "403": (status(403, "not you"), "answers 403: not you"),
    "404": (status(404, "no such dataset"), "no such dataset"),
    "a redirection": (
        status(301, Location="http://elsewhere.example/"),
        "sends on to http://elsewhere.example/",
    ),
    "503 for ever": (status(503, "down for repair"), "down for repair"),
    "hanging for ever": (hang(3), "no answer within 2 s"),
    "always cut off": (cut_before, "cannot be reached"),
    "half an answer": (half_an_answer, "cannot be reached"),
    "a page of a proxy": (page_of_a_proxy, "text/html, no SPARQL result"),
}


@pytest.mark.parametrize("kind", LASTING)
def test_what_lasts_ends_the_load_with_one_line_and_the_next_run_mends_all(
    kind: str, out: Path, server: Misbehaving
) -> None:
    server.always, says = LASTING[kind]
    ran = load(out, server.url, "--tries", "2")
    assert ran.exit_code == 1
    assert says in ran.output
    assert len(ran.output.strip().splitlines()) == 1
    server.always = None
    ran = load(out, server.url, "--verify", "full")
    assert ran.exit_code == 0, ran.output
    assert holds_what_is_here(server, out)


@pytest.mark.parametrize("kind", ["401", "403", "503 for ever", "always cut off"])
def test_a_load_that_broke_off_half_way_goes_on_from_there(kind: str, out: Path, server: Misbehaving) -> None:
    server.faults = [lambda _: False, *[LASTING[kind][0]] * 50]
    assert load(out, server.url, "--tries", "2", "--jobs", "1").exit_code == 1
    kept = len(server.store)
    assert 0 < kept < len(store_of(out))
    server.faults, server.asked = [], []
    ran = load(out, server.url, "--verify", "full")
    assert ran.exit_code == 0, ran.output
    assert holds_what_is_here(server, out)
    sent = sum(size for method, path, _, size in server.asked if (method, path) == ("POST", "/store"))
    whole = len(nquads(quads(out)))
    assert sent < 0.9 * whole, "what was confirmed is not sent again"


def test_a_request_that_is_too_large_is_sent_in_parts(out: Path, server: Misbehaving) -> None:
    server.always = larger_than(500_000)
    ran = load(out, server.url, "--verify", "full")
    assert ran.exit_code == 0, ran.output
    assert holds_what_is_here(server, out)


def test_a_graph_that_is_refused_is_named_and_the_others_are_loaded(out: Path, server: Misbehaving) -> None:
    name = f"{BASE}graph/doc-40"
    server.always = lambda h: (
        name.encode() + b">" in h.body and h.path == "/store" and status(400, "I do not like it")(h)
    )
    ran = load(out, server.url)
    assert ran.exit_code == 1
    assert f"{name}: " in ran.output
    assert "I do not like it" in ran.output
    assert f"differs: {name}: " in ran.output
    missing = {str(q.graph_name) for q in set(store_of(out)) - set(server.store)}
    assert missing == {f"<{name}>"}


def test_a_store_that_takes_no_graph_at_all_is_given_up(out: Path, server: Misbehaving) -> None:
    server.faults = [status(400, "no")] * 100_000
    ran = load(out, server.url, "--tries", "1")
    assert ran.exit_code == 1
    assert "gave up after" in ran.output
    assert len(server.asked) < 1000


def test_a_store_that_says_yes_and_keeps_nothing_is_found_out(out: Path, server: Misbehaving) -> None:
    server.faults = [page_of_a_proxy] * 100
    ran = load(out, server.url)
    assert ran.exit_code == 1
    assert "triples here, 0 there" in ran.output
    server.faults = []
    assert load(out, server.url, "--verify", "full").exit_code == 0
    assert holds_what_is_here(server, out)


def test_what_somebody_changed_there_is_found_by_full_verification(out: Path, server: Misbehaving) -> None:
    assert load(out, server.url).exit_code == 0
    one = next(q for q in server.store if isinstance(q.object, Literal) and "Thema" in q.object.value)
    server.store.remove(one)
    server.store.add(Quad(one.subject, one.predicate, Literal("changed"), one.graph_name))
    assert load(out, server.url).exit_code == 0, "counts are as they were"
    full = load(out, server.url, "--verify", "full")
    assert full.exit_code == 1
    assert "1 only here, 1 only there" in full.output
    assert load(out, server.url, "--verify", "full").exit_code == 0, "a graph that differed is sent again"


def test_a_connection_refused_and_a_server_that_comes_up_later(out: Path) -> None:
    port = free_port()
    ran = load(out, f"http://localhost:{port}", "--tries", "2")
    assert (ran.exit_code, "Connection refused" in ran.output) == (1, True)
    with misbehaving(port) as server:
        assert load(out, server.url, "--verify", "full").exit_code == 0
        assert holds_what_is_here(server, out)


@pytest.mark.parametrize("dialect", ["standard", "stardog", "qlever", "neptune"])
def test_dialects_of_stores_that_are_not_here_send_what_the_standards_say(
    dialect: str, seed_only: Path, server: Misbehaving
) -> None:
    """No server of these kinds can be run here; the tests' own one speaks the protocols that they document."""
    own = {"standard": "/store", "stardog": "", "qlever": "", "neptune": ""}[dialect]
    options = ["--query-url", f"{server.url}/query", "--update-url", f"{server.url}/update"]
    if dialect != "qlever":
        options += ["--graph-store-url", f"{server.url}/store"]
    if dialect == "neptune":
        server.always = _form_as_body
    ran = load(seed_only, server.url + own, *options, "--verify", "counts", dialect=dialect)
    assert ran.exit_code == 0, ran.output
    assert holds_what_is_here(server, seed_only)


def _form_as_body(handler: object) -> bool:
    body: bytes = handler.body  # type: ignore[attr-defined]
    if body.startswith(b"update="):
        handler.body = parse_qs(body.decode())["update"][0].encode()  # type: ignore[attr-defined]
    return False


@pytest.fixture
def seed_only(tmp_path: Path) -> Path:
    """A small graph."""
    out = tmp_path / "small"
    write_shards(out, 100)
    return out


def test_a_folder_without_a_graph_is_named_and_not_made(tmp_path: Path, server: Misbehaving) -> None:
    ran = load(tmp_path / "nowhere", server.url)
    assert (ran.exit_code, "holds no built graph" in ran.output) == (2, True)
    assert not (tmp_path / "nowhere").exists()


def test_a_dry_run_sends_nothing(out: Path, server: Misbehaving) -> None:
    command = ["load", str(out), server.url, "--dialect", "oxigraph", "--dry-run"]
    ran = CliRunner().invoke(main, command)
    assert ran.exit_code == 0
    assert "would send" in ran.output
    assert {path for _, path, _, _ in server.asked} == {"/query"}
    assert not len(server.store)
    assert not (out / "loads").exists(), "nor is anything written here"


def test_compressed_requests(out: Path, server: Misbehaving) -> None:
    assert load(out, server.url, "--gzip").exit_code == 0
    assert holds_what_is_here(server, out)
    sent = sum(size for method, path, _, size in server.asked if (method, path) == ("POST", "/store"))
    assert sent < 0.2 * len(nquads(quads(out)))


class TestLogin:
    """Names and passwords come from where no process list and no log shows them."""

    def test_a_name_and_password_from_the_environment(self, seed_only: Path, server: Misbehaving) -> None:
        load(seed_only, server.url, KG_USER="ada", KG_PASSWORD="geheim")
        assert {h.get("Authorization") for _, _, h, _ in server.asked} == {"Basic YWRhOmdlaGVpbQ=="}

    def test_a_token(self, seed_only: Path, server: Misbehaving) -> None:
        load(seed_only, server.url, KG_TOKEN="abc")
        assert {h.get("Authorization") for _, _, h, _ in server.asked} == {"Bearer abc"}

    def test_netrc(self, tmp_path: Path, seed_only: Path, server: Misbehaving) -> None:
        (tmp_path / "netrc").write_text("machine localhost login ada password geheim\n")
        load(seed_only, server.url, NETRC=str(tmp_path / "netrc"))
        assert {h.get("Authorization") for _, _, h, _ in server.asked} == {"Basic YWRhOmdlaGVpbQ=="}

    def test_none(self, tmp_path: Path, seed_only: Path, server: Misbehaving) -> None:
        load(seed_only, server.url, NETRC=str(tmp_path / "no such file"))
        assert {h.get("Authorization") for _, _, h, _ in server.asked} == {None}

    def test_a_prompt(self, seed_only: Path, server: Misbehaving) -> None:
        command = ["load", str(seed_only), server.url, "--dialect", "oxigraph", "--login"]
        ran = CliRunner().invoke(main, command, input="ada\ngeheim\n")
        assert "geheim" not in ran.output
        assert {h.get("Authorization") for _, _, h, _ in server.asked} == {"Basic YWRhOmdlaGVpbQ=="}

    def test_none_in_an_address(self, seed_only: Path) -> None:
        ran = load(seed_only, "http://ada:geheim@localhost:1/")
        assert ran.exit_code == 2
        assert "geheim" not in ran.output

    def test_nothing_of_it_is_printed_or_kept(self, seed_only: Path, server: Misbehaving) -> None:
        server.always = status(401, "who is ada?", WWW_Authenticate='Basic realm="x"')
        ran = load(seed_only, server.url, KG_USER="ada", KG_PASSWORD="geheim")
        assert "geheim" not in ran.output
        assert "geheim" not in repr(Login("ada", "geheim", "geheim"))
        assert all(b"geheim" not in p.read_bytes() for p in seed_only.rglob("*") if p.is_file())

    def test_it_is_not_sent_to_another_host(self, server: Misbehaving) -> None:
        with misbehaving() as other:
            server.always = status(302, Location=f"{other.url}/query")
            with pytest.raises(EndpointError, match="name that address instead"):
                Client(Login("ada", "geheim")).send("GET", f"{server.url}/query")
            assert not other.asked


class TestCertificates:
    """TLS is verified; a certificate of one's own can be named."""

    @pytest.fixture(scope="class")
    def certificate(self, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
        folder = tmp_path_factory.mktemp("tls")
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                   "-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "cert.pem"]  # fmt: skip
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
        except FileNotFoundError:
            pytest.skip("openssl is not installed")
        return folder / "cert.pem", folder / "key.pem"

    def test_one_that_nobody_trusts(self, seed_only: Path, certificate: tuple[Path, Path]) -> None:
        with misbehaving(0, *certificate) as server:
            ran = load(seed_only, server.url)
            assert (ran.exit_code, "certificate is not trusted" in ran.output) == (1, True)
            assert not server.asked

    def test_one_that_the_user_trusts(self, seed_only: Path, certificate: tuple[Path, Path]) -> None:
        with misbehaving(0, *certificate) as server:
            assert load(seed_only, server.url, "--ca", str(certificate[0])).exit_code == 0
            assert holds_what_is_here(server, seed_only)

    def test_a_file_that_is_not_there(self, seed_only: Path) -> None:
        ran = load(seed_only, "https://localhost:1", "--ca", "no-such-file.pem")
        assert (ran.exit_code, "no file of certificates" in ran.output) == (2, True)


@pytest.mark.parametrize(
    ("url", "headers", "kind"),
    [
        ("http://h:3030/ds", {"Fuseki-Request-Id": "7"}, "fuseki"),
        ("http://h:7878", {"Server": "Oxigraph/0.5.1"}, "oxigraph"),
        ("http://h:8890/sparql", {"Server": "Virtuoso/07.20.3229 (Linux)"}, "virtuoso"),
        ("http://h:8080/rdf4j-server/repositories/kg", {"Server": "Apache"}, "rdf4j"),
        ("http://h:7200/repositories/kg", {"Server": "GraphDB/10.6"}, "graphdb"),
        ("http://h:9999/blazegraph/namespace/kb/sparql", {"Server": "Jetty"}, "blazegraph"),
        ("https://x.cluster-y.eu-central-1.neptune.amazonaws.com:8182", {}, "neptune"),
    ],
)
def test_a_kind_is_detected_where_that_is_safe(url: str, headers: dict[str, str], kind: str) -> None:
    assert detected(url, headers).name == kind


@pytest.mark.parametrize("server_header", ["", "nginx", "Apache", "notOxigraph/1"])
def test_a_kind_is_asked_for_where_it_is_not(server_header: str) -> None:
    with pytest.raises(UsageError, match="--dialect"):
        detected("http://h/sparql", {"Server": server_header})


def test_every_dialect_has_what_its_ways_need() -> None:
    needs = {"put": "graph_store", "quads": "quads", "update": "update", "transaction": "transactions"}
    for dialect in dialects().values():
        for way in (dialect.new, dialect.old):
            assert getattr(dialect, needs[way]), (dialect.name, way)
        assert dialect.old != "quads", "adding to a graph does not replace it"
        assert dialect.query or dialect.graph_store


def test_every_dialect_has_a_page() -> None:
    """GraphDB shares RDF4J's."""
    pages = {p.stem for p in (ROOT / "docs" / "stores").glob("*.md")} - {"README"}
    assert pages == set(dialects()) - {"graphdb"}
    listed = load(ROOT, "http://h", dialect="?").output
    assert all(name in listed for name in dialects())


@pytest.mark.parametrize("wrong", ["ftp://h/x", "localhost:3030", "", "http://", "http://h:port/"])
def test_addresses_that_are_none(wrong: str) -> None:
    with pytest.raises(UsageError):
        checked_address(wrong)


def test_a_token_comes_before_a_name() -> None:
    assert find_login("http://h/", {"KG_TOKEN": "t", "KG_USER": "u"}) == Login(token="t")


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("\\uU0022\"'nt}{;\n\x01ä"))
def test_no_text_gets_out_of_an_update(text: str) -> None:
    quad = Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal(text), NamedNode("urn:g"))
    store = Store()
    store.update(f"INSERT DATA {{ GRAPH <urn:g> {{ {in_sparql(ntriples([quad.triple])).decode()} }} }}")
    assert set(store) == {quad}


@given(st.binary(max_size=40).map(lambda b: b.replace(b'"', b"")))
def test_a_reader_that_replaces_escapes_before_it_parses_sees_no_escape_made_of_text(text: bytes) -> None:
    r"""SPARQL 19.2: such a reader must find \uXXXX only where we wrote one."""
    written = in_sparql(text.replace(b"\\", b"\\\\"))
    found = re.findall(rb"\\[uU]....", written)
    assert set(found) <= {rb"\u0075", rb"\u0055"}


def test_what_is_new_changed_or_not_confirmed_is_sent(tmp_path: Path) -> None:
    (tmp_path / "shards").mkdir()
    names = ("changed", "new", "same", "shrunk", "unconfirmed")
    told = [
        Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal(i), NamedNode(f"urn:{n}"))
        for n in names
        for i in "12"
    ]
    write_shard(tmp_path / "shards" / "0.nq.gz", told)
    digests = {step.graph: step.digest for step in steps(tmp_path, {}, {})}
    there = {"urn:same": 2, "urn:changed": 2, "urn:shrunk": 1, "urn:unconfirmed": 2, "urn:gone": 9}
    confirmed = {n: d for n, d in digests.items() if n != "urn:unconfirmed"} | {"urn:changed": "as it was"}
    planned, tally = list(steps(tmp_path, there, confirmed)), Tally()
    for step in planned:
        tally.add(step)
    assert {step.graph: step.action for step in planned} == {
        "urn:new": Action.ADD, "urn:same": Action.KEEP,
        "urn:changed": Action.REPLACE, "urn:shrunk": Action.REPLACE, "urn:unconfirmed": Action.REPLACE,
    }  # fmt: skip
    assert (tally.graphs, tally.triples) == ({Action.ADD: 1, Action.KEEP: 1, Action.REPLACE: 3}, 8)
    assert tally.gone(there) == ["urn:gone"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("123") | st.none())), st.integers(0, 400))
def test_a_journal_cut_off_anywhere_says_nothing_that_was_not_so(
    steps: list[tuple[str, str | None]], cut: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder), "http://h/")
        states: list[dict[str, str]] = [{}]
        for graph_name, digest in steps:
            journal.confirm([(graph_name, digest)]) if digest else journal.forget([graph_name])
            states.append(dict(journal.confirmed))
        if not steps:
            assert not Path(folder, "loads").exists(), "nothing to say, nothing written"
            return
        path = next(Path(folder, "loads").iterdir())
        path.write_bytes(path.read_bytes()[: max(cut, 30)])
        assert dict(Journal(Path(folder), "http://h/").confirmed) in states


def test_a_journal_is_small_after_it_was_closed(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "http://h/")
    for i in range(100):
        journal.confirm([("g", str(i))])
    journal.close()
    path = next((tmp_path / "loads").iterdir())
    assert len(path.read_text("utf-8").splitlines()) == 2
    assert Journal(tmp_path, "http://h/").confirmed == {"g": "99"}


def test_values_are_compared_by_value_and_texts_by_text() -> None:
    s, p = NamedNode("urn:s"), NamedNode("urn:p")

    def triple(value: Literal | NamedNode) -> list[object]:
        return [Quad(s, p, value).triple]

    def same(one: Literal, other: Literal) -> bool:
        return difference("g", triple(one), set(triple(other))) is None  # type: ignore[arg-type]

    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert same(Literal("a", language="de-AT"), Literal("a", language="de-at"))
    assert same(
        Literal("0.50", datatype=NamedNode(f"{xsd}decimal")),
        Literal("0.5", datatype=NamedNode(f"{xsd}decimal")),
    )
    assert not same(Literal("1"), Literal("1", datatype=NamedNode(f"{xsd}integer")))
    assert not same(Literal("a", language="de"), Literal("a"))
    assert not same(Literal("e\u0301"), Literal("é"))


def test_help_loads_no_http() -> None:
    code = "import sys, kg.cli; sys.exit('requests' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
