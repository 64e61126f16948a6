"""Put the trained parts together into the pipeline that the package ships."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

NAME = "kg_diplomacy"
# A number of three digits and more keeps no full stop ("2010." at a sentence's end), and a word
# is cut from an opening bracket or quotation mark that follows its full stop without a space.
_SUFFIXES = (r"(?<=[0-9]{3})\.",)
_INFIXES = (r"(?<=[a-zäöüß])[.!?](?=[\(\[\"„»])",)


def set_tokenizer(nlp: Language) -> None:
    """Adapt spaCy's German tokenizer to web text with missing spaces."""
    from spacy.util import compile_infix_regex, compile_suffix_regex

    defaults = nlp.Defaults
    nlp.tokenizer.suffix_search = compile_suffix_regex(  # type: ignore[attr-defined]
        [*(defaults.suffixes or ()), *_SUFFIXES]
    ).search
    nlp.tokenizer.infix_finditer = compile_infix_regex(  # type: ignore[attr-defined]
        [*_INFIXES, *(defaults.infixes or ())]
    ).finditer


def assemble(syntax: Path, ner: Path, out: Path, *, version: str) -> None:
    """Write one pipeline from the syntax and the entity pipeline, which share their vectors."""
    import spacy

    nlp = spacy.load(syntax)
    names = spacy.load(ner)
    nlp.add_pipe("ner", source=names, last=True)
    set_tokenizer(nlp)
    nlp.meta.update(
        name=NAME,
        version=version,
        description="German for diplomacy news: morphology, lemmas, UD dependencies, names",
        license="CC BY-SA 4.0",
    )
    nlp.to_disk(out)
