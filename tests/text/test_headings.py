"""The heading detector for plain text: what is a heading, and above all what is none."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.headings import detect
from pipeline.text.plain_blocks import bullet, chunks, number

BODY = (
    "The tide comes in twice a day, and people who live by the sea have always known it. They planned their walks by "
    "it, their meals and sometimes their weddings."
)


def found(text: str) -> list[str]:
    """The headings in ``text``, each with one ``#`` a level; its first line is the title, and is left out."""
    return [f"{'#' * heading.level} {heading.title}" for heading in detect(chunks(text)) if heading.index]


def article(*lines: str, body: str = BODY) -> str:
    """A text in which each line stands alone, ``.`` for a paragraph."""
    return "\n\n".join(["The Title", body, *(body if line == "." else line for line in lines), body])


@pytest.mark.parametrize(
    "line",
    [
        "Why do we sleep?",
        "What You Need",
        "HOW IT WORKS",
        "8 Tips for Better Sleep",
        "Conclusion",
        "The Kingdom of the Sea",
        "“Good Night” and Other Songs",
        "Chapter Two",
        "Warum schlafen wir?",
        "What the numbers say",
        "How to begin",
        "5 tips for a good letter",
        "Great! How does it work?",
        "Hello World",
    ],
)
def test_heading(line: str) -> None:
    assert [heading.lstrip("# ") for heading in found(article(line))] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "It was late.",
        "“Who is there?” she asked.",
        "He opened the door and",
        "These are the reasons:",
        "- A Bullet",
        "Photo: the harbour at night",
        "https://example.org/A-Title",
        "and so it goes",
        "print(A, B);",
        "Table of Contents",
        "…",
        "12:30",
        "“They planned their walks by it”",
        "They planned their walks by it",
        "A boy looks at the lighthouse",
        "The mole (left)",
        "Words by the editors",
        "5 min read",
        "Dear friends",
        "Hi everyone",
        "Yours sincerely",
        "With best wishes",
        "A line of text that is so long that nobody would ever think of it as a title, for titles are short and quick",
    ],
)
def test_no_heading(line: str) -> None:
    assert found(article(line)) == []


def test_numbered_series_is_headings_when_bodies_stand_between() -> None:
    text = article("3 Tips for Swimmers", "1. Look First", ".", "2. Never Alone", ".", "3. Mind the Tide", ".")
    assert found(text) == ["## 3 Tips for Swimmers", "### 1. Look First", "### 2. Never Alone", "### 3. Mind the Tide"]


def test_numbered_series_without_bodies_is_a_list() -> None:
    assert found(article("What You Need", "1. Look First", "2. Never Alone", "3. Mind the Tide")) == [
        "## What You Need"
    ]


WRAPPED = textwrap.fill(BODY, 72)
SHORT = "Take a pen. Sit down."


@pytest.mark.parametrize("body", [SHORT, "Write one today.", "A fountain pen slows you down."])
def test_a_short_sentence_is_a_body_where_blank_lines_set_the_heading_off(body: str) -> None:
    assert found(article("How to begin", body)) == ["## How to begin"]


def test_short_sentences_do_not_make_a_run_of_short_blocks() -> None:
    text = article("How to begin", SHORT, "How to go on", SHORT, "The last word", SHORT)
    assert found(text) == ["## How to begin", "## How to go on", "## The last word"]


def test_without_blank_lines_it_is_none() -> None:
    assert found(f"The Title\n{BODY}\nHow to begin\nWrite one today.\n{BODY}") == []


def test_a_tip_may_stand_right_above_its_text() -> None:
    text = article(f"1. Look first\n{SHORT}", f"2. Never alone\n{SHORT}", f"3. Post it!\n{SHORT}")
    assert found(text) == ["## 1. Look first", "## 2. Never alone", "## 3. Post it!"]


@pytest.mark.parametrize(
    "second",
    [
        "2. Boil the water,\nThen wait for it.",
        "2. Boil the water\nand wait for it.",
        "2. Boil it\n   In a large pot.",
        "2. Boil the water",
        "2. Boil the water in the largest of all the pots that you have got in\nUlm, and wait.",
    ],
)
def test_wrapped_entries_of_a_list_are_no_tips(second: str) -> None:
    text = article(f"1. Wash the leaves\nThey are sandy.\n{second}\n3. Add the salt\nNot too much.", body=WRAPPED)
    assert found(text) == []


def test_a_line_that_goes_on_in_small_letters_is_no_tip() -> None:
    assert found(article("1. Boil the water\nand wait for it.\n2. Add the salt\nand the leaves.")) == []


def test_numbered_sentences_are_no_headings() -> None:
    assert found(article("1. Go early. The sand is firm.", ".", "2. Take water. There is none.", ".")) == []


def test_the_last_item_of_a_list_without_marks_is_no_heading() -> None:
    assert found(article("You will need:", "Bread", "Butter", "A sharp knife", ".", "Flour", "Salt", "Yeast")) == []


def test_a_name_below_the_title_is_a_by_line() -> None:
    assert found(f"The Title\n\nHarbour Office\n\n{BODY}\n\nThe Harbour Office\n\n{BODY}") == ["## The Harbour Office"]


def test_the_end_of_a_letter_is_no_heading() -> None:
    assert found(article("Yours sincerely", "The editors", "P.S. Do not forget the stamps.")) == []


def test_a_list_inside_a_series_does_not_end_it() -> None:
    text = article("1. First Part", ".", "1) one\n2) two\n3) three", ".", "2. Second Part", ".")
    assert found(text) == ["## 1. First Part", "## 2. Second Part"]


def test_numbers_with_dots_tell_their_depth() -> None:
    assert found(article("1. Tides", ".", "1.1 The Moon", ".", "1.2 The Sun", ".", "2. Waves", ".")) == [
        "## 1. Tides",
        "## 1.1 The Moon",
        "## 1.2 The Sun",
        "## 2. Waves",
    ]


def test_chapters_stand_above_the_rest() -> None:
    assert found(article("Chapter One", ".", "The Early Years", ".", "Chapter Two", ".")) == [
        "## Chapter One",
        "### The Early Years",
        "## Chapter Two",
    ]


def test_runs_of_short_lines_are_verse_or_addresses() -> None:
    verse = ("The Boats Are In", "The Nets Are Hung", "The Lamps Are Lit", "The Song Is Sung", "And Now Good Night.")
    assert found(article(*verse)) == []


def test_contents_are_no_headings_and_the_real_ones_are() -> None:
    text = article("The Moon", "The Sun", "The Wind", ".", "The Moon", ".", "The Sun", ".", "The Wind", ".")
    assert [heading.lstrip("# ") for heading in found(text)] == ["The Moon", "The Sun", "The Wind"]


def test_underlines_and_hashes() -> None:
    text = article("Big\n===", ".", "Small\n-----", ".", "### Deep ###", ".")
    assert found(text) == ["## Big", "### Small", "#### Deep"]


LINES = ("Why Tides?", ".", "What helps", ".", "8 Tips for Walkers", "1. Go Early", ".", "2. Take Water", ".")
EXPECTED = ["## Why Tides?", "## What helps", "## 8 Tips for Walkers", "### 1. Go Early", "### 2. Take Water"]


@pytest.mark.parametrize("layout", ["one paragraph a line", "blank lines", "hard wrapped", "windows line ends"])
def test_layout_does_not_matter(layout: str) -> None:
    text = article(*LINES)
    if layout == "one paragraph a line":
        text = text.replace("\n\n", "\n")
    elif layout == "hard wrapped":
        text = "\n\n".join(textwrap.fill(part, 72) for part in text.split("\n\n"))
    elif layout == "windows line ends":
        text = text.replace("\n", "\r\n").replace("\r\n", "\n")
    assert found(text) == EXPECTED


def test_a_heading_may_stand_right_above_its_wrapped_paragraph() -> None:
    wrapped = textwrap.fill(BODY, 72)
    assert found(f"The Title\n\n{wrapped}\n\nWhy Tides?\n{wrapped}\n") == ["## Why Tides?"]


def test_a_sentence_that_ends_near_the_margin_does_not_end_the_paragraph() -> None:
    lines = (
        "It was late when the last boat came in and the lamps were lit.",
        "Then the wind turned, and with it the tide.",
    )
    assert [len(part.lines) for part in chunks("\n".join(lines))] == [2]


def test_a_sentence_that_ends_far_from_the_margin_does() -> None:
    lines = (
        "It was late when the last boat came in and the lamps were lit,",
        "and it rained.",
        "Then the wind turned back.",
    )
    assert [len(part.lines) for part in chunks("\n".join(lines))] == [2, 1]


@pytest.mark.parametrize(
    ("line", "entry"),
    [("- a", "a"), ("  • b c", "b c"), ("-a", None), ("o  x", "x"), ("o x", None), ("– well", "well"), ("*", None)],
)
def test_bullets(line: str, entry: str | None) -> None:
    assert bullet(line) == entry


@pytest.mark.parametrize(
    ("line", "entry"),
    [("1. a", (1, "a")), (" (12) b", (12, "b")), ("3: c", (3, "c")), ("1.5 d", None), ("2024. e", None), ("1.", None)],
)
def test_numbers(line: str, entry: tuple[int, str] | None) -> None:
    assert number(line) == entry


@settings(deadline=None)
@given(st.text(alphabet="aB .?\n-=1#", max_size=300))
def test_chunks_keep_every_word_in_order_and_know_their_lines(text: str) -> None:
    lines = text.split("\n")
    parts = chunks(text)
    marks = [word for part in parts for word in part.text.split()]
    words = iter(text.split())
    assert all(word in words for word in marks)
    for part in parts:
        assert [line.rstrip() for line in lines[part.line - 1 : part.end_line]] == [
            line.rstrip() for line in part.lines
        ]
    for heading in detect(parts):
        assert 2 <= heading.level <= 6
        assert heading.title.strip()
