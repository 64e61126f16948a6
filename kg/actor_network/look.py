"""How the classes of actors look: a colour that colour-blind readers can tell apart, and a shape of its own.

Source of the colours: Okabe & Ito 2008, "Color Universal Design".
"""

from __future__ import annotations

_LOOK = {
    "Person": ("#0072B2", "dot", "o"),
    "State": ("#D55E00", "square", "s"),
    "Group": ("#767676", "triangle", "^"),
    "NewsAgency": ("#CC79A7", "diamond", "D"),
    "MediaOutlet": ("#CC79A7", "diamond", "D"),
}
_ORGANIZATION = ("#009E73", "hexagon", "h")


def look_of(kind: str) -> tuple[str, str, str]:
    """(colour, shape in the page, marker in pictures) of a class."""
    return _LOOK.get(kind, _ORGANIZATION)
