"""What is said differently in a script than in an earlier one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from pipeline.model.script import Script
from pipeline.narrate import loads
from pipeline.narrate.changes import ADDED, REMOVED, Changes, changes, marked
from tests.narrate.strategies import any_scripts

BEFORE = """\
%script 1
%language en-GB

# Tides
  | c1111111

The sea breathes twice a day.
  | u1111111

The moon pulls at the water beneath it.
  | u2222222

(pause 800 ms)

Bays make tides larger.
  | u3333333

(play gong.wav)
"""


def against(*edits: tuple[str, str]) -> Changes:
    text = BEFORE
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return changes(loads(BEFORE), loads(text))


def told(found: Changes) -> list[tuple[str, str, str]]:
    return [(one.kind, one.before, one.after) for one in found.changes]


def test_nothing_changed() -> None:
    assert against() == Changes(changes=(), moved=0, pauses=0, same=5)


def test_other_words_of_one_line() -> None:
    (one,) = against(("twice a day", "two times every day")).changes
    assert (one.kind, one.utterance, one.chapter) == ("changed", "u1111111", "Tides")
    assert [(words.kind, words.text) for words in one.words] == [
        ("", "The sea breathes"),
        (REMOVED, "twice a"),
        (ADDED, "two times every"),
        ("", "day."),
    ]


def test_a_rewritten_sentence_has_another_id_and_is_found_in_its_place() -> None:
    found = against(
        ("The moon pulls at the water beneath it.\n  | u2222222", "The moon pulls at the sea beneath it.\n  | u4444444")
    )
    assert told(found) == [
        ("changed", "The moon pulls at the water beneath it.", "The moon pulls at the sea beneath it.")
    ]


def test_a_sentence_in_place_of_quite_another() -> None:
    found = against(("The moon pulls at the water beneath it.\n  | u2222222", "Nobody asks why.\n  | u4444444"))
    assert told(found) == [
        ("removed", "The moon pulls at the water beneath it.", ""),
        ("added", "", "Nobody asks why."),
    ]


def test_moved_lines_are_counted() -> None:
    first = "The sea breathes twice a day.\n  | u1111111\n\n"
    text = BEFORE.replace(first, "").replace("(play", f"{first}(play")
    found = changes(loads(BEFORE), loads(text))
    assert (found.changes, found.moved, found.same) == ((), 1, 5)


def test_a_line_that_is_moved_and_changed_is_both() -> None:
    first = "The sea breathes twice a day.\n  | u1111111\n\n"
    text = BEFORE.replace(first, "").replace("(play", "The sea breathes.\n  | u1111111\n\n(play")
    found = changes(loads(BEFORE), loads(text))
    assert told(found) == [("changed", "The sea breathes twice a day.", "The sea breathes.")]
    assert found.moved == 1


@pytest.mark.parametrize(
    ("note", "how"),
    [
        ("voice=guide", "voice: narrator → guide"),
        ("take=2", "take: 1 → 2"),
        ("rate=90", "rate: 100 % → 90 %"),
        ("lang=fr", "language: as usual → Bays make tides larger. fr"),
    ],
)
def test_the_same_words_said_otherwise(note: str, how: str) -> None:
    (one,) = against(("| u3333333", f"| u3333333 {note}")).changes
    assert one.how == (how,)
    assert one.before == one.after


def test_another_pronunciation() -> None:
    (one,) = against(("Bays make", "{ipa=beɪz: Bays} make")).changes
    assert one.how == ("pronunciation: as usual → Bays beɪz",)


def test_titles_recordings_and_pauses() -> None:
    found = against(("# Tides", "# High tides"), ("gong.wav", "bell.wav"), ("800 ms", "900 ms"))
    assert told(found) == [
        ("changed", "Tides", "High tides"),
        ("changed", "(play gong.wav)", "(play bell.wav)"),
    ]
    assert found.pauses == 1


@settings(deadline=None, max_examples=60)
@given(any_scripts(), any_scripts())
def test_the_changes_tell_all_of_both_scripts(before: Script, after: Script) -> None:
    found = changes(before, after)
    went = [one.before for one in found.changes if one.kind != ADDED and one.utterance]
    came = [one.after for one in found.changes if one.kind != REMOVED and one.utterance]
    old, new = [one.spoken for one in before.utterances()], [one.spoken for one in after.utterances()]
    assert all(text in old for text in went)
    assert all(text in new for text in came)
    assert set(new) - set(old) <= set(came)
    assert set(old) - set(new) <= set(went)
    assert changes(after, after).changes == ()


@settings(deadline=None, max_examples=60)
@given(any_scripts(), any_scripts())
def test_marked_words_make_both_texts(before: Script, after: Script) -> None:
    one = " ".join(line.spoken for line in before.utterances())
    other = " ".join(line.spoken for line in after.utterances())
    words = list(marked(one, other))
    assert " ".join(word.text for word in words if word.kind != ADDED).split() == one.split()
    assert " ".join(word.text for word in words if word.kind != REMOVED).split() == other.split()
