"""Transcripts for players, programs and people: the golden files, and what holds for any text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import plugins
from pipeline.model.clip import Word
from tests.publish.sidecars.reading import edition_of
from tests.publish.sidecars.sample import edition

if TYPE_CHECKING:
    from pipeline.model.episode import Edition

GOLDEN = Path(__file__).parents[2] / "cases" / "golden"
FILES = {
    "vtt_words": ("words.vtt", "text/vtt"),
    "srt": ("srt", "application/x-subrip"),
    "transcript_text": ("transcript.txt", "text/plain"),
    "transcript_json": ("transcript.json", "application/json"),
    "transcript": ("transcript.html", "text/html"),
}
STAMP = re.compile(r"(\d\d):(\d\d):(\d\d)\.(\d{3})")


def _text(name: str, one: Edition, folder: Path) -> str:
    (written,) = plugins.load("sidecars", name).write(one, folder)
    return Path(folder, written.path).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_the_golden_one(name: str, tmp_path: Path) -> None:
    ending, media_type = FILES[name]
    (one,) = plugins.load("sidecars", name).write(edition_of(), tmp_path)
    assert (one.path, one.media_type) == (f"how-the-sea-breathes.{ending}", media_type)
    assert (tmp_path / one.path).read_bytes() == (GOLDEN / one.path).read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_a_recording_is_music(name: str, tmp_path: Path) -> None:
    assert "[music]" in _text(name, edition(), tmp_path)


def test_other_voices_are_named_in_words(tmp_path: Path) -> None:
    assert "guide <2>: Salt & water → a < b, said the sign." in _text("srt", edition(), tmp_path)
    assert "guide <2>: Salt & water --> a < b" in _text("transcript_text", edition(), tmp_path)


def test_lines_of_a_named_voice_are_no_longer_than_others(tmp_path: Path) -> None:
    one = edition()
    cues = tuple(
        replace(cue, voice="the keeper of the lighthouse") if cue.id == "u4g1aaaa" else cue for cue in one.timeline.cues
    )
    text = _text("srt", replace(one, timeline=replace(one.timeline, cues=cues)), tmp_path)
    assert "the keeper of the lighthouse: The water rises" in text
    assert max(map(len, text.splitlines())) <= 65


def test_the_title_is_told_once_though_an_intro_is_heard_before_it(tmp_path: Path) -> None:
    one = edition_of()
    first = one.timeline.cues[0]
    intro = replace(first, id="show:gong.wav", start=0, length=1, written="", spoken="", role="recording", words=())
    text = _text(
        "transcript_text", replace(one, timeline=replace(one.timeline, cues=(intro, *one.timeline.cues))), tmp_path
    )
    assert text.startswith("How the sea breathes [0:00]\n\n[music]\n\nBy The harbour office")


def test_words_in_json_name_the_written_ones(tmp_path: Path) -> None:
    segments = json.loads(_text("transcript_json", edition_of(), tmp_path))["segments"]
    one = next(one for one in segments if "1,200" in one.get("written", ""))
    told = [
        (one["body"][word["start"] : word["end"]], one["written"][slice(*word["written"])])
        for word in one["words"]
        if "written" in word
    ]
    assert ("About", "About") in told
    assert ("thousand", "1,200") in told
    assert one["source"] == {"line": 3, "endLine": 3}


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 300)), max_size=8), st.integers(1, 1_000))
def test_stamps_grow_strictly_inside_their_cue(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[int, int]], length: int
) -> None:
    sample = edition()
    spoken = "one two three four five six seven eight nine"
    words = tuple(
        Word(start=4 * index, end=4 * index + 3, start_sample=start, end_sample=start + long)
        for index, (start, long) in enumerate(places)
    )
    cue = replace(sample.timeline.cues[0], spoken=spoken, written=spoken, words=words, length=length)
    one = replace(sample, timeline=replace(sample.timeline, cues=(cue,)))
    text = _text("vtt_words", one, tmp_path_factory.mktemp("any"))
    stamps = [((int(h) * 60 + int(m)) * 60 + int(s)) * 1000 + int(ms) for h, m, s, ms in STAMP.findall(text)]
    (start, end), inner = stamps[:2], stamps[2:]
    assert all(a < b for a, b in zip([start, *inner], [*inner, end], strict=True))
