"""Each case in ``tests/cases/wordings``: a title, the article, the script's margin, each ended by a line with a dot.

The article is Markdown; ``[de]`` at the end of the title is its language.
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
from pipeline.narrate import dumps, narrate
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
    language = found[1] if (found := re.search(r"\[(\w+)\]$", title)) else "en"
    page = f"---\ntitle: Tides\n---\n\n{article}"
    document = plugins.load("readers", "markdown").read(page.encode(), uri="tides.md")
    assert "\n".join(margin_of(document, language)) + "\n" == margin


def margin_of(document: Document, language: str = "en") -> list[str]:
    """What is said after the title, and what is not."""
    script = narrate(document, language=language)
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
        "Dover; six. End of table.",
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
    assert told(paragraph) == [
        Said(written="Hello.", position=POSITION),
        Said(written="Bye.", position=POSITION),
    ]
    figure = Figure(source="x.png", alt="A map", position=POSITION)
    assert told(figure) == [Said(written="A map", before="Image:", role="caption", position=POSITION)]
    assert told(Break()) == [Pause(duration_ms=1200)]


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
    assert said.written == "Harbour; Range."


def test_empty_blocks_say_nothing() -> None:
    assert told(Table(rows=()), Code(text=""), Paragraph(text=()), Footnote(id="1", label="1", blocks=())) == []


def test_a_block_that_no_wording_speaks_for_is_reported() -> None:
    telling = Telling(language="en", paragraph_ms=650, wordings=("paragraphs",))
    assert list(telling.tell((Break(),))) == []
    assert [one.what for one in telling.omitted] == ["break"]
