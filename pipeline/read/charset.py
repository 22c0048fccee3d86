"""What a server says about the encoding of a page, put into the bytes: readers see no HTTP header.

The order is that of browsers (WHATWG Encoding, HTML section 13.2.3.2): byte order mark, HTTP header, the page's own
declaration, a guess. Text that its bytes alone would not tell is handed on as UTF-8 with a byte order mark; where a
header is plainly wrong, it is not believed.
"""

from __future__ import annotations

import codecs
import re

from pipeline.text.dom.source import declared
from pipeline.text.plain_decode import bom
from pipeline.text.plain_language import guess_language

_TEXT = re.compile(r"text/(?!xml$|css$|csv$).*|application/xhtml\+xml")
_XML = re.compile(r"(?:text|application)/(?:[\w.-]+\+)?xml")
_XML_ENCODING = re.compile(rb"""\A(\s*<\?xml\b[^>]{0,200}?)\s+encoding\s{0,8}=\s{0,8}(?:"[^"]{0,40}"|'[^']{0,40}')""")
_MARK = codecs.BOM_UTF8
_TAG = re.compile(r"<[^>]{0,1000}>")
_C1 = re.compile(rb"[\x80-\x9f]")
_DAMAGE = 1000
"""One undecodable character in this many is let pass; with more of them the header is not believed."""
_SAMPLE = 200_000
"""Bytes that a guess looks at."""
_GUESSES = (
    *("cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859_2"),
    *("cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "euc_kr"),
)
"""Encodings of the web, as Python calls them."""
_LATIN = frozenset(("cp1250", "cp1252", "cp1254", "iso8859_2"))
"""Those for the Latin script: statistics of bytes confuse them, the language of the text does not."""
_BY_LANGUAGE = {
    **dict.fromkeys(("cs", "hu", "pl", "ro"), "cp1250"),
    "tr": "cp1254",
}
"""Primary language subtag → encoding of its legacy pages; cp1252 for all others."""


def as_utf8(data: bytes, media_type: str, charset: str) -> bytes:
    """``data`` so that it can be read without its HTTP header.

    Args:
        data: A page's bytes.
        media_type: What it is, lower case, without parameters; what is no text comes back as it is.
        charset: The header's ``charset``; empty where it has none.
    """
    encoding = _codec(charset)
    if bom(data)[0] or (b"\0" in data and not encoding.startswith("utf-16")):  # marked, or no text at all
        return data
    if _XML.fullmatch(media_type) and media_type != "application/xhtml+xml":
        return _xml(data, encoding)
    if not _TEXT.fullmatch(media_type):
        return data
    own = declared(data) if "html" in media_type else ""
    if encoding and (text := _decoded(data, encoding)) is not None:
        # the reader itself counts what is damaged in UTF-8
        return _MARK + (data if encoding == "utf-8" else text.encode("utf-8", "replace"))
    if own or _decoded(data, "utf-8", strict=True) is not None:
        return data
    guessed = _guess(data)
    return data if guessed is None else _MARK + guessed.encode("utf-8", "replace")


def _codec(charset: str) -> str:
    """Python's name of the encoding that browsers use for a label; empty for labels that the web does not know."""
    label = charset.strip().strip("\"'").lower()
    if re.fullmatch(r"utf-?16(?:le|be)?", label):
        return "utf-16-be" if label.endswith("be") else "utf-16-le"
    if not re.fullmatch(r"[a-z0-9_:.-]{1,40}", label):
        return ""
    return declared(b'<meta charset="' + label.encode("ascii") + b'">')


def _decoded(data: bytes, encoding: str, *, strict: bool = False) -> str | None:
    """The text in an encoding; None where it plainly is in another one."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        if strict:
            return None
    text = data.decode(encoding, "replace")
    return text if text.count("\ufffd") * _DAMAGE <= len(text) else None


def _xml(data: bytes, encoding: str) -> bytes:
    """XML whose header names an encoding (RFC 7303: it overrides the declaration), without a declared one."""
    text = _decoded(data, encoding, strict=True) if encoding else None
    return data if text is None else _XML_ENCODING.sub(rb"\1", text.encode("utf-8", "replace"))


def _guess(data: bytes) -> str | None:
    """The text of bytes that nobody says the encoding of, if it can be told from them."""
    from charset_normalizer import from_bytes  # 60 ms, and hardly ever needed

    sample = data
    if len(data) > _SAMPLE:
        cut = max(data.rfind(b"<", 0, _SAMPLE), data.rfind(b"\n", 0, _SAMPLE))  # no character has these inside
        sample = data[: cut if cut > 0 else _SAMPLE]
    found = from_bytes(sample, cp_isolation=list(_GUESSES), preemptive_behaviour=False).best()
    if found is None:
        return None
    name = found.encoding
    if name in _LATIN:
        language = guess_language(_TAG.sub(" ", sample.decode("cp1252", "replace")))
        name = _BY_LANGUAGE.get(language, "cp1252")
        if name == "cp1250" and not _C1.search(sample):  # š, ś, ž and ť stand there; ISO 8859-2 has controls
            name = "iso8859_2"
    text = _decoded(data, name)
    return text if text is not None else _decoded(data, found.encoding)
