"""Quotations and asides: where a quotation comes from, and what kind of aside something is."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model.document import Block, Inline, Paragraph, plain
from pipeline.text.dom_source import Element, tag, words_of
from pipeline.text.plain_terms import terms

_DASH = re.compile(r"\s*(?:[—–―]|--)\s*(?=\S)")
_LONGEST = 160
"""Characters of a last line that begins with a dash, beyond which it is not the quotation's source."""
_ROLES = (
    ("pullquote", "pullquote pull-quote wp-block-pullquote pull"),
    ("warning", "warning caution danger important attention"),
    ("tip", "tip hint"),
    ("note", "note info notice admonition callout"),
    ("example", "example"),
)
_BOXES = terms("admonition callout markdown-alert notecard message-box infobox-note")
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*")


def aside_role(element: Element) -> str:
    """The role of an ``<aside>`` or of a classed box: what its class or role says, else ``"aside"``."""
    said = {
        part for word in words_of(element, "class") | words_of(element, "role") for part in (word, *word.split("-"))
    }
    if "pull" in said and "quote" in said:
        return "pullquote"
    return next((role for role, words in _ROLES if said & set(words.split())), "aside")


def is_box(element: Element) -> bool:
    """Whether a ``<div>`` is a boxed note (an admonition, a callout)."""
    return bool(_BOXES & words_of(element, "class")) or "doc-tip" in words_of(element, "role")


def source_of(element: Element) -> Element | None:
    """The ``<footer>``, ``<figcaption>`` or closing ``<cite>`` of a quotation: its source."""
    for child in reversed(element):
        name = tag(child)
        if name in ("footer", "figcaption") or (name == "cite" and not (child.tail or "").strip()):
            return child
        if name == "p" and len(child) == 1 and tag(child[0]) == "cite" and not (child.text or "").strip():
            return child
        if name:
            break
    return None


def split_source(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], Inline]:
    """``blocks`` without a short last paragraph that begins with a dash, and that paragraph without its dash."""
    last = blocks[-1] if len(blocks) > 1 else None
    if isinstance(last, Paragraph) and len(plain(last.text)) <= _LONGEST and _DASH.match(last.text[0].text):
        return blocks[:-1], undashed(last.text)
    return blocks, ()


def undashed(text: Inline) -> Inline:
    """``text`` without a dash in front, as sources of quotations are often written."""
    if not text:
        return ()
    first = replace(text[0], text=_DASH.sub("", text[0].text, count=1) if _DASH.match(text[0].text) else text[0].text)
    return (first, *text[1:]) if first.text else text[1:]


def alert(blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """Role and blocks of a quotation that begins with ``[!NOTE]`` or the like; an empty role for all others."""
    first = blocks[0] if blocks else None
    found = _ALERT.match(first.text[0].text) if isinstance(first, Paragraph) and first.text else None
    if not found or not isinstance(first, Paragraph):
        return "", blocks
    role = {"IMPORTANT": "warning", "CAUTION": "warning"}.get(found[1], found[1].lower())
    text = (replace(first.text[0], text=first.text[0].text[found.end() :]), *first.text[1:])
    text = text if text[0].text else text[1:]
    return role, ((replace(first, text=text), *blocks[1:]) if text else blocks[1:])
