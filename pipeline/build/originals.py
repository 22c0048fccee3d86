"""The articles that a command is given: found in files and feeds, fetched, and named as episodes."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pipeline.build import recall
from pipeline.errors import ReadError, SeveralArticles
from pipeline.model.document import Article
from pipeline.read import articles, complete, is_address
from pipeline.read.addresses import without_user
from pipeline.store.pages import Pages
from pipeline.store.slugs import slug
from pipeline.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.build.session import Options, Session
    from pipeline.read.robots import Robots

_NOTHING = re.compile(r"(?:index|default|home|article|post|page|view|node|story)?[\W\d_]*", re.IGNORECASE)
"""File names of pages that tell nothing about them."""


def found(source: Path | str, options: Options, store: Store | None = None) -> Iterator[Article]:
    """All articles in a file, a page, a book or a feed, as the options ask for them.

    Args:
        source: A path or an address.
        options: ``per_chapter``, sizes, and the store's address.
        store: The store where it is open already; it takes the warnings.

    Raises:
        ReadError: It cannot be read.
    """
    per_chapter, most = options.per_chapter, options.max_input_bytes
    if is_address(str(source)):
        yield from articles(source, per_chapter=per_chapter, max_input_bytes=most, pages=_pages(options))
    else:
        store = store or Store(options.store)
        yield from recall.articles(store, source, per_chapter=per_chapter, max_input_bytes=most)


def one(source: Path | str, options: Options, store: Store | None = None) -> Article:
    """The only article in ``source``, whole; the arguments are those of `found`.

    Raises:
        ReadError: It cannot be read, or it holds several.
    """
    every = list(found(source, options, store))
    if len(every) != 1:
        kind = SeveralArticles if every else ReadError
        raise kind(f"this holds {len(every)} articles: they are made one by one", str(source))
    return completed(every[0], options)


def completed(article: Article, options: Options) -> Article:
    """The whole of an article; its page is fetched where a feed holds less.

    Raises:
        ReadError: The page cannot be read.
    """
    if article.whole:
        return article
    return complete(article, max_input_bytes=options.max_input_bytes, pages=_pages(options), robots=_robots())


def name_of(session: Session, article: Article, uri: str) -> str:
    """The episode name of an article: that of its script where it has one, else made from its file name or title.

    Args:
        session: Its workspace holds the scripts.
        article: The article.
        uri: As scripts name it.
    """
    workspace = session.workspace
    name, _, key = article.uri.partition("#")
    if not is_address(article.uri) and (not key or Path(article.uri).exists()):
        own = workspace.name_of(Path(article.uri).stem, uri, article.digest)
        # the script of an article that was given another name tells where it is now
        return own if workspace.script_path(own).exists() else workspace.name_by_source(uri) or own
    known = workspace.name_by_source(uri)
    if known:
        return known
    path = unquote(urlsplit(name).path) if is_address(name) else name
    stem, title = PurePosixPath(path).stem, article.document.title
    if key == "opening" or (key and slug(title) == slug(re.sub(r"-\d+$", "", key))):
        stem = f"{stem}-{key}"  # a chapter
    elif key or _NOTHING.fullmatch(stem):
        stem = title
    return workspace.name_of(stem, uri, article.digest)


def folder_of(article: Article) -> Path | None:
    """The folder that the article's relative paths are relative to; None for what comes from the web."""
    return None if is_address(article.uri) else Path(article.uri).parent


def label(source: Path | str | Article) -> str:
    """A short name of ``source`` for people."""
    if isinstance(source, Article):
        return source.document.title
    return source.name if isinstance(source, Path) else without_user(source)


def _pages(options: Options) -> Pages:
    return Pages(Store(options.store))


@cache
def _robots() -> Robots:
    """The rules of the sites: one for the process, which is what owes them politeness."""
    from pipeline.read.robots import Robots

    return Robots()
