"""The script file: what is written is read again, what people do to it is understood, mistakes are named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import NeedsPerson, ScriptError
from pipeline.model.document import Meta
from pipeline.model.script import Bed, BedEnd, Chapter, Pause, Play, Script, Source, Utterance
from pipeline.narrate import dumps, loads
from tests.narrate.strategies import any_scripts

EXAMPLE = """\
%script 1
%title How tides work
%language en-GB
%author Harbour office
%author Coast museum
%published 2024-05-01
%description What the moon does to the sea.
%link https://example.org/tides
%image tides.jpg
%licence CC BY 4.0
%site Coast
%explicit no
%season 2
%episode 14
%source my article.md sha256:3fa9c1d0

# Why the sea breathes
  | c2m4k7qd level=1

On the fourth of July, about one thousand two hundred people came.
  | u7k2qd00  On 4 July, c. 1,200 people came.

(pause 800 ms)

(play sounds/gulls (two).wav)

Figure one: a map of the bay, with arrows for the current.
  | u9d1xa00 voice=guide take=2 rate=90 role=caption  Map of the bay

A list of two items.
  | uaaaaaaa role=announcement
"""


def one(text: str) -> Utterance:
    """The only utterance of a script with these lines."""
    (chapter,) = loads(f"%script 1\n{text}").chapters
    (line,) = chapter.lines
    assert isinstance(line, Utterance)
    return line


def test_example_is_read() -> None:
    script = loads(EXAMPLE)
    assert script.title == "How tides work"
    assert script.language == "en-GB"
    assert script.authors == ("Harbour office", "Coast museum")
    assert script.published == "2024-05-01"
    assert script.meta == Meta(
        description="What the moon does to the sea.",
        link="https://example.org/tides",
        image="tides.jpg",
        licence="CC BY 4.0",
        site="Coast",
        explicit=False,
        season=2,
        number=14,
    )
    assert script.source == Source(uri="my article.md", digest="3fa9c1d0")
    (chapter,) = script.chapters
    assert (chapter.id, chapter.title, chapter.level) == ("c2m4k7qd", "Why the sea breathes", 1)
    first, pause, play, figure, announcement = chapter.lines
    assert isinstance(first, Utterance)
    assert first.spoken == "On the fourth of July, about one thousand two hundred people came."
    assert first.written == "On 4 July, c. 1,200 people came."
    assert first.spans[0].start == 0
    assert pause == Pause(duration_ms=800)
    assert play == Play(path="sounds/gulls (two).wav")
    assert isinstance(figure, Utterance)
    assert (figure.voice, figure.take, figure.rate_percent, figure.role) == ("guide", 2, 90, "caption")
    assert announcement == Utterance(id="uaaaaaaa", written="", spoken="A list of two items.", role="announcement")


def test_example_is_written_as_it_was() -> None:
    assert dumps(loads(EXAMPLE)) == EXAMPLE


@given(any_scripts())
@settings(deadline=None, max_examples=150)
def test_what_is_written_is_read_again(script: Script) -> None:
    assert loads(dumps(script)) == script


@given(any_scripts())
@settings(deadline=None, max_examples=50)
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(script: Script) -> None:
    assert loads("\ufeff" + dumps(script).replace("\n", "\r\n")) == script


@given(st.text(st.sampled_from("%#(|\\{} \t\nabu=:1-9<>\u00a0é"), max_size=80))
@settings(deadline=None, max_examples=150)
def test_any_text_is_read_or_refused_with_its_line(text: str) -> None:
    try:
        script = loads(f"%script 1\n{text}", name="tides.txt")
    except (ScriptError, NeedsPerson) as error:
        where = error.where
    else:
        where = "tides.txt:"
        assert loads(dumps(script)) == script
    assert where.startswith("tides.txt:")


@pytest.mark.parametrize("start", ["%", "#", "# ", "(", "|", "\\", "\u00a0", "<<<<<<<", "=======", ">>>>>>>"])
def test_a_spoken_line_may_begin_with_anything(start: str) -> None:
    script = loads(EXAMPLE)
    spoken = Utterance(id="u1", written="", spoken=f"{start}2 words")
    odd = Script(title="", language="en", chapters=(Chapter(id="c1", title="", lines=(spoken,)),), meta=script.meta)
    assert f"\n\\{start}" in dumps(odd)
    assert loads(dumps(odd)) == odd


def test_a_line_without_a_note_is_a_new_utterance_whose_id_is_made_from_its_text() -> None:
    line = one("# Tides\n  | c1\n\nAsk the harbour office.")
    assert (line.written, line.spoken, line.role) == ("", "Ask the harbour office.", "body")
    assert line == one("# Moon\n  | c2\n\nAsk the harbour office.\n")
    assert line.id != one("# Tides\n\nAsk the harbour master.").id


def test_a_new_line_may_have_a_voice_without_an_id() -> None:
    line = one("# Tides\n\nAsk the harbour office.\n  | voice=guide rate=80\n")
    assert (line.voice, line.rate_percent) == ("guide", 80)
    assert line.id.startswith("u")


def test_a_note_without_its_line_is_a_deleted_line() -> None:
    script = loads(
        "%script 1\n# Tides\n  | c1\n\n  | u1  The sea breathes.\n\nWhy?\n  | u2  Why?\n  | u3  Gone.\n\n"
        "(pause 300 ms)\n  | u4\n"
    )
    assert [line.id for line in script.chapters[0].lines if isinstance(line, Utterance)] == ["u2"]


def test_what_stands_before_the_first_chapter_is_in_one_without_a_title() -> None:
    (chapter,) = loads("%script 1\nWelcome.\n").chapters
    assert chapter.title == ""
    assert chapter.id.startswith("c")


def test_equal_new_lines_get_different_ids() -> None:
    (chapter,) = loads("%script 1\nNo.\nNo.\nNo.\n").chapters
    assert len({line.id for line in chapter.lines if isinstance(line, Utterance)}) == 3


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 0, "begins with the line '%script 1'"),
        ("Welcome.", 1, "begins with the line '%script 1'"),
        ("%title Tides", 1, "begins with the line '%script 1'"),
        ("%script 2", 1, "%script 1"),
        ("%script 1\n%titel Tides", 2, "%title, %language, %author"),
        ("%script 1\n%title A\n%title B", 3, "a second time"),
        ("%script 1\n%explicit maybe", 2, "'yes' or 'no'"),
        ("%script 1\n%season summer", 2, "a number from 1 to 9999"),
        ("%script 1\n%episode 0", 2, "a number from 1 to 9999"),
        ("%script 1\n# A\n%title B", 3, "top of the file"),
        ("%script 1\n#Tides", 2, "blank follows"),
        ("%script 1\n## Tides", 2, "level=3"),
        ("%script 1\n  indented", 2, "margin"),
        ("%script 1\n| u1", 2, "margin"),
        ("%script 1\n(sigh)", 2, "(pause 800 ms)"),
        ("%script 1\n(pause 50 ms)", 2, "200 to 600000 ms"),
        ("%script 1\n\\", 2, "nothing stands behind"),
        ("%script 1\nHello.\n  | u1 pitch=3", 3, "voice=, lang=, take=, rate=, role="),
        ("%script 1\nHello.\n  | u1 take=2 take=3", 3, "cannot stand here"),
        ("%script 1\nHello.\n  | u1 Hello.", 3, "two blanks"),
        ("%script 1\nHello.\n  | u1 take=0", 3, "1 to 9999"),
        ("%script 1\nHello.\n  | u1 take=two", 3, "a sound file such as takes/one.wav"),
        ("%script 1\n(bed m.mp3 -50 dB)", 2, "-40 to 0 dB"),
        ("%script 1\n(bed m.mp3 6 dB)", 2, "-40 to 0 dB"),
        ("%script 1\n(bed)", 2, "'(bed FILE -18 dB)'"),
        ("%script 1\n# A\n  | c1 take=all.wav\n(play gulls.wav)", 4, "one recording (all.wav)"),
        ("%script 1\n# A\n  | c1 take=all.wav\nHello.\n  | u1 take=a.wav", 5, "one recording (all.wav)"),
        ("%script 1\nHello.\n  | u1 rate=fast", 3, "20 to 500"),
        ("%script 1\nHello.\n  | u1 role=shout", 3, "body, heading"),
        ("%script 1\nHello.\n  | U-1", 3, "id of an utterance"),
        ("%script 1\n# A\n  | u1", 3, "id of a chapter"),
        ("%script 1\n# A\n  | c1 level=7", 3, "1 to 6"),
        ("%script 1\n# A\n  | c1 voice=x", 3, "level="),
        ("%script 1\nHello.\n  | u1\nHello.\n  | u1", 5, "line 3"),
        ("%script 1\n  | u1 pitch=3", 2, "voice=, lang=, take=, rate=, role="),
    ],
)
def test_mistakes_are_named_with_their_line(text: str, line: int, says: str) -> None:
    with pytest.raises(ScriptError) as caught:
        loads(text, name="tides.txt")
    assert says in caught.value.message
    assert caught.value.where == (f"tides.txt:{line}" if line else "tides.txt")


@pytest.mark.parametrize(
    ("line", "stage"),
    [
        ("(bed sounds/sea waves.mp3 -24 dB)", Bed(path="sounds/sea waves.mp3", level_db=-24)),
        ("(bed waves.mp3)", Bed(path="waves.mp3", level_db=-18)),
        ("(bed waves.mp3 −9 dB)", Bed(path="waves.mp3", level_db=-9)),
        ("(bed 3 dB.wav 0 dB)", Bed(path="3 dB.wav", level_db=0)),
        ("(bed end)", BedEnd()),
        ("(bed end -18 dB)", Bed(path="end")),
    ],
)
def test_beds_are_read(line: str, stage: Bed | BedEnd) -> None:
    (chapter,) = loads(f"%script 1\n{line}\n").chapters
    assert chapter.lines == (stage,)
    assert loads(dumps(loads(f"%script 1\n{line}\n"))).chapters[0].lines == (stage,)


def test_a_take_is_a_number_or_a_file() -> None:
    line = one("Hello.\n  | u1 take=takes/hello.wav rate=90  Hello.")
    assert (line.take, line.recording, line.rate_percent, line.written) == (1, "takes/hello.wav", 90, "Hello.")
    (chapter,) = loads("%script 1\n# Sea\n  | c1 level=3 take=sea.flac\n").chapters
    assert (chapter.take, chapter.recording, chapter.level) == (1, "sea.flac", 3)
    assert "  | c1 level=3 take=sea.flac\n" in dumps(loads("%script 1\n# Sea\n  | c1 level=3 take=sea.flac\n"))


@pytest.mark.parametrize("name", ["my take.wav", "take"])
def test_a_take_that_the_file_cannot_hold_is_refused(name: str) -> None:
    line = Utterance(id="u1", written="", spoken="Hello.", recording=name)
    with pytest.raises(ScriptError, match="suffix and no blanks"):
        dumps(Script(title="", language="en", chapters=(Chapter(id="c1", title="", lines=(line,)),)))


@pytest.mark.parametrize("mark", ["<<<<<<< edited", "=======", ">>>>>>> article"])
def test_open_conflicts_need_a_person(mark: str) -> None:
    with pytest.raises(NeedsPerson) as caught:
        loads(f"%script 1\n\nHello.\n{mark}\n", name="tides.txt")
    assert caught.value.where == "tides.txt:4"


def test_what_cannot_stand_in_a_file_is_refused() -> None:
    def script(line: Utterance) -> Script:
        return Script(title="", language="en", chapters=(Chapter(id="c1", title="", lines=(line,)),))

    with pytest.raises(ScriptError, match="say something"):
        dumps(script(Utterance(id="u1", written="…", spoken=" \n")))
    with pytest.raises(ScriptError, match="no blanks"):
        dumps(script(Utterance(id="u1", written="", spoken="Hello.", voice="the guide")))


def test_line_ends_inside_a_text_become_blanks() -> None:
    line = Utterance(id="u1", written="a\r\nb", spoken="a \n b")
    script = Script(title="x\ny", language="en", chapters=(Chapter(id="c1", title="", lines=(line,)),))
    loaded = loads(dumps(script))
    assert loaded.title == "x y"
    assert [(line.written, line.spoken) for line in loaded.utterances()] == [("a b", "a b")]
