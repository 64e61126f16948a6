"""Where the ontology, its shapes and the shipped queries lie: in the wheel or in the checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def ontologies() -> Path:
    """The folder ``ontologies/``.

    Raises:
        FileNotFoundError: neither the installed package nor a checkout around it has one.
    """
    for folder in (_PACKAGE / "ontologies", _PACKAGE.parent / "ontologies"):
        if (folder / "diplomacy.ttl").is_file():
            return folder
    raise FileNotFoundError("the package was installed without its ontologies/ folder")
