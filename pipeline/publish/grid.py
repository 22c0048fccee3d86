"""The common timeline on a codec's own grid of frames.

Every utterance is a run of whole frames, so it can begin at a frame only. Each is put on the frame nearest its place
on the common timeline: half a frame off at most, and the next is measured from the timeline again, so errors never
add up. What lies between the runs is a whole number of silent frames.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import EncodeError
from pipeline.units import ms_from_samples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.contracts import Codec
    from pipeline.model.timeline import ChapterMark, Timeline


def snap(timeline: Timeline, codec: Codec) -> Timeline:
    """``timeline`` with each cue on the nearest frame and each chapter at its first cue, the first at 0.

    The length stays, unless the last run needs more.

    Raises:
        EncodeError: The rates differ, or a pause is too short for the silence that the codec needs. One of
            ``lead + tail + 1`` frames always fits.
    """
    if timeline.sample_rate_hz != codec.sample_rate_hz:
        raise EncodeError(f"a timeline of {timeline.sample_rate_hz} Hz on frames of {codec.sample_rate_hz} Hz")
    cues = tuple(replace(cue, start=_nearest(cue.start, codec.frame) * codec.frame) for cue in timeline.cues)
    end = 0
    for cue in cues:
        first = cue.start // codec.frame - codec.lead
        if first < end:
            needed_ms = ms_from_samples((codec.lead + codec.tail + 1) * codec.frame, codec.sample_rate_hz)
            raise EncodeError(f"the pause before utterance {cue.id} is too short; {needed_ms} ms are always enough")
        end = first + codec.lead + -(-cue.length // codec.frame) + codec.tail
    length = max(timeline.length, end * codec.frame)
    first_cues: dict[int, int] = {}
    for cue in cues:
        first_cues.setdefault(cue.chapter, cue.start)
    starts = [
        first_cues.get(index, _nearest(mark.start, codec.frame) * codec.frame) if index else 0
        for index, mark in enumerate(timeline.chapters)
    ]
    return replace(timeline, length=length, cues=cues, chapters=_marks(timeline.chapters, starts, length))


def _marks(chapters: Sequence[ChapterMark], starts: Sequence[int], length: int) -> tuple[ChapterMark, ...]:
    ends = (*starts[1:], length)
    return tuple(replace(mark, start=start, end=end) for mark, start, end in zip(chapters, starts, ends, strict=True))


def _nearest(samples: int, frame: int) -> int:
    """The frame nearest to the place ``samples``, half up."""
    return (2 * samples + frame) // (2 * frame)


def runs(timeline: Timeline, counts: Sequence[int], codec: Codec) -> Iterator[int | None]:
    """What is joined, in order: a number of silent frames, or None for the run of the next cue.

    Args:
        timeline: As `snap` gives it.
        counts: Frames in the run of each cue.
        codec: The codec that the timeline was snapped for.

    Raises:
        EncodeError: A run is longer than the place it has.
    """
    end = 0
    for cue, count in zip(timeline.cues, counts, strict=True):
        silent = cue.start // codec.frame - codec.lead - end
        if silent < 0:
            raise EncodeError(f"the run of utterance {cue.id} begins {-silent} frames before the last one ends")
        yield silent
        yield None
        end += silent + count
