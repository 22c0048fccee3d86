"""A page of a site as an article: what a visitor reads, whatever extensions and plug-ins have made of its Markdown."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline import api

if TYPE_CHECKING:
    from pathlib import Path


def article(content: str, meta: Mapping[str, Any], path: Path, *, title: str, link: str, language: str) -> api.Article:
    """The article that a page holds.

    Args:
        content: The page's own HTML, without the theme around it.
        meta: Its front matter: ``title``, ``author`` or ``authors``, ``date``, ``description``, ``language``.
        path: Of its source, for the name of the episode and for messages.
        title: Its title where neither its front matter nor a heading has one.
        link: Its address on the web; empty where that is not known.
        language: BCP 47 tag where the front matter names none; empty leaves it to the words of the page.

    Raises:
        ReadError: There is nothing to read on it.
    """
    named = _text(meta.get("title")) or ("" if "<h1" in content else title)
    spoken = _text(meta.get("language")) or _text(meta.get("lang")) or language
    data = (
        f"<!doctype html>\n<html{_attribute('lang', spoken)}><head><meta charset='utf-8'>"
        f"{f'<title>{html.escape(named)}</title>' if named else ''}</head>\n"
        f"<body><article>\n{content}\n</article></body></html>\n"
    ).encode()
    document = api.read(data, uri=str(path.with_suffix(".html")))
    document = replace(
        document,
        authors=_authors(meta) or document.authors,
        published=_text(meta.get("date")) or document.published,
        meta=replace(
            document.meta,
            description=_text(meta.get("description")) or document.meta.description,
            link=link or document.meta.link,
        ),
    )
    return api.Article(uri=str(path), digest=hashlib.sha256(data).hexdigest(), document=document)


def _authors(meta: Mapping[str, Any]) -> tuple[str, ...]:
    given = meta.get("authors") or meta.get("author") or ()
    every = given if isinstance(given, list | tuple) else (given,)
    return tuple(filter(None, (_text(one) for one in every)))


def _text(value: Any) -> str:
    """A value of the front matter on one line; dates as ISO 8601, tables and lists as nothing."""
    if value is None or isinstance(value, Mapping | list | tuple | bool):
        return ""
    return " ".join(str(value).split())


def _attribute(name: str, value: str) -> str:
    return f' {name}="{html.escape(value)}"' if value else ""
