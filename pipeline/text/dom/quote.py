"""Quotations and asides: where a quotation comes from, and what kind of aside something is."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model.document import Aside, Block, Inline, Paragraph, Quote, plain
from pipeline.text.dom.inline import tidy
from pipeline.text.dom.notes import types_of
from pipeline.text.dom.page import position
from pipeline.text.dom.source import Element, tag, words_of
from pipeline.text.plain_terms import terms

_DASH = re.compile(r"\s*(?:[—–―]|--)\s*(?=\S|$)")
_LONGEST = 160
"""Characters of a last line that begins with a dash, beyond which it is not the quotation's source."""
_ROLES = (
    ("warning", "warning caution danger important attention error"),
    ("tip", "tip hint success"),
    ("note", "note info notice admonition callout"),
    ("example", "example"),
)
_PULLED = terms("pullquote pull-quote pull_quote wp-block-pullquote pull pulledquote pulled-quote")
_BOXES = terms("admonition callout markdown-alert notecard message-box infobox-note theme-admonition")
_BOX_TYPES = terms("tip notice sidebar warning help example case-study pullquote")
_ALERT = re.compile(
    r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION|INFO|HINT|SUCCESS|DANGER|ERROR|EXAMPLE)\][+-]?\s*", re.IGNORECASE
)
_TITLES = terms("note tip hint info important warning caution danger attention example notice")


def aside_role(element: Element) -> str:
    """The role of an ``<aside>`` or of a classed box: what its class or role says, else ``"aside"``."""
    if is_pulled(element):
        return "pullquote"
    said = {part for word in words_of(element, "class") | types_of(element) for part in (word, *word.split("-"))}
    return next((role for role, words in _ROLES if said & set(words.split())), "aside")


def is_pulled(element: Element) -> bool:
    """Whether ``element`` is a pull quote: words of the article, or about it, set large beside the text."""
    if tag(element) in ("span", "em", "strong", "a", "i", "b", "mark"):
        return False  # there it marks the words in the text that a script is to pull
    return bool(_PULLED & words_of(element, "class")) or "pullquote" in types_of(element)


def is_box(element: Element) -> bool:
    """Whether a ``<div>`` or the like is a boxed note (an admonition, a callout, a sidebar of a book)."""
    return is_pulled(element) or bool(_BOXES & words_of(element, "class")) or bool(_BOX_TYPES & types_of(element))


def quotation(element: Element, blocks: tuple[Block, ...], cite: Inline) -> Quote | Aside | None:
    """What a ``<blockquote>`` becomes: a quotation, an alert in the manner of GitHub, or a pull quote.

    Args:
        element: The element.
        blocks: What stands in it.
        cite: Its source where an element of its own names it; else it is looked for at the end.
    """
    last = blocks[-1] if blocks else None
    if cite and isinstance(last, Paragraph) and undashed(last.text) == cite:
        blocks = blocks[:-1]
    if not cite:
        blocks, cite = split_source(blocks)
    role, rest = alert(blocks)
    if not rest:
        return None
    quote = Quote(blocks=rest, cite=cite, position=position(element))
    if is_pulled(element):
        return Aside(role="pullquote", blocks=(quote,) if cite else rest, position=quote.position)
    return Aside(role=role, blocks=rest, position=quote.position) if role else quote


def untitled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """``blocks`` of a box without a first line that only says what kind of box it is, as its role does."""
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or len(blocks) == 1:
        return blocks
    return blocks[1:] if plain(first.text).casefold().strip(" :!") in _TITLES else blocks


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
        cite = undashed(last.text)
        return (blocks[:-1], cite) if cite else (blocks, ())
    return blocks, ()


def undashed(text: Inline) -> Inline:
    """``text`` without a dash in front, as sources of quotations are often written."""
    if not text:
        return ()
    found = _DASH.match(text[0].text)
    if found and found.end() == len(text[0].text):  # the dash alone, before a link or a name in italics
        return tidy(text[1:])
    return (replace(text[0], text=text[0].text[found.end() :]), *text[1:]) if found else text


def alert(blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """Role and blocks of a quotation that begins with ``[!NOTE]`` or the like; an empty role for all others."""
    first = blocks[0] if blocks else None
    found = _ALERT.match(first.text[0].text) if isinstance(first, Paragraph) and first.text else None
    if not found or not isinstance(first, Paragraph):
        return "", blocks
    kind = found[1].lower()
    role = next((role for role, words in _ROLES if kind in words.split()), kind)
    text = (replace(first.text[0], text=first.text[0].text[found.end() :]), *first.text[1:])
    text = text if text[0].text else text[1:]
    return role, ((replace(first, text=text), *blocks[1:]) if text else blocks[1:])
