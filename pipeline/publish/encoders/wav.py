"""WAV: the levelled samples as they are; tags stand behind them in a chunk of their own, as editors write it."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

from pipeline.audio.plain_runs import SAMPLE_BYTES, PlainRuns
from pipeline.errors import EncodeError, WriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pipeline.model.show import AudioFormat
    from pipeline.model.timeline import ChapterMark

SUFFIX = ".wav"
MEDIA_TYPE = "audio/wav"
TAGS = "id3"

_MOST_BYTES = (1 << 32) - 1
_SIZE_AT = 4
"""Place of the size of all that follows it."""


class Wav(PlainRuns):
    """16-bit mono PCM."""

    def join(
        self,
        path: Path,
        runs: Iterable[bytes | int],
        *,
        length: int,
        tags: bytes = b"",
        chapters: Sequence[ChapterMark] = (),
    ) -> None:
        """Write the file; silence is added at the end up to ``length`` samples; chapters stand among the tags.

        Raises:
            EncodeError: The runs are longer than ``length``, or the file than WAV can count.
            WriteError: The file cannot be written.
        """
        chunk = b"id3 " + len(tags).to_bytes(4, "little") + tags + bytes(len(tags) % 2) if tags else b""
        if SAMPLE_BYTES * length + len(chunk) + 100 > _MOST_BYTES:
            raise EncodeError(f"{length} samples are too many for one WAV file; choose FLAC")
        try:
            with path.open("wb") as file:
                with wave.open(file, "wb") as out:
                    out.setnchannels(1)
                    out.setsampwidth(SAMPLE_BYTES)
                    out.setframerate(self.sample_rate_hz)
                    out.setnframes(length)
                    for data in self.flow(runs, length):
                        out.writeframesraw(data)
                file.seek(0, 2)
                file.write(chunk)
                size = file.tell() - 2 * _SIZE_AT
                file.seek(_SIZE_AT)
                file.write(size.to_bytes(4, "little"))
        except OSError as error:
            raise WriteError(f"cannot be written: {error.strerror}", str(path)) from error


def codec(audio: AudioFormat) -> Wav:
    """The codec at the show's sample rate."""
    return Wav(audio.sample_rate_hz)
