"""The room: a file, an address or bytes → a `Document`, by the reader that fits."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline import plugins
from pipeline.errors import ReadError
from pipeline.model.codec import canonical_json, to_plain
from pipeline.model.document import Article, Document, Omission, texts
from pipeline.read.original import Original, check_size, is_address, most_bytes, open_address, open_file
from pipeline.read.pick import reader_for
from pipeline.read.split import by_chapter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.document import Entry
    from pipeline.read.robots import Robots
    from pipeline.store.pages import Pages

LONGEST_PARAGRAPH = 250_000
"""Characters; the longest sentences of literature stay far below, so what is longer is data and not prose."""
LONGEST_DELAY_S = 10.0
"""Seconds that a site may ask to be left between two pages; what asks for more gets this."""


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    uri: str = "",
    max_input_bytes: int | None = None,
    pages: Pages | None = None,
) -> Document:
    """The one article in ``source``.

    Args:
        source: Path of a file, an address on the web, or the bytes of a file.
        uri: Where the bytes came from, for messages, for relative links and for the choice of the reader; a path
            stands for itself.
        max_input_bytes: Size beyond which nothing is read; None stands for 20 MB, and 200 MB for EPUB and DOCX.
        pages: Pages fetched before, so that a server need not send again what has not changed.

    Returns:
        The document; what the reader left out is in ``omitted``.

    Raises:
        ReadError: There is no such file or page, it cannot be read as an article, or it holds several articles; the
            message says what to do.
        MissingDependency: The format's reader needs a package that is not installed.
    """
    original = _open(source, uri=uri, max_input_bytes=max_input_bytes, pages=pages)
    return _document(original)


def articles(
    source: str | os.PathLike[str] | bytes,
    *,
    uri: str = "",
    per_chapter: bool = False,
    max_input_bytes: int | None = None,
    pages: Pages | None = None,
) -> Iterator[Article]:
    """All articles in ``source``: one of a page, each entry of a feed, and with ``per_chapter`` each chapter.

    Entries of which the feed holds less than the whole article come with what it holds; `complete` reads the rest.

    Args:
        source: As for `read`.
        uri: As for `read`.
        max_input_bytes: As for `read`.
        pages: As for `read`.
        per_chapter: Whether an article that is divided into chapters, such as a book, is taken apart.

    Raises:
        ReadError: as `read`.
    """
    original = _open(source, uri=uri, max_input_bytes=max_input_bytes, pages=pages)
    # a page is known by the address that was asked for, so that a moved one stays the same article
    name = original.uri if isinstance(source, bytes) else os.fspath(source)
    reader = plugins.load("readers", reader_for(original))
    if hasattr(reader, "entries"):
        for entry in reader.entries(original.data, uri=original.uri):
            yield _article_of(entry, name)
        return
    document: Document = reader.read(original.data, uri=original.uri)
    _check_prose(document, original.uri)
    parts = by_chapter(document) if per_chapter else ()
    if len(parts) > 1:
        for key, part in parts:
            yield Article(uri=f"{name}#{key}", digest=_digest_of(part), document=part)
    else:
        # the bytes of a page on the web change with every visit, what it says does not
        digest = _digest_of(document) if is_address(name) else hashlib.sha256(original.data).hexdigest()
        yield Article(uri=name, digest=digest, document=document)


def complete(
    article: Article,
    *,
    max_input_bytes: int | None = None,
    pages: Pages | None = None,
    robots: Robots | None = None,
) -> Article:
    """The whole of an article of which a feed holds only a part: its page is fetched.

    What the page does not say about itself is taken from the feed. Where the page cannot be read now, what the feed
    holds serves as the article, and says so, unless it plainly is a part only or there is no such page any more.

    Args:
        article: As `articles` gave it; a whole one is the answer itself.
        max_input_bytes: As for `read`.
        pages: As for `read`.
        robots: Rules of the sites, as they are kept where a whole feed is fetched; None asks none.

    Raises:
        ReadError: The page cannot be read and the feed holds no more than a part, there is no such page any more, or
            its site does not want robots there.
    """
    if article.whole:
        return article
    if not is_address(article.uri):
        part = Omission(what="the rest of the article", why="the feed holds a part of it and names no page")
        document = replace(article.document, omitted=(*article.document.omitted, part))
        return replace(article, document=document, whole=True)
    document = _page(article, max_input_bytes, pages, robots)
    return replace(article, document=document, digest=_digest_of(document), whole=True)


def _page(article: Article, max_input_bytes: int | None, pages: Pages | None, robots: Robots | None) -> Document:
    """What the article's page says, asked for as politely as its site wants it."""
    from pipeline.read.fetch import Disallowed, Gone  # TLS and HTTP: only where there is an address

    allowed = robots.allows if robots else None
    try:
        if robots is not None and robots.allows(article.uri):
            time.sleep(min(robots.delay_s(article.uri), LONGEST_DELAY_S))
        page = open_address(article.uri, max_input_bytes=max_input_bytes, pages=pages, allowed=allowed)
        return _with_feed(_document(page), article.document)
    except (Disallowed, Gone):
        raise
    except ReadError as error:
        if article.cut:
            raise
        lost = Omission(what="the article's page", why=f"page could not be read ({error.message})")
        return replace(article.document, omitted=(*article.document.omitted, lost))


def _document(original: Original) -> Document:
    document: Document = plugins.load("readers", reader_for(original)).read(original.data, uri=original.uri)
    _check_prose(document, original.uri)
    return document


def _open(
    source: str | os.PathLike[str] | bytes, *, uri: str, max_input_bytes: int | None, pages: Pages | None
) -> Original:
    if isinstance(source, bytes):
        check_size(len(source), uri, most_bytes(uri, max_input_bytes))
        return Original(data=source, uri=uri)
    where = os.fspath(source)
    if is_address(where):
        return open_address(where, max_input_bytes=max_input_bytes, pages=pages)
    original = open_file(where, max_input_bytes=max_input_bytes)
    return replace(original, uri=uri) if uri else original


def _article_of(entry: Entry, source: str) -> Article:
    return Article(
        uri=entry.uri or f"{source}#{entry.key}",
        digest=_digest_of(entry.document),
        document=entry.document,
        whole=entry.whole,
        cut=entry.cut,
    )


def _digest_of(document: Document) -> str:
    """The sha256 of what an article says, where it has no file of its own; not of where it stands on a page."""
    return hashlib.sha256(canonical_json(_unplaced(to_plain(document))).encode()).hexdigest()


def _unplaced(plain: Any) -> Any:
    """Plain data without positions: they shift whenever something else appears above."""
    if isinstance(plain, dict):
        return {name: _unplaced(value) for name, value in plain.items() if name != "position"}
    return [_unplaced(one) for one in plain] if isinstance(plain, list | tuple) else plain


def _with_feed(page: Document, feed: Document) -> Document:
    """``page``, with what only the feed says of it."""
    said: dict[str, Any] = {
        name: getattr(page.meta, name) if getattr(page.meta, name) not in ("", None) else getattr(feed.meta, name)
        for name in page.meta.__dataclass_fields__
    }
    return replace(
        page,
        language=page.language if page.language != "und" else feed.language,
        authors=page.authors or feed.authors,
        published=page.published or feed.published,
        meta=replace(page.meta, **said),
    )


def _check_prose(document: Document, where: str) -> None:
    longest = max((len(text) for text in texts(document.blocks)), default=0)
    if longest > LONGEST_PARAGRAPH:
        raise ReadError(
            f"one paragraph has {longest:,} characters, more than the {LONGEST_PARAGRAPH:,} that prose may have: "
            "break it into paragraphs",
            where,
        )
