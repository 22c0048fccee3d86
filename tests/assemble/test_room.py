"""The time axis: what follows what, and after how much silence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.assemble import Placed, assemble
from pipeline.errors import SpeakError
from pipeline.model.clip import Word
from pipeline.model.script import ROLES, Chapter, Line, Pause, Play, Script, Utterance
from pipeline.model.show import Pauses
from pipeline.model.timeline import Timeline
from pipeline.units import samples_from_ms

RATE_HZ = 1000  # a sample is a millisecond
PAUSES = Pauses(sentence_ms=350, heading_ms=750, chapter_ms=1300, lead_ms=300, close_ms=1000)
WORD = Word(start=0, end=1, start_sample=0, end_sample=50)


def _script(*chapters: Chapter) -> Script:
    return Script(title="How tides work", language="en", chapters=chapters)


def _say(id: str, role: str = "body") -> Utterance:
    return Utterance(id=id, written=f"written {id}", spoken=f"spoken {id}", role=role)


def _lengths(script: Script, length: int = 100) -> dict[str, Placed]:
    placed = Placed(length=length, words=(WORD,), timing="engine", voice="")
    keys = [
        f"play:{line.path}" if isinstance(line, Play) else line.id
        for chapter in script.chapters
        for line in chapter.spoken_lines()
        if isinstance(line, Utterance | Play)
    ]
    return dict.fromkeys(keys, placed)


def _starts(*lines: Line, title: str = "") -> list[int]:
    """Where the lines of a single chapter begin, each 100 samples long, and at last the whole length."""
    script = _script(Chapter(id="c1", title=title, lines=lines))
    timeline = assemble(script, _lengths(script), sample_rate_hz=RATE_HZ, pauses=PAUSES)
    return [*(cue.start for cue in timeline.cues), timeline.length]


def test_sentences_stand_between_the_usual_silences() -> None:
    assert _starts(_say("a"), _say("b")) == [300, 300 + 100 + 350, 750 + 100 + 1000]


@pytest.mark.parametrize("role", ["heading", "subheading"])
def test_a_heading_is_followed_by_a_longer_silence(role: str) -> None:
    assert _starts(_say("a", role), _say("b")) == [300, 300 + 100 + 750, 1150 + 100 + 1000]


def test_a_title_that_is_spoken_is_a_heading() -> None:
    assert _starts(_say("a"), title="Ebb") == [300, 300 + 100 + 750, 1150 + 100 + 1000]


def test_pauses_of_the_script_add_up_and_replace_the_usual_silence() -> None:
    lines = (_say("a"), Pause(duration_ms=800), Pause(duration_ms=1200), _say("b"))
    assert _starts(*lines) == [300, 300 + 100 + 2000, 2400 + 100 + 1000]


def test_no_silence_between_lines_is_shorter_than_200_ms() -> None:
    assert _starts(_say("a"), Pause(duration_ms=0), _say("b"))[1] == 300 + 100 + 200


def test_a_pause_at_either_end_only_lengthens() -> None:
    assert _starts(Pause(duration_ms=100), _say("a"), Pause(duration_ms=100)) == [300, 300 + 100 + 1000]
    assert _starts(Pause(duration_ms=900), _say("a"), Pause(duration_ms=3000)) == [900, 900 + 100 + 3000]


def test_chapters_begin_at_their_first_cue_and_the_first_at_zero() -> None:
    script = _script(
        Chapter(id="c1", title="Ebb", level=1, lines=(_say("a"),)),
        Chapter(id="c2", title="Nothing", lines=(_say("b", "heading"), _say("c"))),
    )
    timeline = assemble(script, _lengths(script), sample_rate_hz=RATE_HZ, pauses=PAUSES)
    first, second = timeline.chapters
    assert [cue.id for cue in timeline.cues] == ["c1", "a", "b", "c"]
    assert [cue.chapter for cue in timeline.cues] == [0, 0, 1, 1]
    assert timeline.cues[2].start == timeline.cues[1].end + 1300
    assert (first.id, first.title, first.level, first.start, first.end) == ("c1", "Ebb", 1, 0, second.start)
    assert (second.start, second.end) == (timeline.cues[2].start, timeline.length)


def test_a_chapter_in_which_nothing_is_heard_has_no_mark_but_its_silence_stays() -> None:
    script = _script(
        Chapter(id="c1", title="", lines=(_say("a"),)),
        Chapter(id="c2", title="", lines=(Pause(duration_ms=5000),)),
        Chapter(id="c3", title="Flow", lines=(_say("b"),)),
    )
    timeline = assemble(script, _lengths(script), sample_rate_hz=RATE_HZ, pauses=PAUSES)
    assert [mark.id for mark in timeline.chapters] == ["c1", "c3"]
    assert [cue.chapter for cue in timeline.cues] == [0, 1, 1]
    assert timeline.cues[1].start == timeline.cues[0].end + 5000


def test_a_chapter_without_a_title_bears_the_title_of_the_episode() -> None:
    script = _script(Chapter(id="c1", title="", lines=(_say("a"),)))
    (mark,) = assemble(script, _lengths(script), sample_rate_hz=RATE_HZ, pauses=PAUSES).chapters
    assert mark.title == "How tides work"


def test_a_cue_holds_what_its_utterance_and_its_clip_say() -> None:
    line = Utterance(id="a", written="No. 1", spoken="number one", role="quote", voice="guide")
    placed = Placed(length=70, words=(WORD,), timing="estimated", voice="guide")
    script = _script(Chapter(id="c1", title="", lines=(line,)))
    (cue,) = assemble(script, {"a": placed}, sample_rate_hz=RATE_HZ, pauses=PAUSES).cues
    assert (cue.id, cue.written, cue.spoken, cue.role) == ("a", "No. 1", "number one", "quote")
    assert (cue.start, cue.length, cue.words, cue.timing, cue.voice) == (300, 70, (WORD,), "estimated", "guide")


def test_a_recording_is_a_cue_without_words() -> None:
    script = _script(Chapter(id="c1", title="", lines=(Play(path="bell.wav"), _say("a"), Play(path="bell.wav"))))
    cues = assemble(script, _lengths(script), sample_rate_hz=RATE_HZ, pauses=PAUSES).cues
    assert [cue.id for cue in cues] == ["play:bell.wav", "a", "play:bell.wav"]
    assert (cues[0].written, cues[0].spoken, cues[0].role, cues[0].timing, cues[0].words) == (
        "",
        "",
        "recording",
        "recording",
        (),
    )


def test_all_that_was_not_spoken_is_named() -> None:
    script = _script(Chapter(id="c1", title="Ebb", lines=(_say("a"), Play(path="bell.wav"), _say("b"))))
    lengths = {key: value for key, value in _lengths(script).items() if key == "a"}
    with pytest.raises(SpeakError, match=r"no clip for c1, play:bell\.wav, b") as caught:
        assemble(script, lengths, sample_rate_hz=RATE_HZ, pauses=PAUSES)
    assert caught.value.utterances == ("c1", "play:bell.wav", "b")


def test_an_empty_script_is_silence() -> None:
    timeline = assemble(_script(), {}, sample_rate_hz=RATE_HZ, pauses=PAUSES)
    assert timeline == Timeline(sample_rate_hz=RATE_HZ, length=1000, cues=(), chapters=())


_lines = st.lists(
    st.one_of(
        st.builds(_say, st.text("ab", min_size=1, max_size=8), st.sampled_from(ROLES)),
        st.builds(Pause, duration_ms=st.integers(0, 3000)),
        st.builds(Play, path=st.sampled_from(["bell.wav", "bed.ogg"])),
    ),
    max_size=6,
).map(tuple)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.builds(Chapter, id=st.text("c", min_size=1), title=st.sampled_from(["", "Ebb"]), lines=_lines)),
    st.integers(0, 50_000),
    st.sampled_from([22_050, 24_000, 44_100]),
)
def test_time_only_goes_forward(chapters: list[Chapter], length: int, rate_hz: int) -> None:
    script = _script(*chapters)
    timeline = assemble(script, _lengths(script, length), sample_rate_hz=rate_hz, pauses=PAUSES)
    shortest = samples_from_ms(200, rate_hz)
    place = 0
    for cue in timeline.cues:
        assert cue.start >= place + shortest
        place = cue.end
        mark = timeline.chapters[cue.chapter]
        assert mark.start <= cue.start
        assert cue.end <= mark.end
    assert timeline.length >= place + shortest
    assert len(timeline.cues) == sum(
        not isinstance(line, Pause) for chapter in chapters for line in chapter.spoken_lines()
    )
    edges = [mark.start for mark in timeline.chapters] + [timeline.length] * bool(timeline.chapters)
    assert [mark.end for mark in timeline.chapters] == edges[1:]
    assert edges == sorted(set(edges))
    assert not edges or edges[0] == 0
