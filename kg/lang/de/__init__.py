"""German: its data, and the algorithms that are German."""

from __future__ import annotations

from kg.errors import DataError
from kg.lang import LanguageData
from kg.lang.de.edits import edits
from kg.language.edits import Edit


class German:
    """What German supplies beside its data; a `kg.language.contract.Language`."""

    def __init__(self, data: LanguageData) -> None:
        """Read what the algorithms go by.

        Raises:
            DataError: an edit is to be left out that there is not.
        """
        off = set(data.toml("grammar.toml")["edits"]["off"])
        known = edits(data)
        unknown = off - {e.name for e in known}
        if unknown:
            raise DataError(f"grammar.toml: edits.off: no edit {', '.join(sorted(unknown))}")
        self.edits: tuple[Edit, ...] = tuple(e for e in known if e.name not in off)


def language(data: LanguageData) -> German:
    """German, with the data of a user's layers."""
    return German(data)
