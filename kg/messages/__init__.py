"""What commands say to people, by language: ``de.toml`` and ``en.toml`` with a table a command."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kg.lang import read_toml

LANGUAGES = ("de", "en")


@lru_cache(maxsize=4)
def messages(language: str, command: str) -> Mapping[str, str]:
    """The texts of a command, by name.

    >>> messages("de", "read")["words"], messages("en", "read")["words"]
    ('Wörter', 'Words')
    """
    found: Mapping[str, str] = read_toml(Path(__file__).with_name(f"{language}.toml"))[command]
    return found
