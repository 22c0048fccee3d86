"""Elements in a line of text → spans that keep emphasis, language, links, notes, abbreviations and sub/superscripts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.text.dom.clutter import is_silent, why_clutter
from pipeline.text.dom.figure import is_shown
from pipeline.text.dom.hidden import has_twin, is_spoken, label_instead, why_unseen
from pipeline.text.dom.notes import holds_way_back, is_page_break, mark_of
from pipeline.text.dom.page import Page, is_block_name
from pipeline.text.dom.source import Element, raw_text, tag, words_of
from pipeline.text.tex import may_hold_tex, with_formulas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model.document import Inline, Span

BREAK = "\n"
"""A line break as a span's whole text; white space of the source is folded to blanks before, so it is unmistakable."""

_BLANKS = re.compile("[ \t\n\r\f]+")
_SOFT = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_LOOK: dict[str, dict[str, Any]] = {
    "em": {"emphasis": "emphasis"},
    "i": {"emphasis": "emphasis"},
    "cite": {"emphasis": "emphasis"},
    "dfn": {"emphasis": "emphasis"},
    "var": {"emphasis": "emphasis"},
    "strong": {"emphasis": "strong"},
    "b": {"emphasis": "strong"},
    "code": {"code": True},
    "kbd": {"code": True},
    "samp": {"code": True},
    "tt": {"code": True},
    "sub": {"shift": "sub"},
    "sup": {"shift": "super"},
}
_GONE = {"del": "struck out", "s": "struck out", "strike": "struck out"}
_VOID = frozenset(("source", "track", "wbr"))
"""Elements that hold nothing, into which a parser of older HTML puts what follows them."""
_EMOJI = frozenset(("emoji", "wp-smiley", "emoticon", "twemoji"))
_PERMALINK = frozenset("¶#§🔗∞")
_DEEPEST = 120
"""Levels below which markup is read as bare text, so that no page can exhaust the stack."""


def style(element: Element, look: Span, page: Page) -> Span:
    """``look`` as ``element`` changes it."""
    name = tag(element)
    changes = dict(_LOOK.get(name, {}))
    if name in ("em", "i", "cite", "dfn", "var") and look.emphasis == "strong":
        changes.pop("emphasis")
    language = (element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    language = language or (element.get("xml:lang") or "").strip()
    if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*", language):
        changes["language"] = "" if same_language(language, page.language) else language.replace("_", "-")
    if name == "a" and element.get("href") and not (element.get("href") or "").startswith("#"):
        changes["href"] = page.address(element.get("href") or "")
    if name in ("abbr", "acronym") and (element.get("title") or "").strip():
        changes["expansion"] = " ".join((element.get("title") or "").split())
    return replace(look, **changes) if changes else look


def same_language(one: str, other: str) -> bool:
    """Whether two BCP 47 tags agree as far as both go: ``en`` and ``en-GB`` do, ``en-US`` and ``en-GB`` do not."""
    first, second = one.replace("_", "-").lower().split("-"), other.replace("_", "-").lower().split("-")
    return all(a == b for a, b in zip(first, second, strict=False))


def spans(element: Element, look: Span, page: Page, images: list[Element], depth: int = 0) -> Iterator[Span]:
    """The text of ``element`` and of all in it, tail not included.

    What stands beside the line, such as images and notes in the margin, is put into ``images``.
    """
    name = tag(element)
    if not name:
        return
    formula = page.formulas.get(element) if page.formulas else None
    if formula is not None:
        if formula.text:
            yield replace(look, text=formula.text, formula=not formula.words)
    elif is_shown(element):
        yield from _picture(element, look, images)
    elif name in _VOID:
        yield from _inside(element, look, page, images, depth)
    elif is_silent(element):
        return
    elif name == "br":
        yield replace(look, text=BREAK)
    elif element in page.notes.references:
        note = page.notes.references[element]
        page.cited.add(note)
        yield replace(look, text=mark_of(element) or page.notes.marks.get(note, ""), note=note, href="", shift="")
    elif element in page.notes.labels:
        images.append(element)
    elif name not in ("rt", "rp") and not _left_out(element, page):
        yield from _inside(element, look, page, images, depth)


def _inside(element: Element, look: Span, page: Page, images: list[Element], depth: int) -> Iterator[Span]:
    name = tag(element)
    inner = style(element, look, page)
    if depth > _DEEPEST:
        yield replace(inner, text=fold(raw_text(element)))
        return
    before, after = ("“", "”") if name == "q" else (" ", " ") if is_block_name(name) else ("", "")
    label = label_instead(element) if element.get("aria-label") else ""
    if label:
        yield replace(inner, text=label)
        return
    if before:
        yield replace(look, text=before)
    if element.text:
        yield replace(inner, text=fold(element.text))
    for child in element:
        if name in ("dt", "dd") and tag(child) in ("dt", "dd"):
            continue  # the parser overlooked that the end tag may be left out
        yield from spans(child, inner, page, images, depth + 1)
        if child.tail:
            yield replace(inner, text=fold(child.tail))
    if after:
        yield replace(look, text=after)


def spoken(element: Element, look: Span, page: Page) -> Iterator[Span]:
    """The text in ``element`` that is hidden from the eye and meant for screen readers."""
    for below in element.iterdescendants():
        if is_spoken(below):
            yield from _inside(below, look, page, [], 0)


def _left_out(element: Element, page: Page) -> bool:
    """Whether an inline element is not part of the text; reports it where somebody may miss it."""
    name = tag(element)
    if name == "a":
        text = raw_text(element).strip()
        back = any(up in page.notes.labels for up in element.iterancestors()) and page.notes.leads_back(element)
        if back or text in _PERMALINK or "headerlink" in words_of(element, "class"):
            return True
    if is_page_break(element) or holds_way_back(element):
        return True
    why = _GONE.get(name, "") or why_unseen(element) or why_clutter(element, page, whole=True)
    if not why and element in page.notes.lost:
        why = "reference to a note that is not there"
    if why and page.letters.get(element) and not has_twin(element):
        page.omit(element, why)
    return bool(why)


def _picture(element: Element, look: Span, images: list[Element]) -> Iterator[Span]:
    """Emoji stand for text; all else that is shown becomes figures."""
    if _EMOJI & words_of(element, "class"):
        yield replace(look, text=fold(element.get("alt") or ""))
    else:
        images.append(element)


def fold(text: str) -> str:
    """``text`` with its white space as one blank each, soft hyphens and zero-width marks gone."""
    return _BLANKS.sub(" ", text.translate(_SOFT))


def tidy(line: Iterable[Span]) -> Inline:
    """``line`` as a paragraph's text: breaks become blanks, blanks fold across spans, neighbours of one look join."""
    runs: list[tuple[Span, list[str]]] = []
    blank = True
    for span in line:
        text = _BLANKS.sub(" ", span.text)
        if blank:
            text = text.removeprefix(" ")
        if not text:
            continue
        blank = text.endswith(" ")
        if runs and not span.note and _look(runs[-1][0]) == _look(span):
            runs[-1][1].append(text)
        else:
            runs.append((span, [text]))
    out = [span if span.text == (text := "".join(texts)) else replace(span, text=text) for span, texts in runs]
    while out and not out[-1].text.rstrip(" "):
        out.pop()
    if out:
        out[-1] = replace(out[-1], text=out[-1].text.rstrip(" "))
    return tuple(with_formulas(out)) if any(map(may_hold_tex, out)) else tuple(out)


def _look(span: Span) -> tuple[object, ...]:
    return (span.emphasis, span.code, span.formula, span.language, span.href, span.note, span.expansion, span.shift)


def paragraphs(line: Iterable[Span]) -> Iterator[Inline]:
    """``line`` cut at two or more line breaks in a row, as old pages separate paragraphs; empty ones are left out."""
    part: list[Span] = []
    breaks = 0
    for span in line:
        if span.text == BREAK:
            breaks += 1
        elif span.text.strip():
            if breaks >= 2:
                yield from filter(None, [tidy(part)])
                part = []
            breaks = 0
        part.append(span)
    yield from filter(None, [tidy(part)])
