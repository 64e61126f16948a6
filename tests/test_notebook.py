"""The tour runs from its first cell to its last."""

from __future__ import annotations

from typing import Any

import nbformat
from conftest import ROOT
from nbclient import NotebookClient


def test_the_tour_runs_and_answers() -> None:
    notebook: Any = nbformat.read(  # type: ignore[no-untyped-call]
        ROOT / "notebooks" / "tour.ipynb", as_version=4
    )
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
    said = [
        "".join(
            output.get("text", "") + str(output.get("data", {}).get("text/html", ""))
            for output in cell.outputs
        )
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    assert "Treffen: Kim Jong Un, Xi Jinping" in said[1]
    assert "Moon Jae In" in said[3]
    assert "Xinhua" in said[4]
    assert "Uno-Sanktionen" in said[5]
    assert "<iframe" in said[-1]
