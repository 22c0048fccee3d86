"""Bodies packed for the wire, unpacked in small pieces, so that a bomb is noticed before it has gone off."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from pipeline.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENCODINGS = "gzip, deflate"
"""Value of ``Accept-Encoding``: what can be unpacked."""
_PIECE = 65_536
_GZIP = b"\x1f\x8b"


def unpacked(chunks: Iterable[bytes], encoding: str, where: str) -> Iterator[bytes]:
    """``chunks`` as they were before they were packed, in pieces of at most 65,536 bytes where they were packed at all.

    Args:
        chunks: What came over the wire.
        encoding: Value of ``Content-Encoding``; empty for none.
        where: Address, for messages.

    Raises:
        ReadError: The encoding is unknown, or the data are not packed in it or break off.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        yield from chunks
    elif name in ("gzip", "x-gzip", "deflate"):
        try:
            yield from _pieces(chunks, name)
        except (zlib.error, EOFError) as error:
            raise ReadError("the page arrived damaged and cannot be unpacked: try again later", where) from error
    else:
        raise ReadError(f"the page is packed in a way nobody asked for ({name[:40]}): save it, give the file", where)


def _pieces(chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
    undo = None
    done = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if undo is None:
                if done and not (name != "deflate" and rest.startswith(_GZIP)):
                    return  # padding behind the end
                undo = zlib.decompressobj(_window(name, rest))
            yield undo.decompress(rest, _PIECE)
            rest = undo.unconsumed_tail
            if undo.eof:  # gzip may go on with another member
                rest, undo, done = undo.unused_data, None, True
    if undo is not None:
        raise EOFError


def _window(name: str, first: bytes) -> int:
    """Window bits for zlib: gzip, or deflate with its header, or without it, as some servers send it."""
    if name != "deflate":
        return 16 + zlib.MAX_WBITS
    has_header = len(first) > 1 and first[0] & 0x0F == 8 and int.from_bytes(first[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
