"""What people record: jingles, intros, takes. Imported from any format, trimmed and faded by pydub."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from pipeline.errors import ReadError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

LONGEST_S = 600
"""A recording is held in memory and encoded as one run; longer ones belong into an article of their own."""

_SILENCE_DB = -45.0  # against the recording's own peak: room noise lies below, the tail of a jingle above
_STEP_MS = 10  # the grain of the search for silence
_MARGIN_MS = 20  # kept in front of the first sound, so that a soft beginning stays
_TAIL_MS = 60  # kept behind the last sound, so that it can die away
_FADE_IN_MS = 10
_FADE_OUT_MS = 50
_FULL_SCALE = 2**31 - 1  # pydub works on integers: 32 bits lose nothing that float32 holds


def load(path: Path, *, sample_rate_hz: int) -> NDArray[np.float32]:
    """The sound of a recording without the silence around it.

    Args:
        path: A sound file of any format; no ffmpeg program is needed.
        sample_rate_hz: The show's rate.

    Returns:
        float32, shape (n,), in [−1, 1], one channel, beginning and ending in a short fade.

    Raises:
        ReadError: It holds no sound or lasts longer than `LONGEST_S`.
    """
    import numpy as np

    from pipeline.audio.decode import decode_file
    from pipeline.audio.resample import resample

    samples, from_hz = decode_file(path)
    if len(samples) > LONGEST_S * from_hz:
        raise ReadError(
            f"lasts {len(samples) / from_hz / 60:.1f} minutes; a recording may last {LONGEST_S // 60}", str(path)
        )
    if not np.any(samples):
        raise ReadError("holds nothing but silence", str(path))
    exact = np.clip(np.nan_to_num(samples.astype(np.float64)), -1.0, 1.0)
    segment = _pydub().AudioSegment(
        data=np.round(exact * _FULL_SCALE).astype("<i4").tobytes(), sample_width=4, frame_rate=from_hz, channels=1
    )
    trimmed = _trimmed(segment)
    fade_in_ms, fade_out_ms = (max(min(fade_ms, len(trimmed) // 2), 1) for fade_ms in (_FADE_IN_MS, _FADE_OUT_MS))
    faded = trimmed.fade_in(fade_in_ms).fade_out(fade_out_ms).raw_data
    sound = (np.frombuffer(faded, "<i4") / _FULL_SCALE).astype(np.float32)
    return np.clip(resample(sound, from_hz, sample_rate_hz), -1.0, 1.0)


def _trimmed(segment: Any) -> Any:
    """``segment`` from a little before its first sound to a little behind its last."""
    find = _pydub().silence.detect_leading_silence
    threshold_dbfs = segment.max_dBFS + _SILENCE_DB
    before_ms = find(segment, silence_threshold=threshold_dbfs, chunk_size=_STEP_MS)
    behind_ms = find(segment.reverse(), silence_threshold=threshold_dbfs, chunk_size=_STEP_MS)
    return segment[max(before_ms - _MARGIN_MS, 0) : len(segment) - max(behind_ms - _TAIL_MS, 0)]


def _pydub() -> Any:
    """The module pydub, which warns on import of syntax, of audioop, and of an ffmpeg that is not needed here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pydub.silence
    return pydub
