"""Scripts as SSML 1.1: a file to look at, the schema, and nothing said otherwise."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from pipeline.model.script import Chapter, Part, Pause, Play, Script, Utterance
from pipeline.narrate import loads, ssml
from tests.narrate.strategies import any_scripts

CASES = Path(__file__).parent.parent / "cases" / "ssml"
SCHEMA = etree.RelaxNG(etree.parse(CASES / "ssml11.rng"))
S = f"{{{ssml.NAMESPACE}}}"


def said(element: Any) -> str:
    """What a synthesizer would read of an element."""
    if element.tag == f"{S}sub":
        return str(element.get("alias"))
    return (element.text or "") + "".join(said(child) + (child.tail or "") for child in element)


def sentences(script: Script) -> list[str]:
    root = etree.fromstring(ssml.dumps(script))
    SCHEMA.assertValid(root)
    return [said(one) for one in root.iter(f"{S}s")]


def script_of(*lines: Any) -> Script:
    return Script(title="", language="en", chapters=(Chapter(id="c1111111", title="", lines=lines),))


def test_the_example_as_it_is_and_valid() -> None:
    script = loads((CASES / "tides.txt").read_text(encoding="utf-8"))
    data = ssml.dumps(script)
    assert data.decode() == (CASES / "tides.ssml").read_text(encoding="utf-8")
    SCHEMA.assertValid(etree.fromstring(data))
    assert sentences(script) == [one.spoken for one in script.utterances()]


def test_every_utterance_has_its_mark_once_and_every_chapter() -> None:
    script = loads((CASES / "tides.txt").read_text(encoding="utf-8"))
    root = etree.fromstring(ssml.dumps(script))
    marks = [str(one.get("name")) for one in root.iter(f"{S}mark")]
    assert sorted(marks) == sorted({*(one.id for one in script.utterances()), *(one.id for one in script.chapters)})


@settings(deadline=None, max_examples=60)
@given(any_scripts())
def test_any_script_is_valid_and_says_the_same(script: Script) -> None:
    wanted = [re.sub(r"\s", " ", ssml._clean(one.spoken)) for one in script.utterances()]
    assert [re.sub(r"\s", " ", one) for one in sentences(script)] == wanted


def test_what_xml_cannot_hold_is_a_blank() -> None:
    line = Utterance(id="u1", written="", spoken="a\x00b\x1fc\ud800 d\ufffe")
    assert sentences(script_of(line)) == ["a b c  d "]


def test_a_written_word_stands_where_it_is_said_otherwise() -> None:
    script = loads("%script 1\n%language en\n\nFour boats.\n  | u1  4 boats.\n")
    assert '<sub alias="Four">4</sub> boats.' in ssml.dumps(script).decode()


def test_a_claim_across_parts_is_said_plainly() -> None:
    script = loads("%script 1\n%language en\n\nfour {fr: cinq} six.\n  | u1  4/5/6.\n")
    assert sentences(script) == ["four cinq six."]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (Pause(duration_ms=800), '<break time="800ms"/>'),
        (Play(path="a/b & ç.wav"), '<audio src="a/b%20%26%20%C3%A7.wav"/>'),
        (Utterance(id="u1", written="", spoken="x", rate_percent=80), '<prosody rate="80%">x</prosody>'),
        (Utterance(id="u1", written="", spoken="x", voice="guide"), '<voice name="guide">x</voice>'),
        (
            Utterance(id="u1", written="", spoken="xy", voice="a", parts=(Part(text="x", voice="a"), Part(text="y"))),
            '<voice name="a">xy</voice>',
        ),
        (
            Utterance(id="u1", written="", spoken="x", parts=(Part(text="x", language="fr"),)),
            '<s xml:lang="fr"><mark name="u1"/>x</s>',
        ),
    ],
)
def test_lines(line: Any, wanted: str) -> None:
    text = ssml.dumps(script_of(line)).decode()
    assert wanted in text
    SCHEMA.assertValid(etree.fromstring(text.encode()))
