"""What the generators of sites put into Markdown: shortcodes, Liquid tags, MDX components.

What shows a picture, a video or code becomes that; all else is left out and reported.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from pipeline.text.dom.page import OMIT

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

WHY = "template code for the generator of the site"
_HUGO = re.compile(
    r"\{\{[<%]-?\s*(?P<end>/?)\s*(?P<name>[\w./-]*)(?P<rest>(?:[^{}]|\{(?!\{)|\}(?!\})){0,2000}?)-?/?\s*[>%]\}\}"
)
_LIQUID = re.compile(r"\{%-?\s*(?P<end>end)?(?P<name>\w*)(?P<rest>(?:[^%{]|%(?!\})|\{(?!%)){0,2000}?)-?%\}")
_VALUE = re.compile(r"\{\{(?![<%])[^{}\n]{1,300}\}\}")
_COMMENT = re.compile(r"\{/\*.{0,5000}?\*/\}", re.DOTALL)
_PAIRED = re.compile(
    r"(?:\{\{[<%]\s*(?P<hugo>highlight|code|mermaid)|\{%-?\s*(?P<liquid>highlight|codeblock|comment|mermaid))\b\s*(?P<rest>[^%>}]*)[^}]*\}{1,2}"
)
_ARGUMENT = re.compile(r"""(?:([\w-]+)\s*=\s*)?(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|([^\s"'=]+))""")
_IMPORT = re.compile(
    r"(?:import\s+(?:[\w*{}$,\s]+\s+from\s+)?['\"][^'\"]+['\"]|import\s*\{|export\s+(?:const|let|default|function)\b.*)\s*;?"
)
_COMPONENT = re.compile(r"</?[A-Z][\w.]*")
_BRACED = re.compile(r"\s[\w-]+=\{(?:[^{}]|\{[^{}]*\})*\}|\s\{\.\.\.[^{}]*\}")
_LONGEST = 60
"""Lines that the tag of a component may take."""
_LINKED = re.compile(
    r"\]\((?P<before>[^()\s{}]*)(?:\{\{[<%]?\s*(?P<hugo>[^{}<>%]*?)\s*[>%]?\}\}|\{%-?\s*(?P<liquid>[^{}%]*?)\s*-?%\})"
    r"(?P<after>[^()\s{}]*)(?P<title>(?:\s+\"[^\"]*\")?)\)"
)


def template_plugin(parser: MarkdownIt) -> None:
    """Understand shortcodes and components; to be used after all other plug-ins."""
    ending: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.core.ruler.after("normalize", "template_links", _mend_links)
    parser.block.ruler.before("fence", "template_code", _paired, ending)
    parser.block.ruler.before("html_block", "template_component", _component, ending)
    parser.inline.ruler.before("escape", "template", _inline)


def _mend_links(state: StateCore) -> None:
    """Addresses that the generator would fill in hold blanks, at which Markdown gives up the link."""
    if "{{" in state.src or "{%" in state.src:
        state.src = _LINKED.sub(_linked, state.src)


def _linked(found: re.Match[str]) -> str:
    said = (found["hugo"] or found["liquid"] or "").replace('"', "").replace("'", "").split()
    target = said[-1] if len(said) > 1 and said[0] in ("ref", "relref", "link", "post_url") else ""
    return f"]({found['before']}{target}{found['after']}{found['title']})"


def _inline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    for pattern in (_HUGO, _LIQUID, _VALUE, _COMMENT):
        found = pattern.match(state.src, state.pos)
        if found:
            if not silent and pattern is not _COMMENT:
                state.push("html_inline", "", 0).content = _made(found)
            state.pos = found.end()
            return True
    return False


def _made(found: re.Match[str]) -> str:
    """HTML for a shortcode: what it shows, or a span that is left out with the reason."""
    parts = found.groupdict()
    names, given = _arguments(parts.get("rest") or "")
    first = names.get("src") or names.get("id") or (given[0] if given else "")
    kind = "" if parts.get("end") else (parts.get("name") or "").rpartition("/")[2].lower()
    title = _attribute("title", names.get("title", ""))
    if kind in ("figure", "img", "image") and first:
        caption = names.get("caption") or names.get("title") or ""
        return f"<img{_attribute('src', first)}{_attribute('alt', names.get('alt'))}{_attribute('title', caption)}>"
    if kind in ("youtube", "vimeo") and first:
        return f"<amp-{kind}{_attribute('data-videoid', first)}{title}></amp-{kind}>"
    if kind in ("tweet", "twitter", "x", "instagram") and (given or first):
        number = given[-1] if given else first
        name, attribute = ("instagram", "data-shortcode") if kind == "instagram" else ("twitter", "data-tweetid")
        return f"<amp-{name}{_attribute(attribute, number)}></amp-{name}>"
    if kind in ("video", "audio") and first:
        return f"<{kind}{_attribute('src', first)}{title}></{kind}>"
    if kind == "gist" and given:
        return f"<amp-gist{_attribute('data-gistid', '/'.join(given[:2]))}></amp-gist>"
    return f'<span {OMIT}="{WHY}">{html.escape(found[0])}</span>'


def _arguments(text: str) -> tuple[dict[str, str], list[str]]:
    """Named and unnamed arguments: ``src="a.png" 12`` gives ``{"src": "a.png"}`` and ``["12"]``."""
    named: dict[str, str] = {}
    unnamed: list[str] = []
    for name, *values in _ARGUMENT.findall(text):
        value = next(filter(None, values), "")
        if name:
            named[name.lower()] = value
        else:
            unnamed.append(value)
    return named, unnamed


def _attribute(name: str, value: str | None) -> str:
    return f' {name}="{html.escape(value)}"' if value is not None else ""


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _paired(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Code between an opening and a closing tag."""
    found = _PAIRED.match(_line(state, start)) if _line(state, start)[:2] in ("{{", "{%") else None
    if not found:
        return False
    name = found["hugo"] or found["liquid"]
    unclosed: set[str] = state.env.setdefault("unclosed", set())
    if name in unclosed:
        return False
    closing = re.compile(rf"\{{\{{[<%]\s*/\s*{name}\b.*\}}\}}" if found["hugo"] else rf"\{{%-?\s*end{name}\b.*%\}}")
    last = next((line for line in range(start + 1, end) if closing.match(_line(state, line))), 0)
    if not last:
        unclosed.add(name)
        return False
    if not silent:
        comment = name == "comment"
        token = state.push("html_block" if comment else "fence", "" if comment else "code", 0)
        text = state.getLines(start + 1, last, state.blkIndent, True)
        given = _arguments(found["rest"])[1]
        token.info = name if name == "mermaid" else (given[0] if given else "")
        token.content = f'<div {OMIT}="comment">{html.escape(text)}</div>' if comment else text
        token.map = [start, last + 1]
    state.line = last + 1
    return True


def _component(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Imports and components of MDX, which stand at the beginning of a line."""
    first = _line(state, start)
    last = start
    if _COMPONENT.match(first):
        text = first
        while not text.endswith(">") and last + 1 < min(end, start + _LONGEST) and not state.isEmpty(last + 1):
            last += 1
            text += "\n" + _line(state, last)
        alone = text.endswith("/>")
        if not text.endswith(">") or not (alone or "{" in text):
            return False
        made = _left_out(text) if alone else _BRACED.sub("", text) + "\n"
    elif first[:6] in ("import", "export") and _IMPORT.fullmatch(first) and state.level == 0:
        while last + 1 < end and not state.isEmpty(last + 1):
            last += 1
        made = _left_out(state.getLines(start, last + 1, 0, False))
    else:
        return False
    if not silent:
        token = state.push("html_block", "", 0)
        token.content, token.map = made, [start, last + 1]
    state.line = last + 1
    return True


def _left_out(text: str) -> str:
    return f'<div {OMIT}="{WHY}">{html.escape(text)}</div>\n'
