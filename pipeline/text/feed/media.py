"""What RSS and Atom say in the same extra elements: pictures, licences, ratings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.feed.words import licence, rating
from pipeline.text.feed.xml import line_in, name

if TYPE_CHECKING:
    from pipeline.text.dom.source import Element
    from pipeline.text.feed.xml import Node

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)", re.IGNORECASE)
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def image_in(node: Node) -> str:
    """Address of the entry's picture; empty where it names none."""
    media = [below for below in node.element.iterdescendants() if name(below) in ("media:content", "media:thumbnail")]
    media.sort(key=lambda element: name(element) == "media:thumbnail")
    found = [element.get("url") or "" for element in media if _is_picture(element)]
    found += [element.get("href") or "" for element in node.all("itunes:image")]
    found += [element.get("url") or "" for element in node.all("enclosure") if _is_picture(element)]
    found += [
        element.get("href") or ""
        for element in node.all("atom:link")
        if element.get("rel") == "enclosure" and _is_picture(element)
    ]
    return next(filter(None, map(str.strip, found)), "")


def _is_picture(element: Element) -> bool:
    medium, kind = element.get("medium") or "", element.get("type") or ""
    if name(element) == "media:thumbnail" or medium == "image" or kind.startswith("image/"):
        return True
    return not medium and not kind and _PICTURE.search(element.get("url") or element.get("href") or "") is not None


def licence_in(node: Node) -> str:
    """Name or address of a licence; empty where rights are only claimed."""
    for element in node.all("cc:license", "cc:licence"):
        given = element.get(_RDF + "resource") or line_in(element)
        if given.strip():
            return given.strip()
    for link in node.all("atom:link"):
        if link.get("rel") == "license" and link.get("href"):
            return (link.get("href") or "").strip()
    rights = node.all("atom:rights", "dc:rights", "dcterms:license", "dcterms:rights", "copyright", "media:license")
    return next(
        filter(None, (licence(element.get("href") or "") or licence(line_in(element)) for element in rights)), ""
    )


def explicit_in(node: Node) -> bool | None:
    """Whether it is said to be for adults only; None where nothing is said."""
    said = (rating(line_in(element)) for element in node.all("itunes:explicit", "media:rating", "media:adult"))
    return next((answer for answer in said if answer is not None), None)
