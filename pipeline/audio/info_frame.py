"""The Info frame: a silent first frame that tells players length, delay and seek table of an MP3 file.

Without it they start 25 to 50 ms late and guess the length. Sources: the Xing header as LAME's ``VbrTag.c`` writes
it, and "MP3 Info Tag revision 1 specifications" (gabriel.mp3-tech.org/mp3infotag.html).
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.audio.frames import BIT_RATES_KBPS, FrameHeader
from pipeline.errors import EncodeError

ENCODER_DELAY = 576
"""Samples by which LAME delays the sound; players add the 529 of every decoder."""
DECODER_DELAY = 529
TAG_BYTES = 4 + 4 + 4 + 4 + 100 + 4 + 36
"""``Info``, flags, frames, bytes, seek table, quality, LAME's extension."""
_HAS_FRAMES_BYTES_TABLE_QUALITY = 0b1111
_CONSTANT_BIT_RATE = 1


def info_header(header: FrameHeader) -> FrameHeader:
    """The header of the Info frame in front of frames like ``header``: at its bit rate, or the least that has room."""
    fitting = (
        replace(header, bit_rate_kbps=rate, padding=False)
        for rate in BIT_RATES_KBPS[header.version]
        if rate >= header.bit_rate_kbps
    )
    return next(choice for choice in fitting if choice.length >= 4 + choice.side_info + TAG_BYTES)


def info_frame(header: FrameHeader, *, encoder: str, quality: int, frames: int, audio_bytes: int, length: int) -> bytes:
    """The Info frame of a constant bit rate file.

    Args:
        header: That of the frames which follow.
        encoder: Name and version, ASCII, at most nine characters count.
        quality: 0 (worst) to 100.
        frames: How many frames follow.
        audio_bytes: Their bytes.
        length: Samples that a player shall play.

    Raises:
        EncodeError: ``length`` and the delays do not fit into the frames, or leave more than a 12-bit padding.
    """
    padding = frames * header.samples - ENCODER_DELAY - length
    if not DECODER_DELAY <= padding < 4096:
        raise EncodeError(f"{frames} frames do not make a file of {length} samples")
    info = info_header(header)
    total = info.length + audio_bytes
    # Per cent of the time → place in the file, in 256ths; at a constant bit rate time and place go together.
    table = bytes((256 * (info.length + audio_bytes * percent // 100)) // total for percent in range(100))
    xing = b"".join((b"Info", _u32(_HAS_FRAMES_BYTES_TABLE_QUALITY), _u32(frames), _u32(total), table, _u32(quality)))
    frequency = 0 if header.sample_rate_hz <= 32_000 else {44_100: 1, 48_000: 2}[header.sample_rate_hz]
    lame = b"".join(
        (
            encoder.encode("ascii")[:9].ljust(9, b"\0"),
            bytes((_CONSTANT_BIT_RATE, 0)),  # tag revision 0; low-pass unknown
            bytes(8),  # peak and replay gains: none
            bytes((0, min(header.bit_rate_kbps, 255))),
            (ENCODER_DELAY << 12 | padding).to_bytes(3, "big"),
            bytes((frequency << 6, 0)),  # mono; no MP3 gain
            bytes(2),  # no preset
            _u32(total),
            bytes(2),  # checksum of the sound: none
        )
    )
    frame = info.pack() + bytes(info.side_info) + xing + lame
    frame += crc16(frame).to_bytes(2, "big")
    return frame.ljust(info.length, b"\0")


def _u32(number: int) -> bytes:
    return number.to_bytes(4, "big")


def crc16(data: bytes) -> int:
    """CRC-16/ARC (polynomial 0x8005, bits reflected, from 0), as LAME signs its tag."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc
