"""Markdown → a tree of elements for the walker, each block with its source lines."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from pipeline.errors import ReadError
from pipeline.text.dom.page import LINES
from pipeline.text.dom.size import refuse_lines, refuse_paragraph, refuse_tags
from pipeline.text.dom.source import parse
from pipeline.text.markdown.abbreviations import abbreviations_plugin
from pipeline.text.markdown.attributes import attributes_plugin
from pipeline.text.markdown.boxes import box, is_box
from pipeline.text.markdown.cells import cells_plugin
from pipeline.text.markdown.front_matter import split_front
from pipeline.text.markdown.links import links_plugin
from pipeline.text.markdown.marks import marks_plugin
from pipeline.text.markdown.notes import notes_plugin, unused_notes
from pipeline.text.markdown.template import template_plugin
from pipeline.text.markdown.terms import terms_plugin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

    from pipeline.text.dom.source import Element

_FIRST_TAG = re.compile(r"\s*<([A-Za-z][\w-]*)")
_KNOTTY = re.compile(r"[\[\]*_`<>!&~\\^]")
_KNOTS = 20_000
"""Marks in one paragraph from which the inline parser, which looks back at each, would take minutes."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_SIGN = re.compile(r"[\\^_{}=<>]")
_LANGUAGE = re.compile(r"[\w+#.-]+")
_DIRECTIVE = re.compile(r"\{(?:code-block|code-cell|code|sourcecode)\}")
_DEPTH = 100
"""Levels of nesting, two for each list; below, the parser drops what it finds without a word."""


def parse_markdown(text: str, where: str) -> tuple[str, Element]:
    """The front matter (empty without one) and the tree of the rest; CommonMark with the usual extensions.

    Raises:
        ReadError: There is more of it, or more in one paragraph, than an article has or can be parsed in sensible
            time; or blocks are nested deeper than anybody could follow by ear.
    """
    refuse_lines(text, where)
    parser = _parser()
    env: dict[str, Any] = {"where": where}
    front, text = split_front(text)
    tokens = parser.parse(text, env)
    front = front or next((token.content for token in tokens if token.type == "front_matter"), "")
    lines = text.split("\n")
    for token in tokens:
        _place(token, lines)
    body = parser.renderer.render(tokens, parser.options, {}) + "".join(unused_notes(env, lines))
    refuse_tags(body, where)
    return front, parse(f'<!DOCTYPE html><html><body {LINES}="0:0">{body}</body></html>', where)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEPTH}).enable(["table", "strikethrough"])
    parser.use(front_matter_plugin).use(footnote_plugin).use(deflist_plugin).use(tasklists_plugin).use(admon_plugin)
    parser.use(terms_plugin).use(notes_plugin).use(abbreviations_plugin).use(links_plugin)
    parser.use(cells_plugin).use(marks_plugin)
    parser.use(dollarmath_plugin, allow_labels=True, allow_space=False, allow_digits=False, double_inline=True)
    parser.use(attributes_plugin).use(template_plugin)
    parser.core.ruler.before("inline", "knots", _refuse_knots)
    parser.use(container_plugin, "box", validate=is_box, render=box)
    parser.add_render_rule("footnote_ref", _reference)
    parser.add_render_rule("footnote_block_open", lambda *_: "<section>")
    parser.add_render_rule("footnote_block_close", lambda *_: "</section>")
    parser.add_render_rule("footnote_open", _note)
    parser.add_render_rule("footnote_close", lambda *_: "</aside>")
    parser.add_render_rule("footnote_anchor", lambda *_: "")
    for name in ("math_inline", "math_inline_double", "math_block", "math_block_label"):
        parser.add_render_rule(name, _formula)
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)
    return parser


def _refuse_knots(state: StateCore) -> None:
    if any(token.level >= _DEPTH - 1 for token in state.tokens):
        raise ReadError(f"lists and quotes are nested {_DEPTH} deep: what lies below would be lost", state.env["where"])
    for token in state.tokens:
        if token.type != "inline" or len(token.content) <= _KNOTS:
            continue
        refuse_paragraph(token.content, token.map[0] + 1 if token.map else 1, state.env["where"])
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
    info = _DIRECTIVE.sub("", token.info.strip()).lstrip("{. ")
    named = _LANGUAGE.match(info)
    language = named[0] if named else ""
    if language == "math":
        return f'<div class="math display"{_attributes(token)}>\\[{html.escape(token.content.strip())}\\]</div>'
    name = f' data-lang="{html.escape(language)}"' if language else ""
    return f"<pre{name}{_attributes(token)}>\n{html.escape(token.content)}</pre>\n"


def _formula(_self: Any, tokens: Sequence[Token], at: int, *_: Any) -> str:
    token = tokens[at]
    content = " ".join(token.content.split())
    if len(content) > 1 and content[0] == content[-1] == "`":
        content = content[1:-1].strip()
    if not token.block and len(_WORD.findall(content)) > 1 and not _SIGN.search(content):
        return html.escape(f"{token.markup}{token.content}{token.markup}")  # prices in dollars, and words between
    shown = html.escape(content)
    if not token.block:
        return f'<span class="math inline">\\({shown}\\)</span>'
    return f'<div class="math display"{_attributes(token)}>\\[{shown}\\]</div>'


def _reference(_self: Any, tokens: Sequence[Token], at: int, *_: Any) -> str:
    number = tokens[at].meta["id"] + 1  # a note is shown by its number, whatever its author calls it
    return f'<sup><a role="doc-noteref" href="#fn-{number}">{number}</a></sup>'


def _note(_self: Any, tokens: Sequence[Token], at: int, *_: Any) -> str:
    token = tokens[at]
    return f'<aside role="doc-footnote" id="fn-{token.meta["id"] + 1}"{_attributes(token)}>'
