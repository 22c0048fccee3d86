"""What is encoded as one run: a sentence, a bed with all that it lies under, a chapter that a person recorded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.assemble import Placed, assemble, lay, passages
from pipeline.assemble.inside import BED_LEAD_MS, BED_TAIL_MS, in_recording
from pipeline.errors import SpeakError
from pipeline.model.clip import Word
from pipeline.model.script import Bed, BedEnd, Chapter, Line, Pause, Play, Script, Utterance
from pipeline.model.show import Pauses, Recordings

RATE_HZ = 1000  # a sample is a millisecond
PAUSES = Pauses()
SHOW = Recordings(intro="in.wav", jingle="gong.wav", outro="out.wav")
WORD = Word(start=0, end=1, start_sample=0, end_sample=50)


def _say(id: str, spoken: str = "The sea breathes.") -> Utterance:
    return Utterance(id=id, written=spoken, spoken=spoken)


def _chapter(id: str, *lines: Line, recording: str = "") -> Chapter:
    return Chapter(id=id, title="", lines=lines, recording=recording)


def _script(*chapters: Chapter) -> Script:
    return Script(title="Tides", language="en", chapters=chapters)


def _keys(script: Script, recordings: Recordings | None = None) -> list[object]:
    return [one.duration_ms if isinstance(one, Pause) else one.key for one in passages(script, recordings)]


def _placed(length: int = 100, timing: str = "engine") -> Placed:
    return Placed(length=length, words=(WORD,), timing=timing, voice="")


def test_what_the_show_plays_stands_around_the_chapters_in_which_something_is_heard() -> None:
    script = _script(_chapter("c1", _say("a")), _chapter("c2", Pause(duration_ms=500)), _chapter("c3", _say("b")))
    assert _keys(script, SHOW) == ["show:in.wav", "a", 500, "show:gong.wav", "b", "show:out.wav"]
    assert _keys(_script(_chapter("c1")), SHOW) == []


def test_a_bed_takes_the_lines_up_to_its_end_and_leaves_pauses_at_its_ends_outside() -> None:
    lines = (_say("a"), Bed(path="m"), Pause(duration_ms=400), _say("b"), Pause(duration_ms=500), _say("c"))
    chapter = _chapter("c1", *lines, Pause(duration_ms=600), BedEnd(), _say("d"))
    found = tuple(passages(_script(chapter)))
    assert _keys(_script(chapter)) == ["a", 400, "bed:c1:1", 600, "d"]
    (bed,) = [one for one in found if not isinstance(one, Pause) and one.inside]
    assert bed.inside == (_say("b"), Pause(duration_ms=500), _say("c"))


def test_a_bed_ends_with_its_chapter_and_where_another_begins() -> None:
    first = _chapter("c1", Bed(path="m"), _say("a"), Bed(path="n"), _say("b"))
    assert _keys(_script(first, _chapter("c2", _say("c")))) == ["bed:c1:1", "bed:c1:2", "c"]


@pytest.mark.parametrize("lines", [(Bed(path="m"), BedEnd(), _say("a")), (BedEnd(), _say("a"), Bed(path="m"))])
def test_a_bed_under_nothing_and_an_end_of_none_are_not_heard(lines: tuple[Line, ...]) -> None:
    assert _keys(_script(_chapter("c1", *lines))) == ["a"]


def test_a_recorded_chapter_is_one_run_of_all_its_sentences() -> None:
    chapter = Chapter(id="c1", title="Ebb", lines=(_say("a"), Pause(duration_ms=900), _say("b")), recording="ebb.wav")
    laid = lay(_script(chapter), {"take:c1": _placed(9000, "recording")}, sample_rate_hz=RATE_HZ, pauses=PAUSES)
    assert [cue.id for cue in laid.runs.cues] == ["take:c1"]
    cues = laid.cues().cues
    assert [(cue.id, cue.timing, cue.spoken) for cue in cues] == [
        ("c1", "recording", "Ebb"),
        ("a", "recording", "The sea breathes."),
        ("b", "recording", "The sea breathes."),
    ]
    assert cues[0].start == PAUSES.lead_ms
    assert cues[-1].end == PAUSES.lead_ms + 9000
    assert all(len(cue.words) == len(cue.spoken.split()) for cue in cues)


@settings(deadline=None)
@given(st.lists(st.text("ab e.", min_size=1, max_size=30), min_size=1, max_size=8), st.integers(1, 10**7))
def test_the_sentences_of_a_recording_follow_each_other_within_it(spoken: list[str], length: int) -> None:
    lines = [_say(f"u{number}", text) for number, text in enumerate(spoken)]
    found = in_recording(lines, length, PAUSES)
    assert [line for line, _, _ in found] == lines
    assert found[0][1] == 0
    assert found[-1][1] + found[-1][2] == length
    ends = [start + size for _, start, size in found]
    assert all(end <= start for end, (_, start, _) in zip(ends, found[1:], strict=False))


def test_sentences_under_a_bed_keep_their_pauses_and_their_words() -> None:
    lines = (Bed(path="m"), _say("a"), _say("b"), Pause(duration_ms=50), _say("c"), BedEnd(), _say("d"))
    length = BED_LEAD_MS + 100 + PAUSES.sentence_ms + 100 + 200 + 100 + BED_TAIL_MS
    lengths = {"bed:c1:1": _placed(length, "recording"), **dict.fromkeys("abcd", _placed())}
    timeline = assemble(_script(_chapter("c1", *lines)), lengths, sample_rate_hz=RATE_HZ, pauses=PAUSES)
    starts = {cue.id: cue.start for cue in timeline.cues}
    assert starts["a"] == PAUSES.lead_ms + BED_LEAD_MS
    assert starts["b"] == starts["a"] + 100 + PAUSES.sentence_ms
    assert starts["c"] == starts["b"] + 100 + 200
    assert starts["d"] == starts["c"] + 100 + BED_TAIL_MS + PAUSES.sentence_ms
    music, *said = timeline.cues
    assert (music.id, music.start, music.end, music.spoken) == ("bed:c1:1", PAUSES.lead_ms, starts["a"], "")
    assert all(cue.words == (WORD,) and cue.timing == "engine" for cue in said)
    assert timeline.chapters[0].start == 0


def test_a_jingle_belongs_to_the_chapter_before_it_so_that_a_jump_lands_on_words() -> None:
    script = _script(_chapter("c1", _say("a")), _chapter("c2", _say("b")))
    keys = ("a", "b", "show:in.wav", "show:gong.wav", "show:out.wav")
    timeline = assemble(script, dict.fromkeys(keys, _placed()), sample_rate_hz=RATE_HZ, pauses=PAUSES, recordings=SHOW)
    by_id = {cue.id: cue for cue in timeline.cues}
    assert [cue.chapter for cue in timeline.cues] == [0, 0, 0, 1, 1]
    assert timeline.chapters[1].start == by_id["b"].start
    assert by_id["a"].start == by_id["show:in.wav"].end + PAUSES.heading_ms
    assert by_id["show:gong.wav"].start == by_id["a"].end + PAUSES.chapter_ms
    assert by_id["b"].start == by_id["show:gong.wav"].end + PAUSES.heading_ms
    assert by_id["show:out.wav"].start == by_id["b"].end + PAUSES.chapter_ms


def test_clips_that_are_missing_under_a_bed_are_named() -> None:
    script = _script(_chapter("c1", Bed(path="m"), _say("a"), Play(path="bell.wav")))
    with pytest.raises(SpeakError, match=r"no clip for bed:c1:1, a, play:bell\.wav"):
        assemble(script, {}, sample_rate_hz=RATE_HZ, pauses=PAUSES)
