"""The valency lexicon: which predicates mean which event, a line a trigger (``docs/lexicon.md``)."""

from kg.events.lexicon.lexicon import Lexicon
from kg.events.lexicon.trigger import CONTENT, ROLES, SYMMETRIC, Condition, Slot, Trigger

__all__ = ["CONTENT", "ROLES", "SYMMETRIC", "Condition", "Lexicon", "Slot", "Trigger"]
