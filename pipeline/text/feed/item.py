"""What feeds of all formats say, in one form, before it becomes articles."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.errors import ReadError

MOST_ENTRIES = 10_000
"""Entries; more of them are no feed but an attack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """Text as a feed holds it.

    Attributes:
        text: The characters, XML's or JSON's own escapes undone.
        html: Whether it is HTML; else plain text.
        line: Line of the feed on which it begins, from 1; 0 where that is unknown.
    """

    text: str = ""
    html: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What a feed says of itself and of each entry; empty where it says nothing.

    Attributes:
        title: As written.
        language: As written.
        authors: Names in order.
        licence: Name or address.
        explicit: As in `pipeline.model.document.Meta`.
    """

    title: Markup = field(default_factory=Markup)
    language: str = ""
    authors: tuple[str, ...] = ()
    licence: str = ""
    explicit: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed.

    Attributes:
        common: Title, language, authors, licence.
        id: The feed's own name for it (``guid``, ``id``).
        link: Address of its page.
        base: Address that relative links in the content are joined to, where the feed says so.
        content: The article's text, where the feed marks it as such.
        summary: Description or teaser.
        published: Date as written, of publication or else of the last change.
        image: Address of its picture.
        season: As in `pipeline.model.document.Meta`.
        number: Likewise.
    """

    common: Common
    id: str = ""
    link: str = ""
    base: str = ""
    content: Markup = field(default_factory=Markup)
    summary: Markup = field(default_factory=Markup)
    published: str = ""
    image: str = ""
    season: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed; ``link`` is the address of the site's own page."""

    common: Common
    link: str = ""
    items: tuple[Item, ...] = ()


def refuse_crowd(number: int, uri: str) -> None:
    """Raise `ReadError` where a feed has more entries than allowed; asked before anything is made of them."""
    if number > MOST_ENTRIES:
        raise ReadError(f"this feed names {number:,} articles, more than the {MOST_ENTRIES:,} allowed", uri)
