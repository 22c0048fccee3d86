"""Parts in their usual form, and carried over to other words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.script import Part
from pipeline.text.parts import carried, line_language, settled, text_of


def fr(text: str) -> Part:
    return Part(text=text, language="fr")


def test_equal_neighbours_are_one_and_plain_lines_have_none() -> None:
    assert settled((Part(text="a "), Part(text=""), Part(text="b"))) == ()
    assert settled((Part(text="a "), fr("b "), fr("c"))) == (Part(text="a "), fr("b c"))


def test_two_pronunciations_are_two_parts() -> None:
    parts = (Part(text="a", ipa="a"), Part(text="b", ipa="a"))
    assert settled(parts) == parts


def test_blanks_belong_to_no_voice() -> None:
    assert settled((fr(" "), Part(text="a"), fr(" "))) == ()
    assert settled((fr("a"), Part(text=" "), fr("b"))) == (fr("a"), Part(text=" "), fr("b"))
    marked = settled((Part(text="a", ipa="x"), fr(" "), Part(text="b", ipa="y")))
    assert marked == (Part(text="a ", ipa="x"), Part(text="b", ipa="y"))


def test_the_language_of_a_line() -> None:
    assert line_language((fr("a"), Part(text="b", language="de"))) == "fr"
    assert line_language((fr("a"), Part(text="b"))) == ""
    assert line_language(()) == ""


GUIDE = Part(text="a", voice="guide")
VU = (Part(text="A "), fr("vu"), Part(text="."))


@pytest.mark.parametrize(
    ("parts", "spoken", "expected"),
    [
        (VU, "The vu it is.", (Part(text="The "), fr("vu"), Part(text=" it is."))),
        (VU, "The vue.", None),
        ((fr("Oui."),), "Oui, oui.", (fr("Oui, oui."),)),
        ((fr("b "), GUIDE), "a b a", (Part(text="a "), fr("b"), Part(text=" "), GUIDE)),
        ((fr("b "), replace(GUIDE, language="fr")), "b a", (fr("b "), replace(GUIDE, language="fr"))),
    ],
)
def test_marks_are_carried_to_other_words(
    parts: tuple[Part, ...], spoken: str, expected: tuple[Part, ...] | None
) -> None:
    found = carried(parts, spoken)
    assert found == expected
    assert found is None or text_of(found) == spoken
