"""Files for stores that are filled offline."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store, parse
from servers import FUSEKI, JENA_COMMANDS, MissingServerError, artifact, fuseki, java, virtuoso

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


def test_virtuoso_loads_it_with_its_script(out: Path, tmp_path: Path) -> None:
    try:
        server = virtuoso(tmp_path)
    except MissingServerError as error:
        pytest.skip(str(error))
    write_bulk(out, tmp_path / "bulk", "virtuoso")
    server.start()
    try:
        command = ["sh", str(tmp_path / "bulk" / "load.sh"), server.sql]
        subprocess.run(
            command, check=True, capture_output=True, env={**os.environ, "VIRTUOSO_PASSWORD": "dba"}
        )
        same = CliRunner(env=dict(server.login)).invoke(main, ["diff", str(out), server.url])
        assert (same.exit_code, same.output) == (0, "no difference\n")
    finally:
        server.kill()


def test_fuseki_loads_it_with_its_script(out: Path, tmp_path: Path) -> None:
    try:
        classes, server = f"{artifact(JENA_COMMANDS)}:{artifact(FUSEKI)}", fuseki(tmp_path)
        (tmp_path / "tdb2.tdbloader").write_text(
            f'#!/bin/sh\nexec {java()} -cp {classes} tdb2.tdbloader "$@"\n'
        )
    except MissingServerError as error:
        pytest.skip(str(error))
    (tmp_path / "tdb2.tdbloader").chmod(0o755)
    write_bulk(out, tmp_path / "bulk", "fuseki")
    command = ["sh", str(tmp_path / "bulk" / "load.sh"), str(tmp_path / "tdb2")]
    path = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    subprocess.run(command, check=True, capture_output=True, env=path)
    server.start()
    try:
        same = CliRunner().invoke(main, ["diff", str(out), server.url])
        assert (same.exit_code, same.output) == (0, "no difference\n")
    finally:
        server.kill()


def test_bulk_needs_a_store(out: Path, tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["export", str(out), "--bulk", str(tmp_path / "b")])
    assert (ran.exit_code, "go together" in ran.output) == (2, True)
    ran = CliRunner().invoke(main, ["export", str(out), "--bulk", str(tmp_path / "b"), "--for", "fuseki"])
    assert (ran.exit_code, "load.sh" in ran.output) == (0, True)
