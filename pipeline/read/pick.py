"""Which reader a file is for: by what a server says, by its name, else by its first bytes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.text.feed.sniff import is_feed

if TYPE_CHECKING:
    from pipeline.read.original import Original

_HTML = re.compile(
    rb"\s*(?:<\?xml\b[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_VAGUE = frozenset(
    (
        "",
        "application/json",
        "application/octet-stream",
        "application/xml",
        "application/zip",
        "text/plain",
        "text/xml",
    )
)
"""Media types that servers also send for what has one of its own."""
_LIKELY = {"htm": "html", "md": "markdown", "text": "plaintext", "txt": "plaintext"}
"""The built-in reader of an ending that is not its name: tried first, since loading each costs time."""
_LOOK = 4096
"""Bytes from the beginning that are looked at."""


def reader_for(original: Original) -> str:
    """Name of the reader: a precise media type first, then the ending of the name, then the bytes."""
    by_type = _named("MEDIA_TYPES", original.media_type) if original.media_type not in _VAGUE else ""
    suffix = Path(original.uri.split("?")[0].split("#")[0]).suffix.lower() if original.uri else ""
    by_name = _named("SUFFIXES", suffix) if suffix else ""
    if by_type != "html" and (by_type or by_name):
        # a server calls everything HTML that it does not know better; a name such as “.php” tells nothing
        return by_type or by_name
    return _by_content(original.data) or by_type or by_name or "plaintext"


def _named(attribute: str, value: str) -> str:
    """Name of the first reader whose ``attribute`` holds ``value``; the likely ones are loaded first."""
    ending = value.removeprefix(".")
    first = _LIKELY.get(ending, ending)
    names = sorted(plugins.names("readers"), key=lambda name: (name != first, name not in _LIKELY.values(), name))
    return next((name for name in names if value in _load(name, attribute)), "")


def _load(name: str, attribute: str) -> tuple[str, ...]:
    values: tuple[str, ...] = getattr(plugins.load("readers", name), attribute)
    return values


def _by_content(data: bytes) -> str:
    """Reader for bytes that tell their format; empty where they do not."""
    if data.startswith(b"PK\x03\x04"):
        listed = data[-_LOOK * 16 :]  # the archive's list of files stands at its end
        if b"META-INF/container.xml" in listed or b"application/epub+zip" in data[38:200]:
            return "epub"
        return "docx" if b"word/document.xml" in listed else ""
    if is_feed(data):
        return "feed"
    return "html" if _HTML.match(data.removeprefix(b"\xef\xbb\xbf")[:_LOOK]) else ""
