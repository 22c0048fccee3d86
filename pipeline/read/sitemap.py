"""Sitemaps (sitemaps.org): the pages that a site lists, also where lists are packed or lead to other lists.

A sitemap comes from a stranger: no entity is expanded, nothing outside it is loaded, sizes and numbers have bounds, and
of what one on the web lists only pages of its own site count, as the protocol has it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errors import ReadError
from pipeline.read.addresses import target
from pipeline.read.original import is_address, open_file
from pipeline.read.unpack import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_PAGES = 50_000
"""The protocol's bound for one list; here for all of them together."""
MOST_LISTS = 100
MOST_BYTES = 52_428_800
"""The protocol's bound for one list, unpacked."""
_GZIP = b"\x1f\x8b"
_LONGEST = 2048
"""Characters of an address: the protocol's bound."""


def pages(place: str, fetched: Callable[[str], bytes]) -> tuple[str, ...]:
    """The addresses of all pages that a sitemap lists, each once, in its order.

    Args:
        place: Path or address of a sitemap, or of an index of sitemaps.
        fetched: Gives what is at an address; the lists that an index names are asked for by it.

    Raises:
        ReadError: A list cannot be read, is none, or breaks a bound.
    """
    site = _site(place) if is_address(place) else ""
    waiting, read = [place], set[str]()
    found: dict[str, None] = {}
    while waiting:
        here = waiting.pop(0)
        if here in read:
            continue
        read.add(here)
        if len(read) > MOST_LISTS:
            raise ReadError(f"it leads to more than {MOST_LISTS} lists: give one of them", place)
        data = fetched(here) if is_address(here) else open_file(here, max_input_bytes=MOST_BYTES).data
        for kind, address in _listed(_plain(data, here), here):
            if site and _site(address) != site:
                continue
            if kind == "sitemap":
                waiting.append(address)
            else:
                found.setdefault(address)
            if len(found) > MOST_PAGES:
                raise ReadError(f"it lists more than {MOST_PAGES:,} pages: give a part of it", place)
    return tuple(found)


def _plain(data: bytes, where: str) -> bytes:
    """A list as text, unpacked where it is packed."""
    out = io.BytesIO()
    for piece in unpacked([data], "gzip", where) if data.startswith(_GZIP) else [data]:
        out.write(piece)
        if out.tell() > MOST_BYTES:
            raise ReadError(f"it has more than the {MOST_BYTES:,} bytes that a sitemap may have", where)
    return out.getvalue()


def _listed(data: bytes, where: str) -> Iterator[tuple[str, str]]:
    """``"url"`` or ``"sitemap"``, and an address; a list of plain text holds pages, one a line."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        yield from (("url", line) for line in _lines(data, where))
        return
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"this is not XML ({error.msg}): give the address of a sitemap", where) from error
    kind = {"urlset": "url", "sitemapindex": "sitemap"}.get(etree.QName(root).localname, "")
    if not kind:
        raise ReadError("this is no sitemap: it begins neither with urlset nor with sitemapindex", where)
    for element in root.iterchildren("{*}" + kind):
        for place in element.iterchildren("{*}loc"):
            address = "".join((place.text or "").split())
            if _is_page(address):
                yield kind, address


def _lines(data: bytes, where: str) -> Iterator[str]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError("this is no sitemap: neither XML nor text", where) from error
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not all(is_address(line) for line in lines):
        raise ReadError("this is no sitemap: a list of plain text holds one address a line", where)
    yield from filter(_is_page, lines)


def _is_page(address: str) -> bool:
    """Whether it is an address that may be asked for at all."""
    if len(address) > _LONGEST:
        return False
    try:
        target(address)
    except ReadError:
        return False
    return True


def _site(address: str) -> str:
    """The host of an address without ``www.``: a site is mostly reached with and without it."""
    return (urlsplit(address).hostname or "").lower().removeprefix("www.")
