"""The article as read: a document of blocks, with nothing lost and every node's place in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a node stands in its source.

    Attributes:
        line: First line, from 1; 0 means unknown. In formats without lines (DOCX) it is the number of the paragraph.
        end_line: Last line, inclusive.
        part: File inside an archive (EPUB) that holds the node; else empty.
    """

    line: int = 0
    end_line: int = 0
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text with one look and meaning.

    Attributes:
        text: The characters as written, white space folded as the source format folds it.
        emphasis: ``""``, ``"emphasis"`` or ``"strong"``.
        code: Whether the text is code, a file name or a command.
        formula: Whether the text is a formula: TeX, or one line of symbols where the source has no TeX.
        language: BCP 47 tag where it differs from the document's; else empty.
        href: Target of the link the text belongs to; else empty.
        note: Id of the footnote that this span refers to (``text`` is then the mark as shown); else empty.
        expansion: What an abbreviation stands for (``<abbr title>``); else empty.
        shift: ``""``, ``"sub"`` or ``"super"``.
    """

    text: str
    emphasis: str = ""
    code: bool = False
    formula: bool = False
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
    """One entry of a list.

    Attributes:
        blocks: What the entry says.
        terms: In a list of definitions the terms that ``blocks`` explain; else empty.
        checked: Whether a task is done; None unless the entry is a task.
    """

    blocks: tuple[Block, ...]
    terms: tuple[Inline, ...] = ()
    checked: bool | None = None
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list; an ordered one counts from ``start``. Where its items have terms, it is a list of definitions."""

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
    """A table.

    Attributes:
        rows: Cells by row; all rows are equally long, and a cell that spans several is repeated in them.
        header: Names of the columns; empty where the source marks none.
        row_header: Whether the first cell of each row names the row.
        caption: The table's title.
    """

    rows: tuple[tuple[Inline, ...], ...]
    header: tuple[Inline, ...] = ()
    row_header: bool = False
    caption: Inline = ()
    position: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An image, or something else that is shown or played in the article.

    Attributes:
        source: Address or path; may be empty where only words are left of it.
        kind: ``"image"``, ``"video"``, ``"audio"``, ``"post"`` (of a social network) or ``"page"``
            (any other embedding).
        alt: Its words for those who do not see it: alternative text, or the title of a video.
        caption: What stands under it.
        decorative: Whether its author said that it adds nothing (empty alternative text given on purpose).
    """

    source: str
    kind: str = "image"
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
        season: From 1; None where the source names none.
        number: Of the episode, from 1; None where the source leaves counting to the show.
    """

    description: str = ""
    link: str = ""
    image: str = ""
    licence: str = ""
    site: str = ""
    explicit: bool | None = None
    season: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article.

    Attributes:
        title: The article's title as plain text; it does not stand among ``blocks``.
        language: BCP 47 tag, ``"und"`` where neither the source nor its text tells.
        authors: Names in the order of the source.
        published: ISO 8601 date (``YYYY-MM-DD``) or empty.
        draft: Whether the source says that it is not to be published yet.
        meta: The rest of what the source says about itself.
        blocks: The body in reading order; footnotes stand where the source puts their text.
        omitted: What the reader left out, and why.
    """

    title: str
    language: str = "und"
    authors: tuple[str, ...] = ()
    published: str = ""
    draft: bool = False
    meta: Meta = field(default_factory=Meta)
    blocks: tuple[Block, ...] = ()
    omitted: tuple[Omission, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article that a collection, such as a feed, names.

    Attributes:
        key: Its identity in the collection, the same after the article was edited.
        uri: Address of its page; empty where it has none.
        document: What the collection itself holds of it.
        whole: Whether that is the whole article; else the page at ``uri`` is to be read.
        cut: Whether it plainly is a part only, and no article where the page cannot be read.
    """

    key: str
    uri: str
    document: Document
    whole: bool
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A document and where it came from.

    Attributes:
        uri: Path or address; for a part of a file with ``#`` and the part's key.
        digest: The sha256 of the bytes it was read from, or of what it says where it has no file of its own, hex.
        document: What was read.
        whole: False where ``document`` is only what a feed holds, and the page at ``uri`` may hold more.
        cut: Whether ``document`` plainly is a part only.
    """

    uri: str
    digest: str
    document: Document
    whole: bool = True
    cut: bool = False


def plain(text: Inline) -> str:
    """The characters of ``text`` without footnote marks, white space folded."""
    return " ".join("".join(span.text for span in text if not span.note).split())


def spans(blocks: Iterable[Block]) -> Iterator[Span]:
    """Every span in ``blocks``, in order."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield from block.text
            case List():
                for item in block.items:
                    for term in item.terms:
                        yield from term
                    yield from spans(item.blocks)
            case Quote():
                yield from spans(block.blocks)
                yield from block.cite
            case Table():
                for line in (block.caption, *block.header, *(cell for row in block.rows for cell in row)):
                    yield from line
            case Figure():
                yield from block.caption
            case Footnote() | Aside():
                yield from spans(block.blocks)
            case Code() | Break():
                pass


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Every run of words in ``blocks``, in order: headings, captions and tables in, alternative texts out."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield plain(block.text)
            case List():
                for item in block.items:
                    yield from map(plain, item.terms)
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
