"""Bytes to text, strictly: what cannot be decoded is refused with its place, never guessed."""

from __future__ import annotations

import codecs
import re

from pipeline.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (Word, EPUB and OpenDocument files are such)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"RIFF", "a RIFF recording or picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "a Rich Text document"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_UNSPEAKABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def bom(data: bytes) -> tuple[str, int]:
    """The encoding that a byte order mark in ``data`` tells, and the mark's length; ``("", 0)`` without one."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, len(mark)
    return "", 0


def refuse_binary(data: bytes, where: str) -> None:
    """Raise `ReadError` where ``data`` is empty or is no text at all.

    A file counts as binary when it has a known binary signature, a NUL byte, or more than one control character in
    twenty bytes; UTF-16 is recognised by its byte order mark only.
    """
    if not data.strip():
        raise ReadError("the file is empty: there is nothing to read", where)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise ReadError(f"this is {kind}, not an article: save it as Markdown, HTML or plain text", where)
    if bom(data)[0].startswith("utf-16"):
        return
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls * 20 > len(data):
        raise ReadError("this is a binary file, not an article: give Markdown, HTML or plain text", where)


def clean(text: str) -> str:
    """``text`` with LF line ends and without characters that are no text.

    Such are controls, noncharacters, lone surrogates and the controls of writing direction, which would turn round
    whatever a title is shown beside.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    return _UNSPEAKABLE.sub("", text).removeprefix("\ufeff")


def decode(data: bytes, where: str) -> str:
    """The text of a plain text or Markdown file, cleaned: UTF-8, or UTF-16 with its byte order mark.

    Raises:
        ReadError: ``data`` is empty, binary or in another encoding; the message names the first byte that is wrong.
    """
    refuse_binary(data, where)
    encoding, length = bom(data)
    try:
        text = data[length:].decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"byte {error.start + length} is not {(encoding or 'utf-8').upper()} "
            f"(0x{data[min(error.start + length, len(data) - 1)]:02x}): save the file as UTF-8",
            where,
        ) from error
    text = clean(text)
    if not text.strip():
        raise ReadError("the file holds only white space: there is nothing to read", where)
    return text
