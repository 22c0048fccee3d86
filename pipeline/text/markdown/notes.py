"""Footnotes of Markdown that do not meet: marks without a note are not read, notes without a mark are reported."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from pipeline.text.dom.page import LINES, OMIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_MARK = re.compile(r"\[\^[\w.:*+-]{1,60}\](?!\()")
_DEFINED = re.compile(r"[ >]{0,12}\[\^([^\]\s]+)\]:")


def notes_plugin(parser: MarkdownIt) -> None:
    """Leave out marks whose note is missing; to be used after the plug-in for footnotes."""
    parser.inline.ruler.after("footnote_ref", "lost_mark", _lost)


def _lost(state: StateInline, silent: bool) -> bool:
    found = _MARK.match(state.src, state.pos) if state.src[state.pos] == "[" else None
    if not found:
        return False
    if not silent:
        why = "reference to a note that is not there"
        state.push("html_inline", "", 0).content = f'<span {OMIT}="{why}">{html.escape(found[0])}</span>'
    state.pos = found.end()
    return True


def unused_notes(env: dict[str, Any], lines: Sequence[str]) -> Iterator[str]:
    """HTML that reports each note that nothing refers to.

    Args:
        env: What the plug-in for footnotes left there.
        lines: The lines of the source.
    """
    unused = [label[1:] for label, used in env.get("footnotes", {}).get("refs", {}).items() if used < 0]
    defined: dict[str, int] = {}
    for number, line in enumerate(lines, 1) if unused else ():
        if found := _DEFINED.match(line):
            defined.setdefault(found[1], number)
    for label in unused:
        number = defined.get(label, 0)
        text = html.escape(lines[number - 1].strip() if number else f"[^{label}]")
        yield f'<div {OMIT}="note that nothing refers to" {LINES}="{number}:{number}">{text}</div>'
