"""A book is taken apart into chapters, and no word is lost or said twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.document import Block, Document, Footnote, Heading, Meta, Omission, Paragraph, Span, texts
from pipeline.read.split import by_chapter


def h(level: int, text: str) -> Heading:
    return Heading(level=level, text=(Span(text=text),))


def p(text: str, note: str = "") -> Paragraph:
    return Paragraph(text=(Span(text=text), Span(text="1", note=note)) if note else (Span(text=text),))


def book(*blocks: Block) -> Document:
    return Document(
        title="The Sea", language="en", authors=("A",), blocks=blocks, omitted=(Omission(what="x", why="y"),)
    )


def outline(document: Document) -> list[tuple[str, str, list[str]]]:
    return [(key, part.title, list(texts(part.blocks))) for key, part in by_chapter(document)]


def test_each_heading_of_the_highest_level_begins_a_chapter() -> None:
    found = outline(book(p("Before."), h(2, "Tides"), p("One."), h(3, "Spring"), p("Two."), h(2, "Waves"), p("Three.")))
    assert found == [
        ("opening", "The Sea", ["Before."]),
        ("tides", "Tides", ["One.", "Spring", "Two."]),
        ("waves", "Waves", ["Three."]),
    ]


def test_a_part_without_text_gives_way_to_its_chapters() -> None:
    found = outline(
        book(h(2, "Part One"), h(3, "Tides"), p("One."), h(3, "Waves"), p("Two."), h(2, "End"), p("Three."))
    )
    assert [(key, title) for key, title, _ in found] == [("tides", "Tides"), ("waves", "Waves"), ("end", "End")]


def test_the_part_is_named_and_an_empty_chapter_is_reported() -> None:
    parts = by_chapter(book(h(2, "Part One"), h(3, "Tides"), p("One."), h(3, "Waves"), p("Two."), h(2, "End")))
    assert [part.meta.site for _, part in parts] == ["The Sea, Part One", "The Sea, Part One"]
    assert parts[0][1].omitted[-1] == Omission(what="End", why="chapter without a text")


def test_a_chapter_that_begins_with_a_section_stays_whole() -> None:
    found = outline(book(h(2, "Tides"), h(3, "Spring"), p("One."), h(3, "Neap"), p("Two."), h(2, "Waves"), p("Three.")))
    assert [title for _, title, _ in found] == ["Tides", "Waves"]


def test_chapters_of_one_name_get_keys_of_their_own() -> None:
    found = outline(book(h(2, "Notes"), p("One."), h(2, "Notes"), p("Two.")))
    assert [key for key, _, _ in found] == ["notes", "notes-2"]


def test_a_note_goes_to_the_chapter_that_refers_to_it() -> None:
    note = Footnote(id="n1", label="1", blocks=(p("The note."),))
    found = outline(book(h(2, "Tides"), p("One.", note="n1"), h(2, "Waves"), p("Two."), h(2, "Notes"), note))
    assert found == [("tides", "Tides", ["One.", "The note."]), ("waves", "Waves", ["Two."])]


def test_a_heading_whose_notes_have_gone_goes_too() -> None:
    note = Footnote(id="n1", label="1", blocks=(p("The note."),))
    found = outline(book(h(2, "Tides"), p("One.", note="n1"), h(2, "Waves"), p("Two."), h(3, "Notes"), note))
    assert found == [("tides", "Tides", ["One.", "The note."]), ("waves", "Waves", ["Two."])]


def test_the_highest_heading_inside_a_chapter_has_level_two_and_the_book_is_the_site() -> None:
    (_, first), (_, second) = by_chapter(book(h(2, "Tides"), h(4, "Spring"), p("One."), h(2, "Waves"), p("Two.")))
    assert first.blocks[0] == h(2, "Spring")
    assert first.meta == Meta(site="The Sea")
    assert (first.language, first.authors) == ("en", ("A",))
    assert first.omitted
    assert not second.omitted


def test_an_article_without_headings_is_one() -> None:
    assert outline(book(p("One."), p("Two."))) == [("opening", "The Sea", ["One.", "Two."])]


BLOCKS = st.lists(
    st.one_of(
        st.builds(h, st.integers(2, 5), st.sampled_from(["Part One", "Tides", "Waves", "…"])),
        st.builds(p, st.sampled_from(["One.", "Two.", "Three."])),
    ),
    max_size=20,
)


@given(BLOCKS)
def test_no_paragraph_is_lost(blocks: list[Block]) -> None:
    document = book(*blocks)
    parts = by_chapter(document)
    before = [block for block in blocks if isinstance(block, Paragraph)]
    after = [block for _, part in parts for block in part.blocks if isinstance(block, Paragraph)]
    assert before == after
    assert len({key for key, _ in parts}) == len(parts)
    said = [text for _, part in parts for text in [part.title, *texts(part.blocks)]]
    headings = [text for block in blocks if isinstance(block, Heading) for text in texts([block])]
    under_text = [text for text in headings if text != "Part One"]
    assert all(said.count(text) <= headings.count(text) for text in under_text)
