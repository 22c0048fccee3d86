"""The merge: laws that hold for all scripts, and each kind of edit on a small one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.errors import NeedsPerson
from pipeline.model.document import Meta, Omission, Position
from pipeline.model.script import Chapter, Line, Pause, Play, Script, Source, SpanMap, Utterance
from pipeline.narrate import Merged, dumps, dumps_merged, loads, merge
from pipeline.narrate.ids import Ids
from tests.narrate.strategies import edited, machine_scripts

if TYPE_CHECKING:
    from collections.abc import Sequence

LAW = settings(deadline=None, max_examples=150)
PAUSE = Pause(duration_ms=650)


def spoken(written: str) -> str:
    return written.replace("4", "four")


def script(*chapters: tuple[str, Sequence[str | Pause | Play]]) -> Script:
    """A machine's script as read from its file; "4" is said "four"."""
    ids = Ids()
    made = []
    for title, texts in chapters:
        lines: list[Line] = [
            Utterance(id=ids.utterance("body", text), written=text, spoken=spoken(text))
            if isinstance(text, str)
            else text
            for text in texts
        ]
        made.append(Chapter(id=ids.chapter(title), title=title, lines=tuple(lines)))
    return loads(dumps(Script(title="Tides", language="en", chapters=tuple(made))))


def edit(script: Script, old: str, new: str) -> Script:
    """The script after a person replaced ``old`` by ``new`` in its file."""
    text = dumps(script)
    assert text.count(old) == 1, old
    return loads(text.replace(old, new))


def without_notes(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line and not line.startswith("  |"))


def margin(script: Script) -> list[str]:
    """What stands at the margin."""
    return without_notes(dumps(replace(script, title="", language=""))).split("\n")[1:]


def say(merged: Merged) -> list[str]:
    assert not merged.conflicts
    return margin(merged.script)


SEA: tuple[str, Sequence[str | Pause | Play]] = ("Sea", ["The sea breathes.", "It is 4 pm.", "Why?"])
MOON: tuple[str, Sequence[str | Pause | Play]] = ("Moon", ["The moon pulls.", PAUSE, "The sun pulls too."])
BASE = script(SEA, MOON)


@given(machine_scripts(), machine_scripts())
@LAW
def test_unedited_the_machine_has_it(base: Script, machine: Script) -> None:
    assert merge(base, base, machine) == Merged(script=machine)


@given(st.data())
@LAW
def test_with_nothing_new_the_person_has_it(data: st.DataObject) -> None:
    base = data.draw(machine_scripts())
    person = data.draw(edited(base))
    assert merge(base, person, base) == Merged(script=person)


@given(st.data())
@LAW
def test_a_second_merge_changes_nothing(data: st.DataObject) -> None:
    base, machine = data.draw(machine_scripts()), data.draw(machine_scripts())
    merged = merge(base, data.draw(edited(base)), machine).script
    assert merge(machine, merged, machine) == Merged(script=merged)


@given(st.data())
@LAW
def test_no_edit_is_lost(data: st.DataObject) -> None:
    base, machine = data.draw(machine_scripts()), data.draw(machine_scripts())
    person = data.draw(edited(base))
    merged = merge(base, person, machine)
    old = {line.id: line for line in base.utterances()}
    kept = {line.id: line for line in merged.script.utterances()}
    for line in person.utterances():
        for name in ("spoken", "voice", "rate_percent", "take"):
            edit = getattr(line, name)
            if line.id not in old or edit != getattr(old[line.id], name):
                assert getattr(kept[line.id], name) == edit, name
    ids = [line.id for line in merged.script.utterances()]
    assert len(ids) == len(set(ids))


@given(st.data())
@LAW
def test_without_a_base_no_line_is_lost(data: st.DataObject) -> None:
    machine = data.draw(machine_scripts())
    person = data.draw(edited(data.draw(machine_scripts())))
    merged = merge(None, person, machine)
    kept = {line.id: line for line in merged.script.utterances()}
    for line in person.utterances():
        assert kept[line.id].spoken == line.spoken
    assert merge(machine, merged.script, machine).script == merged.script


@given(st.data())
@LAW
def test_a_file_with_conflicts_holds_every_line_of_both_sides(data: st.DataObject) -> None:
    base, machine = data.draw(machine_scripts()), data.draw(machine_scripts())
    merged = merge(data.draw(st.sampled_from((base, None))), data.draw(edited(base)), machine)
    text = dumps_merged(merged)
    if not merged.conflicts:
        assert text == dumps(merged.script)
        return
    with pytest.raises(NeedsPerson):
        loads(text)
    assert text.count("<<<<<<< edited\n") == len(merged.conflicts) == text.count(">>>>>>> article\n")
    # both sides together may put one person's take into a chapter that another has recorded: no file holds that
    assume(not any(chapter.recording for chapter in merged.script.chapters))
    rest = [line for line in text.split("\n") if not line.startswith(("<<<<<<<", "=======", ">>>>>>>"))]
    said = {line.id: line.spoken for line in loads("\n".join(rest)).utterances()}
    shown = [one for conflict in merged.conflicts for one in (*conflict.edited, *conflict.article)]
    for line in [*merged.script.utterances(), *(one for one in shown if isinstance(one, Utterance))]:
        assert said[line.id] == line.spoken


def test_untouched_lines_take_new_words() -> None:
    rule_changed = edit(BASE, "It is four pm.", "It is four in the afternoon.")
    assert "It is four in the afternoon." in say(merge(BASE, BASE, rule_changed))


def test_edited_lines_stay_while_their_written_text_is_the_same() -> None:
    person = edit(BASE, "It is four pm.", "It is tea time.")
    rule_changed = edit(BASE, "It is four pm.", "It is four in the afternoon.")
    assert "It is tea time." in say(merge(BASE, person, rule_changed))


def test_a_voice_is_an_edit_and_leaves_the_words_to_the_machine() -> None:
    person = edit(BASE, "  It is 4 pm.", " voice=guide take=2 rate=90  It is 4 pm.")
    rule_changed = edit(BASE, "It is four pm.", "It is four in the afternoon.")
    (line,) = [line for line in merge(BASE, person, rule_changed).script.utterances() if line.voice]
    assert (line.spoken, line.take, line.rate_percent) == ("It is four in the afternoon.", 2, 90)


def test_deleted_lines_stay_deleted_until_their_written_text_changes() -> None:
    person = edit(BASE, "It is four pm.\n", "")
    assert merge(BASE, person, BASE).script == person
    longer = script(("Sea", ["The sea breathes.", "It is 4 pm.", "Why?", "Because."]), MOON)
    assert say(merge(BASE, person, longer))[:4] == ["# Sea", "The sea breathes.", "Why?", "Because."]
    changed = script(("Sea", ["The sea breathes.", "It is 4 am.", "Why?"]), MOON)
    assert say(merge(BASE, person, changed))[:4] == ["# Sea", "The sea breathes.", "It is four am.", "Why?"]


def test_added_lines_stay_behind_their_neighbours() -> None:
    person = edit(BASE, "\nWhy?\n", "\nMind the rocks.\n\nWhy?\n")
    swapped = script(MOON, ("Sea", ["It is 4 pm.", "New.", "Why?"]))
    assert say(merge(BASE, person, swapped))[4:] == ["# Sea", "It is four pm.", "Mind the rocks.", "New.", "Why?"]


def test_added_lines_of_a_chapter_that_is_renamed_stay_in_it() -> None:
    person = edit(BASE, "\nThe sea breathes.\n", "\nMind the rocks.\n\nThe sea breathes.\n")
    renamed = script(("The sea", SEA[1]), MOON)
    assert say(merge(BASE, person, renamed))[:3] == ["# The sea", "Mind the rocks.", "The sea breathes."]


def test_what_a_person_moved_stays_there() -> None:
    text = dumps(BASE)
    why = text[text.index("Why?") : text.index("# Moon")]
    person = loads(text.replace(why, "").replace("The sea breathes.\n  |", why + "The sea breathes.\n  |"))
    assert margin(person)[:4] == ["# Sea", "Why?", "The sea breathes.", "It is four pm."]
    longer = script(("Sea", ["Hear!", "The sea breathes.", "It is 4 pm.", "Truly.", "Why?"]), MOON)
    assert say(merge(BASE, person, longer))[:6] == [
        "# Sea",
        "Why?",
        "Hear!",
        "The sea breathes.",
        "It is four pm.",
        "Truly.",
    ]


def test_an_edited_line_whose_written_text_changed_is_a_conflict() -> None:
    person = edit(BASE, "It is four pm.", "It is tea time.")
    changed = script(("Sea", ["The sea breathes.", "It is 4 am.", "Why?"]), MOON)
    merged = merge(BASE, person, changed)
    assert without_notes(dumps_merged(merged)).split("\n")[3:12] == [
        "# Sea",
        "The sea breathes.",
        "<<<<<<< edited",
        "It is tea time.",
        "=======",
        "It is four am.",
        ">>>>>>> article",
        "Why?",
        "# Moon",
    ]


def test_a_conflict_is_over_when_a_person_has_chosen() -> None:
    person = edit(BASE, "It is four pm.", "It is tea time.")
    changed = script(("Sea", ["The sea breathes.", "It is 4 am.", "Why?"]), MOON)
    text = dumps_merged(merge(BASE, person, changed))
    sides = text[text.index("<<<<<<<") : text.index(">>>>>>> article")]
    mine, theirs = sides.removeprefix("<<<<<<< edited\n").split("=======\n")
    for kept in (mine, theirs, mine + theirs):
        chosen = loads(text.replace(sides + ">>>>>>> article\n", kept))
        assert merge(changed, chosen, changed) == Merged(script=chosen)


def test_an_edited_line_whose_sentence_is_gone_is_a_conflict() -> None:
    person = edit(BASE, "It is four pm.", "It is tea time.")
    (conflict,) = merge(BASE, person, script(("Sea", ["The sea breathes.", "Why?"]), MOON)).conflicts
    assert [one.spoken for one in conflict.edited if isinstance(one, Utterance)] == ["It is tea time."]
    assert conflict.article == ()


def test_an_edited_line_meets_the_most_similar_new_one() -> None:
    person = edit(BASE, "It is four pm.", "It is tea time.")
    changed = script(("Sea", ["A tide is a wave.", "It is 4 am.", "How?"]), MOON)
    merged = merge(BASE, person, changed)
    assert [one.spoken for one in merged.conflicts[0].article if isinstance(one, Utterance)] == ["It is four am."]
    assert margin(merged.script)[:4] == ["# Sea", "A tide is a wave.", "It is tea time.", "How?"]


def test_a_renamed_chapter_that_was_edited_is_a_conflict() -> None:
    person = edit(BASE, "# Moon\n", "# About the moon\n")
    assert "# About the moon" in say(merge(BASE, person, BASE))
    merged = merge(BASE, person, script(SEA, ("The moon", MOON[1])))
    assert "<<<<<<< edited\n# About the moon\n" in dumps_merged(merged)
    assert "=======\n# The moon\n" in dumps_merged(merged)


def test_pauses_and_recordings_of_a_person_stay() -> None:
    person = edit(BASE, "(pause 650 ms)", "(pause 2000 ms)\n\n(play gulls.wav)")
    longer = script(SEA, ("Moon", ["The moon pulls.", PAUSE, "New.", PAUSE, "The sun pulls too."]))
    assert say(merge(BASE, person, longer))[4:9] == [
        "# Moon",
        "The moon pulls.",
        "(pause 2000 ms)",
        "(play gulls.wav)",
        "New.",
    ]
    changed = script(SEA, ("Moon", ["The moon tugs.", PAUSE, "The sun pulls too."]))
    assert say(merge(BASE, person, changed))[5:8] == ["The moon tugs.", "(pause 2000 ms)", "(play gulls.wav)"]
    gone = script(SEA, ("Moon", ["The sun pulls too."]))
    assert say(merge(BASE, person, gone))[4:7] == ["# Moon", "(pause 2000 ms)", "(play gulls.wav)"]


def test_header_lines_are_merged_one_by_one() -> None:
    person = replace(BASE, title="The breath of the sea", meta=Meta(explicit=False))
    machine = replace(BASE, title="Tides!", authors=("Harbour office",), meta=Meta(site="Coast"))
    merged = merge(BASE, person, machine).script
    assert (merged.title, merged.authors) == ("The breath of the sea", ("Harbour office",))
    assert merged.meta == Meta(explicit=False, site="Coast")


def test_without_a_base_differing_lines_are_the_persons() -> None:
    source = Source(uri="tides.md", digest="00")
    machine = replace(BASE, source=source)
    person = edit(edit(machine, "It is four pm.", "It is tea time."), "Why?\n  |", "  |")
    assert merge(None, person, machine) == Merged(script=person)


def test_without_a_base_new_lines_of_a_changed_article_are_shown() -> None:
    machine = script(("Sea", [*SEA[1], "Because."]), MOON)
    merged = merge(None, edit(BASE, "It is four pm.", "It is tea time."), machine)
    assert margin(merged.script)[:4] == ["# Sea", "The sea breathes.", "It is tea time.", "Why?"]
    (conflict,) = merged.conflicts
    assert conflict.edited == ()
    assert "Why?\n<<<<<<< edited\n=======\nBecause.\n" in without_notes(dumps_merged(merged))


def test_without_a_base_a_changed_sentence_is_a_conflict() -> None:
    machine = script(("Sea", ["The sea breathes.", "It is 4 am.", "Why?"]), MOON)
    (conflict,) = merge(None, BASE, machine).conflicts
    assert [one.spoken for one in conflict.edited if isinstance(one, Utterance)] == ["It is four pm."]
    assert [one.spoken for one in conflict.article if isinstance(one, Utterance)] == ["It is four am."]


def test_lines_nobody_edited_keep_the_machines_spans_and_places() -> None:
    line = Utterance(
        id="u1",
        written="4 m",
        spoken="four metres",
        spans=(SpanMap(start=0, end=1, spoken_start=0, spoken_end=4),),
        origin=Position(line=3, end_line=3),
    )
    machine = Script(
        title="Tides",
        language="en",
        chapters=(Chapter(id="c1", title="Sea", lines=(line,)),),
        omitted=(Omission(what="image", why="decorative"),),
    )
    file = loads(dumps(machine))
    assert merge(file, file, machine).script == machine
    other_voice = edit(file, "| u1 ", "| u1 voice=guide ")
    voiced = replace(machine.chapters[0], lines=(replace(line, voice="guide"),))
    assert merge(file, other_voice, machine).script.chapters == (voiced,)


def test_a_long_article_is_merged_fast() -> None:
    def long(word: str) -> Script:
        return script(*((f"Chapter {n}", [f"{word} {n} {m} of the sea." for m in range(40)]) for n in range(50)))

    base = long("Sentence")
    person = edit(base, "\nSentence 7 7 of the sea.\n", "\nMine.\n")
    merged = merge(base, person, long("Line"))
    assert len(merged.conflicts) == 1


def test_a_line_with_another_voice_takes_the_new_words() -> None:
    base, machine = (
        Script(
            title="Tides",
            language="en",
            chapters=(
                Chapter(
                    id="c1",
                    title="Why the sea breathes",
                    lines=(Utterance(id="u1", written="On 4 July people came.", spoken=spoken),),
                ),
            ),
        )
        for spoken in ("On four July people came.", "On the fourth of July people came.")
    )
    (line,) = base.chapters[0].lines
    assert isinstance(line, Utterance)
    chapter = replace(base.chapters[0], lines=(replace(line, voice="guide"),))
    merged = merge(base, replace(base, chapters=(chapter,)), machine)
    (kept,) = merged.script.chapters[0].lines
    assert isinstance(kept, Utterance)
    assert (kept.spoken, kept.voice, merged.conflicts) == ("On the fourth of July people came.", "guide", ())
