"""Ogg pages of one stream of sound packets (RFC 3533), for Opus (RFC 7845)."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

PACKETS = 40
"""Sound packets in a page: at most 1275 bytes long (RFC 6716), each fills six of a page's 255 segments at most."""
_SEGMENT = 255
_CONTINUED, _FIRST, _LAST = 1, 2, 4
_NOTHING_ENDS = (1 << 64) - 1
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def pages(
    headers: Iterable[bytes], flow: Iterable[tuple[NDArray[np.uint16], bytes]], *, serial: int, step: int, end: int
) -> Iterator[bytes]:
    """The whole stream.

    Args:
        headers: Packets in front of the sound; each begins a page of its own.
        flow: Packets of the sound: their lengths, and themselves in one piece.
        serial: Number of the stream.
        step: Units of time that a packet lasts.
        end: Time at which the sound ends, in the same units; less than ``step`` before the end of the last packet.
    """
    number = 0
    for header in headers:
        for flags, granule, lacing, body in _header(header):
            yield _page(flags | (0 if number else _FIRST), granule, serial, number, lacing, body)
            number += 1
    packets = 0
    held: tuple[bytes, bytes] | None = None  # a page is written when the next is known: the last one is marked
    for lacing, body, count in _sound(flow):
        if held:
            yield _page(0, packets * step, serial, number, *held)
            number += 1
        packets += count
        held = lacing, body
    yield _page(_LAST, end, serial, number, *(held or (b"", b"")))


def _header(packet: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Flags, granule position, segment table and content of the pages of a packet of any length."""
    lacing = _lacing(len(packet))
    for first in range(0, len(lacing), _SEGMENT):
        done = first + _SEGMENT >= len(lacing)
        body = packet[first * _SEGMENT : (first + _SEGMENT) * _SEGMENT]
        yield _CONTINUED if first else 0, 0 if done else _NOTHING_ENDS, lacing[first : first + _SEGMENT], body


def _sound(flow: Iterable[tuple[NDArray[np.uint16], bytes]]) -> Iterator[tuple[bytes, bytes, int]]:
    """Segment table, content and number of packets of each page; all but the last are full."""
    sizes, data = np.zeros(0, np.uint16), b""
    for more_sizes, more_data in flow:
        sizes, data = np.concatenate((sizes, more_sizes)), data + more_data
        full = len(sizes) // PACKETS * PACKETS
        begin = 0
        for first in range(0, full, PACKETS):
            page = sizes[first : first + PACKETS]
            end = begin + int(page.sum(dtype=np.int64))
            yield _table(page), data[begin:end], PACKETS
            begin = end
        sizes, data = sizes[full:], data[begin:]
    if len(sizes):
        yield _table(sizes), data, len(sizes)


def _table(sizes: NDArray[np.uint16]) -> bytes:
    if int(sizes.max()) < _SEGMENT:
        return sizes.astype(np.uint8).tobytes()
    return b"".join(map(_lacing, sizes.tolist()))


def _lacing(size: int) -> bytes:
    """Segment lengths of a packet: full ones, and a shorter one (0 too) that ends it (RFC 3533, § 5)."""
    return bytes((_SEGMENT,)) * (size // _SEGMENT) + bytes((size % _SEGMENT,))


def _page(flags: int, granule: int, serial: int, number: int, lacing: bytes, body: bytes) -> bytes:
    """A page (RFC 3533, § 6)."""
    head = b"".join(
        (
            b"OggS\0",
            bytes((flags,)),
            granule.to_bytes(8, "little"),
            serial.to_bytes(4, "little"),
            number.to_bytes(4, "little"),
        )
    )
    rest = bytes((len(lacing),)) + lacing + body
    return head + checksum(head + bytes(4) + rest) + rest


def checksum(page: bytes) -> bytes:
    """The CRC of a page whose own place for it is 0: polynomial 0x04c11db7 from 0, highest bit first, as its bytes.

    zlib knows the same polynomial with the lowest bit first; bits reversed on the way in and out make them one.
    """
    crc = zlib.crc32(page.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return crc.to_bytes(4, "big").translate(_REVERSED)
