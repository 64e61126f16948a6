"""The words of a language that name actors: offices, persons, collectives, bodies, pronouns."""

from kg.entities.vocabulary.vocabulary import Vocabulary

__all__ = ["Vocabulary"]
