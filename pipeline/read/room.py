"""The room: a file or its bytes → a `Document`, by the reader that fits."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.errors import ReadError
from pipeline.model.document import texts
from pipeline.model.limits import MAX_INPUT_BYTES

if TYPE_CHECKING:
    from pipeline.model.document import Document

_HTML = re.compile(
    rb"\s*(?:<\?xml\b[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_PARAGRAPH = 250_000
"""Characters; the longest sentences of literature stay far below, so what is longer is data and not prose."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def read(source: str | os.PathLike[str] | bytes, *, uri: str = "", max_input_bytes: int = MAX_INPUT_BYTES) -> Document:
    """The article in ``source``.

    Args:
        source: Path of a file, or the bytes of one.
        uri: Where the bytes came from, for messages, for relative links and for the choice of the reader; a path
            stands for itself.
        max_input_bytes: Size beyond which nothing is read.

    Returns:
        The document; what the reader left out is in ``omitted``.

    Raises:
        ReadError: There is no such file, or it cannot be read as an article; the message says what to do.
        MissingDependency: The format's reader needs a package that is not installed.
    """
    if isinstance(source, bytes):
        _check_size(len(source), uri, max_input_bytes)
        data = source
    else:
        uri = uri or os.fspath(source)
        data = _bytes_of(source, max_input_bytes)
    document: Document = plugins.load("readers", reader_for(data, uri)).read(data, uri=uri)
    _check_prose(document, uri)
    return document


def reader_for(data: bytes, uri: str) -> str:
    """Name of the reader for a file: by the ending of its name, else HTML where it begins like it, else plain text."""
    suffix = Path(uri.split("?")[0]).suffix.lower() if uri else ""
    for name in plugins.names("readers"):
        if suffix and suffix in plugins.load("readers", name).SUFFIXES:
            return name
    return "html" if _HTML.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]) else "plaintext"


def _bytes_of(source: str | os.PathLike[str], max_input_bytes: int) -> bytes:
    where = os.fspath(source)
    if _ADDRESS.match(where):
        raise ReadError("this reads files; addresses are not supported yet: save the page and give the file", where)
    path = Path(where)
    try:
        if path.is_dir():
            raise ReadError("this is a folder: give the article's file", where)
        if not path.is_file() and path.exists():
            raise ReadError("this is not a regular file: give the article's file", where)
        _check_size(path.stat().st_size, where, max_input_bytes)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("there is no such file: check the name", where) from error
    except PermissionError as error:
        raise ReadError("the file may not be read: check its permissions", where) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"the file cannot be read ({reason}): check the disk and the name", where) from error


def _check_size(size: int, where: str, max_input_bytes: int) -> None:
    if size > max_input_bytes:
        raise ReadError(
            f"{size:,} bytes are more than the {max_input_bytes:,} allowed: give less or raise --max-input",
            where,
        )


def _check_prose(document: Document, where: str) -> None:
    longest = max((len(text) for text in texts(document.blocks)), default=0)
    if longest > LONGEST_PARAGRAPH:
        raise ReadError(
            f"one paragraph has {longest:,} characters, more than the {LONGEST_PARAGRAPH:,} that prose may have: "
            "break it into paragraphs",
            where,
        )
