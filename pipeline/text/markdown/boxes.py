"""Boxes between lines of colons: notes and warnings, named in the ways of several generators, and mere layout."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_INFO = re.compile(r"\s*(?:\{(?P<braced>[^{}]*)\}|(?P<name>[\w-]+))(?:\[(?P<label>[^\]]*)\])?\s*(?P<rest>.*)")
_TITLE = re.compile(r"""title\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PARTS = re.compile(r"""[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'|\S+)|\{[^{}]*\}""")
_LAYOUT = terms(
    "column columns row rows grid col center centre left right tabs tab tab-item tab-set panel-tabset code-group main "
    "container div section incremental nonincremental layout card cards"
)


def is_box(params: str, *_: Any) -> bool:
    """Whether what stands behind the colons opens a box."""
    return bool(re.match(r"\s*\{?\s*[.#]?[A-Za-z]", params))


def box(_self: Any, tokens: Sequence[Token], at: int, _options: Any, env: dict[str, Any]) -> str:
    """The opening or closing tag of a box, with its title as a strong line."""
    open_boxes: list[str] = env.setdefault("boxes", [])
    if tokens[at].nesting != 1:
        return f"</{open_boxes.pop()}>\n"
    name, kind, title = _named(tokens[at].info)
    open_boxes.append(name)
    attributes = "".join(f' {name}="{html.escape(str(value))}"' for name, value in tokens[at].attrs.items())
    head = f"<p><strong>{html.escape(title)}</strong></p>" if title else ""
    return f'<{name} class="{html.escape(kind)}"{attributes}>{head}\n'


def _named(info: str) -> tuple[str, str, str]:
    """Element, classes and title for what stands behind the colons: ``note Title``, ``{.callout-tip title="T"}``."""
    found = _INFO.match(info.strip().rstrip(": "))
    if not found:
        return "aside", "", ""
    braced = found["braced"] or ""
    words = _PARTS.sub(" ", braced or found["name"]).lower().split()
    kinds = [word.lstrip(".") for word in words if not word.startswith("#")]
    titled = _TITLE.search(braced) or _TITLE.search(found["rest"])
    title = (titled[1] or titled[2] or "") if titled else found["label"] or _PARTS.sub(" ", found["rest"]).strip()
    return ("div" if _LAYOUT.intersection(kinds) else "aside"), " ".join(kinds), title.strip()
