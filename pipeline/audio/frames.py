"""Frame headers of MPEG audio layer III: MPEG-1 (32–48 kHz) and MPEG-2 (16–24 kHz).

Source: ISO/IEC 11172-3 §2.4.1.3 and 13818-3 §2.4.2.3. A frame begins with four bytes:
``11111111 111VVLLP BBBBRRPX MMxxxxxx`` — version, layer, protection; bit rate, sample rate, padding; channel mode.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import EncodeError

if TYPE_CHECKING:
    from collections.abc import Iterator

BIT_RATES_KBPS = {
    1: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""MPEG version → what index 1, 2, … of the bit rate field means."""
SAMPLE_RATES_HZ = {1: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000)}
"""MPEG version → what index 0, 1, … of the sample rate field means."""
FRAME_SAMPLES = {1: 1152, 2: 576}
_VERSION_BITS = {1: 0b11, 2: 0b10}
_LAYER_3 = 0b01


def mpeg_version(sample_rate_hz: int) -> int:
    """1 or 2, as the sample rate demands; 0 for a rate that neither has."""
    return next((version for version, rates in SAMPLE_RATES_HZ.items() if sample_rate_hz in rates), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameHeader:
    """What a frame says about itself.

    Attributes:
        version: MPEG version, 1 or 2.
        padding: Whether the frame is a byte longer, to keep the bit rate at 44.1 and 22.05 kHz.
        mono: Whether it holds one channel.
    """

    version: int
    bit_rate_kbps: int
    sample_rate_hz: int
    padding: bool = False
    mono: bool = True

    @property
    def samples(self) -> int:
        """Samples that the frame decodes to."""
        return FRAME_SAMPLES[self.version]

    @property
    def length(self) -> int:
        """Bytes of the whole frame."""
        return self.samples // 8 * 1000 * self.bit_rate_kbps // self.sample_rate_hz + self.padding

    @property
    def side_info(self) -> int:
        """Bytes between the header and the sound."""
        return {(1, True): 17, (1, False): 32, (2, True): 9, (2, False): 17}[self.version, self.mono]

    def pack(self) -> bytes:
        """The four bytes of a mono or stereo header without checksum."""
        rate = BIT_RATES_KBPS[self.version].index(self.bit_rate_kbps) + 1
        frequency = SAMPLE_RATES_HZ[self.version].index(self.sample_rate_hz)
        first = 0b111 << 5 | _VERSION_BITS[self.version] << 3 | _LAYER_3 << 1 | 1
        mode = 0b11 if self.mono else 0b00
        # 0b0100: "original", as LAME writes it.
        return bytes((0xFF, first, rate << 4 | frequency << 2 | self.padding << 1, mode << 6 | 0b0100))


def header_at(data: bytes, offset: int) -> FrameHeader:
    """The header of the frame that begins at ``offset``.

    Raises:
        EncodeError: No layer III frame with a fixed bit rate begins there.
    """
    head = int.from_bytes(data[offset : offset + 4], "big")
    version = next((version for version, bits in _VERSION_BITS.items() if bits == head >> 19 & 0b11), 0)
    rate, frequency = head >> 12 & 0xF, head >> 10 & 0b11
    synchronised = len(data) >= offset + 4 and head >> 21 == 0x7FF
    if not (synchronised and version and head >> 17 & 0b11 == _LAYER_3 and 0 < rate < 15 and frequency < 3):
        raise EncodeError(f"no MPEG audio frame begins at byte {offset}")
    return FrameHeader(
        version=version,
        bit_rate_kbps=BIT_RATES_KBPS[version][rate - 1],
        sample_rate_hz=SAMPLE_RATES_HZ[version][frequency],
        padding=bool(head >> 9 & 1),
        mono=head >> 6 & 0b11 == 0b11,
    )


def split(data: bytes) -> Iterator[tuple[int, int]]:
    """Offset and length of each frame in ``data``, one after the other.

    Raises:
        EncodeError: Something else than whole frames stands there; raised when the walk comes to it.
    """
    lengths: dict[bytes, int] = {}  # headers are few and alike: read each kind once
    offset = 0
    while offset < len(data):
        head = data[offset : offset + 4]
        length = lengths.get(head)
        if length is None:
            length = lengths[head] = header_at(data, offset).length
        if offset + length > len(data):
            raise EncodeError(f"the MPEG audio frame at byte {offset} is cut short")
        yield offset, length
        offset += length
