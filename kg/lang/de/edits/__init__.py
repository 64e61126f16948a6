"""Edits of German trees, in the order in which they are made.

Each holds for the language, whatever the parser: an auxiliary has no dependants of its own, a year is no
subject, a verb has one subject. A new one is a function here and a name in `_ORDER`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.lang import LanguageData
from kg.lang.de.edits import arguments, attributes, coordination, names, noun_phrases, phrases, reports, verbs
from kg.lang.de.edits.words import EditWords
from kg.language.edits import Edit
from kg.language.tree import Node

_ORDER: tuple[Callable[[list[Node], EditWords], None], ...] = (
    phrases.case_markers_are_prepositions,
    phrases.comparisons_are_phrases,
    verbs.past_tense_read_as_adjective,
    verbs.participles_stand_with_sein,
    verbs.infinitives_with_a_copula_are_passive,
    verbs.infinitive_with_auxiliary,
    verbs.recipient_passive,
    verbs.adverbs_at_the_end_are_particles,
    attributes.attach_attributes,
    phrases.extended_attributes,
    phrases.times_are_adverbials,
    phrases.helpers_have_no_dependants,
    names.names_begin_with_their_head,
    names.names_take_no_attributes,
    phrases.phrases_follow_their_noun,
    arguments.adjectives_have_no_object,
    arguments.passive_subjects_have_a_passive,
    arguments.pronouns_are_arguments,
    arguments.relative_pronouns,
    arguments.infinitives_of_fronted_nouns,
    arguments.infinitives_have_no_subject,
    reports.predicates_are_clauses,
    reports.tags_have_their_subject_behind,
    arguments.one_subject,
    arguments.subjects_agree,
    noun_phrases.strong_adjectives_show_the_case,
    noun_phrases.numbers_are_compared,
    noun_phrases.persons_by_their_adjective,
    noun_phrases.relations_belong_to_what_is_done,
    coordination.genitives_go_together,
    coordination.both_ends,
)


def edits(data: LanguageData) -> tuple[Edit, ...]:
    """All edits, named as their functions are (``one-subject``)."""
    words = EditWords.of(data)
    return tuple(Edit(_name(f), _example(f), _bound(f, words)) for f in _ORDER)


def _bound(
    function: Callable[[list[Node], EditWords], None], words: EditWords
) -> Callable[[list[Node]], None]:
    return lambda nodes: function(nodes, words)


def _name(function: Callable[..., None]) -> str:
    return function.__name__.replace("_", "-")


def _example(function: Callable[..., None]) -> str:
    """The first example in its docstring."""
    found = re.search(r"\*(.+?)\*", function.__doc__ or "")
    return found[1] if found else ""
