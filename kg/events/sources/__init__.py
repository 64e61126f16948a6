"""Whose word it is: what opens a report, how far it reaches, who speaks in quotations."""

from kg.events.sources.cited import with_whom_media_cite
from kg.events.sources.nouns import nouns_of_saying
from kg.events.sources.openers import Form, Opener
from kg.events.sources.phrases import PhraseReader
from kg.events.sources.quotations import Quotation, attribute_quotations, touching
from kg.events.sources.rules import SourceRules
from kg.events.sources.scope import Attribution, ScopeReader
from kg.events.sources.statements import told_without_verb
from kg.events.sources.tags import TagReader
from kg.events.sources.topics import by_topic, with_what_goes_on

__all__ = [
    "Attribution", "Form", "Opener", "PhraseReader", "Quotation", "ScopeReader", "SourceRules", "TagReader",
    "attribute_quotations", "by_topic", "nouns_of_saying", "told_without_verb", "touching", "with_what_goes_on", "with_whom_media_cite",
]  # fmt: skip
