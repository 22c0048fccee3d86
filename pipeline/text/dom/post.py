"""Posts of social networks as pages embed them: the quoted words with their author, or only the address."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model.document import Block, Figure, Inline, Paragraph, Quote, plain
from pipeline.text.dom.page import Page, position
from pipeline.text.dom.quote import split_source
from pipeline.text.dom.source import Element, tag, words_of
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from collections.abc import Iterable

_POSTS = terms(
    "twitter-tweet twitter-video instagram-media mastodon-embed bluesky-embed tiktok-embed reddit-embed-bq reddit-card "
    "text-post-media fb-post fb-video threads-post"
)
_VIDEOS = frozenset(("tiktok-embed", "fb-video", "twitter-video"))
_FURNITURE = re.compile(
    r"(?:view|see|watch|open|read)\b.{0,40}\b(?:post|profile|thread|photo|video|replies|conversation)?\s*(?:on|from|in)\s+"
    r"(?:instagram|threads|tiktok|bluesky|mastodon|twitter|x|facebook|reddit)"
    r"|(?:pic\.twitter\.com|t\.co)/\S+|https?://t\.co/\S+",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"a post shared by\b.*|a (?:thread|video|reel) by\b.*|♬.*|original (?:sound|audio)\b.*", re.IGNORECASE
)
_NAMED = re.compile(r"(?:[—–―]|--)\s*\S.{0,120}")


def is_post(element: Element) -> bool:
    """Whether ``element`` holds a post of a social network, which a script would dress up."""
    return tag(element) in ("blockquote", "div") and bool(_POSTS & words_of(element, "class"))


def post(element: Element, blocks: Iterable[Block], page: Page) -> Block | None:
    """The quotation in a post, ``blocks`` being all that stands in it; a figure where it holds no words of its own."""
    kept = [trimmed for block in blocks if (trimmed := _trimmed(block)) is not None]
    named: Inline = ()
    last = kept[-1] if len(kept) > 1 else None
    if isinstance(last, Paragraph) and _SHARED.fullmatch(plain(last.text)):
        named, kept = last.text, kept[:-1]
    body, cite = split_source(tuple(kept))
    if body and any(plain(block.text) for block in body if isinstance(block, Paragraph)) and not _is_shared(body):
        return Quote(blocks=body, cite=cite or named, position=position(element))
    source = _address(element, page)
    alt = " ".join(plain(block.text) for block in kept if isinstance(block, Paragraph))
    kind = "video" if _VIDEOS & words_of(element, "class") else "post"
    if not source and not alt:
        return None
    return Figure(source=source, kind=kind, alt=alt, position=position(element))


def _is_shared(body: tuple[Block, ...]) -> bool:
    return all(isinstance(block, Paragraph) and _SHARED.fullmatch(plain(block.text)) for block in body)


def _trimmed(block: Block) -> Block | None:
    """``block`` without what only leads to the network, such as “View this post” and the address of a picture."""
    if not isinstance(block, Paragraph):
        return block
    text = tuple(span for span in block.text if not (span.href and _FURNITURE.fullmatch(span.text.strip())))
    while text and not text[-1].text.strip():
        text = text[:-1]
    if not text or _FURNITURE.fullmatch(plain(text)):
        return None
    return replace(block, text=(*text[:-1], replace(text[-1], text=text[-1].text.rstrip())))


def _address(element: Element, page: Page) -> str:
    given = (element.get(name) for name in ("cite", "data-instgrm-permalink", "data-href", "data-text-post-permalink"))
    links = (link.get("href") for link in reversed(list(element.iter("a"))))
    return next((page.address(address) for address in (*given, *links) if address), "")
