"""Builds into a folder that holds one: what has not changed is not made again, nothing goes unasked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from formats import zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.batches import LARGEST, batches_of
from kg.build import build
from kg.cli import main
from kg.model import Document
from kg.watching import changes


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def report_of(out: Path) -> dict[str, object]:
    content: dict[str, object] = json.loads((out / "report.json").read_text("utf-8"))
    return content


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(20):
        (folder / f"m{n:02}.txt").write_text(f"Merkel traf am {n + 1}. März 2018 in Paris Macron.\n", "utf-8")
    return folder


@given(st.sets(st.integers(0, 10_000), min_size=1, max_size=300), st.integers(10_001, 10_100))
@settings(max_examples=50, deadline=None)
def test_a_document_changes_one_batch_or_parts_it(numbers: set[int], new: int) -> None:
    def batches(ids: set[int]) -> set[tuple[str, ...]]:
        return {
            tuple(d.id for d in b.documents) for b in batches_of([Document(f"d{i}", "") for i in sorted(ids)])
        }

    before, after = batches(numbers), batches({*numbers, new})
    assert len(before - after) <= 1
    assert sorted(i for b in after for i in b) == sorted(f"d{i}" for i in {*numbers, new})
    assert all(len(b) <= LARGEST for b in after)


@pytest.mark.parametrize("name", ["a_new.txt", "zzz.txt"])
def test_a_new_file_is_the_only_one_that_is_read_anew_whatever_its_name(
    name: str, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert kg("build", folder, "-o", out, "-q").exit_code == 0
    (folder / name).write_text("Putin reiste am 3. Mai 2018 nach China.\n", "utf-8")
    assert kg("build", folder, "-o", out, "-q").exit_code == 0
    report = report_of(out)
    assert (report["documents"], int(str(report["shards"])) - int(str(report["shards_reused"])) <= 2) == (
        21,
        True,
    )
    seconds = report["seconds"]
    assert isinstance(seconds, dict) and "language" in seconds
    fresh = tmp_path / "fresh"
    build(sorted(folder.glob("*.txt")), fresh)
    assert (fresh / "graph.trig").read_bytes() == (out / "graph.trig").read_bytes()


def test_only_what_changed_is_understood_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.pipeline import Understanding

    read: list[str] = []
    all_ = Understanding.read_all

    def told(self: Understanding, documents: list[Document], watch: object = None) -> object:
        read.extend(d.id for d in documents)
        return all_(self, documents, watch)  # type: ignore[arg-type]

    monkeypatch.setattr(Understanding, "read_all", told)
    out = tmp_path / "out"
    kg("build", folder, "-o", out, "-q", "--trace")
    assert len(read) == 20
    read.clear()
    (folder / "m03.txt").write_text("Putin reiste am 3. Mai 2018 nach China.\n", "utf-8")
    kg("build", folder, "-o", out, "-q", "--trace")
    assert read == ["m03"]
    assert report_of(out)["documents"] == 20
    traced = {
        json.loads(line)["document"]
        for p in (out / "traces").glob("*.jsonl")
        for line in p.read_text("utf-8").splitlines()
    }
    assert traced == {f"m{n:02}" for n in range(20)}


def test_what_is_gone_stays_until_it_is_pruned(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", folder, "-o", out, "-q")
    (folder / "m05.txt").unlink()
    ran = kg("build", folder, "-o", out)
    assert ran.exit_code == 0 and "--prune drops them" in ran.output
    assert report_of(out)["documents"] == 20
    assert "gone: 1 (m05)" in kg("status", out).output
    assert kg("build", folder, "-o", out, "-q", "--prune").exit_code == 0
    assert report_of(out)["documents"] == 19
    assert "m05" not in (out / "graph.trig").read_text("utf-8")
    assert "up to date" in kg("status", out).output


def test_other_sources_do_not_drop_what_is_there_unasked(folder: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other.txt"
    other.write_text("Putin reiste am 3. Mai 2018 nach China.\n", "utf-8")
    kg("build", folder, "-o", out, "-q")
    ran = kg("build", other, "-o", out, "-q")
    assert ran.exit_code == 2 and "--replace" in ran.output
    assert report_of(out)["documents"] == 20
    assert kg("build", folder, other, "-o", out, "-q").exit_code == 0
    assert report_of(out)["documents"] == 21
    assert kg("build", other, "-o", out, "-q", "--replace").exit_code == 0
    assert report_of(out)["documents"] == 1


def test_status_tells_what_is_new_and_changed(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", folder, "-o", out, "-q")
    (folder / "n.txt").write_text("Putin reiste nach China.", "utf-8")
    (folder / "m01.txt").write_text("Putin reiste nach Indien.", "utf-8")
    said = kg("status", out).output
    assert (
        "20 documents" in said
        and "19 unchanged" in said
        and "new: 1 (n)" in said
        and "changed: 1 (m01)" in said
    )
    assert kg("status", tmp_path).exit_code == 2


def test_files_of_one_name_have_the_same_ids_in_all_commands(tmp_path: Path) -> None:
    pile, out = tmp_path / "pile", tmp_path / "out"
    (pile / "2019").mkdir(parents=True)
    (pile / "a.txt").write_text("Merkel traf Macron.", "utf-8")
    (pile / "a.html").write_text("<html><body><p>Putin reiste nach China.</p></body></html>", "utf-8")
    (pile / "a.jsonl").write_text('{"text": "Kim traf Xi."}\n', "utf-8")
    (pile / "2019" / "a.txt").write_text("Trump traf Kim.", "utf-8")
    said = [json.loads(line)["id"] for line in kg("inspect", pile, "--jsonl").stdout.splitlines()]
    assert sorted(said) == ["a", "pile/a", "pile/a.jsonl", "pile/a.txt"]
    for name in ("b", "c"):
        (pile / f"{name}.zip").write_bytes(zipped({"d.txt": f"Xi traf {name}.".encode()}))
        (pile / f"e.{name}sv").write_text(
            f"text\tdate\n{name} traf Xi.\t2018-05-08\n{name} traf Kim.\t2018-05-08\n", "utf-8"
        )
    said = [json.loads(line)["id"] for line in kg("inspect", pile, "--jsonl").stdout.splitlines()]
    numbered = ["e-0001", "e-0002", "e.csv-0001", "e.csv-0002"]
    assert sorted(said) == ["a", "c/d", "d", *numbered, "pile/a", "pile/a.jsonl", "pile/a.txt"]
    assert kg("build", pile, "-o", out, "-q").exit_code == 0
    graph = (out / "graph.trig").read_text("utf-8")
    assert all(f'"{i}"' in graph for i in said)
    assert "up to date" in kg("status", out).output


def test_a_large_pile_is_not_read_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.documents import Settings, cache

    for n in range(5):
        (tmp_path / f"{n}.txt").write_text(f"Merkel traf am {n + 1}. März Macron.", "utf-8")
    files = sorted(tmp_path.glob("*.txt"))
    with cache.Reading(Settings(), tmp_path / "read.db") as reading:
        first = [reading.documents(f, named=True) for f in files]
    monkeypatch.setattr(cache, "read_documents", lambda *_, **__: iter([Document("x", "read again")]))
    (tmp_path / "3.meta.json").write_text('{"title": "T"}', "utf-8")
    with cache.Reading(Settings(), tmp_path / "read.db") as reading:
        second = [reading.documents(f, named=True) for f in files]
    assert [a == b for a, b in zip(first, second, strict=True)] == [True, True, True, False, True]


def test_watching_waits_until_files_have_come_to_rest() -> None:
    a, b = Path("a"), Path("b")
    looks = iter(
        [
            {},
            {a: (1, 1)},
            {a: (2, 2)},
            {a: (2, 2)},
            {a: (2, 2)},
            {a: (2, 2), b: (1, 3)},
            {a: (2, 2), b: (1, 3)},
        ]
    )
    assert list(changes(lambda: next(looks), lambda: None, 7)) == [{a: (2, 2)}, {a: (2, 2), b: (1, 3)}]


def test_watch_builds_what_arrives(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kg("watch", folder, "-o", out, "--every", "0.1", "--rounds", "2").exit_code == 0
    assert report_of(out)["documents"] == 20


def test_inspect_shows_what_would_be_read(folder: Path, tmp_path: Path) -> None:
    (folder / "x.png").write_bytes(b"\x89PNG\r\n")
    ran = kg("inspect", folder)
    assert ran.exit_code == 1
    assert (
        "m00" in ran.output and "a picture (PNG)" in ran.output and "20 documents, 1 failures" in ran.output
    )
    (folder / "x.png").unlink()
    lines = tmp_path / "all.jsonl"
    lines.write_text(kg("inspect", folder, "--jsonl").output, "utf-8")
    again = kg("inspect", lines, "--jsonl").output.splitlines()
    first = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    assert [(d["id"], d["text"].strip(), d["language"]) for d in first] == [
        (d["id"], d["text"], d["language"]) for d in map(json.loads, again)
    ]


def test_a_command_reads_standard_input(tmp_path: Path) -> None:
    ran = CliRunner().invoke(
        main,
        ["inspect", "-"],
        input='{"title": "T", "body": "Merkel traf Macron."}\n{"body": "Putin reiste."}\n',
    )
    assert ran.exit_code == 0 and "stdin-0001" in ran.output and "2 documents" in ran.output
