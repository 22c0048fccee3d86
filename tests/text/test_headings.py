"""The heading detector for plain text: what is a heading, and above all what is none."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.headings import detect
from pipeline.text.plain_blocks import bullet, chunks, number, quoted
from pipeline.text.plain_wrapping import wrapped_at

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
        "Combien cela coûte-t-il ?",
        "By the Sea",
        "Source Code",
        "iPhone Apps",
        "Von der Idee zum Produkt",
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
        "Harbour Press/Handout",
        "Photo by the Harbour Office",
        "All photographs: Harbour Office",
        "The mole, with two boats",
        "The Harbour Master, in winter",
        "(From left) The Keeper and the Pilot",
        "14 March, 09:30",
        "Monday, 4 May 2024",
        "3 hours ago",
        "WATCH NOW: The tide comes in",
        "Thus the Harbour Master:",
        "In addition, the boats",
        "Perhaps the boats will come in before it gets dark?",
        "The boats came in before it was quite dark!",
        "Tides, 116–119",
        "Tide Tables (2014). Second edition",
        "Height    Time",
        "# make tides",
        "Weather, and my",
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


def test_a_speaker_is_no_heading() -> None:
    assert (
        found(
            article(
                "Keeper: How High Is It?",
                ".",
                "Pilot: Why Do You Ask?",
                ".",
                "Keeper: What Else?",
                ".",
                "Pilot: Where Is It?",
            )
        )
        == []
    )


ANSWER = "I came here when I was young, and I never left. " + BODY
QUESTIONS = ("How did you come here?", "ANSWER", "Do you like the sea?", "ANSWER", "What would you do?", "ANSWER")


def test_questions_to_somebody_who_answers_are_no_headings() -> None:
    assert found(article(*(line.replace("ANSWER", ANSWER) for line in QUESTIONS))) == []


def test_questions_that_nobody_answers_in_person_are_headings() -> None:
    assert len(found(article(*(line.replace("ANSWER", BODY) for line in QUESTIONS)))) == 3


def test_a_question_among_dialogue_is_no_heading() -> None:
    talk = ("“Is it late?”", "“It is.”", "“Then let us go.”")
    assert found(article(*talk, "Why did it have to be today?")) == []
    assert found(article("Why did it have to be today?")) == ["## Why did it have to be today?"]


NAMED = "We asked Anna Blue and Port Office and Old Mill and went on, and Anna Blue stayed. " + BODY


def test_a_lone_name_is_a_caption_and_many_are_headings() -> None:
    assert found(article("Anna Blue", body=NAMED)) == []
    places = [line for name in ("Anna Blue", "Port Office", "Old Mill") for line in (name, NAMED)]
    assert len(found(article(*places))) == 3
    assert found(article(*places, "Photo: the mill", NAMED, "Harbour Press/Handout")) == []


def test_a_lone_date_is_none_and_a_timeline_is_headings() -> None:
    assert found(article("1931")) == []
    assert found(article("1931", ".", "1947", ".", "1968", ".")) == ["## 1931", "## 1947", "## 1968"]


def test_the_odd_one_out_is_none() -> None:
    titles = ("The Kingdom of the Sea", ".", "The House on the Dune", ".", "A Song for the Road", ".")
    assert found(article("The view from up here", ".")) == ["## The view from up here"]
    assert "## The view from up here" not in found(article(*titles, "The view from up here", "."))


def test_a_long_line_is_one_where_others_are_as_long() -> None:
    long = ("The sea has never been as warm as in this year", "The storms have never been as many as in that year")
    assert found(article(long[0])) == []
    asking = (
        "What can be done about the warmth of the sea today",
        ".",
        "How the storms of that year came to the coast",
    )
    assert len(found(article(long[0], ".", *asking))) == 3
    third = "The boats were never as late as they are this year"
    assert len(found(article(*(part for line in (*long, third) for part in (line, "."))))) == 0


def test_a_quoted_heading_needs_others() -> None:
    assert found(article("“Nobody counts the boats”")) == []
    assert found(article("What the sea gives", ".", "How the sea takes", ".", "“Nobody counts the boats”"))[-1] == (
        "## “Nobody counts the boats”"
    )


def test_a_series_is_deeper_than_what_announces_it() -> None:
    tips = ("1. Look First", ".", "2. Never Alone", ".")
    assert found(article("Before You Go", *tips, "The Way Home")) == [
        "## Before You Go",
        "### 1. Look First",
        "### 2. Never Alone",
        "## The Way Home",
    ]
    assert found(article(*tips, "The Way Home")) == ["## 1. Look First", "## 2. Never Alone", "## The Way Home"]


def test_a_line_between_tips_is_a_caption() -> None:
    tips = ("1. Look first", ".", "The water is still cold", ".", "2. Never alone", ".")
    assert found(article(*tips)) == ["## 1. Look first", "## 2. Never alone"]


def test_a_credit_may_stand_below_a_heading() -> None:
    assert found(article("The mole", "Photo: the mole at night")) == ["## The mole"]
    assert found(article("Mole", "A very short line", "Another short line")) == []


def test_a_dash_may_part_the_number_from_the_tip() -> None:
    assert found(article("1 – Look first", ".", "2 – Never alone", ".")) == ["## 1 – Look first", "## 2 – Never alone"]


def test_the_commands_of_a_program_are_no_headings() -> None:
    assert found(article("# Mount the disk:\nmount it", "# rsync -a a b", "# Now what", ".")) == []
    assert found(article("# Now what", ".")) == ["## Now what"]


def test_a_line_below_a_sentence_parts_it_from_the_next() -> None:
    rule = "-" * 40
    assert found(article(f"And so the boats came in, one after another, and stayed.\n{rule}")) == []
    assert found(article(f"Yours sincerely\n{rule}")) == []


def test_the_layout_of_the_whole_text_is_no_evidence() -> None:
    text = article("It was all quiet in the harbour when we came in at last on that day", body=BODY)
    assert found(text) == found(text.replace("\n\n", "\n\n\n")) == found(textwrap.indent(text, "    ")) == []


def test_a_known_title_opens_a_list_without_marks() -> None:
    assert found(article("Serves four", "Easy", "Ingredients\nFlour\nSalt\nYeast\nWater", "Method")) == [
        "## Ingredients",
        "## Method",
    ]


def test_a_list_inside_a_series_does_not_end_it() -> None:
    text = article("1. First Part", ".", "1) one\n2) two\n3) three", ".", "2. Second Part", ".")
    assert found(text) == ["## 1. First Part", "## 2. Second Part"]


def test_numbers_with_dots_tell_their_depth() -> None:
    assert found(article("1. Tides", ".", "1.1 The Moon", ".", "1.2 The Sun", ".", "2. Waves", ".")) == [
        "## 1. Tides",
        "### 1.1 The Moon",
        "### 1.2 The Sun",
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


PARAGRAPHS = (
    "The tide comes in twice a day, and people by the sea have always known it.",
    "They planned their walks by it, their meals and sometimes their weddings, too.",
    "A table of tides hung next to the door of every house along the harbour.",
    "Nobody looks at it now, but nobody has taken it down.",
)


def test_short_paragraphs_one_a_line_are_not_wrapped() -> None:
    assert wrapped_at(list(PARAGRAPHS)) == 0
    assert len(chunks("\n".join(PARAGRAPHS))) == len(PARAGRAPHS)


def test_wrapped_paragraphs_without_room_between_are_wrapped() -> None:
    lines = textwrap.wrap(" ".join(PARAGRAPHS), 72)
    assert wrapped_at(lines) == max(map(len, lines))
    assert len(chunks("\n".join(lines))) == 1


def test_numbered_and_known_titles_stand_right_above_wrapped_text() -> None:
    wrapped = textwrap.fill(f"{BODY} {BODY}", 72)
    text = f"The Title\nAbstract\n{wrapped}\n1 Method\n1.1 Site\n{wrapped}\n1.2 Material\n{wrapped}\n"
    assert [part.text for part in chunks(text) if len(part.lines) == 1] == [
        "The Title",
        "Abstract",
        "1 Method",
        "1.1 Site",
        "1.2 Material",
    ]


def test_a_list_of_contents_is_none() -> None:
    chapters = "CHAPTER I. It Begins\nCHAPTER II. It Ends"
    text = f"The Title\n\n{chapters}\n\nCHAPTER I. It Begins\n\n{BODY}\n\nCHAPTER II. It Ends\n\n{BODY}\n"
    assert [title.lstrip("# ") for title in found(text)] == ["CHAPTER I. It Begins", "CHAPTER II. It Ends"]


@pytest.mark.parametrize("word", ["No", "Yes", "Maybe", "Nein", "Silence"])
def test_a_word_said_in_a_dialogue_is_none(word: str) -> None:
    talk = "\n\n".join(["“Who is there?”", "“Only me.”", "“Are you alone?”"])
    assert found(f"The Door\n\n{talk}\n\n{BODY}\n\n{word}\n\n{BODY}\n\nCHAPTER II\n\n{BODY}") == ["## CHAPTER II"]


@pytest.mark.parametrize(
    ("line", "rest"),
    [("> a", "a"), (">a", "a"), ("> > a", "a"), (">>a", "a"), (">", ""), (">>> print(1)", None), ("a > b", None)],
)
def test_a_quoted_line_of_an_email(line: str, rest: str | None) -> None:
    assert quoted(line) == rest
