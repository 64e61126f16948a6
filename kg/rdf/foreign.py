"""Text from articles in formats that cannot hold every text, or that would run some of it."""

from __future__ import annotations

import re

NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML 1.0 cannot hold."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(text: str) -> str:
    """A spreadsheet's cell: what it would take for a formula is marked as text.

    >>> cell("=1+1"), cell("Kim")
    ("'=1+1", 'Kim')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
