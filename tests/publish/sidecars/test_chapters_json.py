"""Chapters JSON: the golden file, and times that agree with the audio's."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import plugins
from pipeline.model.timeline import ChapterMark
from pipeline.units import ms_from_samples
from tests.publish.sidecars.sample import edition

if TYPE_CHECKING:
    import pytest

GOLDEN = Path(__file__).parents[2] / "cases" / "golden" / "sample.chapters.json"

chapters_json = plugins.load("sidecars", "chapters_json")


def test_the_file_is_the_golden_one(tmp_path: Path) -> None:
    (one,) = chapters_json.write(edition(), tmp_path)
    assert (one.path, one.media_type) == ("why-the-sea-breathes.chapters.json", "application/json+chapters")
    assert (tmp_path / one.path).read_bytes() == GOLDEN.read_bytes()


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    sample = edition()
    bare = replace(sample, tags=replace(sample.tags, show="", authors=(), comment=""))
    (one,) = chapters_json.write(bare, tmp_path)
    assert list(json.loads((tmp_path / one.path).read_text(encoding="utf-8"))) == ["version", "title", "chapters"]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.integers(1, 10**9), min_size=1, max_size=20), st.sampled_from([8_000, 22_050, 24_000, 44_100, 48_000])
)
def test_times_are_those_of_the_chapter_frames(
    tmp_path_factory: pytest.TempPathFactory, lengths: list[int], rate_hz: int
) -> None:
    ends = [sum(lengths[: number + 1]) for number in range(len(lengths))]
    marks = tuple(
        ChapterMark(id=f"c{end}", title=f"to {end}", level=2, start=start, end=end)
        for start, end in zip([0, *ends], ends, strict=False)
    )
    sample = edition()
    timeline = replace(sample.timeline, sample_rate_hz=rate_hz, length=ends[-1], chapters=marks)
    folder = tmp_path_factory.mktemp("any")
    (one,) = chapters_json.write(replace(sample, timeline=timeline), folder)
    read = json.loads((folder / one.path).read_text(encoding="utf-8"))["chapters"]
    assert [round(chapter["startTime"] * 1000) for chapter in read] == [
        ms_from_samples(m.start, rate_hz) for m in marks
    ]
    assert [round(chapter["endTime"] * 1000) for chapter in read] == [ms_from_samples(m.end, rate_hz) for m in marks]
    assert all(len(str(chapter["startTime"]).partition(".")[2]) <= 3 for chapter in read)
