"""A document as plain text for people, each construct with a mark of its own: what ``articlecast read`` shows."""

from __future__ import annotations

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
    Quote,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def lines(document: Document) -> Iterator[str]:
    """The document, line by line."""
    yield f"# {document.title}"
    said = (", ".join(document.authors), document.published, document.language, document.meta.site)
    yield " · ".join(filter(None, said))
    yield ""
    yield from _blocks(document.blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)
        yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {_text(block.text)}"
        case Paragraph():
            yield _text(block.text)
        case List():
            for number, item in enumerate(block.items, block.start):
                yield from (f"{_text(term)}:" for term in item.terms)
                mark = f"{number}. " if block.ordered else "- "
                done = {True: "[x] ", False: "[ ] ", None: ""}[item.checked]
                yield from _indented(item.blocks, mark + done)
        case Quote():
            yield from _indented(block.blocks, "> ", "> ")
            if block.cite:
                yield f"> — {_text(block.cite)}"
        case Table():
            yield f"[table: {_text(block.caption)}]" if block.caption else "[table]"
            for row in filter(None, (block.header, *block.rows)):
                yield " | ".join(map(_text, row))
        case Figure():
            words = [block.alt, _text(block.caption), "decorative" if block.decorative else "", block.source]
            yield f"[{block.kind}: {' | '.join(filter(None, words))}]"
        case Code():
            yield f"[code {block.language}]".replace(" ]", "]")
            yield from (f"    {line}" for line in block.text.splitlines())
        case Footnote():
            yield from _indented(block.blocks, f"[{block.label}] ")
        case Aside():
            yield f"[{block.role}]"
            yield from _indented(block.blocks, "  ")
        case Break():
            yield "* * *"


def _indented(blocks: tuple[Block, ...], first: str, rest: str = "") -> Iterator[str]:
    written = [line for number, block in enumerate(blocks) for line in ([""] if number else []) + list(_block(block))]
    for number, line in enumerate(written):
        yield (first if not number else rest or " " * len(first)) + line


def _text(text: Inline) -> str:
    marks = {"super": "^", "sub": "_", "": ""}
    return "".join(f"[{span.text.strip('[]')}]" if span.note else f"{marks[span.shift]}{span.text}" for span in text)
