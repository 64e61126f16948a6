"""The towns of the world and its given and family names: sorted tables that stay on disk.

They are too many to be looked for in every text, and too many of them are common words. They are asked
about a word that looks like a name: whether there is such a town and in which states, whether people are
called so. A table is a text file of lines ``key TAB value``, sorted by the bytes of the key (`fold`), mapped
into memory and searched by bisection: nothing is read when the program starts.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.entities.gazetteer.folding import fold
from kg.errors import DataError
from kg.lang import LanguageData
from kg.model import Gender


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place: the key of its state, its people, and its usual international name if another."""

    state: str
    people: int
    name: str = ""


class SortedTable:
    """A file of lines ``key TAB value``, sorted by key."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def get(self, key: str) -> str | None:
        """The value of a key.

        >>> SortedTable(Path("towns.tsv")).get("kairo")          # doctest: +SKIP
        'eg 9607 Cairo'
        """
        wanted = key.encode()
        low, high = 0, len(self._bytes)
        while low < high:
            start = self._bytes.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self._bytes.find(b"\n", start, len(self._bytes))
            end = len(self._bytes) if end < 0 else end
            found, _, value = self._bytes[start:end].partition(b"\t")
            if found == wanted:
                return value.decode()
            if found < wanted:
                low = end + 1
            else:
                high = start
        return None


class Atlas:
    """What the tables of all data layers say of a name."""

    def __init__(self, data: LanguageData, state_of_code: dict[str, str]) -> None:
        """Map the tables of a language's layers.

        Args:
            state_of_code: ISO 3166 code of a state, in small letters ─▶ its key.
        """
        self._towns = [SortedTable(p) for p in data.files("gazetteer/towns*.tsv")]
        self._names = [SortedTable(p) for p in data.files("gazetteer/given_and_family*.tsv")]
        self._state_of_code = state_of_code

    def towns(self, name: str) -> tuple[Town, ...]:
        """The towns of a name, in all spellings, one for each state, the largest first."""
        return tuple(town for table in reversed(self._towns) for town in self._read(table, fold(name)))

    def is_given_name(self, word: str) -> bool:
        """Whether people have it as a first name."""
        return any("g" in (table.get(fold(word)) or "") for table in self._names)

    def is_family_name(self, word: str) -> bool:
        """Whether it is a common family name somewhere."""
        return any("f" in (table.get(fold(word)) or "") for table in self._names)

    def gender(self, word: str) -> Gender:
        """The gender of those who have it as a first name, where it is only one."""
        values = "".join(table.get(fold(word)) or "" for table in self._names)
        if ("m" in values) == ("w" in values):
            return Gender.UNKNOWN
        return Gender.MASCULINE if "m" in values else Gender.FEMININE

    def _read(self, table: SortedTable, key: str) -> Iterator[Town]:
        for cell in (table.get(key) or "").split("|"):
            code, _, rest = cell.partition(" ")
            people, _, name = rest.partition(" ")
            if not code:
                continue
            if code not in self._state_of_code or not people.isdigit():
                raise DataError(f"{table.path}: {key!r}: {cell!r} must read 'code thousands name'")
            yield Town(self._state_of_code[code], 1000 * int(people), name)
