"""Parse ─▶ Discourse: the entity stage, step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.entities import coreference, names, nouns, offices
from kg.entities.coreference import Choice
from kg.entities.gazetteer import Gazetteer
from kg.entities.nouns.base_form import as_written
from kg.entities.vocabulary import Vocabulary
from kg.entities.workspace import Workspace
from kg.lang import LanguageData
from kg.model import Discourse, Entity, MentionKind, Parse


class EntityLinker:
    """Finds and links who and what a text names."""

    def __init__(self, data: LanguageData) -> None:
        """Read gazetteer and vocabulary of a language."""
        self.gazetteer = Gazetteer.of(data)
        self._vocabulary = Vocabulary.of(data)
        self.choice = Choice.of(data)

    def link(self, parse: Parse, published: date | None, without: str = "") -> Discourse:
        """All entities and mentions of a document.

        Args:
            published: the day from which *der Außenminister* is to be understood.
            without: the name of an edit by names that is left out.
        """
        work = Workspace(parse, self.gazetteer, self._vocabulary, published)
        names.find_names(work)
        names.family_names(work)
        names.regroup_names(work, without)
        phrases = offices.note_titles(work)
        nouns.find_bodies(work)
        implied = nouns.implied_groups(work)
        coreference.resolve(work, self.choice)
        held = offices.read_offices(work, phrases)
        modifiers = {
            m.head: i
            for i, m in enumerate(work.mentions)
            if m.kind in (MentionKind.ADJECTIVE, MentionKind.COMPOUND)
        }
        countries = {key: c for key in work.entities if (c := work.country_of(key))}
        return Discourse(
            parse=work.parse,
            entities=_with_surface_forms(work),
            mentions=tuple(work.mentions),
            referents=dict(work.at),
            modifiers=modifiers,
            offices=tuple(held),
            office_nouns=offices.office_nouns(work, phrases),
            countries=countries,
            implied=implied,
        )


def _with_surface_forms(work: Workspace) -> dict[str, Entity]:
    """The entities; the forms by which this document calls one become its aliases here."""
    forms: dict[str, dict[str, None]] = {key: {} for key in work.entities}
    for mention in work.mentions:
        for key in forms.keys() & {*mention.actors, mention.place}:
            told = mention.kind is MentionKind.DESCRIPTION and not work.entities[key].known
            if mention.kind in (MentionKind.NAME, MentionKind.COMPOUND) or told:
                forms[key][mention.text] = None
            if told:
                forms[key].update(dict.fromkeys(as_written(work, work.parse.tokens[mention.head])))
    found = {}
    for key, entity in work.entities.items():
        aliases = dict.fromkeys((*(entity.aliases if not entity.known else ()), *forms[key]))
        aliases.pop(entity.label, None)
        found[key] = replace(entity, aliases=tuple(aliases), country=work.country_of(key))
    return found
