"""Files ─▶ Documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import find_files, read_document
from kg.documents.encoding import decode
from kg.errors import DocumentError, SourceError

TEXT = "Präsident Erdoğan traf in Moskau Wladimir Putin. Über Öl wurde gesprochen, hieß es aus dem Kreml.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-15"])
def test_encodings_are_told_apart(encoding: str) -> None:
    text = TEXT.replace("ğ", "g")
    assert decode(text.encode(encoding), "a.txt") == text


def test_a_declared_encoding_is_the_only_one_tried() -> None:
    assert decode(TEXT.encode("iso-8859-9"), "a.txt", "iso-8859-9") == TEXT
    with pytest.raises(DocumentError, match="not in the declared encoding ascii"):
        decode(TEXT.encode("utf-8"), "a.txt", "ascii")


@given(st.text(st.characters(codec="utf-8").filter(str.isprintable), min_size=1))
def test_utf8_is_never_changed(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text.removeprefix("\ufeff")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_document_error(data: bytes) -> None:
    try:
        assert isinstance(decode(data, "a.txt"), str)
    except DocumentError as error:
        assert str(error).startswith("a.txt: ")


def test_line_ends_become_newlines(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Eins.\r\n\r\nZwei.\rDrei.")
    assert read_document(path).text == "Eins.\n\nZwei.\nDrei."


def test_metadata_lies_beside_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.meta.json").write_text(
        '{"id": "x", "title": "T", "published": "2018-05-08T12:00:00Z", "publisher": "P", "url": "https://a.b"}'
    )
    document = read_document(tmp_path / "a.txt")
    assert (document.id, document.title, str(document.published), document.publisher, document.url) == (
        "x", "T", "2018-05-08", "P", "https://a.b",
    )  # fmt: skip


def test_paths_folders_and_patterns_name_files_once_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", "d.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = find_files([str(tmp_path), str(tmp_path / "*.txt"), str(tmp_path / "d.md")])
    assert [p.relative_to(tmp_path).as_posix() for p in found] == ["a.txt", "b.txt", "d.md", "sub/c.txt"]
    with pytest.raises(SourceError):
        find_files([str(tmp_path / "none*")])
