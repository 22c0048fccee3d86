"""The example articles are understood as a reader understands them, and all of them render."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline import api
from pipeline.build.narration import Narrated
from pipeline.model.document import Figure, Paragraph, Table
from pipeline.model.script import Utterance

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"

TIPS = (
    "1. Get up at the same time",
    "2. Look for daylight early",
    "3. Stop drinking coffee after lunch",
    "4. Keep the bedroom cool",
    "5. Make it dark and quiet",
    "6. Put the phone away",
    "7. Be careful with a nightcap",
    "8. Don’t lie there and wait",
)

OUTLINES: dict[str, tuple[str, str, list[tuple[int, str]]]] = {
    "sleep-well.txt": (
        "How to Sleep Well",
        "en",
        [
            (2, "Why do we sleep?"),
            (2, "What happens during the night?"),
            (2, "How much is enough?"),
            (2, "8 Tips for a Better Night"),
            *((3, tip) for tip in TIPS),
            (2, "When should you ask for help?"),
        ],
    ),
    "why-bread-rises.md": (
        "Why bread rises",
        "en-GB",
        [
            (2, "Four ingredients"),
            (2, "Where the bubbles come from"),
            (3, "A very small farm"),
            (3, "A net of gluten"),
            (2, "In the oven"),
            (2, "The hardest step"),
        ],
    ),
    "how-tides-work.html": (
        "How tides work",
        "en-GB",
        [
            (2, "The pull of the Moon"),
            (2, "The Sun joins in"),
            (3, "Spring tides and neap tides"),
            (2, "Why the coast decides"),
            (2, "How to read a tide table"),
        ],
    ),
}
"""By file: title, language, and all headings with their levels."""

BOILERPLATE = ("cookie", "newsletter", "share", "subscribe", "comment", "related", "privacy", "kitchen", "min read")
"""Words that stand on the page of tides, and none in its article."""


def narrated(name: str, folder: Path) -> Narrated:
    """An example on its way to being spoken, its script in ``folder``."""
    return api.narrate(EXAMPLES / name, api.Options(scripts=folder / "scripts", store=str(folder / "store")))


def spoken(name: str, folder: Path) -> list[str]:
    """All that is said of an example, an utterance a line."""
    return [utterance.spoken for utterance in narrated(name, folder).script.utterances()]


@pytest.mark.parametrize("name", OUTLINES)
def test_title_language_and_headings_are_found(name: str) -> None:
    title, language, sections = OUTLINES[name]
    found = api.outline(EXAMPLES / name)
    assert (found.title, found.language) == (title, language)
    assert [(section.level, section.title) for section in found.sections] == sections
    assert 450 <= found.words <= 650


def test_every_example_is_tested() -> None:
    assert {path.name for path in EXAMPLES.iterdir() if path.suffix != ".png"} == set(OUTLINES)


@pytest.mark.parametrize("name", OUTLINES)
def test_every_heading_is_a_chapter(name: str, tmp_path: Path) -> None:
    title, _, sections = OUTLINES[name]
    script = narrated(name, tmp_path).script
    assert [chapter.title for chapter in script.chapters] == [title, *(section for _, section in sections)]


def test_each_tip_has_its_body(tmp_path: Path) -> None:
    chapters = {chapter.title: chapter for chapter in narrated("sleep-well.txt", tmp_path).script.chapters}
    for tip in TIPS:
        lines = [line for line in chapters[tip].lines if isinstance(line, Utterance)]
        assert [line for line in lines if line.role == "body"], tip


def test_the_lead_is_said_first(tmp_path: Path) -> None:
    lines = spoken("sleep-well.txt", tmp_path)
    assert lines[0] == "How to Sleep Well"
    assert lines[1].startswith("We spend about a third of our lives asleep")


def test_nothing_of_the_page_around_the_article_is_said(tmp_path: Path) -> None:
    page = (EXAMPLES / "how-tides-work.html").read_text(encoding="utf-8").lower()
    said = "\n".join(spoken("how-tides-work.html", tmp_path)).lower()
    assert [word for word in BOILERPLATE if word not in page] == []
    assert [word for word in BOILERPLATE if word in said] == []


def test_a_pull_quote_is_not_said_twice(tmp_path: Path) -> None:
    sentence = "The Moon sets the rhythm, but the coast decides the height."
    assert (EXAMPLES / "how-tides-work.html").read_text(encoding="utf-8").count(sentence) == 2
    assert spoken("how-tides-work.html", tmp_path).count(sentence) == 1


def test_the_page_says_who_wrote_it_when_and_on_what_terms() -> None:
    document = api.read(EXAMPLES / "how-tides-work.html")
    assert document.authors == ("The articlecast project",)
    assert document.published == "2026-10-04"
    assert document.meta.link == "https://example.org/how-tides-work.html"
    assert document.meta.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert document.meta.explicit is False


def test_front_matter_says_who_wrote_it_when_and_on_what_terms() -> None:
    document = api.read(EXAMPLES / "why-bread-rises.md")
    assert document.authors == ("The articlecast project",)
    assert document.published == "2026-10-04"
    assert document.meta.licence == "CC BY 4.0"
    assert document.meta.explicit is False
    assert (EXAMPLES / document.meta.image).is_file()


def test_the_foreign_phrase_keeps_its_language() -> None:
    paragraphs = (block for block in api.read(EXAMPLES / "why-bread-rises.md").blocks if isinstance(block, Paragraph))
    foreign = [(span.language, span.text) for block in paragraphs for span in block.text if span.language]
    assert foreign == [("fr", "pain au levain")]


@pytest.mark.parametrize("name", ["why-bread-rises.md", "how-tides-work.html"])
def test_pictures_and_tables_are_whole(name: str) -> None:
    blocks = api.read(EXAMPLES / name).blocks
    (figure,) = (block for block in blocks if isinstance(block, Figure))
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert figure.alt
    assert (EXAMPLES / Path(figure.source).name).is_file()
    assert {len(row) for row in (table.header, *table.rows)} == {2}


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "why-bread-rises.md",
            (
                "By The articlecast project.",
                "Code in Python, five lines.",
                "Note one: Baker’s yeast and most brewer’s yeast belong to the same species.",
                "Fifty-five to sixty degrees Celsius: The yeast dies.",
                "Source: William Shakespeare, Troilus and Cressida",
            ),
        ),
        (
            "how-tides-work.html",
            (
                "Caption: Two bulges of water, drawn far too large.",
                "Source: Isaac Newton, The System of the World",
                "Dover, England: about six metres.",
                "Three: Turn back when the tide turns.",
            ),
        ),
        ("sleep-well.txt", ("Eight Tips for a Better Night", "None of these needs a gadget or a weekend of D I Y.")),
    ],
)
def test_what_is_not_prose_is_put_into_words(name: str, lines: tuple[str, ...], tmp_path: Path) -> None:
    said = spoken(name, tmp_path)
    assert [line for line in lines if line not in said] == []


@pytest.mark.parametrize("name", OUTLINES)
def test_it_renders(name: str, tmp_path: Path) -> None:
    for path in EXAMPLES.iterdir():
        shutil.copy(path, tmp_path)
    options = api.Options(
        output=tmp_path / "output",
        scripts=tmp_path / "scripts",
        store=str(tmp_path / "store"),
        voice="tone",
        executor="inline",
    )
    report = api.render(tmp_path / name, options)
    assert report.spoken > 0
    assert report.script.is_file()
    files = (*(rendition.file for rendition in report.episode.renditions), *report.episode.sidecars)
    assert "audio/mpeg" in {file.media_type for file in files}
    for file in files:
        assert (report.directory / file.path).stat().st_size == file.bytes > 0, file.path
