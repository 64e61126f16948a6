"""A build switches in one step: who reads keeps what was opened, whoever opens anew has the new one, whole."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse
from test_serve import QUERY, ask, running

import kg
from kg import build as building
from kg.build import build
from kg.builds import FOLDER, Build, home
from kg.cli import main
from kg.export import export_rdf
from kg.export.source import graphs
from kg.search import search
from kg.store.disk import open_build

COUNT = "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a <https://w3id.org/dipkg/ontology#Document> }"


def texts(folder: Path, number: int) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for n in range(number):
        (folder / f"a{n:02}.txt").write_text(f"Merkel traf am {n + 1}. März in Paris Macron.\n", "utf-8")
    return sorted(folder.glob("*.txt"))


def documents(out: Path) -> int:
    (row,) = kg.open(out).query(COUNT)
    return int(str(row[0]))  # type: ignore[index]


@pytest.fixture
def built_twice(tmp_path: Path) -> tuple[Path, list[Path]]:
    """A folder with a build of twenty articles, and the first three of them."""
    files = texts(tmp_path / "in", 20)
    build(files, tmp_path / "out")
    return tmp_path / "out", files[:3]


def test_a_reader_keeps_the_old_graph_until_it_opens_anew(built_twice: tuple[Path, list[Path]]) -> None:
    out, fewer = built_twice
    held = kg.open(out)
    exported = graphs(out)
    first = next(exported)
    build(fewer, out)
    (row,) = held.query(COUNT)
    assert int(str(row[0])) == 20  # type: ignore[index]
    assert len([first, *exported]) >= 20
    assert documents(out) == 3
    assert len(list((out / FOLDER).iterdir())) == 2
    del held, exported, row
    gc.collect()  # rdflib's objects refer to each other in circles
    build(fewer, out)
    assert len(list((out / FOLDER).iterdir())) == 1


def test_an_old_build_goes_with_its_last_reader(built_twice: tuple[Path, list[Path]]) -> None:
    out, fewer = built_twice
    one, other = Build(out), open_build(out)
    old = one.folder
    build(fewer, out)
    one.close()
    assert old.is_dir()
    other.build.close()
    assert not old.exists()


def test_a_stopped_rebuild_changes_nothing(
    built_twice: tuple[Path, list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not what is exported, nor what is asked, searched and read; the next build goes on from its shards."""
    out, fewer = built_twice
    fewer[0].write_text("Putin traf Erdogan in Sotschi.\n", "utf-8")
    before = (out / "graph.trig").read_bytes()

    def stopped(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(building, "finish", stopped)
    with pytest.raises(KeyboardInterrupt):
        build(fewer, out)
    monkeypatch.undo()
    target = out.parent / "export.nq"
    with target.open("wb") as file:
        export_rdf(out, "nq", file)
    names = {str(q.graph_name) for q in parse(path=str(target), format=RdfFormat.N_QUADS)}
    assert (len(names), documents(out), (out / "graph.trig").read_bytes()) == (20, 20, before)
    assert search(out, "Erdogan") == []
    gc.collect()
    assert build(fewer, out).shards_reused == 1
    assert documents(out) == 3
    assert search(out, "Erdogan")
    assert len(list((out / "shards").glob("*.nq.gz"))) == 1


def test_the_files_are_those_of_the_build(built_twice: tuple[Path, list[Path]]) -> None:
    out, fewer = built_twice
    build(fewer, out)
    for name in ("graph.trig", "network.html", "search.db", "report.json"):
        assert (out / name).samefile(home(out) / name)
    assert (out / "store").resolve() == (home(out) / "store").resolve()


def test_the_server_goes_over_to_a_new_build(built_twice: tuple[Path, list[Path]]) -> None:
    out, fewer = built_twice
    with running(out, "--workers", "2") as address:
        old = home(out)
        assert '"value":"20"' in ask(f"{address}/sparql", COUNT, Content_Type=QUERY)[2]
        build(fewer, out)
        for _ in range(4):
            assert '"value":"3"' in ask(f"{address}/sparql", COUNT, Content_Type=QUERY)[2]
        status, _, page = ask(f"{address}/")
        assert (status, "a02" in page, "a19" in page) == (200, True, False)
        assert ask(f"{address}/document/a19")[0] == 404
    assert not old.exists() or build(fewer, out)
    assert not old.exists()


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def processes(of: int) -> list[int]:
    """The processes that one has started, and those that these have."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == of and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found + [p for child in found for p in processes(child)]


def alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def gone(numbers: list[int]) -> bool:
    """Whether all of them end, within a minute."""
    for _ in range(600):
        if not any(map(alive, numbers)):
            return True
        time.sleep(0.1)
    return False


def started(of: subprocess.Popen[bytes], number: int) -> list[int]:
    """The processes that work for one, as soon as there are so many."""
    for _ in range(600):
        found = processes(of.pid)
        if len(found) >= number:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{number} processes did not start")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_ctrl_c_ends_a_query_and_its_worker(out: Path) -> None:
    command = [sys.executable, "-m", "kg", "query", str(out), ENDLESS, "-f", "csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        workers = started(process, 1)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert gone(workers)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_workers_life_ends_with_its_parents(out: Path, tmp_path: Path) -> None:
    asking = [sys.executable, "-m", "kg", "query", str(out), ENDLESS, "-f", "csv"]
    files = texts(tmp_path / "in", 60)
    making = [
        sys.executable,
        "-m",
        "kg",
        "build",
        *map(str, files),
        "-o",
        str(tmp_path / "o"),
        "--jobs",
        "2",
        "-q",
    ]
    for command, number in ((asking, 1), (making, 2)):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        workers = started(process, number)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(60)
        assert gone(workers), command


def test_a_query_of_the_terminal_has_a_time_limit(out: Path) -> None:
    ran = CliRunner().invoke(main, ["query", str(out), ENDLESS, "--timeout", "1"])
    assert (ran.exit_code, "took longer than it may" in ran.output) == (2, True)


def test_rows_are_streamed(out: Path) -> None:
    """The first ones are there while the query goes on for ever."""
    text = "SELECT ?a ?d ?g ?j { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    command = [sys.executable, "-m", "kg", "query", str(out), text, "-f", "csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"a,d,g,j\r\n"
        assert process.stdout.readline().count(b",") >= 3
        process.kill()
