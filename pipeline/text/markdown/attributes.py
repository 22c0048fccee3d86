"""Attributes in braces (``## Title {#id}``, ``{: .lead}``) and places for a table of contents: neither is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdit_py_plugins.attrs import attrs_plugin

from pipeline.text.dom.page import OMIT

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

_BEHIND_TITLE = re.compile(r"\s*\{(?:[:#.]|[\w-]+=)[^{}\n]*\}\s*#*\s*$")
_LAST_LINE = re.compile(r"(?:^|\n)[ \t]*\{(?::|[#.][A-Za-z])[^{}\n]*\}\s*$")
_INLINE = re.compile(r"\{:[^{}\n]*\}|\{(?:[#.][\w-]+|[\w-]+=[^{}\s]+)(?:\s[^{}\n]*)?\}")
_CONTENTS = re.compile(
    r"\s*(?:\[\[_?toc_?\]\]|\[_?toc_?\]|@\[toc\].*|\$\{toc\}|\{:toc\}|\{\{\s*toc\s*\}\})\s*", re.IGNORECASE
)
_KRAMDOWN_CONTENTS = re.compile(r".*\n[ \t]*\{:\s*toc\b[^{}\n]*\}\s*", re.IGNORECASE)
_ID = re.compile(r"#([\w:.-]+)")
_CLOSED = ("code_inline", "image", "html_inline")


def attributes_plugin(parser: MarkdownIt) -> None:
    """Take attributes off the text; of those that mean something here, languages and ids are kept."""
    parser.use(attrs_plugin, spans=True, allowed=("id", "lang", "class"))
    parser.core.ruler.before("inline", "attributes", _take_off)
    parser.inline.ruler.before("escape", "attributes", _inline)


def _take_off(state: StateCore) -> None:
    tokens = state.tokens
    for at, token in enumerate(tokens):
        if token.type != "inline":
            continue
        opened = tokens[at - 1] if at else token
        if _CONTENTS.fullmatch(token.content) and opened.type == "paragraph_open":
            opened.attrSet(OMIT, "table of contents")
            opened.hidden = False
            tokens[at + 1].hidden = False
        elif _KRAMDOWN_CONTENTS.fullmatch(token.content) and at > 2 and tokens[at - 3].type.endswith("list_open"):
            tokens[at - 3].attrSet(OMIT, "table of contents")
        elif "{" in token.content:
            behind = _BEHIND_TITLE if opened.type in ("heading_open", "dt_open") else _LAST_LINE
            found = behind.search(token.content)
            if found:
                token.content = token.content[: found.start()]
                if named := _ID.search(found[0]):
                    opened.attrSet("id", named[1])


def _inline(state: StateInline, silent: bool) -> bool:
    """Attributes right behind emphasis, a link, code or an image."""
    found = _INLINE.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    before = state.src[state.pos - 1] if state.pos else ""
    if not found or state.pending or before not in ("*", "_", ")", "]", "`", ">") or silent:
        return False
    last = state.tokens[-1] if state.tokens else None
    marks = last is not None and last.type == "text" and not last.content.strip("*_")  # emphasis is not made yet
    if last is None or not (marks or last.type.endswith("_close") or last.type in _CLOSED):
        return False
    state.pos = found.end()
    return True
