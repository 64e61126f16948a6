"""What is known of the world: states, places, organisations, persons and their offices.

Read from the tables in ``lang/<language>/gazetteer/`` and from a user's own of the same form.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.entities.gazetteer.atlas import Atlas
from kg.entities.gazetteer.folding import name_key
from kg.errors import DataError
from kg.lang import LanguageData, Row
from kg.model import Entity, EntityClass, Gender

_ADJECTIVE = 6
"""Adjectives in names of organisations have so many letters at least; *Die Zeit* has none."""
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def slug(name: str) -> str:
    """A stable key for a name.

    >>> slug("Österreich"), slug("Kim Jong-un"), slug("Recep Tayyip Erdoğan")
    ('oesterreich', 'kim-jong-un', 'recep-tayyip-erdogan')
    """
    folded = unicodedata.normalize("NFC", name).casefold().translate(_FOLDED)
    plain = unicodedata.normalize("NFKD", folded)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"\W+", "-", plain).strip("-")


@dataclass(frozen=True, slots=True)
class Office:
    """A person's office in time. ``body`` is the key of a state or organisation."""

    person: str
    title: str
    body: str
    begin: date | None
    end: date | None

    def held(self, on: date | None) -> bool:
        """Whether it was held on a day; without a day, whether it is held still."""
        if on is None:
            return self.end is None
        return (self.begin is None or self.begin <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Entities by key, and the words by which texts call them."""

    entities: Mapping[str, Entity]
    names: Mapping[str, tuple[str, ...]]
    """A name's words joined by spaces ─▶ keys, e.g. ``{"Xi Jinping": ("xi-jinping",)}``."""
    family_names: Mapping[str, tuple[str, ...]]
    spellings: Mapping[str, tuple[str, ...]]
    """`name_key` of a person's full name, or of a family name that names one person ─▶ keys."""
    bearers: Mapping[str, tuple[str, ...]]
    """`name_key` of a family name ─▶ everybody known who has it, also those whom it alone does not name."""
    adjectives: Mapping[str, str]
    inhabitants: Mapping[str, str]
    capitals: Mapping[str, str]
    """A seat of government ─▶ the key of the state or organisation that it can stand for."""
    state_capitals: frozenset[str]
    """Those seats that are capitals of a state."""
    offices: tuple[Office, ...]
    atlas: Atlas
    longest: int = 6
    _by_first: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, data: LanguageData) -> Gazetteer:
        """Read all tables of a language's layers."""
        return _Builder(data).build()

    def lengths(self, first: str) -> tuple[int, ...]:
        """How many words the names have that begin with a word, longest first."""
        return self._by_first.get(first, ())

    def holders(self, title: str, body: str, on: date | None) -> list[str]:
        """Who holds an office of a state or organisation on a day."""
        return [o.person for o in self.offices if o.title == title and o.body == body and o.held(on)]


class _Builder:
    def __init__(self, data: LanguageData) -> None:
        self._data = data
        self._words = data.toml("entities.toml")
        self.entities: dict[str, Entity] = {}
        self.names: dict[str, dict[str, None]] = defaultdict(dict)
        self.family: dict[str, dict[str, None]] = defaultdict(dict)
        self.spellings: dict[str, dict[str, None]] = defaultdict(dict)
        self.bearers: dict[str, dict[str, None]] = defaultdict(dict)
        self.adjectives: dict[str, str] = {}
        self.inhabitants: dict[str, str] = {}
        self.capitals: dict[str, str] = {}
        self.offices: list[Office] = []
        self.codes: dict[str, str] = {}

    def build(self) -> Gazetteer:
        self._states()
        self._organizations()
        self._places()
        self._persons()
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self.names:
            words = name.split(" ")
            lengths[words[0]].add(len(words))
        return Gazetteer(
            entities=self.entities,
            names={name: tuple(keys) for name, keys in self.names.items()},
            family_names={name: tuple(keys) for name, keys in self.family.items()},
            spellings={name: tuple(keys) for name, keys in self.spellings.items()},
            bearers={name: tuple(keys) for name, keys in self.bearers.items()},
            adjectives=self.adjectives,
            inhabitants=self.inhabitants,
            capitals=self.capitals,
            state_capitals=frozenset(
                n for n, k in self.capitals.items() if self.entities[k].kind is EntityClass.STATE
            )
            | frozenset(self._words["governments"]["seats"]),
            offices=tuple(self.offices),
            atlas=Atlas(self._data, self.codes),
            longest=max((len(n.split(" ")) for n in self.names), default=1),
            _by_first={w: tuple(sorted(n, reverse=True)) for w, n in lengths.items()},
        )

    def _add(self, entity: Entity) -> None:
        self.entities[entity.key] = entity
        for name in (entity.label, *entity.aliases):
            self.names[name][entity.key] = None

    def _inflected(self, entity: Entity) -> None:
        """*Europäisches Parlament* ─▶ *(das) Europäische Parlament*, *(dem) Europäischen Parlament*."""
        endings = self._words["adjectives"]
        for name in (entity.label, *entity.aliases):
            first, _, rest = name.partition(" ")
            end = next((e for e in endings["nominative"].values() if first.endswith(e)), None)
            if end is None or not rest[:1].isupper() or not first[:1].isupper() or len(first) < _ADJECTIVE:
                continue
            for weak in endings["inflection"]:
                if weak:
                    self.names[f"{first.removesuffix(end)}{weak} {rest}"].setdefault(entity.key, None)

    def _states(self) -> None:
        columns = ("key", "label", "aliases", "adjectives", "inhabitants", "capitals", "gender", "wikidata")
        for row in self._data.rows("gazetteer/states*.csv", columns):
            key = row["key"]
            if row.values.get("iso"):
                self.codes[row["iso"].lower()] = key
            self._add(
                Entity(
                    key, EntityClass.STATE, row["label"], row.many("aliases"),
                    row["wikidata"] or None, key, _gender(row), known=True,
                )
            )  # fmt: skip
            for stem in row.many("adjectives"):
                for end in self._words["adjectives"]["inflection"]:
                    self.adjectives[stem + end] = key
                    self.adjectives[stem[:1].upper() + stem[1:] + end] = key
            for inhabitant in row.many("inhabitants"):
                self.inhabitants[inhabitant] = key
            for capital in row.many("capitals"):
                self.capitals[capital] = key
                self._place(capital, (), key)

    def _organizations(self) -> None:
        columns = ("key", "class", "label", "aliases", "country", "gender", "seat")
        for row in self._data.rows("gazetteer/organizations*.csv", columns):
            try:
                kind = EntityClass(row["class"])
            except ValueError:
                raise DataError(f"{row.where}: {row['class']!r} is not an entity class") from None
            self._add(
                Entity(
                    row["key"], kind, row["label"], row.many("aliases"), None,
                    self._country(row), _gender(row), known=True,
                )
            )  # fmt: skip
            self._inflected(self.entities[row["key"]])
            for seat in row.many("seat"):
                self.capitals[seat] = row["key"]

    def _places(self) -> None:
        for row in self._data.rows("gazetteer/places*.csv", ("label", "aliases", "country", "gender")):
            self._place(row["label"], row.many("aliases"), self._country(row), _gender(row))

    def _place(
        self, label: str, aliases: tuple[str, ...], country: str | None, gender: Gender = Gender.NEUTER
    ) -> None:
        key = f"{slug(label)}-ort"
        self._add(Entity(key, EntityClass.PLACE, label, aliases, None, country, gender, known=True))
        if country and " " not in label and "-" not in label:
            self.names[self._city_adjective(label)][key] = None

    def _city_adjective(self, name: str) -> str:
        """*Wien* ─▶ *Wiener*: the indeclinable adjective of a city."""
        for end, adjective in self._words["adjectives"]["city"]:
            if name.endswith(end):
                return f"{name.removesuffix(end)}{adjective}"
        return name

    def _persons(self) -> None:
        for row in self._data.rows(
            "gazetteer/persons*.csv", ("label", "aliases", "gender", "country", "offices")
        ):
            key = slug(row["label"])
            country = self._country(row)
            self._add(
                Entity(
                    key, EntityClass.PERSON, row["label"], row.many("aliases"), None,
                    country, _gender(row), known=True,
                )
            )  # fmt: skip
            family_first = row["label"].split(" ")[0] in row.many("aliases")  # Kim Jong Un, Xi Jinping
            for name in (row["label"], *row.many("aliases")):
                self.spellings[name_key(name)][key] = None
                if " " not in name or family_first:
                    continue
                family = name.split(" ")[-1]
                self.bearers[name_key(family)][key] = None
                if row.values.get("alone") != "no":
                    self.family[family][key] = None
                    self.spellings[name_key(family)][key] = None
            self.offices.extend(self._office(row, key, country, text) for text in row.many("offices"))

    def _office(self, row: Row, key: str, country: str | None, text: str) -> Office:
        words = text.split()
        dates = [w for w in words if re.fullmatch(r"\d{4}-\d\d-\d\d", w)]
        title = " ".join(w for w in words if w not in dates)
        title, _, body = title.rpartition(" ")
        body = (country or "") if body == "-" else body
        if not title or body not in self.entities:
            raise DataError(f"{row.where}: office {text!r} must read 'title body begin end'")
        try:
            begin, end = (date.fromisoformat(d) for d in [*dates, "9999-12-31"][:2])
        except ValueError:
            raise DataError(f"{row.where}: office {text!r} has no ISO dates") from None
        return Office(key, title, body, begin, None if end.year == 9999 else end)

    def _country(self, row: Row) -> str | None:
        key = row["country"]
        if key and key not in self.entities:
            raise DataError(f"{row.where}: there is no state {key!r}")
        return key or None


def _gender(row: Row) -> Gender:
    try:
        return Gender(row["gender"])
    except ValueError:
        raise DataError(f"{row.where}: gender is Masc, Fem, Neut or Plur, not {row['gender']!r}") from None
