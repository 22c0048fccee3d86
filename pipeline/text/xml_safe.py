"""XML from strangers: parsed without entities, without a document type's declarations, and without the network."""

from __future__ import annotations

import codecs
import html.entities
import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from pipeline.errors import ReadError

if TYPE_CHECKING:
    from pipeline.text.dom.source import Element

_DOCTYPE = re.compile(rb"<!DOCTYPE\b", re.IGNORECASE)
_BEFORE = re.compile(rb"(?:\s++|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)
_TOKEN = re.compile(
    rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|<!ENTITY\b|[\[\]>]",
    re.DOTALL | re.IGNORECASE,
)
"""What can stand in a document type; quoted values, comments and instructions are wholes, ended or not, so that no
place is looked at twice."""
_DECLARED = re.compile(rb"\s*<\?xml\b[^>]{0,200}?encoding\s{0,8}=\s{0,8}[\"']([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_LIKE_ASCII = re.compile(
    rb"utf-?8|us-ascii|ascii|iso[-_]?8859[-_]\d+|latin-?\d|windows-125\d|cp125\d|macintosh|koi8-[ru]|gb18030|gbk|gb2312|"
    rb"big5|shift_jis|euc-(?:jp|kr|tw)|tis-620",
    re.IGNORECASE,
)
"""Encodings in which markup is made of the same bytes as in ASCII, so that it can be looked through before parsing."""
_WIDE = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_ENTITIES = "the file declares XML entities, which is not safe: remove its <!ENTITY …>"
_NAMED = re.compile(rb"&(?!(?:lt|gt|amp|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")


def refuse_entities(data: bytes, where: str) -> None:
    """Raise `ReadError` where XML declares entities: they serve bombs and the theft of files, never an article.

    So does an encoding that could hide them.
    """
    _looked_through(data, where)


def parse_xml(data: bytes, where: str) -> Element:
    """The root of an XML document; comments and processing instructions are gone.

    HTML's named characters (``&nbsp;``) are understood although no document type is read.

    Raises:
        ReadError: It declares entities, is not well-formed, or nested too deeply (256 levels, libxml2's limit).
    """
    text, encoding = _looked_through(data, where)
    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(_NAMED.sub(_numeric, text), parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise ReadError(f"the XML is not well-formed: {_first(error)}", where) from error
    if root is None:
        raise ReadError("there is nothing in this XML file", where)
    kind: Any = root.getroottree().docinfo.internalDTD
    if kind is not None and any(True for _ in kind.iterentities()):
        raise ReadError(_ENTITIES, where)
    return root


def _looked_through(data: bytes, where: str) -> tuple[bytes, str | None]:
    """``data`` in a form whose markup is plain ASCII, and the encoding it got where that is not the declared one."""
    wide = next((name for mark, name in _WIDE if data.startswith(mark)), "")
    if wide:
        data = codecs.BOM_UTF8 + data.decode(wide, errors="replace").lstrip("\ufeff").encode()
    encoding = "utf-8" if data.startswith(codecs.BOM_UTF8) else None
    data = data.removeprefix(codecs.BOM_UTF8)
    declared = None if encoding else _DECLARED.match(data)
    if declared and not _LIKE_ASCII.fullmatch(declared[1]):
        raise ReadError(f"the XML is in {declared[1].decode()}: save it as UTF-8", where)
    if _declares_entities(data):
        raise ReadError(_ENTITIES, where)
    return data, encoding


def _declares_entities(data: bytes) -> bool:
    before = _BEFORE.match(data)
    found = _DOCTYPE.match(data, before.end() if before else 0)
    depth = 0
    for token in _TOKEN.finditer(data, found.end()) if found else ():
        if token[0].upper() == b"<!ENTITY":
            return True
        depth += {b"[": 1, b"]": -1}.get(token[0], 0)
        if depth == 0 and token[0] == b">":
            break
    return False


def _numeric(found: re.Match[bytes]) -> bytes:
    text = html.entities.html5.get(found[1].decode() + ";", "")
    return "".join(f"&#{ord(char)};" for char in text).encode() or found[0]


def _first(error: Exception) -> str:
    told = " ".join(str(error).split())
    # lxml says the place twice: ", line 1, column 8 (<string>, line 1)"
    told = re.sub(r",? line (\d+), column \d+(?: \(.*, line \d+\))?$", r" (line \1)", told)
    return told[:120]
