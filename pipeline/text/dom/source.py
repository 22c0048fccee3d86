"""HTML bytes to a tree: the encoding as browsers find it, the parser within limits."""

from __future__ import annotations

import codecs
import re
from typing import Any

from lxml import etree

from pipeline.errors import ReadError
from pipeline.text.plain_decode import bom, clean, refuse_binary

Element = etree._Element
"""A node of the tree, as lxml's HTML parser makes them."""

_META = re.compile(rb"""<meta\b[^>]{0,512}?charset\s{0,8}=\s{0,8}["']?\s{0,8}([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml\b[^>]{0,200}?encoding\s{0,8}=\s{0,8}["']([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_LABELS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
"""Python's name of a declared encoding → the one that is meant (WHATWG Encoding, section 4.2)."""
_ON_THE_WEB = re.compile(r"utf-8|cp\d+|iso8859-\d+|koi8-[ru]|mac-\w+|gb18030|big5\w*|euc_jp|iso2022_jp")
_END = re.compile(r"</(?:html|body)[ \t]{0,20}>", re.IGNORECASE)
"""End tags that stray into the middle of pages put together from parts; libxml2 drops what stands behind them."""
_SURE = 4
"""Characters of several bytes from which text that is valid UTF-8 is not so by chance."""
_DAMAGE = 1000
"""One undecodable character in this many is reported; more than that refuses the page."""


_HEAD = frozenset(("base", "link", "meta", "noscript", "script", "style", "template", "title"))


def declared(data: bytes) -> str:
    """The encoding that ``data`` declares (byte order mark, ``<meta>``, XML declaration); empty without one."""
    encoding, _ = bom(data)
    if encoding:
        return encoding
    found = _META.search(data[:4096]) or _XML.search(data[:256])
    if not found:
        return ""
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return ""
    name = _LABELS.get(name, name)
    return name if _ON_THE_WEB.fullmatch(name) else ""


def decode_html(data: bytes, where: str) -> tuple[str, int]:
    """The text of an HTML page, cleaned, and how many characters of it could not be decoded.

    A page that is valid UTF-8 is read as such, whatever it declares: saved pages keep the declaration they came with.
    Without a declaration it must be UTF-8; a declared encoding may have a little damage.

    Raises:
        ReadError: ``data`` is empty, binary, or not in the encoding it declares.
    """
    refuse_binary(data, where)
    encoding, length = declared(data), bom(data)[1]
    body = data[length:]
    if encoding != "utf-8" and not length and _is_utf8(body):
        return clean(body.decode()), 0
    try:
        return clean(body.decode(encoding or "utf-8")), 0
    except UnicodeDecodeError as error:
        place = error.start + length
    text = body.decode(encoding, errors="replace") if encoding else ""
    damage = text.count("\ufffd")
    if not encoding or damage * _DAMAGE > len(text):
        said = f"{encoding.upper()}, which the page declares" if encoding else "UTF-8, and the page declares no charset"
        raise ReadError(f"byte {place} is not {said}: save the page as UTF-8", where)
    return clean(text), damage


def _is_utf8(body: bytes) -> bool:
    """Whether ``body`` is UTF-8 beyond doubt: text in another encoding is hardly ever valid UTF-8."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return len(body) - len(text) >= _SURE


def parse(text: str, where: str) -> Element:
    """The tree of an HTML page; comments and processing instructions are gone.

    Raises:
        ReadError: There is no element in it, or it is nested beyond what libxml2 allows (2,048 levels).
    """
    text = _END.sub("", text)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root: Element | None = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError:  # nothing at all
        root = None
    if root is None:
        raise ReadError("there is no text in this page", where)
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise ReadError("the page is nested too deeply to be an article: simplify its markup", where)
    _close_head(root)
    return root


def _close_head(root: Element) -> None:
    """Move content out of ``<head>``: libxml2 leaves there what it has no name for, such as a leading ``<article>``."""
    head = next((child for child in root if tag(child) == "head"), None)
    first = next((child for child in head if tag(child) not in _HEAD), None) if head is not None else None
    if head is None or first is None:
        return
    body = next((child for child in root if tag(child) == "body"), None)
    if body is None:
        body = etree.SubElement(root, "body")
    stray = [child for child in head if head.index(child) >= head.index(first)]
    for place, child in enumerate(stray):
        body.insert(place, child)


def raw_text(element: Element) -> str:
    """All text in ``element``, its white space as in the source."""
    return "".join(map(str, element.itertext()))


def one_line(element: Element) -> str:
    """All text in ``element`` on one line."""
    return " ".join(raw_text(element).split())


def words_of(element: Element, attribute: str) -> frozenset[str]:
    """The blank-separated words of an attribute, lower case."""
    value = element.get(attribute)
    return frozenset(value.lower().split()) if value else frozenset()


def tag(element: Element) -> str:
    """The element's name, lower case, without a namespace prefix; empty for what is not an element."""
    name: object = element.tag
    if not isinstance(name, str):
        return ""
    return name if name.isalnum() else name.rpartition("}")[2].rpartition(":")[2].lower()


def line_of(element: Element) -> int:
    """The line of the source, from 1, on which the element begins; 0 where it is unknown."""
    line: Any = element.sourceline
    return int(line or 0)
