"""Formulas on pages: MathML, what MathJax, KaTeX and MediaWiki make of TeX, images and scripts that hold TeX.

Typesetters show one formula several times over (for the eye, for screen readers, as source); each is found once. Its
text is TeX, or words where its author wrote words, or else one line of symbols.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.text.dom.source import Element, one_line, raw_text, tag, words_of
from pipeline.text.mathml_line import held, line_of_math
from pipeline.text.plain_terms import terms
from pipeline.text.tex import DELIMITED, SIGNS, bare_tex, is_tex

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCRIPT = re.compile(r"math/(?:tex|latex|asciimath|mml)", re.IGNORECASE)
_TYPESET = terms(
    "katex katex-display mathjax mathjax_display mathjax_svg mathjax_svg_display mathjax_chtml mathjax_preview "
    "mjx-chtml mjx-full-width mwe-math-element mwe-math-element-inline mwe-math-element-block"
)
"""Classes of what typesetters make of one formula."""
_WRITTEN = terms("math tex latex math-inline math-display tex-math")
"""Classes of elements whose text is TeX, if it looks like it."""
_PICTURED = terms("mwe-math-fallback-image-inline mwe-math-fallback-image-display mwe-math tex latex math mathjax")
"""Classes of images that show a formula."""
_DISPLAY = terms(
    "katex-display mathjax_display mathjax_svg_display mjx-full-width mwe-math-element-block display block "
    "math-display mwe-math-fallback-image-display"
)
_NAMES = terms("span div img script p mjx-container tex-math")
_CLASSED = _TYPESET | _WRITTEN | _PICTURED
_BLOCKS = ("p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "a", "img")
_LARGEST = 2000
"""Elements in which the formula of one element is looked for."""
_LONGEST = 500
"""Characters beyond which text that is only called a formula by its class is not believed to be one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """One formula.

    Attributes:
        text: TeX, a line of symbols, or words; empty for a copy that adds nothing.
        words: Whether ``text`` is words, to be read as any others.
        display: Whether it stands in a line of its own.
    """

    text: str
    words: bool
    display: bool


def find_formulas(names: Mapping[Element, str]) -> dict[Element, Formula]:
    """The formulas of a page, the outermost element of each; copies beside it have an empty text.

    Args:
        names: The elements of the page in its order, with their names.
    """
    found: dict[Element, Formula] = {}
    for element, name in names.items():
        if (name == "math" or (name in _NAMES and _may_be(element, name))) and not _is_inside(element, found):
            made = _formula(element, name, words_of(element, "class"))
            if made is not None:
                found[element] = made
    return found


def _may_be(element: Element, name: str) -> bool:
    """A quick look at what most elements lack."""
    if name == "script":
        return bool(_SCRIPT.match(element.get("type") or ""))
    return bool(words_of(element, "class") & _CLASSED) or element.get("role") == "math" or name == "mjx-container"


def _is_inside(element: Element, found: dict[Element, Formula]) -> bool:
    return bool(found) and any(up in found for up in element.iterancestors())


def _formula(element: Element, name: str, classes: frozenset[str]) -> Formula | None:
    if name == "script":
        display = "mode=display" in (element.get("type") or "").replace(" ", "").lower()
        return Formula(text=bare_tex(element.text or ""), words=False, display=display)
    if name == "img":
        return _made(element, classes, element.get("alt") or "") if classes & _PICTURED else None
    label = " ".join((element.get("aria-label") or "").split())
    if label and not is_tex(label):
        return _made(element, classes, label)
    if name == "math":
        return _made(element, classes, _of_math(element))
    if name == "mjx-container" or classes & _TYPESET:
        if _script_behind(element) is not None:
            return Formula(text="", words=False, display=False)
        return _made(element, classes, _inside(element) or label or one_line(element))
    if element.get("role") == "math":
        return _made(element, classes, _inside(element) or label or _of_markup(element))
    return _of_text(element, classes)


def _of_text(element: Element, classes: frozenset[str]) -> Formula | None:
    """The formula in a ``<span class="math">``; None where it holds none and only has the name."""
    inner = _inside(element)
    if inner:
        return _made(element, classes, inner)
    if next(element.iterdescendants(*_BLOCKS), None) is not None or _is_large(element):
        return None
    text = " ".join(raw_text(element).split())
    delimited = bool(DELIMITED.fullmatch(text))
    if not delimited:
        text = _of_markup(element)
        if not text or len(text) > _LONGEST or not (is_tex(text) if "math" in classes else SIGNS.search(text)):
            return None
    return Formula(text=bare_tex(text), words=False, display=_is_display(element, classes))


def _is_large(element: Element) -> bool:
    length = 0
    for text in element.itertext():
        length += len(text)
        if length > _LARGEST:
            return True
    return False


def _of_markup(element: Element) -> str:
    """A formula that is set in HTML: ``E = mc<sup>2</sup>`` as ``E = mc^2``."""
    if all(tag(below) not in ("sub", "sup") for below in element.iterdescendants()):
        return one_line(element)
    parts = [element.text or ""]
    for child in element:
        sign = {"sup": "^", "sub": "_"}.get(tag(child), "")
        parts.append(sign + held(one_line(child)) if sign else _of_markup(child))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _inside(element: Element) -> str:
    """TeX, or else symbols, of the formula somewhere in ``element``."""
    for below in islice(element.iterdescendants(), _LARGEST):
        name = tag(below)
        if name == "script" and _SCRIPT.match(below.get("type") or ""):
            return bare_tex(below.text or "")
        given = below.get("data-latex") or below.get("data-tex")
        if given:
            return bare_tex(given)
        if name == "math":
            return _of_math(below)
        if name == "img" and words_of(below, "class") & _PICTURED and below.get("alt"):
            return bare_tex(below.get("alt") or "")
    return ""


def _of_math(math: Element) -> str:
    """TeX where a ``<math>`` carries it, its own words, or its symbols in one line."""
    for note in math.iter():
        if tag(note) == "annotation" and "tex" in (note.get("encoding") or "").lower():
            return bare_tex(raw_text(note))
    return bare_tex(math.get("alttext") or math.get("data-latex") or "") or line_of_math(math)


def _made(element: Element, classes: frozenset[str], text: str) -> Formula | None:
    text = bare_tex(text)
    if not text:
        return None
    return Formula(text=text, words=not is_tex(text), display=_is_display(element, classes))


def _is_display(element: Element, classes: frozenset[str]) -> bool:
    if element.get("display") in ("block", "true") or classes & _DISPLAY:
        return "inline" not in classes
    if tag(element) in ("div", "p"):
        return True
    return any(below.get("display") == "block" for below in element.iter() if tag(below) == "math")


def _script_behind(element: Element) -> Element | None:
    """The script that MathJax 2 leaves behind the formula it was typeset from."""
    after = element.getnext()
    while after is not None and not (after.getprevious().tail or "").strip():  # type: ignore[union-attr]
        if tag(after) == "script" and _SCRIPT.match(after.get("type") or ""):
            return after
        if not words_of(after, "class") & _TYPESET:
            return None
        after = after.getnext()
    return None
