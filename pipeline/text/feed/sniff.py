"""Whether bytes are a feed: RSS, Atom, RDF or JSON Feed, seen from their beginning."""

from __future__ import annotations

import re

_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)*+"
    rb"<(?:rss\b|(?:\w+:)?(?:feed|entry)\b[^>]*(?:2005/Atom|purl\.org/atom/)"
    rb"|(?:\w+:)?RDF\b[^>]*(?:purl\.org/rss/|netscape\.com/rdf))",
    re.IGNORECASE | re.DOTALL,
)
_JSON = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{.{0,8000}?"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/', re.DOTALL
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_LOOK = 8192


def is_feed(data: bytes) -> bool:
    """Whether ``data`` begins as a feed does."""
    head = data[:_LOOK]
    if head.startswith(_WIDE):
        head = head[2:].replace(b"\0", b"")
    return bool(_XML.match(head) or _JSON.match(head))
