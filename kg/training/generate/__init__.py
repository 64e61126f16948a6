"""A generated treebank: sentences that diplomacy news is made of and edited treebanks hardly have.

    templates (de/*.txt) ─┐
    words (lexicon.toml) ─┼▶ phrase ─▶ sentence ─▶ CoNLL-U, names in its last column
    names (gazetteer) ────┘

Trees follow the conventions that all treebanks are brought to (``conventions.toml``).
"""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

from kg.lang import LanguageData
from kg.training.generate.treebank import Generated, sentence

_FILES = ("sentences.txt", "phrases.txt")


def generate(data: LanguageData, count: int, seed: int = 11) -> list[Generated]:
    """So many different sentences; the same seed gives the same ones.

    Raises:
        ValueError: a template that can't be read, with file and line.
    """
    from kg.training.generate.expand import Grammar
    from kg.training.generate.lexicon import Lexicon
    from kg.training.generate.templates import read

    folder = Path(__file__).parent / data.language
    rng = random.Random(seed)
    templates = [template for file in _FILES for template in read(folder / file)]
    words = tomllib.loads((folder / "lexicon.toml").read_text("utf-8"))
    grammar = Grammar(templates, Lexicon(words, data, rng), rng)
    found: dict[str, Generated] = {}
    while len(found) < count:
        made = sentence(grammar.phrase("text"), words["fused"])
        found.setdefault(made.text, made)
    return list(found.values())


__all__ = ["Generated", "generate"]
