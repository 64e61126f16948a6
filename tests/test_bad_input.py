"""What a user sees when something is wrong: one clear line and a meaningful exit code."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import SEED

KG = [sys.executable, "-m", "kg"]


def kg(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [*KG, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("build", "nowhere.txt", "-o", "out"), "nowhere.txt: no such file or folder"),
        (("build", "*.nothing", "-o", "out"), "no file matches this pattern"),
        (("build", ".", "-o", "out"), "the folder holds no .txt file"),
        (("build",), "Missing argument"),
        (("build", str(SEED), "-o", "out", "--base", "no iri"), "an absolute IRI"),
        (("build", str(SEED), "-o", "out", "--data", "nodata"), "nodata: no such data folder"),
        (("build", str(SEED), "-o", "out", "--model", "no_such_model"), "'no_such_model' is not installed"),
        (("build", str(SEED), "-o", "/proc/out"), "/proc/out: cannot be written"),
        (("query", "nowhere", "meetings"), "nowhere: holds no built graph"),
        (("show", "nowhere"), "nowhere: holds no built graph"),
        (("validate", "nowhere.trig"), "no such graph file"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_two(
    arguments: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    ran = kg(*arguments, cwd=tmp_path)
    assert ran.returncode == 2
    assert says in ran.stderr
    assert "Traceback" not in ran.stderr
    if "Usage" not in ran.stderr:
        assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("nosuch", "neither SPARQL, nor a .rq file, nor a shipped query (accusations"),
        ("SELECT * WHERE {", "the query is wrong: error at "),
        ("gone.rq", "gone.rq: cannot be read"),
    ],
)
def test_a_wrong_query_is_one_line(query: str, says: str, out: Path, tmp_path: Path) -> None:
    ran = kg("query", out, query, cwd=tmp_path)
    assert (ran.returncode, says in ran.stderr) == (2, True)


BROKEN = [
    ("empty", b"", "the file holds no text"),
    ("blank", b" \n\n\t", "the file holds no text"),
    ("binary", bytes(range(256)) * 20, "binary data, not text"),
    ("utf16", b"\xff\xfe\x00\x00\x81", "begins as utf-16 but is not"),
    ("oneline", b"a" * 50_000_000, "50,000,000 bytes; an article has at most"),
]


@pytest.mark.parametrize(("name", "content", "says"), BROKEN, ids=[b[0] for b in BROKEN])
def test_a_broken_document_is_reported_and_the_others_are_built(
    name: str, content: bytes, says: str, tmp_path: Path
) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    shutil.copy(SEED, sources)
    (sources / f"{name}.txt").write_bytes(content)
    ran = kg("build", sources, "-o", tmp_path / "out")
    assert ran.returncode == 1
    assert says in ran.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["documents"] == 1
    (failure,) = report["failures"]
    assert failure["source"].endswith(f"{name}.txt")
    assert says in failure["message"]


@pytest.mark.parametrize(
    ("metadata", "says"),
    [
        ("{", "not readable as JSON"),
        ("[]", "expected one JSON object"),
        ('{"published": "yesterday"}', "published must be an ISO date"),
        ('{"published": 2018}', "published must be a string"),
        ('{"language": "fr"}', "the text is in 'fr'"),
        ('{"encoding": "klingon"}', "'klingon' is not known"),
    ],
)
def test_broken_metadata_is_reported(metadata: str, says: str, tmp_path: Path) -> None:
    shutil.copy(SEED, tmp_path / "a.txt")
    (tmp_path / "a.meta.json").write_text(metadata, "utf-8")
    ran = kg("build", tmp_path / "a.txt", "-o", tmp_path / "out")
    assert (ran.returncode, says in ran.stderr) == (1, True)


def test_two_documents_of_one_id_are_not_mixed_up(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("Merkel traf Macron.", "utf-8")
        (tmp_path / f"{name}.meta.json").write_text('{"id": "same"}', "utf-8")
    ran = kg("build", tmp_path, "-o", tmp_path / "out")
    assert ran.returncode == 1
    assert "has the same id 'same'" in ran.stderr


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: the same error from the same call."""

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    ran = kg("build", SEED, "-o", tmp_path / "out", "-q", preexec_fn=limited)
    assert (ran.returncode, "cannot be written" in ran.stderr) == (2, True)
    assert "Traceback" not in ran.stderr


def test_ctrl_c_leaves_what_was_finished(tmp_path: Path) -> None:
    sources, out = tmp_path / "sources", tmp_path / "out"
    sources.mkdir()
    for n in range(64):
        shutil.copy(SEED, sources / f"{n}.txt")
    process = subprocess.Popen(
        [*KG, "build", str(sources), "-o", str(out)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    while not list(out.glob("shards/*.nq.gz")) and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, says = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "what was finished stays" in says
    assert "Traceback" not in says
    assert list(out.glob("shards/*.nq.gz"))
    assert not list(out.glob("shards/*.part"))


def test_text_from_articles_cannot_forge_a_line(tmp_path: Path) -> None:
    name = "a\nkg: all went well\x1b[2J"
    (tmp_path / f"{name}.txt").write_bytes(b"")
    ran = kg("build", tmp_path, "-o", tmp_path / "out", "-q")
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert "\x1b" not in ran.stderr


def test_help_loads_nothing_heavy() -> None:
    """So it answers at once."""
    heavy = ("spacy", "numpy", "rdflib", "pyoxigraph", "networkx", "starlette", "requests")
    code = f"import sys, kg.cli\ntry: kg.cli.main(['--help'])\nfinally: sys.exit(str(set({heavy}) & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Build, read and query" in ran.stdout
    assert ran.stderr == "set()\n"


def test_quiet_prints_nothing(tmp_path: Path) -> None:
    ran = kg("build", SEED, "-o", tmp_path / "out", "--quiet", env={**os.environ, "PYTHONWARNINGS": "ignore"})
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
