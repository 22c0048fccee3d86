"""Names of WordprocessingML: namespaces, and how its properties say on, off and nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.text.dom.source import Element

W_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_URI = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = f"{{{W_URI}}}"
"""Paragraphs, runs, tables, styles."""
R = f"{{{R_URI}}}"
"""Attributes that name a relationship."""
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
"""Formulas."""
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
"""Where drawings stand."""
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
"""Drawings."""
V = "{urn:schemas-microsoft-com:vml}"
"""Drawings, in the old way."""
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix that every such file uses
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
"""Alternatives for older programs."""

STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W_URI.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R_URI.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A[1:-1].encode()),
)
"""Namespaces of the strict variant (ISO/IEC 29500) and of the transitional one that nearly all files use."""

_OFF = frozenset(("0", "false", "off", "none"))


def local(element: Element) -> str:
    """The name of ``element`` without its namespace; empty for what is not an element."""
    name: object = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def value(element: Element | None, space: str = W) -> str:
    """The ``val`` of a property; empty where the property or its value is missing."""
    return (element.get(f"{space}val") or "") if element is not None else ""


def is_on(element: Element, space: str = W) -> bool:
    """Whether a property that is there is switched on: a missing value means yes."""
    return (element.get(f"{space}val") or "1").lower() not in _OFF


def switch(properties: Element | None, name: str) -> bool | None:
    """What ``properties`` say about the on/off property ``name``; None where they say nothing."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return None if found is None else is_on(found)


def number(text: str, default: int = 0) -> int:
    """A small whole number; ``default`` for all else."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else default
