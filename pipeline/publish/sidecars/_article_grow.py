"""The article's blocks grown into a tree of elements and lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.model.document import (
    Aside,
    Block,
    Break,
    Code,
    Document,
    Figure,
    Footnote,
    Heading,
    Inline,
    List,
    Paragraph,
    Position,
    Quote,
    Span,
    Table,
    plain,
)
from pipeline.publish.sidecars._article_places import Line, Row
from pipeline.publish.sidecars._article_tree import Element, Tree, notes_in, safe
from pipeline.text.lay import laid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.publish.sidecars._article_look import Look


def grow(document: Document, look: Look) -> Tree:
    """The tree of ``document``, with the pictures that ``look`` has."""
    tree = Tree(root=Element(tag="div"))
    _Grower(tree=tree, look=look).all(document)
    return tree


@dataclass(slots=True, kw_only=True)
class _Grower:
    tree: Tree
    look: Look
    levels: list[int] = field(default_factory=list)
    in_note: bool = False

    def all(self, document: Document) -> None:
        for number, note in enumerate(notes_in(document.blocks), 1):
            self.tree.notes.setdefault(note.id, number)
        title = self.add(self.tree.root, "h1")
        title.block = True  # an intro is heard in front of it
        self.line(title, (Span(text=document.title),), Position())
        self.blocks(self.tree.root, document.blocks)

    def add(self, parent: Element, tag: str, *, place: Position | None = None, **attributes: str) -> Element:
        """A new element at the end of ``parent``; with a place, it is a block."""
        given = {name.rstrip("_").replace("_", "-"): text for name, text in attributes.items()}
        made = Element(tag=tag, attributes=given, parent=parent, block=place is not None)
        parent.inside.append(made)
        if place is not None:
            self.tree.blocks.setdefault(place, made)
        return made

    def line(
        self, parent: Element, text: Inline, place: Position, *, row: Row | None = None, whole: bool = False
    ) -> None:
        """A line of text at the end of ``parent``."""
        line, spans = (" ".join(text[0].text.split()), text) if whole else laid(text)
        made = Line(text=line, spans=spans, position=place, note=self.in_note, whole=whole, row=row)
        if row is not None:
            row.cells.append(made)
        parent.inside.append(made)
        self.tree.lines.append(made)
        self.tree.homes[id(made)] = parent

    def blocks(self, parent: Element, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self.block(parent, block)

    def block(self, parent: Element, block: Block) -> None:
        place = block.position
        match block:
            case Heading():
                if plain(block.text):
                    self.line(self.add(parent, f"h{self.level(block.level)}", place=place), block.text, place)
            case Paragraph():
                if plain(block.text):
                    self.line(self.add(parent, "p", place=place), block.text, place)
            case List():
                self.list(parent, block)
            case Quote():
                made = self.add(parent, "blockquote", place=place)
                self.blocks(made, block.blocks)
                if plain(block.cite):
                    self.line(self.add(self.add(made, "footer"), "cite"), block.cite, place)
            case Table():
                self.table(parent, block)
            case Figure():
                self.figure(parent, block)
            case Code():
                self.code(parent, block)
            case Footnote():
                self.note(parent, block)
            case Aside():
                role = re.sub(r"[^a-z]", "", block.role.lower())
                self.blocks(self.add(parent, "div", place=place, role="note", class_=f"aside {role}"), block.blocks)
            case Break():
                self.add(parent, "hr", place=place)

    def level(self, level: int) -> int:
        """The heading's level on the page, where the title has 1 and none is left out."""
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
        self.levels.append(level)
        return min(6, 1 + len(self.levels))

    def list(self, parent: Element, block: List) -> None:
        place = block.position
        if block.items and all(item.terms for item in block.items):
            made = self.add(parent, "dl", place=place)
            for item in block.items:
                for term in item.terms:
                    self.line(self.add(made, "dt"), term, item.position)
                self.blocks(self.add(made, "dd"), item.blocks)
            return
        start = {"start": str(block.start)} if block.ordered and block.start != 1 else {}
        made = self.add(parent, "ol" if block.ordered else "ul", place=place, **start)
        for item in block.items:
            inside = self.add(made, "li")
            if item.checked is not None:
                inside.inside.append("☑ " if item.checked else "☐ ")
            for term in item.terms:
                self.line(self.add(self.add(inside, "p"), "strong"), term, item.position)
            self.blocks(inside, item.blocks)

    def table(self, parent: Element, block: Table) -> None:
        place = block.position
        around = self.add(parent, "div", place=place, class_="table")
        made = self.add(around, "table")
        if plain(block.caption):
            self.line(self.add(made, "caption"), block.caption, place)
        if block.header:
            self.row(self.add(made, "thead"), block.header, block, head=True)
        if block.rows:
            body = self.add(made, "tbody")
            for cells in block.rows:
                self.row(body, cells, block, head=False)

    def row(self, parent: Element, cells: tuple[Inline, ...], block: Table, *, head: bool) -> None:
        made = self.add(parent, "tr")
        made.row = Row(head=head)
        for index, cell in enumerate(cells):
            heads = bool(plain(cell)) and (head or (index == 0 and block.row_header))
            inside = self.add(made, "th", scope="col" if head else "row") if heads else self.add(made, "td")
            self.line(inside, cell, block.position, row=made.row)

    def figure(self, parent: Element, block: Figure) -> None:
        place = block.position
        picture = self.look.images.get(block.source) if block.kind == "image" else None
        words, caption = " ".join(block.alt.split()), plain(block.caption)
        address = "" if picture else safe(block.source)
        if not (picture or caption or (words and not block.decorative) or address):
            return
        made = self.add(parent, "figure", place=place)
        if picture:
            alt = "" if block.decorative else words or self.look.undescribed
            image = self.add(made, "img", src=picture.address, alt=alt)
            image.attributes |= {"width": str(picture.width_px), "height": str(picture.height_px)}
            if not self.look.xml:
                image.attributes["loading"] = "lazy"
        if words and not block.decorative:
            self.line(self.add(made, "p", class_="description"), (Span(text=words),), place)
        if address:
            shown = address if len(address) <= 80 else f"{address[:79]}…"
            self.line(self.add(made, "p", class_="address"), (Span(text=shown, href=address),), place)
        if caption:
            self.line(self.add(made, "figcaption"), block.caption, place)

    def code(self, parent: Element, block: Code) -> None:
        inside = self.add(self.add(parent, "pre", place=block.position), "code")
        for index, text in enumerate(block.text.strip("\n").split("\n")):
            if index:
                inside.inside.append("\n")
            self.line(inside, (Span(text=text),), block.position, whole=True)

    def note(self, parent: Element, block: Footnote) -> None:
        number = self.tree.notes[block.id]
        made = self.add(parent, "aside", place=block.position, class_="note", role="doc-footnote", id=f"note-{number}")
        outer, self.in_note = self.in_note, True
        mark = self.add(self.add(made, "p", class_="mark"), "a", href=f"#mark-{number}", role="doc-backlink")
        mark.inside.append(block.label.strip("[]() .") or str(number))
        self.blocks(made, block.blocks)
        self.in_note = outer
