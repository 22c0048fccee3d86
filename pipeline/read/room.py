"""Bytes become a document: which reader, and what is no article."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.errors import ReadError
from pipeline.model.document import texts

if TYPE_CHECKING:
    from pipeline.model.document import Document

MAX_INPUT_BYTES = 20_000_000
LONGEST_PARAGRAPH = 250_000
"""Characters; the longest sentences of literature stay far below, so what is longer is data, not prose."""
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")


def read(source: str | os.PathLike[str] | bytes, *, uri: str = "", max_input_bytes: int = MAX_INPUT_BYTES) -> Document:
    """The document in a file, or in bytes.

    Args:
        source: Path of a file, or its content.
        uri: Where the content came from, for its format, relative links and messages; a path names itself.
        max_input_bytes: Larger files are refused unread.

    Raises:
        ReadError: The file cannot be read, or holds no article; the message says what to do.
    """
    if isinstance(source, bytes):
        data, where = source, uri
        if len(data) > max_input_bytes:
            raise ReadError(_too_large(len(data), max_input_bytes), where)
    else:
        where = os.fspath(source)
        data = _bytes(where, max_input_bytes)
    document: Document = plugins.load("readers", _reader(data, where)).read(data, uri=uri or where)
    for text in texts(document.blocks):
        if len(text) > LONGEST_PARAGRAPH:
            message = f"a paragraph of {len(text):,} characters is no prose; the longest taken is {LONGEST_PARAGRAPH:,}"
            raise ReadError(f"{message}: break it into paragraphs", where)
    return document


def _bytes(where: str, max_input_bytes: int) -> bytes:
    if where.lower().startswith(("http://", "https://")):
        raise ReadError("addresses are not read: save the page and give the file", where)
    path = Path(where)
    try:
        if path.is_dir():
            raise ReadError("is a folder: name the articles in it", where)
        size = path.stat().st_size
        if size > max_input_bytes:
            raise ReadError(_too_large(size, max_input_bytes), where)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("there is no such file", where) from error
    except (OSError, ValueError) as error:
        raise ReadError(f"cannot be read ({getattr(error, 'strerror', None) or error})", where) from error


def _too_large(size: int, limit: int) -> str:
    return f"holds {size:,} bytes, more than the {limit:,} allowed: raise --max-input if it is an article"


def _reader(data: bytes, where: str) -> str:
    """The reader of the file's ending; without a known one, that of its first bytes."""
    suffix = Path(where).suffix.lower()
    for name in plugins.names("readers"):
        if suffix in plugins.load("readers", name).SUFFIXES:
            return name
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if start.startswith(_HTML_STARTS) else "plaintext"
