"""Markdown → a tree of elements for the walker, each block with its source lines."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from pipeline.errors import ReadError
from pipeline.text.dom_page import LINES
from pipeline.text.dom_source import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from pipeline.text.dom_source import Element

_FIRST_TAG = re.compile(r"\s*<([A-Za-z][\w-]*)")
_KNOTTY = re.compile(r"[\[\]*_`<>!&~\\^]")
_KNOTS = 20_000
"""Marks in one paragraph from which the inline parser, which looks back at each, would take minutes."""

_DEPTH = 100
"""Levels of nesting, two for each list; below, the parser drops what it finds without a word."""


def parse_markdown(text: str, where: str) -> tuple[str, Element]:
    """The front matter (empty without one) and the tree of the rest; CommonMark with the usual extensions.

    Raises:
        ReadError: A paragraph is no prose: it holds more marks than can be parsed in sensible time; or blocks are
            nested deeper than anybody could follow by ear.
    """
    parser = _parser()
    tokens = parser.parse(text, {"where": where})
    front = next((token.content for token in tokens if token.type == "front_matter"), "")
    lines = text.split("\n")
    for token in tokens:
        _place(token, lines)
    body = parser.renderer.render(tokens, parser.options, {})
    return front, parse(f'<!DOCTYPE html><html><body {LINES}="0:0">{body}</body></html>', where)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEPTH}).enable(["table", "strikethrough"])
    parser.use(front_matter_plugin).use(footnote_plugin).use(deflist_plugin).use(tasklists_plugin).use(admon_plugin)
    parser.core.ruler.before("inline", "knots", _refuse_knots)
    parser.use(container_plugin, "box", validate=_is_box, render=_box)
    parser.add_render_rule("footnote_ref", _reference)
    parser.add_render_rule("footnote_block_open", lambda *_: "<section>")
    parser.add_render_rule("footnote_block_close", lambda *_: "</section>")
    parser.add_render_rule("footnote_open", _note)
    parser.add_render_rule("footnote_close", lambda *_: "</aside>")
    parser.add_render_rule("footnote_anchor", lambda *_: "")
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)
    return parser


def _refuse_knots(state: StateCore) -> None:
    if any(token.level >= _DEPTH - 1 for token in state.tokens):
        raise ReadError(f"lists and quotes are nested {_DEPTH} deep: what lies below would be lost", state.env["where"])
    for token in state.tokens:
        if token.type != "inline" or len(token.content) <= _KNOTS:
            continue
        if sum(1 for _ in _KNOTTY.finditer(token.content)) > _KNOTS:
            line = token.map[0] + 1 if token.map else 1
            raise ReadError(
                f"line {line} begins a paragraph with more than {_KNOTS:,} Markdown marks: "
                "cut it with blank lines, or give the article as plain text (.txt)",
                state.env["where"],
            )


def _place(token: Token, source: list[str]) -> None:
    """Write a block's source lines (from 1, both inclusive) on its element."""
    if not token.map:
        return
    first, last = token.map[0] + 1, token.map[1]
    while last > first and not source[min(last, len(source)) - 1].strip():
        last -= 1
    lines = f"{first}:{max(first, last)}"
    if token.type == "html_block":
        token.content = _FIRST_TAG.sub(rf'<\1 {LINES}="{lines}"', token.content, count=1)
    elif token.nesting >= 0:
        token.attrSet(LINES, lines)


def _attributes(token: Token) -> str:
    return "".join(f' {name}="{html.escape(str(value))}"' for name, value in token.attrs.items())


def _code(_self: Any, tokens: Sequence[Token], at: int, *_: Any) -> str:
    token = tokens[at]
    language = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
    name = f' data-lang="{html.escape(language)}"' if language else ""
    return f"<pre{name}{_attributes(token)}>\n{html.escape(token.content)}</pre>\n"


def _reference(_self: Any, tokens: Sequence[Token], at: int, *_: Any) -> str:
    label = html.escape(str(tokens[at].meta.get("label") or tokens[at].meta["id"] + 1))
    mark = tokens[at].meta["id"] + 1  # a note is shown by its number, whatever its author calls it
    return f'<sup><a role="doc-noteref" href="#fn-{label}">{mark}</a></sup>'


def _note(_self: Any, tokens: Sequence[Token], at: int, *_: Any) -> str:
    token = tokens[at]
    label = html.escape(str(token.meta.get("label") or token.meta["id"] + 1))
    return f'<aside role="doc-footnote" id="fn-{label}"{_attributes(token)}>'


def _is_box(params: str, *_: Any) -> bool:
    return bool(re.match(r"\s*\{?\.?[A-Za-z]", params))


def _box(_self: Any, tokens: Sequence[Token], at: int, *_: Any) -> str:
    token = tokens[at]
    if token.nesting != 1:
        return "</aside>\n"
    kind, _blank, title = token.info.strip().strip("{}").lstrip(".").partition(" ")
    head = f"<p><strong>{html.escape(title.strip())}</strong></p>" if title.strip() else ""
    return f'<aside class="{html.escape(kind.lower())}"{_attributes(token)}>{head}\n'
