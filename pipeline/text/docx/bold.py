"""Headings of a document whose author never used a style for them: short bold lines over running text.

A false heading costs more than a missed one, so nothing is believed where a single real heading stands.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.text.dom.source import raw_text, tag

if TYPE_CHECKING:
    from pipeline.text.docx.nodes import Node

_LONGEST = 80
"""Characters of a heading."""
_END = re.compile(r"[.,;:!…]$|^[^\w]*$")
_ENOUGH = 2
"""Such lines that a document must hold."""
_BODIES = 2
"""Times that the text under a heading is longer than it, at least."""
LEVEL = 2


def with_bold_headings(nodes: list[Node]) -> list[Node]:
    """``nodes``, the bold lines among them as headings if there are no others."""
    if any(node.line.kind == "heading" for node in nodes):
        return nodes
    found = [
        at
        for at, node in enumerate(nodes[:-1])
        if _is_bold_line(node) and _is_text(nodes[at + 1], len(raw_text(node.element)))
    ]
    for at in found if len(found) >= _ENOUGH else ():
        nodes[at].line = replace(nodes[at].line, kind="heading", level=LEVEL)
    return nodes


def _is_bold_line(node: Node) -> bool:
    if tag(node.element) != "p" or node.line.kind or node.line.inside or node.line.box:
        return False
    text = " ".join(raw_text(node.element).split())
    if not text or len(text) > _LONGEST or _END.search(text) or node.element.find("br") is not None:
        return False
    bold = sum(len("".join(raw_text(part).split())) for part in node.element.iter("strong"))
    return bold == len(text.replace(" ", ""))


def _is_text(node: Node, length: int) -> bool:
    """Whether running text or a list stands here, longer than a heading of ``length`` by far."""
    if tag(node.element) != "p" or node.line.kind not in ("", "entry") or _is_bold_line(node):
        return False
    return node.line.kind == "entry" or len(raw_text(node.element)) > _BODIES * length
