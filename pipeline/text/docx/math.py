"""Office formulas (OMML) → one line of TeX: fractions, roots, sums and matrices as commands, signs as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.docx.names import M, W, is_on, local, value
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.text.dom.source import Element

_DEEPEST = 60
"""Levels below which a formula is read as bare text, so that no file can exhaust the stack."""
_NARY = {
    "∑": r"\sum", "∏": r"\prod", "∐": r"\coprod", "∫": r"\int", "∬": r"\iint", "∭": r"\iiint", "∮": r"\oint",
    "⋃": r"\bigcup", "⋂": r"\bigcap", "⋁": r"\bigvee", "⋀": r"\bigwedge",
}  # fmt: skip
_ACCENTS = {
    "\u0302": r"\hat", "\u0303": r"\tilde", "\u0304": r"\bar", "\u0305": r"\bar", "\u0307": r"\dot", "\u0308": r"\ddot",
    "\u20d7": r"\vec", "→": r"\vec", "^": r"\hat", "~": r"\tilde", "¯": r"\bar", "˙": r"\dot", "¨": r"\ddot",
    "\u030c": r"\check", "\u0306": r"\breve", "\u0301": r"\acute", "\u0300": r"\grave", "\u20d6": r"\overleftarrow",
}  # fmt: skip
_NAMES = terms(
    "sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan log ln lg exp lim min max sup inf det dim gcd "
    "ker arg hom deg"
)
_SPACED = re.compile(r"(?<=\S)\s*([=<>≤≥≈≠≡∈∉⊂⊆→←⇒⇔↦∼≅∝±∓×÷·⋅∪∩∧∨]|(?<![\^_({\[,=<>≤≥≈≠+−-])[+−-])\s*(?=\S)")
_INVISIBLE: dict[int, str] = {
    **dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064\u200b\u00ad"), ""),
    **dict.fromkeys(map(ord, "\u2005\u2006\u2009\u200a\u202f"), r" \, "),
}
"""Signs without ink → nothing, or TeX's thin space."""
_PROPERTIES = "Pr"


def tex_of(formula: Element) -> str:
    r"""The formula in an ``<m:oMath>`` or ``<m:oMathPara>``: ``\frac{a}{b + c}``, ``x_i^2``, ``\sqrt[3]{x}``.

    The formulas of a paragraph of several are separated by semicolons; a formula of no signs gives an empty text.
    """
    held = [formula] if local(formula) == "oMath" else list(formula.iter(f"{M}oMath"))
    lines = [" ".join(_inside(part, 0).split()) for part in held]
    return "; ".join(filter(None, lines))


def _inside(element: Element, depth: int) -> str:
    if depth > _DEEPEST:
        return "".join(text.text or "" for text in element.iter(f"{M}t", f"{W}t"))
    parts = [_line(child, depth + 1) for child in element if not local(child).endswith(_PROPERTIES)]
    return _SPACED.sub(r" \1 ", _joined(parts))


def _joined(parts: list[str]) -> str:
    """``parts`` side by side, with a blank between a command and a letter in front of or behind it."""
    line = ""
    for part in parts:
        behind = part[:1].isalpha() and re.search(r"\\[A-Za-z]+$", line)
        before = re.match(r"\\[A-Za-z]", part) and re.search(r"[\w})\]]$", line)
        line += (" " if behind or before else "") + part
    return line


def _line(element: Element, depth: int) -> str:
    name = local(element)
    if name == "r":
        return _run(element)
    make = _MADE.get(name)
    return make(element, depth) if make else _inside(element, depth)


def _run(run: Element) -> str:
    text = "".join(part.text or "" for part in run if local(part) == "t").translate(_INVISIBLE)
    if any(local(part) in ("del", "delText") for part in run):
        return ""
    plain = run.find(f"{M}rPr/{M}nor")
    if plain is not None and is_on(plain) and len(text.strip()) > 1 and re.search(r"[^\W\d_]", text):
        return rf"\text{{{text}}}"
    return "\\" + text if text in _NAMES else text


def _part(element: Element, name: str, depth: int) -> str:
    part = element.find(f"{M}{name}")
    return _inside(part, depth).strip() if part is not None else ""


def _character(element: Element, name: str, default: str) -> str:
    """The sign that the properties of ``element`` give under ``name``; they may also say that there is none."""
    for properties in element:
        if local(properties).endswith(_PROPERTIES):
            given = properties.find(f"{M}{name}")
            if given is not None:
                return (given.get(f"{M}val") or "")[:4]
    return default


def _fraction(element: Element, depth: int) -> str:
    above, below = _part(element, "num", depth), _part(element, "den", depth)
    kind = value(element.find(f"{M}fPr/{M}type"), M)
    if kind == "noBar":
        return rf"\binom{{{above}}}{{{below}}}"
    if kind in ("lin", "skw"):
        return f"{_bracketed(above)}/{_bracketed(below)}"
    return rf"\frac{{{above}}}{{{below}}}"


def _scripts(element: Element, depth: int) -> str:
    base = _base(_part(element, "e", depth))
    below, above = _part(element, "sub", depth), _part(element, "sup", depth)
    return base + (f"_{braced(below)}" if below else "") + (f"^{braced(above)}" if above else "")


def _before(element: Element, depth: int) -> str:
    below, above = _part(element, "sub", depth), _part(element, "sup", depth)
    marks = (f"_{braced(below)}" if below else "") + (f"^{braced(above)}" if above else "")
    return f"{{}}{marks}{_part(element, 'e', depth)}"


def _root(element: Element, depth: int) -> str:
    degree = _part(element, "deg", depth)
    return rf"\sqrt{f'[{degree}]' if degree else ''}{{{_part(element, 'e', depth)}}}"


def _nary(element: Element, depth: int) -> str:
    sign = _character(element, "chr", "∫")
    below, above = _part(element, "sub", depth), _part(element, "sup", depth)
    marks = (f"_{braced(below)}" if below else "") + (f"^{braced(above)}" if above else "")
    return f"{_NARY.get(sign, sign)}{marks} {_part(element, 'e', depth)}"


def _delimited(element: Element, depth: int) -> str:
    first, last = _character(element, "begChr", "("), _character(element, "endChr", ")")
    between = _character(element, "sepChr", "|")
    inner = [_inside(part, depth).strip() for part in element.iterchildren(f"{M}e")]
    escaped = {"{": r"\{", "}": r"\}"}
    return escaped.get(first, first) + f" {between} ".join(inner) + escaped.get(last, last)


def _function(element: Element, depth: int) -> str:
    name = _part(element, "fName", depth)
    name = f"\\{name}" if name in _NAMES else name
    return f"{name} {_part(element, 'e', depth)}"


def _limit(mark: str) -> Callable[[Element, int], str]:
    return lambda element, depth: f"{_base(_part(element, 'e', depth))}{mark}{braced(_part(element, 'lim', depth))}"


def _accent(element: Element, depth: int) -> str:
    sign = _character(element, "chr", "\u0302")
    inner = _part(element, "e", depth)
    return f"{_ACCENTS[sign]}{{{inner}}}" if sign in _ACCENTS else inner + sign


def _bar(element: Element, depth: int) -> str:
    below = value(element.find(f"{M}barPr/{M}pos"), M) == "bot"
    return rf"\{'underline' if below else 'overline'}{{{_part(element, 'e', depth)}}}"


def _group(element: Element, depth: int) -> str:
    sign = _character(element, "chr", "\u23df")
    name = {"\u23df": "underbrace", "\u23de": "overbrace"}.get(sign, "")
    inner = _part(element, "e", depth)
    return rf"\{name}{{{inner}}}" if name else inner + sign


def _matrix(element: Element, depth: int) -> str:
    rows = [
        " & ".join(_inside(cell, depth).strip() for cell in row.iterchildren(f"{M}e"))
        for row in element.iterchildren(f"{M}mr")
    ]
    return r"\begin{matrix} " + r" \\ ".join(rows) + r" \end{matrix}"


def _lines(element: Element, depth: int) -> str:
    return r" \\ ".join(_inside(part, depth).strip() for part in element.iterchildren(f"{M}e"))


def _hidden(element: Element, depth: int) -> str:
    shown = element.find(f"{M}phantPr/{M}show")
    return "" if shown is not None and not is_on(shown, M) else _part(element, "e", depth)


def braced(text: str) -> str:
    """``text`` as the argument of a command: in braces unless it is a single sign."""
    return text if len(text) == 1 else f"{{{text}}}"


def _base(text: str) -> str:
    """What a script hangs on: in braces where only its last sign would carry the script."""
    return text if re.fullmatch(r"\w|\\?[A-Za-z]+|\d+|\S|[(\[|].*[)\]|]|\\[a-z]+\{[^{}]*\}", text) else f"{{{text}}}"


def _bracketed(text: str) -> str:
    return text if re.fullmatch(r"\w+|.", text) else f"({text})"


_MADE: dict[str, Callable[[Element, int], str]] = {
    "f": _fraction,
    "sSub": _scripts,
    "sSup": _scripts,
    "sSubSup": _scripts,
    "sPre": _before,
    "rad": _root,
    "nary": _nary,
    "d": _delimited,
    "func": _function,
    "limLow": _limit("_"),
    "limUpp": _limit("^"),
    "acc": _accent,
    "bar": _bar,
    "groupChr": _group,
    "m": _matrix,
    "eqArr": _lines,
    "phant": _hidden,
    "del": lambda element, depth: "",
    "moveFrom": lambda element, depth: "",
}
