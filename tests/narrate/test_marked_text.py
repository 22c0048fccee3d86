"""Pieces in braces: what a person may write, what stays text, what is a mistake."""

from __future__ import annotations

import pytest

from pipeline.errors import ScriptError
from pipeline.model.script import Chapter, Part, Script, Utterance
from pipeline.narrate import dumps, loads
from pipeline.narrate.marked_text import BadPiece, read, write


def shown(text: str, language: str = "") -> list[tuple[str, str]]:
    """(text, what is special about it) of each part."""
    spoken, parts = read(text, language=language)
    assert spoken == "".join(part.text for part in parts) or not parts
    special = [" ".join(filter(None, (one.language, one.voice, one.ipa))) for one in parts]
    return [(one.text, what) for one, what in zip(parts, special, strict=True)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("He said {fr: déjà vu} and left.", [("He said ", ""), ("déjà vu", "fr"), (" and left.", "")]),
        ("{voice=guide: Hello.} Yes.", [("Hello.", "guide"), (" Yes.", "")]),
        ("In {ipa=ˈsiːkwəl: SQL}.", [("In ", ""), ("SQL", "ˈsiːkwəl"), (".", "")]),
        ("In {ipa=/'si:kwəl/: SQL}.", [("In ", ""), ("SQL", "ˈsiːkwəl"), (".", "")]),
        ("{ipa=njuː jɔːk: New York} it is", [("New York", "njuː jɔːk"), (" it is", "")]),
        ("{fr voice=guide ipa=wi: Oui}", [("Oui", "fr guide wi")]),
        ("{pt-BR:Oi}!", [("Oi", "pt-BR"), ("!", "")]),
        ("{lang=fr: Oui}!", [("Oui", "fr"), ("!", "")]),
        ("{fr: a} {de: b}", [("a", "fr"), (" ", ""), ("b", "de")]),
        ("{fr: a \\} b} c", [("a } b", "fr"), (" c", "")]),
        ("{fr: }{fr: a}" .replace("{fr: }", ""), [("a", "fr")]),
    ],
)  # fmt: skip
def test_pieces(text: str, parts: list[tuple[str, str]]) -> None:
    assert shown(text) == parts


def test_in_a_line_of_another_language_the_rest_is_in_it() -> None:
    assert shown("Bonjour, {en: my friend}.", "fr") == [("Bonjour, ", "fr"), ("my friend", "en"), (".", "fr")]
    assert shown("Bonjour.", "fr") == [("Bonjour.", "fr")]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("The set {1, 2} is small.", "The set {1, 2} is small."),
        ("A {note: this} stays.", "A {note: this} stays."),
        ("{to be} or {x=1}", "{to be} or {x=1}"),
        ("A brace \\{fr: is said\\}.", "A brace {fr: is said}."),
        ("C:\\temp \\\\ is a path.", "C:\\temp \\\\ is a path."),
        ("Open { and } close.", "Open { and } close."),
    ],
)
def test_what_is_no_piece_is_said(text: str, spoken: str) -> None:
    assert read(text) == (spoken, ())
    assert read(write(spoken, ())[0]) == (spoken, ())


def test_backslashes_in_front_of_a_brace_count_in_pairs() -> None:
    assert shown(r"a \\{fr: b}") == [("a \\", ""), ("b", "fr")]
    assert read(r"a \\\{fr: b}") == ("a \\{fr: b}", ())
    parts = (Part(text="a\\"), Part(text="b\\", language="fr"), Part(text="\\{"))
    text, _ = write("a\\b\\\\{", parts)
    assert read(text) == ("a\\b\\\\{", parts)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("He said {fr: déjà vu.", "no end"),
        ("{fr: a {en: b} c}", "cannot stand in another"),
        ("{fr voice=guide Hello}", "a colon ends"),
        ("{voice=: a}", "'voice='"),
        ("{volume=3: a}", "'volume=3' cannot stand in braces"),
        ("{fr de=x: a}", "'de=x' cannot stand"),
        ("{fr:  }", "says something"),
        ("{ipa=: a}", "holds no sound"),
        ("{ipa=SQL!: SQL}", "not in the International Phonetic Alphabet"),
        ("{ipa=siː:SQL}", "a colon and a blank"),
        ("{lang=french!: a}", "there is no language 'french!'"),
    ],
)
def test_mistakes_are_told_with_their_line(text: str, message: str) -> None:
    with pytest.raises(ScriptError, match=message.replace("(", r"\(")) as caught:
        loads(f"%script 1\n# Tides\n\nFine.\n{text}\n  | u2 lang=fr  Written.\n", name="tides.txt")
    assert caught.value.where == "tides.txt:5"


def test_a_language_in_a_note_is_checked() -> None:
    with pytest.raises(ScriptError, match="no language 'French'"):
        loads("%script 1\nOui.\n  | u1 lang=French  Oui.\n")


def test_a_line_may_begin_with_a_brace_or_a_piece() -> None:
    for text in ("{fr: Oui}, he said.", "\\{fr: no}", "\\\\\\{fr: Oui}"):
        script = loads(f"%script 1\n# Tides\n  | c1\n\n{text}\n  | u1  Written.\n")
        assert f"\n{text}\n" in dumps(script)
        assert loads(dumps(script)) == script


def test_what_cannot_be_written_is_an_error() -> None:
    for spoken, part in (
        ("a", Part(text="b", language="fr")),
        ("a", Part(text="a", language="French")),
        ("a", Part(text="a", voice="two words")),
        ("a", Part(text="a", ipa="x=1")),
    ):
        with pytest.raises(BadPiece):
            write(spoken, (part,))
        line = Utterance(id="u1", written="", spoken=spoken, parts=(part,))
        with pytest.raises(ScriptError):
            dumps(Script(title="", language="en", chapters=(Chapter(id="c1", title="", lines=(line,)),)))
