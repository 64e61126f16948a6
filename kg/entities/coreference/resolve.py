"""Pronouns and definite descriptions, in text order, ─▶ mentions of the entities they take up."""

from __future__ import annotations

from kg.entities.coreference.choice import Choice
from kg.entities.coreference.descriptions import description
from kg.entities.coreference.pronouns import pronoun
from kg.entities.workspace import Workspace


def resolve(work: Workspace, choice: Choice) -> None:
    """Add a mention for every pronoun and description whose antecedent is found."""
    for token in work.parse.tokens:
        if token.index in work.at:
            continue
        if token.pos in ("PRON", "DET") or token.text.lower() in work.vocabulary.pronouns:
            pronoun(work, choice, token)
        elif token.pos in ("NOUN", "PROPN", "ADJ"):
            description(work, choice, token)
