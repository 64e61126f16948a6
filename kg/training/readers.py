"""Corpus readers that spaCy's training loop needs beside its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.util import registry

if TYPE_CHECKING:
    from spacy.language import Language


@registry.readers("kg.GoldTags.v1")  # type: ignore[untyped-decorator]
def gold_tags(path: Path) -> Callable[[Language], Iterator[Example]]:
    """Examples whose input carries the gold words and universal tags.

    The teachers of the self-training step parse text whose tags are annotated by hand, so they
    may look at the tags.
    """

    def read(nlp: Language) -> Iterator[Example]:
        for reference in DocBin().from_disk(path).get_docs(nlp.vocab):
            yield Example(tagged_copy(reference, nlp), reference)

    return read


def tagged_copy(doc: Doc, nlp: Language) -> Doc:
    """The words and universal tags of a document, nothing else."""
    return Doc(
        nlp.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        pos=[t.pos_ for t in doc],
    )
