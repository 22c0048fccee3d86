"""The article as read: a document of blocks, with nothing lost and every node's place in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a node stands in its source; lines count from 1, 0 means unknown."""

    line: int = 0
    end_line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text with one look and meaning.

    Attributes:
        text: The characters as written, white space folded as the source format folds it.
        emphasis: ``""``, ``"emphasis"`` or ``"strong"``.
        code: Whether the text is code, a file name or a command.
        language: BCP 47 tag where it differs from the document's; else empty.
        href: Target of the link the text belongs to; else empty.
        note: Id of the footnote that this span refers to (``text`` is then the mark as shown); else empty.
        expansion: What an abbreviation stands for (``<abbr title>``); else empty.
        shift: ``""``, ``"sub"`` or ``"super"``.
    """

    text: str
    emphasis: str = ""
    code: bool = False
    language: str = ""
    href: str = ""
    note: str = ""
    expansion: str = ""
    shift: str = ""


Inline = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section's title; ``level`` 1 (the article's own title) to 6."""

    level: int
    text: Inline
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text."""

    text: Inline
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a list; ``checked`` is None unless it is a task."""

    blocks: tuple[Block, ...]
    checked: bool | None = None
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list; an ordered one counts from ``start``."""

    ordered: bool
    items: tuple[Item, ...]
    start: int = 1
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A block quotation; ``cite`` names its source as the article does, else it is empty."""

    blocks: tuple[Block, ...]
    cite: Inline = ()
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; ``header`` is empty where the source marks none."""

    rows: tuple[tuple[Inline, ...], ...]
    header: tuple[Inline, ...] = ()
    caption: Inline = ()
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An image; ``decorative`` when its author said so (empty alternative text given on purpose)."""

    source: str
    alt: str = ""
    caption: Inline = ()
    decorative: bool = False
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A block of code; ``language`` is the programming language where given."""

    text: str
    language: str = ""
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """The text of a note, referred to by ``Span.note``; ``label`` is its mark as shown."""

    id: str
    label: str
    blocks: tuple[Block, ...]
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Text beside the main line; ``role`` is ``"aside"``, ``"note"``, ``"warning"``, ``"pullquote"`` and the like."""

    role: str
    blocks: tuple[Block, ...]
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A thematic break (``<hr>``, ``* * *``)."""

    position: Position = field(default_factory=Position)


Block = Heading | Paragraph | List | Quote | Table | Figure | Code | Footnote | Aside | Break


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """Something a reader or the narration left out, with the reason, for the report."""

    what: str
    why: str
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What a source says about itself beside title, language, authors and date; empty where it says nothing.

    Attributes:
        description: One paragraph of plain text.
        link: Address of the article on the web.
        image: Path (relative to the source) or address of the lead image.
        licence: Name or address of the licence.
        site: Name of the site or publication.
        explicit: True or False where the source says so, else None.
    """

    description: str = ""
    link: str = ""
    image: str = ""
    licence: str = ""
    site: str = ""
    explicit: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article.

    Attributes:
        title: The article's title as plain text; it does not stand among ``blocks``.
        language: BCP 47 tag, ``"und"`` where neither the source nor its text tells.
        authors: Names in the order of the source.
        published: ISO 8601 date (``YYYY-MM-DD``) or empty.
        meta: The rest of what the source says about itself.
        blocks: The body in reading order; footnotes stand where the source puts their text.
        omitted: What the reader left out, and why.
    """

    title: str
    language: str = "und"
    authors: tuple[str, ...] = ()
    published: str = ""
    meta: Meta = field(default_factory=Meta)
    blocks: tuple[Block, ...] = ()
    omitted: tuple[Omission, ...] = ()


def plain(text: Inline) -> str:
    """The characters of ``text`` without footnote marks, white space folded."""
    return " ".join("".join(span.text for span in text if not span.note).split())


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Every run of words in ``blocks``, in order: headings, captions and tables in, alternative texts out."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield plain(block.text)
            case List():
                for item in block.items:
                    yield from texts(item.blocks)
            case Quote():
                yield from texts(block.blocks)
                yield plain(block.cite)
            case Table():
                yield plain(block.caption)
                for row in (block.header, *block.rows):
                    yield from (plain(cell) for cell in row)
            case Figure():
                yield plain(block.caption)
            case Code():
                yield block.text
            case Footnote() | Aside():
                yield from texts(block.blocks)
            case Break():
                pass
