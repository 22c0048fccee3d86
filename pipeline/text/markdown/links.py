"""Addresses in the text of Markdown, which GitHub and most other renderers make links of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

_ADDRESS = re.compile(r"(?<![\w/.@])(?:https?://|www\.(?=[a-z0-9-]+\.))[^\s<>\"“”«»]{3,2000}", re.IGNORECASE)
_BEHIND = re.compile(r"(?:[?!.,:*_~;'’…]|&\w+;)+$")


def links_plugin(parser: MarkdownIt) -> None:
    """Make links of bare addresses."""
    parser.core.ruler.after("inline", "links", _link)


def _link(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children and ("://" in token.content or "www." in token.content):
            token.children = list(_linked(token.children))


def _linked(children: list[Token]) -> Iterator[Token]:
    inside = 0
    for child in children:
        inside += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if inside or child.type != "text":
            yield child
            continue
        at = 0
        for found in _ADDRESS.finditer(child.content):
            address = _trimmed(found[0])
            yield Token("text", "", 0, content=child.content[at : found.start()], level=child.level)
            href = address if address.lower().startswith("http") else f"http://{address}"
            yield Token("link_open", "a", 1, attrs={"href": href}, level=child.level, markup="linkify", info="auto")
            yield Token("text", "", 0, content=address, level=child.level + 1)
            yield Token("link_close", "a", -1, level=child.level, markup="linkify", info="auto")
            at = found.start() + len(address)
        yield Token("text", "", 0, content=child.content[at:], level=child.level)


def _trimmed(address: str) -> str:
    """``address`` without the punctuation of the sentence it stands in, and without a bracket that it does not open."""
    while True:
        shorter = _BEHIND.sub("", address)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter
