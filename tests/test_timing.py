"""Every clip lies in the decoded file where the timeline, the cues and the chapters say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pipeline import api
from pipeline.audio.decode import decode_file
from pipeline.audio.pcm import float_from_bytes
from pipeline.build import hall, narration
from pipeline.build.session import start
from pipeline.units import ms_from_samples
from tests.conftest import Workbench

TOLERANCE_MS = 2
REACH_MS = 60
"""How far around its place each clip is looked for."""


def lag(decoded: np.ndarray, clip: np.ndarray, start: int, reach: int) -> int:
    """Samples by which ``clip`` lies later in ``decoded`` than at ``start``, by normalised cross-correlation."""
    window = decoded[max(0, start - reach) : start + len(clip) + reach]
    size = len(window) + len(clip)
    product = np.fft.irfft(np.fft.rfft(window, size) * np.conj(np.fft.rfft(clip, size)), size)
    places = product[: len(window) - len(clip) + 1]
    return int(np.argmax(np.abs(places))) - min(start, reach)


def clips(bench: Workbench, article: Path) -> dict[str, np.ndarray]:
    """The clips of an episode as the store holds them, by utterance."""
    session = start(bench.options)
    prepared = hall.prepare(session, narration.from_source(session, article))
    found: dict[str, np.ndarray] = {}
    for step in prepared.plan.steps:
        assert step.clip is not None
        data = session.store.get(step.clip.pcm)
        assert data is not None
        found[step.id] = float_from_bytes(data)
    return found


@pytest.mark.parametrize("voice", ["tone", pytest.param("hibari", marks=pytest.mark.model)])
@pytest.mark.parametrize("name", ["mp3", "wav"])
def test_clips_lie_where_the_timeline_says(bench: Workbench, voice: str, name: str) -> None:
    from dataclasses import replace

    bench.options = replace(bench.options, voice=voice, formats=(name,))
    report = bench.render()
    (rendition,) = report.episode.renditions
    timeline = rendition.timeline
    decoded, rate = decode_file(report.directory / rendition.file.path)
    assert rate == timeline.sample_rate_hz
    assert len(decoded) == timeline.length
    reach = rate * REACH_MS // 1000
    known = clips(bench, bench.article)
    late = {cue.id: lag(decoded, known[cue.id], cue.start, reach) for cue in timeline.cues}
    assert max(abs(samples) for samples in late.values()) <= rate * TOLERANCE_MS // 1000, late


def test_cues_and_chapters_agree_with_the_timeline(bench: Workbench) -> None:
    report = bench.render()
    timeline = report.episode.renditions[0].timeline
    times = [
        (ms_from_samples(cue.start, timeline.sample_rate_hz), ms_from_samples(cue.end, timeline.sample_rate_hz))
        for cue in timeline.cues
    ]
    lines = (report.directory / "tides.vtt").read_text(encoding="utf-8").splitlines()
    stamps = [tuple(map(_ms, line.split(" --> "))) for line in lines if " --> " in line]
    assert stamps == times
    chapters = json.loads((report.directory / "tides.chapters.json").read_text(encoding="utf-8"))["chapters"]
    starts = [ms_from_samples(mark.start, timeline.sample_rate_hz) for mark in timeline.chapters]
    assert [round(chapter["startTime"] * 1000) for chapter in chapters] == starts
    assert starts[1:] == [
        next(begin for cue, (begin, _) in zip(timeline.cues, times, strict=True) if cue.chapter == number)
        for number in range(1, len(starts))
    ]
    assert _id3_chapters(report.directory / "tides.mp3") == starts


def test_decoded_loudness_and_peak_are_what_the_report_says(bench: Workbench) -> None:
    from pipeline.audio.loudness import energies, integrated, true_peak

    report = bench.render()
    rendition = report.episode.renditions[0]
    decoded, rate = decode_file(report.directory / rendition.file.path)
    assert integrated(energies(decoded, rate)) == pytest.approx(rendition.loudness_lufs, abs=0.1)
    assert 20 * np.log10(true_peak(decoded)) == pytest.approx(rendition.true_peak_dbtp, abs=0.1)


def _ms(stamp: str) -> int:
    hours, minutes, seconds = stamp.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)


def _id3_chapters(path: Path) -> list[int]:
    import av

    with av.open(str(path)) as file:
        return [round(chapter["start"] * (chapter["time_base"] or 0) * 1000) for chapter in file.chapters()]


def test_outline_counts(bench: Workbench) -> None:
    found = api.outline(bench.article)
    assert (found.title, found.language) == ("How tides work", "en-GB")
    assert [(section.level, section.title) for section in found.sections] == [
        (2, "The pull of the moon"),
        (2, "The shape of the coast"),
    ]
