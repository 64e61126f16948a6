"""XML that may be hostile ─▶ its elements: no entity is expanded, nothing is fetched."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError

from kg.documents.limits import Limits, check_parts
from kg.errors import DocumentError

DEEPEST = 200


def parse(content: bytes, limits: Limits | None = None) -> Element:
    """The root element.

    Raises:
        DocumentError: it is not well-formed, declares entities, is nested too deeply, or has too many elements.
    """
    check_parts(content, (limits or Limits()).parts, "elements")
    import defusedxml
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(content.lstrip())
    except defusedxml.DefusedXmlException:
        raise DocumentError("XML that declares entities, which are not expanded") from None
    except (ParseError, ValueError, LookupError, UnicodeError) as error:
        raise DocumentError(f"not well-formed XML: {str(error)[:200]}") from None
    if _deeper_than(root, DEEPEST):
        raise DocumentError("XML nested too deeply")
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace.

    >>> local(Element("{http://www.w3.org/2005/Atom}entry"))
    'entry'
    """
    return re.sub(r"^\{[^}]*\}", "", element.tag) if isinstance(element.tag, str) else ""


def child(element: Element, *names: str) -> Element | None:
    """The first child of one of these names; the first name goes first."""
    return next((c for name in names for c in element if local(c) == name), None)


def text_of(element: Element | None) -> str:
    """All text in an element."""
    return "".join(element.itertext()).strip() if element is not None else ""


def _deeper_than(root: Element, most: int) -> bool:
    level = [root]
    for _ in range(most):
        level = [c for e in level for c in e]
        if not level:
            return False
    return True
