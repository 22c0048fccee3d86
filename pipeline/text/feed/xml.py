"""Well-formed feeds in XML: their elements under short names, text and markup in them, bases and languages."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lxml import etree

from pipeline.text.dom.source import line_of as first_line
from pipeline.text.feed.item import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.text.dom.source import Element

_NAMESPACES = {
    "": "",
    "http://purl.org/rss/1.0": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://www.w3.org/2005/atom": "atom:",
    "http://purl.org/atom/ns": "atom:",
    "http://purl.org/rss/1.0/modules/content": "content:",
    "http://purl.org/dc/elements/1.0": "dc:",
    "http://purl.org/dc/elements/1.1": "dc:",
    "http://purl.org/dc/terms": "dcterms:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://search.yahoo.com/mrss": "media:",
    "http://creativecommons.org/ns": "cc:",
    "http://web.resource.org/cc": "cc:",
    "http://backend.userland.com/creativecommonsrssmodule": "cc:",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "cc:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://news.yandex.ru": "yandex:",
}
"""Namespace, lower case, without a final ``/`` or ``#`` → the prefix that the readers use."""
_MARKUP = re.compile(r"<[A-Za-z/!][^<>]*>|&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_XML = "{http://www.w3.org/XML/1998/namespace}"
_LAST_LINE = 65_535
"""libxml2 counts no further."""


def name(element: Element) -> str:
    """``item``, ``atom:entry``, ``dc:creator``: the element's name under our prefix; ``?:…`` in unknown namespaces."""
    whole: object = element.tag
    if not isinstance(whole, str):
        return ""
    space, brace, local = whole.rpartition("}")
    if not brace:
        return local
    return _NAMESPACES.get(space[1:].lower().rstrip("/#"), "?:") + local


class Node:
    """An element of a feed and its children by name."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self._children: dict[str, list[Element]] = {}
        for child in element:
            self._children.setdefault(name(child), []).append(child)

    def all(self, *names: str) -> Iterator[Element]:
        """The children of these names, name by name."""
        for wanted in names:
            yield from self._children.get(wanted, ())

    def line(self, *names: str) -> str:
        """The text of the first such child that holds any, on one line."""
        return next(filter(None, (line_in(child) for child in self.all(*names))), "")

    def html(self, *names: str) -> Markup:
        """The first such child that holds anything, as the RSS formats mean it: HTML where it looks like it."""
        found = (markup_in(child, html_by_looks=True) for child in self.all(*names))
        return next((markup for markup in found if markup.text.strip()), Markup())


def line_in(element: Element) -> str:
    """All text in ``element`` on one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def markup_in(element: Element, *, html_by_looks: bool = False) -> Markup:
    """The content of ``element``; markup that is not escaped counts as HTML.

    Args:
        element: It is changed where it holds elements.
        html_by_looks: Whether escaped text with a tag or a character reference in it is HTML too.
    """
    line = line_of(element)
    if any(isinstance(child.tag, str) for child in element):
        return Markup(text=inner(element), html=True, line=line)
    text = element.text or ""
    return Markup(text=text, html=html_by_looks and _MARKUP.search(text) is not None, line=line)


def inner(element: Element) -> str:
    """What stands in ``element`` as HTML; namespaces go."""
    for below in element.iterdescendants():
        whole: object = below.tag
        if isinstance(whole, str):
            below.tag = whole.rpartition("}")[2]
    etree.cleanup_namespaces(element)
    parts = [html.escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts)


def line_of(element: Element) -> int:
    """Line on which the content of ``element`` begins; 0 where it is unknown."""
    line = first_line(element)
    return line if line < _LAST_LINE else 0


def language_of(element: Element) -> str:
    """The innermost ``xml:lang`` around ``element``."""
    around = (up.get(_XML + "lang") or "" for up in (element, *element.iterancestors()))
    return next(filter(None, around), "")


def base_of(element: Element) -> str:
    """What ``xml:base`` says of ``element``, outer bases included; empty where nothing does."""
    base = ""
    for up in (*reversed(list(element.iterancestors())), element):
        base = joined(base, up.get(_XML + "base") or "") or base
    return base


def joined(base: str, address: str) -> str:
    """``address`` joined to ``base``; empty where it is empty or no address."""
    address = address.strip()
    try:
        return (urljoin(base, address) if base else address) if address else ""
    except ValueError:
        return ""


def on_the_web(address: str) -> str:
    """``address`` where it is a whole http or https one, else empty."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""
