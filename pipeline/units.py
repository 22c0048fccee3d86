"""Samples ↔ milliseconds ↔ seconds ↔ timecodes: the only place that rounds.

Times are counted in samples (integers). They become milliseconds or seconds once, at the border of the program,
with the rounding that each function states.
"""

from __future__ import annotations


def samples_from_ms(duration_ms: int, sample_rate_hz: int) -> int:
    """Samples in ``duration_ms``, rounded half up."""
    return (duration_ms * sample_rate_hz + 500) // 1000


def ms_from_samples(samples: int, sample_rate_hz: int) -> int:
    """Milliseconds that ``samples`` last, rounded half up."""
    return (samples * 1000 + sample_rate_hz // 2) // sample_rate_hz


def seconds_from_samples(samples: int, sample_rate_hz: int) -> float:
    """Seconds that ``samples`` last, rounded half up to a whole millisecond."""
    return ms_from_samples(samples, sample_rate_hz) / 1000


def rescale_samples(samples: int, from_hz: int, to_hz: int) -> int:
    """The place of ``samples`` (counted at ``from_hz``) at ``to_hz``, rounded half up."""
    return (2 * samples * to_hz + from_hz) // (2 * from_hz)


def timecode(duration_ms: int) -> str:
    """``HH:MM:SS.mmm``, hours growing as they must (WebVTT, Vorbis chapters)."""
    seconds, ms = divmod(duration_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"


def clock(duration_ms: int) -> str:
    """``H:MM:SS`` or ``M:SS`` for people, rounded half up to a whole second."""
    seconds = (duration_ms + 500) // 1000
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def amplitude_from_db(level_db: float) -> float:
    """The linear factor of ``level_db`` decibels."""
    return float(10.0 ** (level_db / 20.0))
