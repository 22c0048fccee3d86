"""Each case in ``tests/cases/wordings``: a title, the article, the script's margin, each ended by a line with a dot.

The article is Markdown. In brackets at the end of the title stand its language, the listening profile, and what is
wanted otherwise: ``[de]``, ``[brief]``, ``[de full tables=end]``. Front matter stands in front of the article as it
does in a file. The title of a chapter (``#``) is silent where the line below begins with it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import plugins
from pipeline.contracts import Said
from pipeline.model.document import (
    Aside,
    Block,
    Break,
    Code,
    Document,
    Figure,
    Footnote,
    Heading,
    Inline,
    Item,
    List,
    Paragraph,
    Position,
    Quote,
    Span,
    Table,
)
from pipeline.model.script import Pause
from pipeline.model.show import PROFILE, PROFILES, Profile, Show
from pipeline.narrate import dumps, narrate
from pipeline.narrate.profile import profile_of
from pipeline.narrate.teller import DEFAULT_WORDINGS, Telling

CASES = Path(__file__).parent.parent / "cases" / "wordings"
POSITION = Position(line=3, end_line=4)


def cases() -> list[object]:
    found: list[object] = []
    for path in sorted(CASES.glob("*.txt")):
        parts = re.split(r"^\.\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for title, article, margin in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
            found.append(pytest.param(title.strip(), article, margin, id=f"{path.stem}: {title.strip()}"))
    return found


@pytest.mark.parametrize(("title", "article", "margin"), cases())
def test_wording(title: str, article: str, margin: str) -> None:
    assert said_of(title, article) == margin


def said_of(title: str, article: str) -> str:
    """The script's margin of a case."""
    language, profile = settings(title)
    front, body = re.fullmatch(r"(?:---\n(.*?)---\n)?(.*)", article, re.DOTALL).groups("")  # type: ignore[union-attr]
    page = f"---\ntitle: Tides\n{front}---\n\n{body}"
    document = plugins.load("readers", "markdown").read(page.encode(), uri="tides.md")
    return "\n".join(margin_of(document, language, profile)) + "\n"


def settings(title: str) -> tuple[str, Profile]:
    """Language and profile of a case."""
    language, name = "en", PROFILE
    wishes: dict[str, str] = {}
    for word in found[1].split() if (found := re.search(r"\[([^]]+)\]$", title)) else ():
        if "=" in word:
            construct, _, value = word.partition("=")
            wishes[construct] = value
        elif word in PROFILES:
            name = word
        else:
            language = word
    return language, profile_of(Show(profile=name, say=tuple(wishes.items())))


def margin_of(document: Document, language: str = "en", profile: Profile = PROFILES[PROFILE]) -> list[str]:
    """What is said after the title, and what is not."""
    script = narrate(document, language=language, profile=profile)
    lines = [line for line in dumps(script).split("\n") if line and line[0] not in " %" and line != "# Tides"]
    return lines + [f"not said: {one.what}, because {one.why}" for one in script.omitted]


def said_for(*blocks: Block) -> list[str]:
    return margin_of(Document(title="Tides", blocks=blocks))


def text(words: str) -> Inline:
    return (Span(text=words),)


def paragraph(words: str) -> Paragraph:
    return Paragraph(text=text(words))


def test_quotes_say_whose_words_they_are() -> None:
    quote = Quote(blocks=(paragraph("Time and tide wait for no man."),), cite=text("An old proverb"))
    assert said_for(quote) == ["Quote. Time and tide wait for no man. End quote.", "Source: An old proverb"]


def test_captions_are_said_after_what_the_image_shows() -> None:
    figure = Figure(source="map.png", alt="A map with arrows", caption=text("Currents at 4 pm"))
    assert said_for(figure) == ["Image: A map with arrows", "Caption: Currents at four P M"]
    assert said_for(replace(figure, alt="Currents at 4 pm.")) == ["Caption: Currents at four P M"]
    assert said_for(replace(figure, decorative=True, caption=())) == [
        "not said: image map.png, because it is decorative"
    ]


def test_tables_are_announced_with_their_caption() -> None:
    table = Table(caption=text("Spring tides"), rows=((text("Dover"), text("6")),))
    assert said_for(table) == [
        "Table: Spring tides",
        "A table of two columns and one row.",
        "Dover: six. End of table.",
    ]


def test_asides_are_named_and_long_ones_have_an_end() -> None:
    short = Aside(role="aside", blocks=(paragraph("Not all waves are tides."),))
    assert said_for(short) == ["Aside: Not all waves are tides."]
    warning = Aside(role="warning", blocks=(paragraph("Mind the rocks."), paragraph("They move.")))
    assert said_for(warning) == ["Warning: Mind the rocks.", "(pause 650 ms)", "They move. End of warning."]


def test_a_pull_quote_is_silent_and_reported() -> None:
    quote = Aside(role="pullquote", blocks=(paragraph("Tides are waves."),))
    assert said_for(quote) == ["not said: pull quote, because the article says it elsewhere"]


def test_notes_in_quotes_and_lists_are_read_as_such() -> None:
    item = List(ordered=True, items=(Item(blocks=(Quote(blocks=(paragraph("Wait."),)),)),))
    assert said_for(item) == ["One: Quote. Wait. End quote."]


def test_every_wording_on_the_shelf_is_in_the_list() -> None:
    assert set(DEFAULT_WORDINGS) == set(plugins.names("wordings"))


def told(*blocks: Block) -> list[Said | Pause]:
    return list(Telling(language="en", paragraph_ms=650).tell(blocks))


def test_places_and_roles_are_kept() -> None:
    paragraph = Paragraph(text=(Span(text="Hello. Bye."),), position=POSITION)
    assert [known(one) for one in told(paragraph)] == [
        ("Hello.", "", "body", POSITION),
        ("Bye.", "", "body", POSITION),
    ]
    figure = Figure(source="x.png", alt="A map", position=POSITION)
    assert [known(one) for one in told(figure)] == [("A map", "Image:", "caption", POSITION)]
    assert told(Break()) == [Pause(duration_ms=1200)]


def known(line: Said | Pause) -> tuple[str, str, str, Position]:
    assert isinstance(line, Said)
    return line.written, line.before, line.role, line.position


def test_a_voice_for_quotations_says_them_and_nothing_else() -> None:
    quote = Quote(blocks=(paragraph("Time and tide wait. Always."), Figure(source="x.png", alt="A clock")))
    quote = replace(quote, cite=text("An old proverb"))
    profile = replace(PROFILES[PROFILE], quotes="voice")
    script = narrate(Document(title="", blocks=(quote,)), language="en", profile=profile)
    assert [(one.spoken, one.voice) for one in script.utterances()] == [
        ("Time and tide wait.", "quote"),
        ("Always.", "quote"),
        ("Image: A clock", ""),
        ("Source: An old proverb", ""),
    ]


def test_a_title_that_the_first_sentence_begins_with_is_heard_once() -> None:
    blocks = (Heading(level=2, text=text("Spring tides")), paragraph("Spring tides, of course, are high. So be it."))
    script = narrate(Document(title="Tides", blocks=blocks), language="en")
    assert [(one.spoken, one.role) for one in script.utterances()] == [
        ("Tides", "heading"),
        ("Spring tides, of course, are high.", "heading"),
        ("So be it.", "body"),
    ]
    assert [chapter.title for chapter in script.chapters] == ["Tides", "Spring tides"]


def test_one_word_of_a_title_may_come_again() -> None:
    blocks = (Heading(level=2, text=text("Water")), paragraph("Water boils."))
    script = narrate(Document(title="Tea", blocks=blocks), language="en")
    assert [one.spoken for one in script.utterances()] == ["Tea", "Water", "Water boils."]


def test_what_is_left_out_inside_of_other_blocks_is_reported() -> None:
    inner = (Figure(source="a.png", alt="A map"), paragraph("See."))
    outer = (
        Quote(blocks=inner),
        Aside(role="note", blocks=inner),
        List(ordered=False, items=(Item(blocks=inner),)),
        Footnote(id="1", label="1", blocks=inner),
    )
    profile = replace(PROFILES[PROFILE], figures="skip")
    for block in outer:
        margin = margin_of(Document(title="Tides", blocks=(block,)), "en", profile)
        assert len(margin) == 2, block
        assert "See." in margin[0]
        assert margin[1] == "not said: image a.png, because the profile leaves figures out"


def announced(document: Document, **wishes: str) -> list[str]:
    profile = replace(PROFILES[PROFILE], closing="read", **wishes)
    return [one.spoken for one in narrate(document, language="en", profile=profile).utterances()]


def test_a_show_has_its_own_opening_and_closing() -> None:
    document = Document(title="Why do they rise?", authors=("The shore desk",), blocks=(paragraph("They do."),))
    assert announced(document) == ["Why do they rise?", "By The shore desk.", "They do.", "End of Why do they rise?"]
    assert announced(document, opening_text="This is {title}. From {site}.", closing_text="Thank you.") == [
        "This is Why do they rise?",
        "They do.",
        "Thank you.",
    ]
    assert announced(document, opening_text="From {site}.", closing_text="By {authors}.") == [
        "Why do they rise?",
        "They do.",
        "By The shore desk.",
    ]


def test_words_that_the_narrator_adds_are_marked_in_the_map() -> None:
    spans = (Span(text="The "), Span(text="WHO", expansion="World Health Organization"), Span(text=" knows."))
    script = narrate(Document(title="", blocks=(Paragraph(text=spans),)), language="en")
    (utterance,) = script.utterances()
    assert utterance.spoken == "The World Health Organization, W H O, knows."
    added = [
        utterance.spoken[span.spoken_start : span.spoken_end] for span in utterance.spans if span.start == span.end
    ]
    assert added == ["World Health Organization,", ","]


def test_a_star_or_a_dagger_is_not_the_name_of_a_note() -> None:
    text = (Paragraph(text=(Span(text="Not all."),)),)
    assert [one.before for one in told(Footnote(id="a", label="†", blocks=text)) if isinstance(one, Said)] == ["Note:"]
    assert [one.before for one in told(Footnote(id="a", label="[2]", blocks=text)) if isinstance(one, Said)] == [
        "Note 2:"
    ]


def test_raised_digits_stay_raised() -> None:
    (said,) = told(
        Paragraph(
            text=(Span(text="10"), Span(text="6", shift="super"), Span(text=" or 10"), Span(text="th", shift="super"))
        )
    )
    assert isinstance(said, Said)
    assert said.written == "10⁶ or 10th"


def test_a_table_of_nothing_but_a_header_is_said() -> None:
    (said,) = told(Table(rows=(), header=((Span(text="Harbour"),), (Span(text="Range"),))))
    assert isinstance(said, Said)
    assert said.written == "Harbour, Range."


def test_empty_blocks_say_nothing() -> None:
    assert told(Table(rows=()), Code(text=""), Paragraph(text=()), Footnote(id="1", label="1", blocks=())) == []


def test_a_block_that_no_wording_speaks_for_is_reported() -> None:
    telling = Telling(language="en", paragraph_ms=650, wordings=("paragraphs",))
    assert list(telling.tell((Break(),))) == []
    assert [one.what for one in telling.omitted] == ["break"]
