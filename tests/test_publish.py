"""Files for stores that are filled offline."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store, parse

from kg.cli import main
from kg.export.source import quads
from kg.publish import STORES, write_bulk


@pytest.mark.parametrize("store", STORES)
def test_every_store_gets_the_whole_graph_and_a_script_that_is_shell(
    store: str, out: Path, tmp_path: Path
) -> None:
    files = {p.name: p for p in write_bulk(out, tmp_path, store)}
    packed = gzip.decompress(files["graph.nq.gz"].read_bytes())
    assert set(parse(packed, format=RdfFormat.N_QUADS)) == set(quads(out))
    subprocess.run(["sh", "-n", str(files["load.sh"])], check=True)
    assert "{graph}" not in "".join(p.read_text("utf-8") for n, p in files.items() if n != "graph.nq.gz")
    for name, path in files.items():
        if name.endswith(".json"):
            assert json.loads(path.read_text("utf-8"))


def test_oxigraph_loads_it_with_its_script(out: Path, tmp_path: Path) -> None:
    if not shutil.which("oxigraph"):
        pytest.skip("oxigraph's program is not installed")
    write_bulk(out, tmp_path / "bulk", "oxigraph")
    subprocess.run(
        ["sh", str(tmp_path / "bulk" / "load.sh"), str(tmp_path / "data")], check=True, capture_output=True
    )
    assert len(Store.read_only(str(tmp_path / "data"))) == len(set(quads(out)))


def test_bulk_needs_a_store(out: Path, tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["export", str(out), "--bulk", str(tmp_path / "b")])
    assert (ran.exit_code, "go together" in ran.output) == (2, True)
    ran = CliRunner().invoke(main, ["export", str(out), "--bulk", str(tmp_path / "b"), "--for", "fuseki"])
    assert (ran.exit_code, "load.sh" in ran.output) == (0, True)
