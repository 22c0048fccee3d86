"""Atom 0.3 and 1.0 (RFC 4287): a tree → what the feed says."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.text.feed.item import Common, Feed, Item, Markup
from pipeline.text.feed.media import explicit_in, image_in, licence_in
from pipeline.text.feed.words import person
from pipeline.text.feed.xml import Node, base_of, inner, joined, language_of, line_of, markup_in, name, on_the_web

if TYPE_CHECKING:
    from pipeline.text.dom.source import Element

_DATES = ("atom:published", "atom:issued", "atom:created", "dc:date", "atom:updated", "atom:modified")
_HTML = frozenset(("html", "text/html", "xhtml", "application/xhtml+xml"))


def read_atom(root: Element, uri: str) -> Feed:
    """The feed under ``<feed>``, or the lone ``<entry>``; ``uri`` is where it came from."""
    feed = Node(root)
    entries = [root] if name(root) == "atom:entry" else list(feed.all("atom:entry"))
    whole = Node(root) if entries != [root] else Node(root.makeelement("feed", {}))
    base = joined(uri, base_of(root)) or uri
    link = _link(whole, base)
    return Feed(
        common=_common(whole, _persons(whole)),
        link=link,
        items=tuple(_item(Node(entry), uri) for entry in entries),
    )


def _common(node: Node, authors: tuple[str, ...]) -> Common:
    return Common(
        title=_first(node, "atom:title"),
        language=language_of(node.element) or node.line("dc:language"),
        authors=authors,
        licence=licence_in(node),
        explicit=explicit_in(node),
    )


def _item(node: Node, uri: str) -> Item:
    own = base_of(node.element)
    base = joined(uri, own) or uri
    content = _first(node, "atom:content")
    holder = next(node.all("atom:content"), node.element)
    common = _common(node, _authors(node))
    common = replace(common, language=language_of(holder) or common.language)
    inside = base_of(holder)
    return Item(
        common=common,
        id=node.line("atom:id"),
        link=_link(node, base),
        base=joined(uri, inside) if inside else "",
        content=content,
        summary=_first(node, "atom:summary"),
        published=node.line(*_DATES),
        image=joined(base, image_in(node)),
    )


def _first(node: Node, wanted: str) -> Markup:
    """The first child of the name that holds anything: plain text unless its type says HTML."""
    found = (_markup(child) for child in node.all(wanted))
    return next((markup for markup in found if markup.text.strip()), Markup())


def _markup(element: Element) -> Markup:
    kind = (element.get("type") or "text").partition(";")[0].strip().lower()
    mode = (element.get("mode") or "").lower()
    if element.get("src") or kind.startswith(("image/", "audio/", "video/", "multipart/")):
        return Markup()  # it stands elsewhere, or is no text
    if mode == "base64":
        return Markup(text=_unpacked(element.text or ""), html=kind in _HTML)
    found = markup_in(element)
    if found.html:
        return found if kind in (*_HTML, "text") or mode == "xml" else Markup()
    if kind in _HTML:
        # HTML escaped, as it should be; a typed “xhtml” without elements is a text that needed none
        text = inner(element) if "xhtml" in kind else found.text
        return Markup(text=text, html=True, line=line_of(element))
    return found if re.fullmatch(r"text|text/(?:plain|markdown|x-markdown)", kind) else Markup()


def _unpacked(text: str) -> str:
    try:
        return base64.b64decode(text).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""


def _link(node: Node, base: str) -> str:
    """The page: an HTML alternative first, then any; an address as identifier last."""
    alternates = [link for link in node.all("atom:link") if link.get("rel", "alternate") == "alternate"]
    alternates.sort(key=lambda link: (link.get("type") or "text/html").lower() not in _HTML)
    given = [node.line("feedburner:origLink"), *(link.get("href") or "" for link in alternates)]
    return next(filter(None, (on_the_web(joined(base, address)) for address in given)), "")


def _authors(node: Node) -> tuple[str, ...]:
    """Of the entry; else of the feed that it was taken from."""
    return _persons(node) or next((_persons(Node(source)) for source in node.all("atom:source")), ())


def _persons(node: Node) -> tuple[str, ...]:
    names = (person(Node(author).line("atom:name")) for author in node.all("atom:author"))
    return tuple(dict.fromkeys(filter(None, names)))
