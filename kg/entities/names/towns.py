"""Towns that no table of the gazetteer names: which of those of a name is meant, by the states of the text."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kg.entities.gazetteer.atlas import Town
from kg.entities.workspace import Workspace
from kg.model import EntityClass

_AHEAD = 5
"""So many times larger than the next one, a town is the one that is meant by its name alone."""


def place_of(work: Workspace, label: str) -> str:
    """The key of a place of the text; its state is said where the atlas and the text leave no doubt."""
    town = town_of(work, label)
    return work.create(EntityClass.PLACE, label, country=town.state if town else None)


def town_of(work: Workspace, name: str) -> Town | None:
    """The town that a name means here: in a state that the text speaks of, else the one that is by far the largest.

    *Tripolis* is Lebanon's in an article about Lebanon, Libya's in one that names neither or both.
    """
    towns = work.gazetteer.atlas.towns(name)
    if not towns:
        return None
    spoken = spoken_states(work)
    inside = [t for t in towns if spoken[t.state]]
    if len(inside) == 1:
        return inside[0]
    pool = sorted(inside or towns, key=lambda t: -t.people)
    clear = len(pool) == 1 or pool[0].people >= _AHEAD * pool[1].people
    return pool[0] if clear else None


def resolve_places(work: Workspace) -> None:
    """*Valencia* in an article on Venezuela is not Spain's: well-known places give way to those of the states at hand."""
    for number, mention in enumerate(work.mentions):
        place = work.gazetteer.entities.get(mention.place or "")
        if place is None or place.kind is not EntityClass.PLACE or mention.actors or not place.country:
            continue
        spoken = spoken_states(work)
        own = sum(m.place == place.key for m in work.mentions)
        if spoken[place.country] > own:
            continue
        others = [
            t for t in work.gazetteer.atlas.towns(place.label) if t.state != place.country and spoken[t.state]
        ]
        if len(others) == 1:
            key = work.create(EntityClass.PLACE, place.label, country=others[0].state)
            work.mentions[number] = replace(mention, place=key, why=f"{mention.why}, in a state of the text")


def spoken_states(work: Workspace) -> Counter[str]:
    """How often the text names each state, also by an adjective, a capital or somebody of it."""
    keys = (k for m in work.mentions for k in {*m.actors, m.place} if k)
    return Counter(state for key in keys if (state := work.country_of(key)))
