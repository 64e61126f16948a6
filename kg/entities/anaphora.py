"""Pronouns and definite descriptions, in text order, ─▶ mentions of the entities they take up."""

from __future__ import annotations

from kg.entities.descriptions import description
from kg.entities.pronouns import pronoun
from kg.entities.workspace import Workspace


def resolve(work: Workspace) -> None:
    """Add a mention for every pronoun and description whose antecedent is found."""
    for token in work.parse.tokens:
        if token.index in work.at:
            continue
        if token.pos in ("PRON", "DET") or token.text.lower() in work.vocabulary.pronouns:
            pronoun(work, token)
        elif token.pos in ("NOUN", "PROPN", "ADJ"):
            description(work, token)
