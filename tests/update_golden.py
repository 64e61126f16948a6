"""Write the golden files anew: ``python tests/update_golden.py``; read the diff before you commit it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from kg.build import build
from kg.show import show
from kg.store import open_store

GOLDEN = Path(__file__).parent / "golden"
SEEDS = Path(__file__).parent.parent / "seeds"


def shown(out: Path) -> str:
    """What ``kg show`` prints of a build."""
    return "\n".join(show(open_store(out)))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        build(sorted(SEEDS.glob("*.txt")), Path(folder))
        (GOLDEN / "seed.txt").write_text(shown(Path(folder)), "utf-8")
