"""DOM → blocks: the one walker behind HTML, Markdown and every later format that can be put as HTML.

It keeps headings, lists with their start, tables, figures, quotations with their source, code with its language,
footnotes and asides in the order of the page, and reports what it leaves out.
"""

from __future__ import annotations

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
from pipeline.text.dom.clutter import is_link_list, is_silent, why_clutter
from pipeline.text.dom.code import code, listing
from pipeline.text.dom.embed import is_embed
from pipeline.text.dom.figure import caption_of, figures, is_captioned, shown
from pipeline.text.dom.footnote import unlabelled
from pipeline.text.dom.hidden import label_instead, why_unseen
from pipeline.text.dom.inline import fold, paragraphs, spans, spoken, style, tidy
from pipeline.text.dom.list import definitions, is_misplaced, items
from pipeline.text.dom.notes import holds_way_back, is_note, is_note_list, is_page_break
from pipeline.text.dom.page import Page, is_block_name, look_at, position
from pipeline.text.dom.post import is_post, post
from pipeline.text.dom.quote import aside_role, is_box, is_pulled, quotation, source_of, undashed, untitled
from pipeline.text.dom.source import Element, tag
from pipeline.text.dom.table import is_layout, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 100
"""Levels of blocks below which markup is read as bare text, so that no page can exhaust the stack."""
_BLANK = " \t\r\n\f"
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_OTHER = frozenset(("table", "pre", "blockquote", "figure"))


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
        place = position(parent)
        label = label_instead(parent) if parent.get("aria-label") else ""
        if label:
            yield Paragraph(text=(replace(look, text=label),), position=place)
            return
        loose = [replace(look, text=fold(parent.text))] if parent.text and parent.text.strip(_BLANK) else []
        images: list[Element] = []
        apart = tag(parent) in ("dt", "dd")
        for child in parent:
            if apart and is_misplaced(child):
                continue
            if self._is_block(child):
                yield from self._flush(loose, images, place)
                loose, images = [], []
                yield from self.block(child, look, depth + 1)
                place = replace(place, line=max(place.line, position(child).end_line))
            else:
                loose.extend(spans(child, look, self.page, images, depth))
            if child.tail and (loose or child.tail.strip(_BLANK)):
                loose.append(replace(look, text=fold(child.tail)))
        yield from self._flush(loose, images, place)

    def block(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        """What a block element becomes."""
        page = self.page
        if element in page.notes.labels:
            if element not in page.met:
                yield from self._note(element, look, depth)
        elif element in page.formulas:
            yield from self._flush(list(spans(element, look, page, [], depth)), [], position(element))
        elif is_embed(element):
            yield from self._figures([element])
        elif why := self._why_not(element):
            page.omit(element, why)
        elif is_silent(element) or is_page_break(element) or holds_way_back(element):
            return
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
        """Footnotes that stand outside the root, or in a part of it that is left out."""
        page = self.page
        for holder, (name, _) in page.notes.labels.items():
            if holder not in page.met and (holder not in page.letters or name in page.cited):
                yield from self._note(holder, Span(text=""), 0)

    def _why_not(self, element: Element) -> str:
        """Why ``element`` is left out; empty where it is part of the article, or holds nothing at all."""
        if is_silent(element):
            return ""
        why = why_unseen(element) or why_clutter(element, self.page)
        return why or ("list of links" if is_link_list(element, self.page) else "")

    def _made(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        name = tag(element)
        if name in _HEADINGS or element.get("role") == "heading":
            yield from self._heading(element, look, depth)
        elif name in ("ul", "ol", "dir", "menu"):
            yield from items(element, lambda item: self._item(item, look, depth), self._is_note)
        elif name == "dl" and not is_captioned(element):
            yield from definitions(
                element,
                lambda item: self._item(item, look, depth),
                lambda term: self.line(term, style(term, look, self.page)),
                self._is_note,
            )
        elif is_post(element):
            yield from filter(None, [post(element, self.inside(element, look, depth), self.page)])
        elif name == "blockquote":
            yield from self._quote(element, look, depth)
        elif name in ("pre", "listing", "xmp"):
            yield from filter(None, [code(element)])
        elif name == "hr":
            yield from [] if is_note_list(element.getparent()) else [Break(position=position(element))]
        elif name == "table":
            yield from self._table(element, look, depth)
        elif is_pulled(element):
            yield from self._pulled(element, look, depth)
        elif name == "figure" or is_captioned(element):
            yield from self._figure(element, look, depth)
        elif name == "aside" or is_box(element):
            yield from self._aside(element, look, depth)
        elif name == "summary":
            yield from self.inside(element, replace(look, emphasis="strong"), depth)
        elif name != "figcaption" or next(element.iterancestors("figure"), None) is None:
            yield from self.inside(element, look, depth)

    def _aside(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        blocks = tuple(self.inside(element, look, depth))
        if all(isinstance(block, Footnote) for block in blocks):
            yield from blocks
        elif is_note(element) and element.get("id"):
            yield Footnote(id=element.get("id") or "", label="", blocks=blocks, position=position(element))
        else:
            role = aside_role(element)
            yield Aside(role=role, blocks=blocks if role == "aside" else untitled(blocks), position=position(element))

    def _pulled(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        inside = self._figure if tag(element) == "figure" else self.inside
        blocks = tuple(inside(element, look, depth))
        only = blocks[0] if len(blocks) == 1 else None
        if isinstance(only, Aside) or (isinstance(only, Quote) and not only.cite):
            blocks = only.blocks
        yield from [Aside(role="pullquote", blocks=blocks, position=position(element))] if blocks else []

    def _item(self, item: Element, look: Span, depth: int) -> Iterator[Block]:
        return (
            self.block(item, look, depth + 1)
            if self._is_note(item) or tag(item) != "li"
            else (self.inside(item, look, depth + 1))
        )

    def _heading(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        images: list[Element] = []
        known = len(self.page.omitted)
        text = self.line(element, look, images)
        given = tag(element)[1:] if tag(element) != "header" else ""
        level = given if given in tuple("123456") else (element.get("aria-level") or "2")
        if not text and (text := tidy(spoken(element, look, self.page))):
            del self.page.omitted[known:]
        if text:
            number = int(level) if level in tuple("123456") else 2
            yield Heading(level=number, text=text, position=position(element))
        yield from self._figures(images)

    def _quote(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        source = source_of(element)
        blocks = tuple(self.inside(element, look, depth))
        cite = undashed(self.line(source, look)) if source is not None else ()
        yield from filter(None, [quotation(element, blocks, cite)])

    def _table(self, element: Element, look: Span, depth: int) -> Iterator[Block]:
        if made := listing(element):
            yield made
        elif is_layout(element, self.page):
            yield from self.inside(element, look, depth)
        else:
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
            yield from found or self.inside(element, look, depth)
            caption = caption if not found and label is not None and tag(label) == "figcaption" else ()
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
        for image in images:
            if self._is_note(image):
                yield from self.block(image, Span(text=""), 0)
            else:
                yield from filter(None, [shown(image, self.page)])

    def _is_note(self, element: Element) -> bool:
        return element in self.page.notes.labels

    def _is_block(self, element: Element) -> bool:
        page = self.page
        return element in page.containers or (is_block_name(tag(element)) and element not in page.formulas)
