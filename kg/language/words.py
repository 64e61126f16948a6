"""The columns of a spaCy Doc, taken out in one go.

Asked word by word, a Doc makes an object for every word, and a string for every attribute of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


@dataclass(frozen=True, slots=True)
class Columns:
    """A Doc's words, white space among them: a list per attribute, heads as places in the Doc."""

    begins: list[int]
    ends: list[int]
    space: list[int]
    starts: list[bool]
    heads: list[int]
    labels: list[str]
    tags: list[str]
    fine_tags: list[int]
    lemmas: list[int]
    forms: list[int]
    """Keys of the morphological features."""

    @classmethod
    def of(cls, doc: Doc) -> Columns:
        """Read a Doc."""
        names = ["IDX", "LENGTH", "IS_SPACE", "SENT_START", "HEAD", "DEP", "POS", "TAG", "LEMMA", "MORPH"]
        table = doc.to_array(names)  # type: ignore[arg-type]
        begins, lengths, space, starts, _, labels, tags, fine, lemmas, forms = table.T.tolist()
        heads = table[:, names.index("HEAD")].astype("int64").tolist()
        strings = doc.vocab.strings
        name_of = {key: strings[key] for key in {*labels, *tags}}
        return cls(
            begins,
            [begin + length for begin, length in zip(begins, lengths, strict=True)],
            space,
            [start == 1 for start in starts],
            [i + head for i, head in enumerate(heads)],
            [name_of[key] for key in labels],
            [name_of[key] for key in tags],
            fine,
            lemmas,
            forms,
        )


class Features:
    """The morphological features behind their keys, each made once; nobody may change what is handed out."""

    def __init__(self, vocab: Vocab) -> None:
        self._strings = vocab.strings
        self._read = vocab.morphology.feats_to_dict
        self._known: dict[int, dict[str, str]] = {}

    def of(self, key: int) -> dict[str, str]:
        """The features of a key in `Columns.forms`."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._read(self._strings[key])
        return known
