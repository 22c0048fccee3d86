from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import EncodeError
from pipeline.model.timeline import ChapterMark, Cue, Timeline
from pipeline.publish.grid import runs, snap
from tests.publish.codecs import PlainCodec

if TYPE_CHECKING:
    from collections.abc import Sequence

GRIDS = ((24_000, 576, 2, 2), (16_000, 576, 2, 2), (44_100, 1152, 2, 2), (48_000, 1152, 2, 2), (24_000, 1024, 2, 1))


def timeline(
    rate: int, spoken: Sequence[tuple[int, int, int]], *, lead: int, close: int, chapters: int = 0
) -> Timeline:
    """Cues of (chapter, samples of speech, samples of the pause before it but the first)."""
    cues: list[Cue] = []
    for number, (chapter, length, pause) in enumerate(spoken):
        start = cues[-1].end + pause if cues else lead
        cues.append(
            Cue(
                id=f"u{number}",
                chapter=chapter,
                start=start,
                length=length,
                written="",
                spoken="",
                voice="",
                role="body",
                words=(),
                timing="engine",
            )
        )
    end = (cues[-1].end if cues else lead) + close
    starts: dict[int, int] = {}
    for cue in cues:
        starts.setdefault(cue.chapter, cue.start if starts else 0)
    begins = [*starts.values()] or [0] * chapters
    marks = tuple(
        ChapterMark(id=f"c{i}", title="", level=2, start=start, end=after)
        for i, (start, after) in enumerate(zip(begins, [*begins[1:], end], strict=True))
    )
    return Timeline(sample_rate_hz=rate, length=end, cues=tuple(cues), chapters=marks)


@st.composite
def laid(draw: st.DrawFn) -> tuple[Timeline, PlainCodec]:
    rate, frame, lead, tail = draw(st.sampled_from(GRIDS))
    least = max(rate // 5, (lead + tail + 1) * frame)
    sizes = draw(st.lists(st.tuples(st.integers(1, 5 * rate), st.integers(least, 2 * rate)), min_size=1, max_size=20))
    breaks = draw(st.lists(st.booleans(), min_size=len(sizes), max_size=len(sizes)))
    spoken = [(sum(breaks[1 : i + 1]), length, pause) for i, (length, pause) in enumerate(sizes)]
    made = timeline(
        rate, spoken, lead=draw(st.integers(least, 2 * rate)), close=draw(st.integers(0, 2 * rate)), chapters=1
    )
    return made, PlainCodec(sample_rate_hz=rate, frame=frame, lead=lead, tail=tail)


@settings(deadline=None)
@given(laid())
def test_snapping(given_: tuple[Timeline, PlainCodec]) -> None:
    before, codec = given_
    after = snap(before, codec)
    # each cue on a frame, half a frame off at most, nothing else about it changed
    for old, new in zip(before.cues, after.cues, strict=True):
        assert new.start % codec.frame == 0
        assert abs(new.start - old.start) <= codec.frame / 2
        assert (new.id, new.length) == (old.id, old.length)
    # chapters begin with their first cue, the first at 0, and leave no hole
    assert [mark.start for mark in after.chapters][:1] == [0]
    for number, mark in enumerate(after.chapters[1:], start=1):
        assert mark.start == next(cue.start for cue in after.cues if cue.chapter == number)
    ends = [mark.end for mark in after.chapters]
    assert ends == [*(mark.start for mark in after.chapters[1:]), after.length]
    # runs and silences fill the time exactly: every run begins where its cue wants it
    counts = [codec.lead + math.ceil(cue.length / codec.frame) + codec.tail for cue in after.cues]
    place, waiting = 0, iter(zip(after.cues, counts, strict=True))
    for item in runs(after, counts, codec):
        if item is None:
            cue, count = next(waiting)
            assert (place + codec.lead) * codec.frame == cue.start
            place += count
        else:
            assert item >= 0
            place += item
    assert next(waiting, None) is None
    assert place * codec.frame <= after.length
    assert after.length == max(before.length, place * codec.frame)
    # and a snapped timeline stays as it is
    assert snap(after, codec) == after


def test_a_pause_too_short_for_the_codec_is_named_with_what_would_do() -> None:
    codec = PlainCodec(sample_rate_hz=24_000, frame=576, lead=2, tail=2)
    close = timeline(24_000, [(0, 1000, 0), (0, 1000, 1700)], lead=7200, close=24_000)
    with pytest.raises(EncodeError, match=r"before utterance u1 is too short; 120 ms are always enough"):
        snap(close, codec)
    with pytest.raises(EncodeError, match=r"before utterance u0 is too short"):
        snap(timeline(24_000, [(0, 1000, 0)], lead=500, close=0), codec)


def test_a_run_longer_than_its_place_is_refused() -> None:
    codec = PlainCodec(sample_rate_hz=24_000, frame=576, lead=2, tail=2)
    snapped = snap(timeline(24_000, [(0, 1000, 0), (0, 1000, 4800)], lead=7200, close=0), codec)
    with pytest.raises(EncodeError, match="u1 begins 4 frames before"):
        list(runs(snapped, [14, 6], codec))


def test_rates_must_agree() -> None:
    with pytest.raises(EncodeError, match="24000 Hz on frames of 48000 Hz"):
        snap(timeline(24_000, [], lead=0, close=100, chapters=1), PlainCodec(sample_rate_hz=48_000))


def test_an_episode_of_silence_and_empty_chapters_in_it() -> None:
    empty = Timeline(
        sample_rate_hz=24_000,
        length=10_000,
        cues=(),
        chapters=tuple(
            ChapterMark(id=f"c{start}", title="", level=2, start=start, end=start) for start in (0, 3333, 7777)
        ),
    )
    snapped = snap(empty, PlainCodec())
    assert [(mark.start, mark.end) for mark in snapped.chapters] == [(0, 3300), (3300, 7800), (7800, 10_000)]
    assert list(runs(snapped, [], PlainCodec())) == []
