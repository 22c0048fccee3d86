"""Marks in a line beyond CommonMark: ``H~2~O``, ``x^2^`` (Pandoc) and ``==highlighted==`` (Obsidian and others)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_MARKED = re.compile(r"(?<![\w=])==(?=[^\s=])((?:[^=\n]|\n(?!\n)|=(?!=)){1,500})(?<=\S)==(?![\w=])", re.ASCII)


def marks_plugin(parser: MarkdownIt) -> None:
    """Understand lowered, raised and highlighted text; to be used after the plug-in for footnotes (``^[…]``)."""
    parser.use(sub_plugin).use(superscript_plugin)
    parser.inline.ruler.after("emphasis", "mark", _mark)


def _mark(state: StateInline, silent: bool) -> bool:
    found = _MARKED.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "=" else None
    if not found or silent:
        return False
    last = state.posMax
    state.pos, state.posMax = found.start(1), found.end(1)
    state.push("mark_open", "mark", 1)
    state.md.inline.tokenize(state)
    state.push("mark_close", "mark", -1)
    state.pos, state.posMax = found.end(), last
    return True
