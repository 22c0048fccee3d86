"""Finding clips in sound, and measuring loudness step by step, on sounds whose answers are known."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import plugins
from pipeline.audio.loudness import energies, integrated
from pipeline.model.show import AudioFormat
from pipeline.model.timeline import ChapterMark, Cue, Timeline
from pipeline.publish import verdict
from pipeline.publish.measure import Measured, measure, short_term, silences
from pipeline.publish.measure_match import match

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

RATE = 24_000
REACH = 1200
CODEC = plugins.load("encoders", "wav").codec(AudioFormat())


def noise(length: int, seed: int = 1) -> NDArray[np.float32]:
    return (0.2 * np.random.default_rng(seed).standard_normal(length)).astype(np.float32)


@settings(deadline=None, max_examples=30)
@given(lag=st.integers(-REACH, REACH), gain=st.floats(0.2, 3), seed=st.integers(0, 9))
def test_a_clip_is_found_where_it_is(lag: int, gain: float, seed: int) -> None:
    clip = noise(6000, seed)
    heard = np.zeros(6000 + 2 * REACH, np.float32)
    heard[REACH + lag : REACH + lag + 6000] = gain * clip
    found = match(heard, clip, RATE)
    assert found is not None
    assert (found.lag, found.gone) == (lag, ())
    assert found.likeness == pytest.approx(1, abs=1e-3)


def test_of_places_as_good_as_each_other_the_nearest_counts() -> None:
    tone = (0.3 * np.sin(2 * np.pi * 200 * np.arange(9000 + 2 * REACH) / RATE)).astype(np.float32)
    found = match(tone, tone[REACH : REACH + 9000], RATE)
    assert found is not None
    assert found.lag == 0


def test_another_sound_is_not_the_clip() -> None:
    found = match(noise(9000 + 2 * REACH, 2), noise(9000, 3), RATE)
    assert found is not None
    assert found.likeness < verdict.UNLIKE / 2


def test_silence_has_no_place() -> None:
    assert match(np.zeros(8400, np.float32), np.zeros(6000, np.float32), RATE) is None


def test_what_is_missing_within_a_clip_is_told() -> None:
    clip = noise(24_000)
    heard = np.pad(clip, REACH)
    heard[REACH + 12_000 : REACH + 18_000] = 0
    found = match(heard, clip, RATE)
    assert found is not None
    assert found.gone == ((12_000, 18_000),)


def a_cue(number: int, start: int, length: int) -> Cue:
    return Cue(
        id=f"u{number}", chapter=0, start=start, length=length, written="", spoken="Hum.", voice="", role="body",
        words=(), timing="engine",
    )  # fmt: skip


CLIPS = [noise(RATE * 7, 5), noise(RATE * 12, 6)]
"""One within a step of decoding, one longer than a step."""


def laid() -> tuple[Timeline, NDArray[np.float32]]:
    first, second = a_cue(1, 9000, len(CLIPS[0])), a_cue(2, 9000 + len(CLIPS[0]) + 9600, len(CLIPS[1]))
    length = second.end + 24_000
    sound = np.zeros(length, np.float32)
    sound[first.start : first.end] = CLIPS[0]
    sound[second.start : second.end] = CLIPS[1]
    mark = ChapterMark(id="c1", title="One", level=1, start=0, end=length)
    return Timeline(sample_rate_hz=RATE, length=length, cues=(first, second), chapters=(mark,)), sound


def heard(path: Path, sound: NDArray[np.float32], timeline: Timeline) -> tuple[Measured, list[str]]:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.clip(sound, -1, 0.9999) * 32768).astype("<i2").tobytes())
    measured = measure(path, timeline, CODEC, lambda index: CLIPS[index])
    return measured, [one.what for one in verdict.sound("a.wav", measured, timeline, timeline, CODEC)]


def test_all_is_in_its_place(tmp_path: Path) -> None:
    timeline, sound = laid()
    measured, problems = heard(tmp_path / "a.wav", sound, timeline)
    assert problems == []
    assert measured.length == timeline.length
    assert measured.quiet_peak == 0
    assert {place.found.lag for place in measured.places if place.found} == {0}
    assert sum(place.cue == 1 for place in measured.places) == 3
    stored = np.asarray(np.round(sound * 32768) / 32768, np.float32)
    whole = integrated(energies(stored, RATE))
    assert measured.loudness_lufs == pytest.approx(whole, abs=0.01)
    assert len(measured.peaks) == len(measured.energies) == -(-timeline.length // 2400)


def test_a_late_sentence_a_click_and_a_short_file_are_told(tmp_path: Path) -> None:
    timeline, sound = laid()
    late = np.concatenate([np.zeros(240, np.float32), sound])[: len(sound) - 500]
    late[9000 + len(CLIPS[0]) + 5000] = 0.5
    _, problems = heard(tmp_path / "a.wav", late, timeline)
    assert "this sentence is heard 10 ms late, and 1 more behind it" in problems
    assert any("the pause before this sentence is not silent" in one for one in problems)
    assert any("are heard; its timeline lasts" in one for one in problems)


def test_a_dropped_sentence_is_told(tmp_path: Path) -> None:
    timeline, sound = laid()
    sound[timeline.cues[0].start : timeline.cues[0].end] = 0
    _, problems = heard(tmp_path / "a.wav", sound, timeline)
    assert "this sentence does not begin with sound within 60 ms" in problems
    assert "this sentence is not what is heard here" in problems


def test_silence_lies_between_runs_of_frames() -> None:
    timeline, _ = laid()
    codec = plugins.load("encoders", "mp3").codec(AudioFormat())
    spans = list(silences(timeline, codec))
    assert [index for index, _, _ in spans] == [0, 1, 2]
    assert spans[0][1] == 0
    assert spans[-1][2] == timeline.length
    assert all(start <= stop for _, start, stop in spans)


def test_short_term_loudness_of_a_steady_sound_is_that_of_the_whole() -> None:
    sound = energies(noise(RATE * 10), RATE)
    assert short_term(sound)[-1] == pytest.approx(integrated(sound), abs=0.1)
    assert short_term(np.zeros(50))[-1] == -np.inf


@pytest.mark.parametrize("end_s", [20.0, 20.001, 21.5, 30.0])
def test_peaks_are_those_of_the_whole_however_it_is_taken_in_steps(tmp_path: Path, end_s: float) -> None:
    # a hum at a quarter of the rate, caught 45 degrees from its tops: they stand 3 dB over all samples
    length, ramp = round(end_s * RATE), np.linspace(0, 1, 480, dtype=np.float32)
    hum = (0.5 * np.sin(np.pi / 2 * np.arange(length) + np.pi / 4)).astype(np.float32)
    hum[:480] *= ramp
    hum[-480:] *= ramp[::-1]
    found, _ = heard(tmp_path / "hum.wav", hum, laid()[0])
    assert found.true_peak_dbtp == pytest.approx(20 * np.log10(0.5), abs=0.02)


def test_a_peak_across_two_steps_or_at_the_very_end_is_not_missed(tmp_path: Path) -> None:
    for place in (10 * RATE - 64, 10 * RATE, 10 * RATE + 63, 12 * RATE - 2):
        click = np.zeros(12 * RATE, np.float32)
        click[place : place + 2] = 0.5
        found, _ = heard(tmp_path / "click.wav", click, laid()[0])
        assert found.true_peak_dbtp == pytest.approx(20 * np.log10(0.5 * 4 / np.pi), abs=0.1)
