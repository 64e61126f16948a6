"""Put the trained parts together into the pipeline that the package ships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    tokenizer: Any = nlp.tokenizer  # typed as a plain callable
    tokenizer.suffix_search = compile_suffix_regex([*(defaults.suffixes or ()), *_SUFFIXES]).search
    tokenizer.infix_finditer = compile_infix_regex([*_INFIXES, *(defaults.infixes or ())]).finditer


def add_agreement(nlp: Language) -> None:
    """Let the tree decide on the tags that ``conventions.toml`` says it does."""
    from kg.training import conventions

    ruler: Any = nlp.add_pipe("attribute_ruler", after="lemmatizer")
    for rule in conventions.load().rules:
        if rule.in_pipeline:
            ruler.add([[rule.pattern()]], {"POS": rule.to_tag})


def assemble(syntax: Path, ner: Path, out: Path, *, version: str) -> None:
    """Write one pipeline from the syntax and the entity pipeline, which share their vectors."""
    import spacy

    nlp = spacy.load(syntax)
    names = spacy.load(ner)
    nlp.add_pipe("ner", source=names, last=True)
    add_agreement(nlp)
    set_tokenizer(nlp)
    nlp.meta.update(
        name=NAME,
        version=version,
        description="German for diplomacy news: morphology, lemmas, UD dependencies, names",
        license="CC BY-SA 4.0",
    )
    # How it was trained names functions that are there only where training is installed.
    for section in ("pretraining", "corpora", "training"):
        nlp.config[section] = {}
    nlp.to_disk(out)
    drop_strings(out)


def drop_strings(pipeline: Path) -> None:
    """Leave out the training words that spaCy keeps in its string store (1.6 MB).

    Weights and vectors go by hashes. Only the lemmatizer's edit trees look strings up by hash;
    labels are added again when the parts are loaded.
    """
    import srsly
    from spacy.strings import StringStore

    trees = srsly.msgpack_loads((pipeline / "lemmatizer" / "trees").read_bytes())["trees"]
    needed = {tree[name] for tree in trees for name in ("orig", "subst") if name in tree}
    path = pipeline / "vocab" / "strings.json"
    words = StringStore(json.loads(path.read_text("utf-8")))
    kept = sorted(word for word in words if words[word] in needed)
    path.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
