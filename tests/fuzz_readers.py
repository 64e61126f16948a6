"""Fuzzes all readers with coverage feedback: any bytes give documents or a reported failure, within seconds and without a trace elsewhere.

``pip install atheris`` and ``nice -n 19 python tests/fuzz_readers.py [-max_total_time=600]`` (libFuzzer's options); the first byte of an input chooses the
file's name. It begins with one file of every format; an input that breaks a reader is written to ``crash-…`` or ``timeout-…``.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path

NAMES = ("a", "a.txt", "a.html", "a.csv", "a.json", "a.jsonl", "a.xml", "a.md", "a.tsv", "a.rtf")


class Target:
    """What is run on each input."""

    def __init__(self) -> None:
        from kg.documents import Limits, Settings, formats

        for module in pkgutil.iter_modules(formats.__path__, "kg.documents.formats."):
            importlib.import_module(module.name)
        self._settings = Settings(
            limits=Limits(characters=100_000, file=2_000_000, page=500_000, members=100, unpacked=5_000_000)
        )
        self._folder = Path(tempfile.mkdtemp(prefix="kg-fuzz-"))

    def __call__(self, data: bytes) -> None:
        """Read one input."""
        from kg.documents import read_documents
        from kg.model import Document

        path = self._folder / NAMES[data[0] % len(NAMES) if data else 0]
        path.write_bytes(data[1:])
        for found in read_documents(path, self._settings):
            if isinstance(found, Document):
                assert found.text.strip() and found.id and found.text.encode() and found.id.encode()
            else:
                assert str(found).startswith(str(self._folder)) and str(found).encode()
        assert [p.name for p in self._folder.iterdir()] == [path.name]
        path.unlink()


def write_inputs(folder: Path) -> None:
    """A file of every format to begin with."""
    from formats import FORMATS
    from test_exports import FACTIVA, GENIOS, TAGGED

    text = "Merkel traf am 3. Mai in Wien Macron.\n\nSie sprachen über Öl."
    for name, make in FORMATS.items():
        (folder / name).write_bytes(b"\0" + make(text))
    for n, export in enumerate((FACTIVA, GENIOS, TAGGED)):
        (folder / f"export{n}").write_bytes(b"\1" + export.encode())


def main() -> None:
    """Fuzz until told to stop."""
    import atheris

    with atheris.instrument_imports(include=["kg.documents"]):
        target = Target()
    inputs = Path(tempfile.mkdtemp(prefix="kg-inputs-"))
    write_inputs(inputs)
    atheris.Setup([*sys.argv, "-timeout=30", "-rss_limit_mb=3000", str(inputs)], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
