"""Each case in ``tests/cases/wordings``: a title, the article, the script's margin, each ended by a line with a dot.

The article is Markdown, or HTML where it begins with ``<``; ``[de]`` at the end of the title is its language.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import plugins
from pipeline.contracts import Said
from pipeline.model.document import Aside, Break, Code, Figure, Footnote, Paragraph, Position, Span, Table
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
    if article.startswith("<"):
        page = f"<!doctype html><meta charset=utf-8><title>Tides</title><article><p>{LEAD}</p>{article}</article>"
        document = plugins.load("readers", "html").read(page.encode(), uri="tides.html")
    else:
        article = f"---\ntitle: Tides\n---\n\n{article}"
        document = plugins.load("readers", "markdown").read(article.encode(), uri="tides.md")
    script = narrate(document, language=language)
    lines = [line for line in dumps(script).split("\n") if line and line[0] not in " %" and line != "# Tides"]
    if lines[0] == LEAD:  # a page without a paragraph is not an article
        lines = [line for line in lines[1:] if line]
    lines += [f"not said: {one.what}, because {one.why}" for one in script.omitted]
    assert "\n".join(lines) + "\n" == margin


def test_every_wording_on_the_shelf_is_in_the_list() -> None:
    assert set(DEFAULT_WORDINGS) == set(plugins.names("wordings"))


def told(*blocks: object) -> list[Said | Pause]:
    return list(Telling(language="en", paragraph_ms=650).tell(blocks))  # type: ignore[arg-type] # blocks, as the tests know


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


def test_a_pull_quote_is_silent_and_reported() -> None:
    telling = Telling(language="en", paragraph_ms=650)
    quote = Aside(role="pullquote", blocks=(Paragraph(text=(Span(text="Tides are waves."),)),))
    assert list(telling.tell((quote,))) == []
    assert [one.what for one in telling.omitted] == ["pull quote"]


def test_an_aside_has_the_name_of_its_role() -> None:
    (said,) = told(Aside(role="warning", blocks=(Paragraph(text=(Span(text="Mind the rocks."),)),)))
    assert isinstance(said, Said)
    assert said.before == "Warning:"


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
