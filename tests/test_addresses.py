"""Sources at addresses: what the user names is fetched, and nothing else."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from click.testing import CliRunner, Result
from formats import as_html, as_jsonl

from kg.cli import main
from kg.documents import Limits, find_sources, read_documents
from kg.documents.addresses import fetched
from kg.errors import SourceError
from kg.model import Document

TEXT = "Angela Merkel traf am Freitag in Wien den französischen Präsidenten Emmanuel Macron.\n\nSie sprachen über die Ukraine."


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def memory() -> Iterator[str]:
    system = fsspec.filesystem("memory")
    for name, content in {
        "/pile/a.html": as_html(TEXT),
        "/pile/in/b.jsonl": as_jsonl(TEXT),
        "/pile/c.txt": TEXT.encode(),
    }.items():
        system.pipe_file(name, content)
    yield "memory://pile"
    system.rm("/pile", recursive=True)


class Pages(http.server.BaseHTTPRequestHandler):
    """A page at /a.html, a redirect to it, a heavy file, and nothing else."""

    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        page = as_html(TEXT + "\n\nMehr: http://127.0.0.1/b.html")
        found = {"/a.html": page, "/heavy": b"x" * 5_000_000}.get(self.path.partition("?")[0])
        self.send_response(302 if self.path == "/moved" else 200 if found else 404)
        if self.path == "/moved":
            self.send_header("Location", "/a.html")
        self.send_header("Content-Length", str(len(found or b"")))
        self.end_headers()
        self.wfile.write(found or b"")

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Pages.asked.clear()
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_address[1]}"
    served.shutdown()


def test_a_folder_and_a_pattern_in_a_store_are_read(memory: str) -> None:
    files = find_sources([memory])
    assert [p.name for p in files.paths] == ["a.html", "c.txt", "b.jsonl"]
    found = [d for p in files.paths for d in read_documents(p)]
    assert [d.id for d in found if isinstance(d, Document)] == ["a", "c", "b-0001", "2"]
    assert [p.name for p in find_sources([f"{memory}/*.txt"]).paths] == ["c.txt"]


def test_of_a_web_server_only_the_page_that_was_named_is_asked_for(server: str) -> None:
    for address in ("/a.html?x=1#top", "/moved"):
        files = find_sources([server + address])
        (document,) = [d for p in files.paths for d in read_documents(p)]
        assert isinstance(document, Document) and document.text.startswith("Angela Merkel")
    assert set(Pages.asked) <= {"/a.html?x=1", "/a.html", "/moved"}


def test_what_cannot_be_fetched_is_refused_by_name_and_reason(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address, limits in (
        (f"{server}/none", Limits()),
        (f"{server}/heavy", Limits(fetched=1_000)),
        ("memory://none/*", Limits()),
        ("nosuch://x", Limits()),
    ):
        with pytest.raises(SourceError, match=address.partition("*")[0]):
            list(fetched(address, tmp_path, limits))
    monkeypatch.setattr("kg.documents.addresses.find_spec", lambda name: None)
    with pytest.raises(SourceError, match=r"pip install 'kg-diplomacy\[remote\]'"):
        list(fetched(server, tmp_path, Limits()))


def test_names_at_an_address_lead_nowhere_else(tmp_path: Path) -> None:
    system = fsspec.filesystem("memory")
    system.pipe_file("/evil/../../x\\y.txt", b"Merkel traf Macron.")
    found = list(fetched("memory://evil/../../x\\y.txt", tmp_path / "in", Limits()))
    assert all((tmp_path / "in") in p.resolve().parents for p in found)


def test_a_build_knows_its_addresses_and_asks_for_them_only_when_told(server: str, tmp_path: Path) -> None:
    out, address = tmp_path / "out", server.replace("//", "//eva:secret@") + "/a.html"
    assert kg("build", address, "-o", out, "-q").exit_code == 0
    assert "secret" not in (out / "graph.trig").read_text("utf-8")
    report = json.loads(next(out.rglob("report.json")).read_text("utf-8"))
    assert report["documents"] == 1 and report["sources"] == [f"{server}/a.html"]
    asked = len(Pages.asked)
    assert "not looked at again" in kg("status", out).output
    assert len(Pages.asked) == asked
    (tmp_path / "b.txt").write_text("Putin reiste nach China.", "utf-8")
    refused = kg("build", tmp_path / "b.txt", "-o", out, "-q")
    assert refused.exit_code == 2 and "--replace" in refused.output
    assert kg("inspect", address).exit_code == 0
