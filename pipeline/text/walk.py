"""DOM → blocks: the one walker behind HTML, Markdown and every later format that can be put as HTML.

It keeps headings, lists with their start, tables, figures, quotations with their source, code with its language,
footnotes and asides in the order of the page, and reports what it leaves out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.model.document import (
    Aside,
    Block,
    Break,
    Footnote,
    Heading,
    Inline,
    Omission,
    Paragraph,
    Position,
    Quote,
    Span,
    Table,
)
from pipeline.text.dom_clutter import is_link_list, is_silent, why_clutter, why_hidden
from pipeline.text.dom_code import code
from pipeline.text.dom_figure import caption_of, figure, figures, is_captioned
from pipeline.text.dom_footnote import unlabelled
from pipeline.text.dom_inline import fold, paragraphs, spans, style, tidy
from pipeline.text.dom_list import definitions, items
from pipeline.text.dom_page import Page, is_block_name, look_at, position
from pipeline.text.dom_quote import alert, aside_role, is_box, source_of, split_source, undashed
from pipeline.text.dom_source import Element, tag
from pipeline.text.dom_table import is_layout, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 100
"""Levels of blocks below which markup is read as bare text, so that no page can exhaust the stack."""
_OTHER = frozenset(("table", "pre", "blockquote", "figure"))
_MEDIA = {
    "iframe": "embedded page",
    "video": "video",
    "audio": "recording",
    "object": "embedded object",
    "embed": "embedded object",
}


def walk(
    root: Element, *, language: str = "und", base: str = "", own: bool = False
) -> tuple[tuple[Block, ...], tuple[Omission, ...]]:
    """The blocks under ``root`` in reading order, and what was left out.

    Args:
        root: Element that holds the article; footnotes are also found elsewhere in its page.
        language: BCP 47 tag of the document: spans in another language say so.
        base: Address that relative links are joined to.
        own: Whether everything under ``root`` is the author's, so that only hidden things are left out; else
            navigation, newsletter boxes and the like are looked for.
    """
    page = look_at(root, language=language, base=base, own=own)
    walker = _Walker(page=page)
    blocks = (*walker.inside(root, Span(text=""), 0), *walker.far_notes())
    return blocks, tuple(page.omitted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walker:
    page: Page

    def inside(self, parent: Element, look: Span, depth: int) -> Iterator[Block]:
        """The blocks among the children of ``parent``; loose text between them becomes paragraphs."""
        look = style(parent, look, self.page)
        loose = [replace(look, text=fold(parent.text))] if parent.text else []
        images: list[Element] = []
        place = position(parent)
        for child in parent:
            if self._is_block(child):
                yield from self._flush(loose, images, place)
                loose, images = [], []
                yield from self.block(child, look, depth + 1)
                place = replace(place, line=max(place.line, position(child).end_line))
            else:
                loose.extend(spans(child, look, self.page, images, depth))
            if child.tail:
                loose.append(replace(look, text=fold(child.tail)))
        yield from self._flush(loose, images, place)

    def block(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        """What a block element becomes."""
        page = self.page
        if is_silent(element):
            return
        if element in page.notes.labels and element not in page.met:
            yield from self._note(element, look, depth)
            return
        why = why_hidden(element) or why_clutter(element, page)
        if not why and is_link_list(element, page):
            why = "list of links"
        if why:
            page.omit(element, why)
        elif depth > _DEEPEST:
            yield from self._flush(
                [replace(look, text=fold(" ".join(map(str, element.itertext()))))], [], position(element)
            )
        else:
            yield from self._made(element, style(element, look, page), depth)

    def line(self, element: Element, look: Span, images: list[Element] | None = None) -> Inline:
        """The text of ``element`` in one line; its images go to ``images``."""
        return tidy(spans(element, look, self.page, [] if images is None else images))

    def far_notes(self) -> Iterator[Block]:
        """Footnotes that stand outside the root."""
        for holder in self.page.notes.labels:
            if holder not in self.page.met and holder not in self.page.letters:
                yield from self._note(holder, Span(text=""), 0)

    def _made(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        name = tag(element)
        here = position(element)
        if re.fullmatch("h[1-6]", name) or element.get("role") == "heading":
            yield from self._heading(element, look, depth)
        elif name in ("ul", "ol", "dir"):
            yield from items(element, lambda item: self._item(item, look, depth), self._is_note)
        elif name == "dl" and not is_captioned(element):
            yield from definitions(element, lambda item: self._item(item, look, depth), self._is_note)
        elif name == "blockquote":
            yield from self._quote(element, look, depth)
        elif name in ("pre", "listing", "xmp"):
            yield from filter(None, [code(element)])
        elif name == "hr":
            yield Break(position=here)
        elif name == "table":
            yield from self._table(element, look, depth)
        elif name == "figure" or is_captioned(element):
            yield from self._figure(element, look, depth)
        elif name == "aside" or is_box(element):
            blocks = tuple(self.inside(element, look, depth))
            yield from [Aside(role=aside_role(element), blocks=blocks, position=here)] if blocks else []
        elif name in _MEDIA:
            self.page.omit(element, _MEDIA[name], element.get("title") or element.get("src") or "")
        elif name != "figcaption" or next(element.iterancestors("figure"), None) is None:
            yield from self.inside(element, look, depth)

    def _item(self, item: Element, look: Span, depth: int) -> Iterator[Block]:
        return (
            self.block(item, look, depth + 1)
            if self._is_note(item) or tag(item) != "li"
            else (self.inside(item, look, depth + 1))
        )

    def _heading(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        images: list[Element] = []
        text = self.line(element, look, images)
        given = tag(element)[1:] if tag(element) != "header" else ""
        level = given if given in tuple("123456") else (element.get("aria-level") or "2")
        if text:
            number = int(level) if level in tuple("123456") else 2
            yield Heading(level=number, text=text, position=position(element))
        yield from self._figures(images)

    def _quote(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        source = source_of(element)
        blocks: tuple[Block, ...] = tuple(self.inside(element, look, depth))
        cite: Inline = ()
        if source is not None:
            cite = undashed(self.line(source, look))
            last = blocks[-1] if blocks else None
            if isinstance(last, Paragraph) and undashed(last.text) == cite:
                blocks = blocks[:-1]
        if not cite:
            blocks, cite = split_source(blocks)
        role, rest = alert(blocks)
        if not role and aside_role(element) == "pullquote":
            role = "pullquote"
        if rest and role:
            yield Aside(role=role, blocks=rest, position=position(element))
        elif rest:
            yield Quote(blocks=rest, cite=cite, position=position(element))

    def _table(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        if is_layout(element, self.page):
            yield from self.inside(element, look, depth)
            return
        images: list[Element] = []
        yield from filter(None, [table(element, lambda cell: self.line(cell, look, images))])
        yield from self._figures(images)

    def _figure(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        label = caption_of(element)
        caption = self.line(label, look) if label is not None else ()
        if any(tag(below) in _OTHER for below in element.iterdescendants()):
            blocks = list(self.inside(element, look, depth))
            for number, block in enumerate(blocks):
                if caption and isinstance(block, Quote) and not block.cite:
                    blocks[number], caption = replace(block, cite=undashed(caption)), ()
                elif caption and isinstance(block, Table) and not block.caption:
                    blocks[number], caption = replace(block, caption=caption), ()
            yield from blocks
        else:
            found = figures(element, self.page, label, caption)
            yield from found or (() if caption else self.inside(element, look, depth))
            caption = () if found else caption
        if caption and label is not None:
            yield Paragraph(text=caption, position=position(label))

    def _note(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        self.page.met.add(element)
        name, label = self.page.notes.labels[element]
        blocks = unlabelled(self.inside(element, look, depth + 1), label)
        if blocks:
            place = position(element)
            yield Footnote(id=name, label=label, blocks=blocks, position=place if place.line else blocks[0].position)

    def _flush(self, loose: list[Span], images: list[Element], place: Position) -> Iterator[Block]:
        for text in paragraphs(loose):
            yield Paragraph(text=text, position=place)
        yield from self._figures(images)

    def _figures(self, images: list[Element]) -> Iterator[Block]:
        yield from filter(None, (figure(image, self.page) for image in images))

    def _is_note(self, element: Element) -> bool:
        return element in self.page.notes.labels

    def _is_block(self, element: Element) -> bool:
        return is_block_name(tag(element)) or element in self.page.containers
