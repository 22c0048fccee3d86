"""WebVTT: the golden file, and laws for any text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import plugins
from tests.publish.sidecars.reading import edition_of
from tests.publish.sidecars.sample import edition

GOLDEN = Path(__file__).parents[2] / "cases" / "golden" / "sample.vtt"
TIME = re.compile(r"(\d\d+):(\d\d):(\d\d)\.(\d{3}) --> (\d\d+):(\d\d):(\d\d)\.(\d{3})")

vtt = plugins.load("sidecars", "vtt")


def _written(tmp_path: Path, *spoken: str, voice: str = "", length: int = 24_000) -> str:
    sample = edition()
    first = sample.timeline.cues[0]
    cues = tuple(
        replace(first, id=f"u{number}", spoken=text, voice=voice, start=number * 30_000, length=length)
        for number, text in enumerate(spoken)
    )
    (one,) = vtt.write(replace(sample, timeline=replace(sample.timeline, cues=cues)), tmp_path)
    return (tmp_path / str(one.path)).read_bytes().decode("utf-8")


def _cues(text: str) -> list[tuple[str, int, int, list[str]]]:
    """Id, start in ms, end in ms and lines of each cue."""
    cues = []
    for block in text.removesuffix("\n").split("\n\n")[1:]:
        name, time, *lines = block.split("\n")
        match = TIME.fullmatch(time)
        assert match, time
        hours, minutes, seconds, ms, *end = map(int, match.groups())
        start_ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
        end_ms = ((end[0] * 60 + end[1]) * 60 + end[2]) * 1000 + end[3]
        cues.append((name, start_ms, end_ms, lines))
    return cues


def _shown(lines: list[str]) -> list[str]:
    """The lines as a reader sees them."""
    plain = [re.sub(r"^<v [^>]*>", "", line) for line in lines]
    return [line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for line in plain]


def test_the_file_is_the_golden_one(tmp_path: Path) -> None:
    (one,) = vtt.write(edition(), tmp_path)
    assert (one.path, one.media_type) == ("why-the-sea-breathes.vtt", "text/vtt")
    assert (tmp_path / one.path).read_bytes() == GOLDEN.read_bytes()


def test_each_utterance_is_a_cue_and_a_recording_is_music(tmp_path: Path) -> None:
    vtt.write(edition(), tmp_path)
    cues = _cues((tmp_path / "why-the-sea-breathes.vtt").read_text(encoding="utf-8"))
    assert [name for name, *_ in cues] == [cue.id if cue.spoken else "cue-2" for cue in edition().timeline.cues]
    assert [lines for name, _, _, lines in cues if name == "cue-2"] == [["[music]"]]


@pytest.mark.parametrize("id", ["play:bell.wav", "show:gong.wav", "bed:c2m4aaaa:1"])
def test_jingles_and_beds_are_music_too(id: str, tmp_path: Path) -> None:
    one = edition()
    cues = tuple(replace(cue, id=id) if cue.role == "recording" else cue for cue in one.timeline.cues)
    plugins.load("sidecars", "vtt").write(replace(one, timeline=replace(one.timeline, cues=cues)), tmp_path)
    assert "00:00:02.083 --> 00:00:03.083\n[music]\n" in (tmp_path / f"{one.name}.vtt").read_text(encoding="utf-8")


def test_a_foreign_passage_bears_its_language(tmp_path: Path) -> None:
    (one,) = vtt.write(edition_of(), tmp_path)
    text = (tmp_path / str(one.path)).read_text(encoding="utf-8")
    assert "The French call it <lang fr>marée haute</lang>." in text


def test_times_are_rounded_to_the_nearest_millisecond(tmp_path: Path) -> None:
    assert _cues(_written(tmp_path, "a", "b", length=24_011))[1][1:3] == (1250, 2250)


def test_a_cue_of_no_length_still_lasts_a_millisecond(tmp_path: Path) -> None:
    ((_, start_ms, end_ms, _),) = _cues(_written(tmp_path, "a", length=0))
    assert end_ms == start_ms + 1


def test_lines_are_balanced(tmp_path: Path) -> None:
    ((*_, lines),) = _cues(_written(tmp_path, "seven words of four letters each stand " * 2))
    assert lines == ["seven words of four letters each stand", "seven words of four letters each stand"]


@pytest.mark.parametrize(("voice", "expected"), [("", "a"), ("narrator", "a"), ("guide", "<v guide>a")])
def test_only_other_voices_are_named(tmp_path: Path, voice: str, expected: str) -> None:
    ((*_, lines),) = _cues(_written(tmp_path, "a", voice=voice))
    assert lines == [expected]


def test_a_character_keeps_its_marks_and_its_full_stop(tmp_path: Path) -> None:
    ((*_, lines),) = _cues(_written(tmp_path, "กี" * 60 + "。"))
    assert not any(line.startswith(("ี", "。")) for line in lines)
    assert max(map(len, lines)) <= vtt.LONGEST_LINE


@settings(deadline=None, max_examples=150)
@given(
    st.text(st.characters(exclude_categories=["Cs"])) | st.text("ab -–,.&<>\n\t", min_size=40, max_size=400),
    st.sampled_from(["", "guide", "a & <b>"]),
)
def test_any_text_makes_one_sound_cue(tmp_path_factory: pytest.TempPathFactory, spoken: str, voice: str) -> None:
    text = _written(tmp_path_factory.mktemp("any"), spoken, voice=voice)
    cues = _cues(text)
    folded = re.sub(r"[\x00-\x20]+", " ", spoken).strip()
    assert len(cues) == bool(folded)
    for _, start_ms, end_ms, lines in cues:
        assert start_ms < end_ms
        assert not any("-->" in line for line in lines)
        assert all(line.strip("\x00 ") for line in lines)
        assert max(map(len, _shown(lines))) <= vtt.LONGEST_LINE
        shown = "".join(_shown(lines))
        assert shown.replace(" ", "") == folded.replace(" ", "")
