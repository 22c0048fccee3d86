"""A narration with a memo is the narration without one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.narrate import narrate
from pipeline.narrate.memo import Memo
from pipeline.read import read
from pipeline.text.lexicon import Entry

EXAMPLES = sorted((Path(__file__).parent.parent.parent / "examples").glob("*.[mht][dtx]*"))
LEXICON = (Entry(graphemes=("the",), alias="thee", ipa="ðiː"),)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lexicon", [(), LEXICON], ids=["plain", "lexicon"])
def test_a_memo_changes_nothing(path: Path, lexicon: tuple[Entry, ...]) -> None:
    document = read(path)
    language = document.language if document.language != "und" else "en"
    bare = narrate(document, language=language, lexicon=lexicon)
    used: dict[str, Any] = {}
    assert narrate(document, language=language, lexicon=lexicon, memo=Memo({}, used)) == bare
    saved = json.loads(json.dumps(used))
    again: dict[str, Any] = {}
    assert narrate(document, language=language, lexicon=lexicon, memo=Memo(saved, again)) == bare
    assert again == used


def test_a_memo_is_asked_first() -> None:
    used: dict[str, Any] = {}
    Memo({}, used).normalise("4 boats", language="en")
    (question,) = used
    memo = Memo({question: ["many boats", [0, 1, 0, 4], [[0, 4, "mɛni"]]]})
    found = memo.normalise("4 boats", language="en")
    assert (found.spoken, found.spans[0].spoken_end, found.sounds[0].ipa) == ("many boats", 4, "mɛni")
    assert memo.normalise("4 boats", language="de").spoken != "many boats"


@pytest.mark.parametrize("wrong", [None, 5, [], ["x"], ["x", [1, 2, 3], []], ["x", ["a"] * 4, []], ["x", [], [[1]]]])
def test_an_answer_of_another_shape_is_none(wrong: object) -> None:
    used: dict[str, Any] = {}
    bare = Memo({}, used).normalise("4 boats", language="en")
    (question,) = used
    assert Memo({question: wrong}).normalise("4 boats", language="en").spoken == bare.spoken


def test_languages_are_remembered_where_they_are_guessed() -> None:
    used: dict[str, Any] = {}
    line = "Er sagte, dass die Gezeiten nicht von dem Wind kommen, und dass niemand das glauben wollte."
    found = Memo({}, used).tongues(line, (), narration="en", guess=True)
    assert [one.language for one in found] == ["de"]
    assert Memo(used).tongues(line, (), narration="en", guess=True) == found
    assert Memo(used).tongues(line, (), narration="en", guess=False) == ()
    (question,) = used
    assert Memo({question: [[0, 2]]}).tongues(line, (), narration="en", guess=True) == found
