"""A script under review: one line changed, everything else as it was, and heard at once."""

from __future__ import annotations

import io
import wave
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.build import reviewing
from pipeline.build.margins import margins, rewritten
from pipeline.build.session import start
from pipeline.build.standing import standing
from pipeline.errors import NeedsPerson, ScriptError, UsageError
from pipeline.narrate import loads
from pipeline.text.lexicon import Entry
from tests.conftest import Workbench

BAYS = "Bays make tides larger."


def id_of(bench: Workbench, spoken: str) -> str:
    """The id of the only sentence that says so."""
    (found,) = [one.id for one in reviewing.opened(bench.options, "tides").sentences() if one.spoken == spoken]
    return found


def seconds(data: bytes) -> float:
    with wave.open(io.BytesIO(data)) as file:
        return float(file.getnframes() / file.getframerate())


def test_a_script_is_opened_with_its_sounds(bench: Workbench) -> None:
    bench.render()
    found = reviewing.opened(bench.options, "tides")
    assert (found.title, found.language, found.rendered, found.trouble) == ("How tides work", "en-GB", True, "")
    assert [section.title for section in found.sections][1:] == ["The pull of the moon", "The shape of the coast"]
    lines = bench.script.read_text(encoding="utf-8").splitlines()
    for one in found.sentences():
        assert lines[one.line - 1].removeprefix("# ") == one.spoken
        assert one.known
        assert one.heard
        assert not one.changed
        assert one.duration_ms > 0


def test_what_was_never_rendered_has_no_sound_and_nothing_is_made_by_looking(bench: Workbench) -> None:
    from pipeline import api

    api.narrate(bench.article, bench.options)
    found = reviewing.opened(bench.options, "tides")
    assert not found.rendered
    assert not any(one.known or one.changed or one.duration_ms for one in found.sentences())
    assert not (bench.root / "show.lock.toml").exists()


def test_an_edit_changes_one_line_and_no_other_byte(bench: Workbench) -> None:
    bench.render()
    text = "\ufeff" + bench.script.read_text(encoding="utf-8").replace("\n", "\r\n") + "\r\n\r\n"
    bench.script.write_bytes(text.encode())
    done = reviewing.edit(bench.options, "tides", id_of(bench, BAYS), spoken="Bays lift tides.", expected=BAYS)
    after = bench.script.read_bytes().decode()
    assert after == text.replace(f"\n{BAYS}\r", "\nBays lift tides.\r")
    assert (done.sentence.spoken, done.sentence.machine, done.sentence.changed) == ("Bays lift tides.", BAYS, True)
    assert [one.changed for one in done.reviewed.sentences()].count(True) == 1
    assert bench.render().spoken == 1
    assert not any(one.changed for one in reviewing.opened(bench.options, "tides").sentences())


def test_a_title_can_be_edited(bench: Workbench) -> None:
    bench.render()
    id = id_of(bench, "The pull of the moon")
    done = reviewing.edit(bench.options, "tides", id, spoken="#1: the moon", expected="The pull of the moon")
    assert done.sentence.spoken == "#1: the moon"
    assert "\n# #1: the moon\n" in bench.script.read_text(encoding="utf-8")


def test_a_line_that_somebody_else_changed_is_not_lost(bench: Workbench) -> None:
    bench.render()
    id = id_of(bench, BAYS)
    bench.edit(f"\n{BAYS}\n", "\nBays do it.\n", bench.script)
    with pytest.raises(NeedsPerson, match="somebody changed this sentence meanwhile: it says “Bays do it"):
        reviewing.edit(bench.options, "tides", id, spoken="Mine.", expected=BAYS)
    assert "\nBays do it.\n" in bench.script.read_text(encoding="utf-8")


def test_undo_says_what_the_machine_wrote(bench: Workbench) -> None:
    bench.render()
    id = id_of(bench, BAYS)
    before = bench.script.read_bytes()
    reviewing.edit(bench.options, "tides", id, spoken="Other words.", expected=BAYS)
    assert reviewing.undo(bench.options, "tides", id, expected="Other words.").sentence.spoken == BAYS
    assert bench.script.read_bytes() == before
    with pytest.raises(UsageError, match="no other words"):
        reviewing.undo(bench.options, "tides", id, expected=BAYS)


@pytest.mark.parametrize("said", ["", "  ", "…", "{fr: }", "{fr: oui", "{fr x=1: oui}"])
def test_what_cannot_be_said_is_refused(bench: Workbench, said: str) -> None:
    bench.render()
    before = bench.script.read_bytes()
    with pytest.raises(ScriptError):
        reviewing.edit(bench.options, "tides", id_of(bench, BAYS), spoken=said, expected=BAYS)
    assert bench.script.read_bytes() == before


def test_a_sentence_is_heard_and_an_edit_sounds_otherwise(bench: Workbench) -> None:
    bench.render()
    id = id_of(bench, BAYS)
    one = reviewing.opened(bench.options, "tides").sentence(id)
    first = reviewing.wav(bench.options, "tides", id)
    assert seconds(first) == pytest.approx(one.duration_ms / 1000, abs=0.002)
    assert reviewing.wav(bench.options, "tides", id) == first
    longer = f"{BAYS[:-1]}, and a great deal larger than anywhere else."
    done = reviewing.edit(bench.options, "tides", id, spoken=longer, expected=BAYS)
    assert not done.sentence.known
    second = reviewing.wav(bench.options, "tides", id)
    assert seconds(second) > seconds(first) + 0.5
    assert reviewing.opened(bench.options, "tides").sentence(id).known
    report = reviewing.render(bench.options, "tides")
    assert (report.spoken, report.encoded) == (0, 1), "it was spoken when it was heard"


def test_hearing_keeps_nothing_but_the_sound(bench: Workbench) -> None:
    from pipeline import api

    api.narrate(bench.article, bench.options)
    before = {path: path.read_bytes() for path in bench.root.rglob("*") if path.is_file() and "store" not in path.parts}
    assert reviewing.wav(bench.options, "tides", id_of(bench, BAYS))
    after = {path: path.read_bytes() for path in bench.root.rglob("*") if path.is_file() and "store" not in path.parts}
    assert after == before


def test_a_pronunciation_changes_the_machines_lines(bench: Workbench) -> None:
    bench.render()
    done = reviewing.pronounce(bench.options, "tides", Entry(graphemes=("Bays",), alias="Baize"))
    assert [done.reviewed.sentence(id).spoken for id in done.changed] == ["Baize make tides larger."]
    assert done.lexicon == bench.root / "lexicon.toml"
    assert reviewing.pronounce(bench.options, "tides", Entry(graphemes=("Bays",), alias="Baize")).there
    with pytest.raises(UsageError, match="another way already"):
        reviewing.pronounce(bench.options, "tides", Entry(graphemes=("Bays",), alias="Bahia"))


def test_a_render_keeps_the_articles_form(bench: Workbench) -> None:
    """Not the script alone: a page that reads along shows the article's lists."""
    bench.options = replace(bench.options, sidecars=("readalong",))
    bench.render()
    before = bench.files()
    assert reviewing.render(bench.options, "tides").spoken == 0
    assert bench.files() == before


@pytest.mark.parametrize(
    "name", ["", "..", "../tides", "tides.txt", "nothing", "/etc/passwd", "tides/../tides", "a\0b"]
)
def test_only_scripts_of_the_show_are_opened(bench: Workbench, name: str) -> None:
    bench.render()
    with pytest.raises(UsageError):
        reviewing.opened(bench.options, name)


def test_a_link_out_of_the_folder_is_no_script(bench: Workbench, tmp_path: Path) -> None:
    bench.render()
    outside = tmp_path / "outside.txt"
    outside.write_text("%script 1\n\nSecret words.\n", encoding="utf-8")
    (bench.root / "scripts" / "link.txt").symlink_to(outside)
    with pytest.raises(UsageError):
        reviewing.opened(bench.options, "link")


def test_how_an_episode_stands(bench: Workbench) -> None:
    from pipeline import api

    def state() -> str:
        return standing(start(bench.options), "tides").state

    api.narrate(bench.article, bench.options)
    assert state() == "never rendered"
    bench.render()
    assert state() == "fresh"
    bench.edit(f"\n{BAYS}\n", "\nBays do it.\n", bench.script)
    assert state() == "changed"
    bench.render()
    assert state() == "fresh"
    (bench.root / "output" / "tides" / "tides.mp3").unlink()
    assert state() == "changed"
    bench.render()
    bench.edit("Bays make tides larger.", "Bays make tides much larger.")
    assert state() == "changed"
    with pytest.raises(NeedsPerson):
        bench.render()
    assert state() == "conflict"
    found = reviewing.opened(bench.options, "tides")
    assert found.conflict
    assert "conflict is open" in found.trouble
    bench.script.write_text("%script 1\n%nonsense\n", encoding="utf-8")
    assert state() == "broken"


SCRIPT = """%script 1
%title Law

Before any chapter.
  | u1aaaaaa

# One
  | c1aaaaaa

\\# no chapter
  | u2aaaaaa lang=fr  written

A line without a note.

(pause 800 ms)

\\{no piece} here
  | u3aaaaaa role=quote

#
A line under no title.
"""


def test_each_line_at_the_margin_has_its_place() -> None:
    found = margins(SCRIPT, loads(SCRIPT))
    assert [(one.line, one.text, one.is_title) for one in found] == [
        (4, "Before any chapter.", False),
        (7, "One", True),
        (10, "# no chapter", False),
        (13, "A line without a note.", False),
        (17, "\\{no piece} here", False),
        (20, "", True),
        (21, "A line under no title.", False),
    ]
    assert [one.language for one in found][2] == "fr"
    assert [one.id for one in found][:3] == ["u1aaaaaa", "c1aaaaaa", "u2aaaaaa"]


@settings(deadline=None)
@given(
    said=st.text(st.sampled_from("ab #%(|\\{}<=>:\n\r\t\u2028\ud800pause8ms)\x00")) | st.text(),
    place=st.sampled_from((0, 1, 2, 3, 4, 6)),
)
def test_whatever_is_said_is_read_back_and_nothing_else_changes(said: str, place: int) -> None:
    before = loads(SCRIPT)
    margin = margins(SCRIPT, before)[place]
    try:
        text = rewritten(SCRIPT, margin, said)
    except ScriptError:
        return
    after = loads(text)
    old, new = SCRIPT.split("\n"), text.split("\n")
    assert [line for number, line in enumerate(new, 1) if number != margin.line] == [
        line for number, line in enumerate(old, 1) if number != margin.line
    ]
    again = margins(text, after)
    assert len(again) == len(margins(SCRIPT, before))
    assert rewritten(text, again[place], again[place].text) == text
    said_at = place - (place > 5)  # the empty title is not spoken
    kept = [one.spoken for index, one in enumerate(after.utterances()) if index != said_at]
    assert kept == [one.spoken for index, one in enumerate(before.utterances()) if index != said_at]
