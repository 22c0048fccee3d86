"""Each kind of edit in a script file, through each kind of change: nothing that a person wrote is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.errors import NeedsPerson
from pipeline.model.script import Chapter, Part, Pause, Script, Utterance
from pipeline.narrate import dumps, dumps_merged, loads, merge
from pipeline.narrate.ids import Ids
from pipeline.text.parts import settled, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCES = ("The sea breathes.", "It is 4 pm, as in déjà vu, with SQL.", "Why?")


def machine(*, sentences: tuple[str, ...] = SENTENCES, four: str = "four", vu: str = "", sql: str = "") -> Script:
    """The machine's script where rules say ``four``, "déjà vu" is in the language ``vu``, a lexicon says ``sql``."""
    ids = Ids()
    lines = []
    for written in sentences:
        before, found, after = written.replace("4", four).partition("déjà vu")
        first, name, rest = after.partition("SQL")
        marked = Part(text=found, language=vu), Part(text=first), Part(text=name, ipa=sql)
        parts = (Part(text=before), *marked, Part(text=rest))
        spoken = text_of(parts)
        lines.append(Utterance(id=ids.utterance("body", written), written=written, spoken=spoken, parts=settled(parts)))
    chapter = Chapter(id=ids.chapter("Sea"), title="Sea", lines=(lines[0], Pause(duration_ms=650), *lines[1:]))
    return loads(dumps(Script(title="Tides", language="en", chapters=(chapter,))))


BASE = machine(vu="fr")
NOTE = "  It is 4 pm"

EDITS = {
    "a voice": (NOTE, f" voice=guide{NOTE}"),
    "a take": (NOTE, f" take=2{NOTE}"),
    "a rate": (NOTE, f" rate=90{NOTE}"),
    "a role": (NOTE, f" role=quote{NOTE}"),
    "words": ("It is four pm", "It is tea time"),
    "a voice for a piece": ("with SQL.\n  | u6", "with {voice=guide: SQL}.\n  | u6"),
    "another language": ("{fr: ", "{fr-CA: "),
    "no other language": ("{fr: déjà vu}", "déjà vu"),
    "a pronunciation": ("with SQL.\n  | u6", "with {ipa=ˈsiːkwəl: SQL}.\n  | u6"),
    "a pause": ("(pause 650 ms)", "(pause 900 ms)"),
    "a jingle": ("(pause 650 ms)", "(play jingle.wav)\n\n(pause 650 ms)"),
    "a line": ("\nWhy?\n", "\nMind the rocks.\n  | uqnt9330a\n\nWhy?\n"),
}
CHANGES: dict[str, Callable[[], Script]] = {
    "nothing": lambda: BASE,
    "another sentence of the article": lambda: machine(vu="fr", sentences=(*SENTENCES, "Because.")),
    "a rule": lambda: machine(vu="fr", four="about four"),
    "the lexicon": lambda: machine(vu="fr", sql="ɛs kjuː ɛl"),
    "what is known of languages": lambda: machine(),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_survives(edit: str, change: str) -> None:
    old, new = EDITS[edit]
    text = dumps(BASE)
    assert text.count(old) == 1
    merged = merge(BASE, loads(text.replace(old, new)), CHANGES[change]())
    assert not merged.conflicts
    after = dumps(merged.script)
    assert new.strip() in after
    if edit == "no other language":
        assert "{" not in after.replace("{ipa", "")
    # a second run with nothing new changes nothing
    again = merge(CHANGES[change](), loads(after), CHANGES[change]())
    assert dumps(again.script) == after


def test_an_untouched_line_takes_what_the_machine_knows_now() -> None:
    after = machine(vu="fr", sql="ɛs kjuː ɛl")
    assert merge(BASE, BASE, after).script == after
    assert "{ipa=ɛs kjuː ɛl: SQL}" in dumps(after)


def test_a_mark_goes_with_its_words_and_leaves_the_rest_to_the_machine() -> None:
    person = loads(dumps(BASE).replace("with SQL.\n", "with {voice=guide: SQL}.\n"))
    merged = merge(BASE, person, machine(vu="fr", four="about four"))
    assert "It is about four pm, as in {fr: déjà vu}, with {voice=guide: SQL}." in dumps(merged.script)


def test_a_mark_whose_words_are_gone_keeps_the_persons_line() -> None:
    person = loads(dumps(BASE).replace("four pm", "{voice=guide: four} pm"))
    merged = merge(BASE, person, machine(vu="fr", four="16"))
    assert "It is {voice=guide: four} pm, as in {fr: déjà vu}, with SQL." in dumps(merged.script)


def test_a_language_of_a_line_takes_the_new_words() -> None:
    base = machine()
    person = loads(dumps(base).replace("  It is 4", " lang=de  It is 4"))
    (line,) = [one for one in merge(base, person, machine(four="vier")).script.utterances() if one.parts]
    assert (line.spoken, line.parts[0].language) == ("It is vier pm, as in déjà vu, with SQL.", "de")
    assert len(line.parts) == 1


def test_an_edited_mark_in_a_sentence_that_changed_is_a_conflict() -> None:
    person = loads(dumps(BASE).replace("{fr: déjà vu}", "{fr-CA: déjà vu}"))
    changed = machine(vu="fr", sentences=("The sea breathes.", "It is 5 pm, as in déjà vu, with SQL.", "Why?"))
    text = dumps_merged(merge(BASE, person, changed))
    assert "<<<<<<< edited\nIt is four pm, as in {fr-CA: déjà vu}, with SQL.\n" in text
    assert "=======\nIt is 5 pm, as in {fr: déjà vu}, with SQL.\n" in text
    with pytest.raises(NeedsPerson):
        loads(text)


def test_parts_are_always_what_is_said() -> None:
    person = loads(dumps(BASE).replace("It is four", "It was {de: vier} or four"))
    for change in CHANGES.values():
        for line in merge(BASE, person, change()).script.utterances():
            assert not line.parts or text_of(line.parts) == line.spoken
    assert replace(person, chapters=()) == replace(BASE, chapters=())
