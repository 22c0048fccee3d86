"""RSS 0.9 to 2.0 and RSS 1.0 (RDF): a tree → what the feed says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.counted import counted
from pipeline.text.feed.item import Common, Feed, Item
from pipeline.text.feed.media import explicit_in, image_in, licence_in
from pipeline.text.feed.words import people, person
from pipeline.text.feed.xml import Node, base_of, joined, language_of, line_in, name, on_the_web

if TYPE_CHECKING:
    from pipeline.text.dom.source import Element

_CONTENT = ("content:encoded", "yandex:full-text", "xhtml:body", "xhtml:div", "atom:content")
_SUMMARY = ("description", "atom:summary", "dc:description", "itunes:summary", "media:description", "itunes:subtitle")
_DATES = (
    "pubDate",
    "dc:date",
    "dcterms:issued",
    "dcterms:created",
    "atom:published",
    "atom:updated",
    "dcterms:modified",
)
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def read_rss(root: Element, uri: str) -> Feed:
    """The feed under ``<rss>`` or ``<rdf:RDF>``; ``uri`` is where it came from."""
    found = next((element for element in root.iter() if name(element) == "channel"), root)
    channel = Node(found)
    link = on_the_web(joined(uri, channel.line("link")))
    # RSS says nothing of relative addresses; the site is a better guess than a distributor of its feed
    base = joined(link or uri, base_of(found)) or link or uri
    items = (element for element in root.iter() if name(element) == "item")
    return Feed(
        common=_common(channel, _owners(channel)),
        link=link,
        items=tuple(_item(Node(item), on_the_web(base)) for item in items),
    )


def _common(node: Node, authors: tuple[str, ...]) -> Common:
    return Common(
        title=node.html("title", "dc:title", "itunes:title", "media:title"),
        language=node.line("language", "dc:language") or language_of(node.element),
        authors=authors,
        licence=licence_in(node),
        explicit=explicit_in(node),
    )


def _item(node: Node, base: str) -> Item:
    own = base_of(node.element)
    base = joined(base, own) or base
    return Item(
        common=_common(node, _authors(node)),
        id=node.line("guid", "atom:id") or (node.element.get(_RDF + "about") or "").strip(),
        link=_link(node, base),
        base=joined(base, own),
        content=node.html(*_CONTENT),
        summary=node.html(*_SUMMARY),
        published=node.line(*_DATES),
        image=joined(base, image_in(node)),
        season=counted(node.line("itunes:season")),
        number=counted(node.line("itunes:episode")),
    )


def _link(node: Node, base: str) -> str:
    """The entry's page: what a distributor says of the original first, a permanent identifier last."""
    given = [node.line("feedburner:origLink"), node.line("link")]
    given += [link.get("href") or "" for link in node.all("atom:link") if link.get("rel", "alternate") == "alternate"]
    for guid in node.all("guid", "dc:identifier"):
        if guid.get("isPermaLink", "true").strip().lower() != "false":
            given.append(on_the_web(line_in(guid)))
    return next(filter(None, (on_the_web(joined(base, address)) for address in given)), "")


def _authors(node: Node) -> tuple[str, ...]:
    named = [one for creator in node.all("dc:creator") for one in people(line_in(creator))]
    named = named or [one for author in node.all("author") for one in people(line_in(author))]
    named = named or _persons(node)
    return tuple(dict.fromkeys(named or people(node.line("itunes:author"))))


def _owners(node: Node) -> tuple[str, ...]:
    """The feed's authors."""
    given = node.line("dc:creator") or node.line("itunes:author") or node.line("managingEditor")
    return people(given) or tuple(_persons(node))


def _persons(node: Node) -> list[str]:
    return [one for author in node.all("atom:author") if (one := person(Node(author).line("atom:name")))]
