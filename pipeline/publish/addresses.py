"""Where a published show has its things: paths at the destination, and the addresses that the world knows them by."""

from __future__ import annotations

import hashlib
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.model.publication import Item
    from pipeline.model.show import Show

FEED = "feed.xml"
INDEX = "index.html"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_NOT_SAFE = re.compile(r"[^A-Za-z0-9/_-]+")


def address(show: Show, path: str) -> str:
    """Address of a file at the destination.

    Raises:
        UsageError: The show does not say at which address the world finds it.
    """
    if not show.destination.url:
        raise UsageError("the show has no address: set url in [destination]", "$.destination.url")
    return f"{show.destination.url.rstrip('/')}/{quote(path)}"


def folder(name: str) -> str:
    """Folder of the episode ``name``: a name of other than plain letters is respelt, with a digest to tell it apart."""
    if _SAFE.fullmatch(name):
        return f"episodes/{name}"
    plain = "/".join(filter(None, (part.strip("-_") for part in _NOT_SAFE.sub("-", name).split("/"))))
    return f"episodes/{plain or 'episode'}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"


def page(item: Item) -> str:
    """Path of the episode's own page, which stays when its files are replaced."""
    return f"{folder(item.name)}/{INDEX}"


def embedded(item: Item) -> str:
    """Path of the small page that other sites show in a frame."""
    return f"{folder(item.name)}/embed.html"


def oembed(item: Item) -> str:
    """Path of what tells other sites how to embed the episode."""
    return f"{folder(item.name)}/oembed.json"


def between(here: str, there: str) -> str:
    """Relative address of the file ``there`` on the page ``here``; both are paths at the destination."""
    return quote(posixpath.relpath(there, posixpath.dirname(here) or "."))
