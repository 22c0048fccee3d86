"""XML from strangers: parsed without entities, without a document type's declarations, and without the network."""

from __future__ import annotations

import html.entities
import re
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.errors import ReadError

if TYPE_CHECKING:
    from pipeline.text.dom_source import Element

_PROLOG = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<!--.*?-->|<\?.*?\?>)*+(<!DOCTYPE\b.*?)<[A-Za-z_:]", re.IGNORECASE | re.DOTALL
)
_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_KEPT = frozenset((b"lt", b"gt", b"amp", b"quot", b"apos"))


def refuse_entities(data: bytes, where: str) -> None:
    """Raise `ReadError` where XML declares entities: they serve bombs and the theft of files, never an article."""
    if data.startswith(_WIDE):
        data = data.replace(b"\xff\xfe", b"", 1).replace(b"\xfe\xff", b"", 1).replace(b"\0", b"")
    prolog = _PROLOG.match(data)
    if prolog and _ENTITY.search(prolog[1]):
        raise ReadError("the file declares XML entities, which is not safe: remove its <!ENTITY …>", where)


def parse_xml(data: bytes, where: str) -> Element:
    """The root of an XML document; comments and processing instructions are gone.

    HTML's named characters (``&nbsp;``) are understood although no document type is read.

    Raises:
        ReadError: It declares entities, is not well-formed, or nested too deeply.
    """
    refuse_entities(data, where)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(_NAMED.sub(_numeric, data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"the XML is not well-formed ({_first(error)})", where) from error
    if root is None:
        raise ReadError("there is nothing in this XML file", where)
    return root


def _numeric(found: re.Match[bytes]) -> bytes:
    name = found[1]
    text = "" if name in _KEPT else html.entities.html5.get(name.decode() + ";", "")
    return "".join(f"&#{ord(char)};" for char in text).encode() or found[0]


def _first(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
