"""Drawings of a Word file: images with their words, videos, text boxes, rules, and what cannot be told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.text.docx.found import Picture
from pipeline.text.docx.names import MC, WP, A, O, R, V, W, local

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.text.docx.package import Link
    from pipeline.text.dom.source import Element

_GENERATED = re.compile(r"\s*\b(?:Description|Beschreibung) automati\w+ (?:generated|generiert)\b.*", re.DOTALL)
"""What Word adds to the words that it guessed itself."""
_UNTOLD = {"chart": "chart", "relIds": "diagram", "OLEObject": "embedded object"}
_SOURCE = re.compile(r"""\bsrc\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'>]+))""")


def chosen(alternatives: Element) -> Element | None:
    """The alternative that is read: the newest, if it holds what we know, else the one for older programs."""
    for choice in alternatives.iterchildren(f"{MC}Choice"):
        if any(local(below) in ("drawing", "r", "p", "t", "oMath", "pict", "object") for below in choice.iter()):
            return choice
    return alternatives.find(f"{MC}Fallback")


def below(element: Element) -> Iterator[Element]:
    """All elements in ``element`` that are read: alternatives that were not chosen and text boxes are left out."""
    for child in element:
        name = local(child)
        if name == "AlternateContent":
            choice = chosen(child)
            if choice is not None:
                yield from below(choice)
        else:
            yield child
            if name != "txbxContent":
                yield from below(child)


def pictures(graphic: Element, links: Mapping[str, Link]) -> tuple[list[Picture], list[tuple[str, str]]]:
    """What is seen in a ``<w:drawing>``, ``<w:pict>`` or ``<w:object>``, and what is not told, each with the reason."""
    parts = list(below(graphic))
    video = next((part for part in parts if local(part) == "webVideoPr"), None)
    about = next((part for part in parts if part.tag == f"{WP}docPr"), None)
    if about is not None and about.get("hidden") in ("1", "true"):
        return [], [(words, "hidden picture")] if (words := _words(about)) else []
    alt = _alt(about, parts)
    if video is not None:
        found = _SOURCE.search(video.get("embeddedHtml") or "")
        source = next(filter(None, found.groups()), "") if found else ""
        return [Picture(source=source, alt=alt or "", kind="video")], []
    if any(local(part) == "OLEObject" and (part.get("ProgID") or "").startswith("Equation") for part in parts):
        return [], [(alt or "formula", "formula kept as a picture")]
    images = [source for part in parts if (source := _image(part, links)) is not None]
    if images:
        return [Picture(source=source, alt=alt if at == 0 else "") for at, source in enumerate(images)], []
    drawn = next((link.target for part in parts if (link := _drawn(part, links))), "")
    if drawn or alt:
        return [Picture(source=drawn, alt=alt)], []
    kind = next((_UNTOLD[name] for part in parts if (name := local(part)) in _UNTOLD), "")
    return [], [(kind, "neither a picture nor alternative text")] if kind else []


def boxes(graphic: Element) -> list[Element]:
    """The contents of text boxes in a drawing."""
    return [part for part in below(graphic) if part.tag == f"{W}txbxContent"]


def is_rule(graphic: Element) -> bool:
    """Whether a drawing is a horizontal rule."""
    return any((part.get(f"{O}hr") or "") in ("t", "true", "1") for part in graphic.iter(f"{V}rect"))


def _image(part: Element, links: Mapping[str, Link]) -> str | None:
    """Path or address of an image; None for all other elements."""
    if part.tag == f"{A}blip":
        name = part.get(f"{R}embed") or part.get(f"{R}link")
    elif part.tag == f"{V}imagedata":
        name = part.get(f"{R}id") or part.get(f"{R}href")
    else:
        return None
    link = links.get(name or "")
    if link is None:
        return None
    try:
        local_ = link.external and urlsplit(link.target).scheme.lower() not in ("http", "https")
    except ValueError:
        local_ = True
    return re.split(r"[\\/]", link.target)[-1] if local_ else link.target


def _drawn(part: Element, links: Mapping[str, Link]) -> Link | None:
    """What Word draws itself from a part of the file: a chart or a diagram."""
    name = {"chart": "id", "relIds": "dm"}.get(local(part))
    return links.get(part.get(R + name) or "") if name else None


def _alt(about: Element | None, parts: list[Element]) -> str | None:
    """The words of a drawing; empty if it is marked as decorative; None where nobody said anything."""
    if any(local(part) == "decorative" and part.get("val") in ("1", "true") for part in parts):
        return ""
    if about is not None and (words := _words(about)):
        return words
    inner = next((words for part in parts if local(part) == "cNvPr" and (words := _words(part))), "")
    if inner:
        return inner
    old = next((part.get("alt") for part in parts if part.tag.startswith(V) and part.get("alt")), "")
    title = next((part.get(f"{O}title") for part in parts if part.tag == f"{V}imagedata"), "")
    return _GENERATED.sub("", old or title or "") or None


def _words(element: Element) -> str:
    given = element.get("descr") or element.get("title") or ""
    return " ".join(_GENERATED.sub("", given).split())
