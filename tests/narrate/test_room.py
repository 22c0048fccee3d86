"""The room: chapters, ids, pauses, notes, repeats - and laws for any document."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

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
    Meta,
    Omission,
    Paragraph,
    Position,
    Quote,
    Span,
    Table,
)
from pipeline.model.script import ROLES, Pause, Script, Utterance
from pipeline.model.show import Pauses
from pipeline.narrate import dumps, loads, merge, narrate
from pipeline.narrate.ids import LENGTH, Ids
from pipeline.text.words import has_words


def text(words: str, note: str = "") -> Inline:
    return (Span(text=words), Span(text="[1]", note=note)) if note else (Span(text=words),)


def p(words: str, note: str = "") -> Paragraph:
    return Paragraph(text=text(words, note))


def h(level: int, words: str) -> Heading:
    return Heading(level=level, text=text(words))


def said(script: Script) -> list[str]:
    return [line.spoken for line in script.utterances()]


def tides(*blocks: Block, title: str = "Tides") -> Script:
    return narrate(Document(title=title, blocks=blocks), language="en")


def test_what_the_article_says_about_itself_is_kept() -> None:
    document = Document(
        title="Tides",
        language="de",
        authors=("Harbour office",),
        published="2024-05-01",
        meta=Meta(site="Coast"),
        omitted=(Omission(what="navigation", why="it is no part of the article"),),
        blocks=(p("They rise."), p("…")),
    )
    script = narrate(document, language="en-GB")
    assert (script.title, script.language, script.authors) == ("Tides", "en-GB", ("Harbour office",))
    assert (script.published, script.meta, script.source) == ("2024-05-01", Meta(site="Coast"), None)
    assert [one.what for one in script.omitted] == ["navigation", "…"]


def test_the_first_chapter_has_the_articles_title_and_no_byline() -> None:
    script = tides(p("They rise."), h(2, "Moon"), p("It pulls."))
    assert [(chapter.title, chapter.level) for chapter in script.chapters] == [("Tides", 1), ("Moon", 2)]
    assert said(script) == ["Tides", "They rise.", "Moon", "It pulls."]


def test_an_article_without_a_title_begins_with_its_first_words() -> None:
    assert said(tides(p("They rise."), title="")) == ["They rise."]
    script = tides(h(2, "Moon"), p("It pulls."), title="")
    assert [chapter.title for chapter in script.chapters] == ["Moon"]


def test_the_title_among_the_blocks_is_not_said_twice() -> None:
    script = tides(p("By the harbour office."), h(1, "TIDES!"), p("They rise."))
    assert said(script) == ["Tides", "By the harbour office.", "They rise."]
    assert [one.why for one in script.omitted] == ["it repeats the title above it"]


def test_headings_down_to_the_chapter_level_make_chapters() -> None:
    document = Document(title="Tides", blocks=(h(2, "Moon"), h(3, "Pull"), p("It pulls."), h(4, "Why"), p("It does.")))
    titles = {
        level: [chapter.title for chapter in narrate(document, language="en", chapter_level=level).chapters]
        for level in (1, 2, 3, 4)
    }
    assert titles == {
        1: ["Tides"],
        2: ["Tides", "Moon"],
        3: ["Tides", "Moon", "Pull"],
        4: ["Tides", "Moon", "Pull", "Why"],
    }
    roles = {line.spoken: line.role for line in narrate(document, language="en", chapter_level=2).utterances()}
    assert roles["Why"] == "subheading"


def test_a_title_with_a_number_is_said_by_a_heading_utterance() -> None:
    (chapter,) = tides(p("Go."), title="10 tips").chapters
    first = chapter.lines[0]
    assert isinstance(first, Utterance)
    assert (first.role, first.written, first.spoken) == ("heading", "10 tips", "Ten tips")
    assert (chapter.title, first.spans[0].end, first.spans[0].spoken_end) == ("10 tips", 2, 3)


def test_pauses_stand_between_blocks_only() -> None:
    blocks = (p("One. Two."), p("Three."), h(4, "Four"), p("Five."), Break(), Break(), p("Six."), Break())
    (chapter,) = narrate(Document(title="", blocks=blocks), language="en", pauses=Pauses(paragraph_ms=500)).chapters
    assert [getattr(line, "duration_ms", 0) or getattr(line, "spoken", "") for line in chapter.lines] == [
        "One.",
        "Two.",
        500,
        "Three.",
        500,
        "Four",
        "Five.",
        1200,
        "Six.",
    ]


def test_a_note_without_a_reference_is_said_where_it_stands() -> None:
    note = Footnote(id="a", label="1", blocks=(p("Not all."),))
    assert said(tides(p("They rise."), note, p("They fall."))) == [
        "Tides",
        "They rise.",
        "Note one: Not all.",
        "They fall.",
    ]


def test_notes_are_said_once_after_the_chapter_that_refers_to_them_first() -> None:
    notes = (
        Footnote(id="a", label="1", blocks=(p("Not all.", note="b"),)),
        Footnote(id="b", label="2", blocks=(p("See the chart.", note="a"),)),
    )
    script = tides(*notes, h(2, "Moon"), p("It pulls.", note="a"), p("Always."), h(2, "Sun"), p("Too.", note="a"))
    assert said(script)[1:] == [
        "Moon",
        "It pulls.",
        "Always.",
        "Note one: Not all.",
        "Note two: See the chart.",
        "Sun",
        "Too.",
    ]


def test_narrators_words_shift_the_spans() -> None:
    script = tides(Figure(source="x.png", alt="Dover, 4 July"))
    line = script.chapters[0].lines[0]
    assert isinstance(line, Utterance)
    assert line.spoken == "Image: Dover, the fourth of July"
    assert line.written == "Dover, 4 July"
    for span in line.spans:
        if line.written[span.start : span.end] == "Dover":
            assert line.spoken[span.spoken_start : span.spoken_end] == "Dover"
            break
    else:
        raise AssertionError("no span holds Dover")


def test_a_very_long_sentence_is_several_utterances() -> None:
    long = "and the water rises, " * 60 + "and falls."
    script = tides(Quote(blocks=(p(long),)))
    first, *middle, last = [line for line in script.utterances() if line.role == "quote"]
    assert middle
    assert first.spoken.startswith("Quote. and the")
    assert last.spoken.endswith("falls. End quote.")
    assert " ".join(line.written for line in (first, *middle, last)) == long
    assert max(len(line.written) for line in middle) <= 400


def test_places_in_the_article_are_kept() -> None:
    script = tides(replace(p("They rise."), position=Position(line=7, end_line=8)))
    assert script.chapters[0].lines[0].origin == Position(line=7, end_line=8)  # type: ignore[union-attr] # an utterance


def test_ids_stay_when_other_lines_change() -> None:
    before = {line.written: line.id for line in tides(p("One."), p("Two."), p("Three.")).utterances()}
    after = {line.written: line.id for line in tides(p("New."), p("Three."), h(4, "More"), p("One.")).utterances()}
    assert {before[words] == after[words] for words in ("One.", "Three.")} == {True}
    assert re.fullmatch("u[0-9a-hjkmnp-tv-z]{8}", before["One."])


def test_equal_sentences_have_different_ids_and_roles_that_change_do_not_matter() -> None:
    script = tides(p("No. No."), List(ordered=False, items=(Item(blocks=(p("Yes."),)),)))
    assert len({line.id for line in script.utterances()}) == 4
    assert Ids().utterance("item", "Yes.") == Ids().utterance("body", "Yes.") != Ids().utterance("subheading", "Yes.")


def test_an_id_that_is_taken_grows() -> None:
    short = Ids().utterance("body", "Yes.")
    longer = Ids(taken=[short]).utterance("body", "Yes.")
    assert longer.startswith(short)
    assert len(longer) == 1 + LENGTH + 1


words = st.text(st.sampled_from("tides 4 rise. Why? …(“”)🎉🌊²\n%#|=\\"), max_size=25)
inlines = st.lists(
    st.builds(
        Span,
        text=words,
        note=st.sampled_from(("", "", "a", "b")),
        shift=st.sampled_from(("", "super")),
    ),
    max_size=3,
).map(tuple)
leaves: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, text=inlines),
    st.builds(Heading, level=st.integers(1, 6), text=inlines),
    st.builds(Code, text=words, language=words),
    st.builds(Figure, source=words, alt=words, caption=inlines, decorative=st.booleans()),
    st.builds(
        Table,
        rows=st.lists(st.lists(inlines, max_size=3).map(tuple), max_size=12).map(tuple),
        header=st.lists(inlines, max_size=3).map(tuple),
        caption=inlines,
    ),
    st.just(Break()),
)


def containers(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    inside = st.lists(blocks, max_size=3).map(tuple)
    items = st.lists(st.builds(Item, blocks=inside, checked=st.sampled_from((None, True))), max_size=4).map(tuple)
    return st.one_of(
        st.builds(List, ordered=st.booleans(), items=items, start=st.integers(0, 30)),
        st.builds(Quote, blocks=inside, cite=inlines),
        st.builds(Footnote, id=st.sampled_from("ab"), label=words, blocks=inside),
        st.builds(Aside, role=st.sampled_from(("aside", "note", "pullquote")), blocks=inside),
    )


documents = st.builds(
    Document, title=words, blocks=st.lists(st.recursive(leaves, containers, max_leaves=6), max_size=5).map(tuple)
)


@given(documents, st.sampled_from(("en-GB", "de", "fi", "und")))
@settings(deadline=None, max_examples=80)
def test_any_document_becomes_a_sound_script(document: Document, language: str) -> None:
    script = narrate(document, language=language)
    lines = [line for chapter in script.chapters for line in chapter.lines]
    utterances = [line for line in lines if isinstance(line, Utterance)]
    ids = [line.id for line in utterances] + [chapter.id for chapter in script.chapters]
    assert len(ids) == len(set(ids))
    for line in utterances:
        assert has_words(line.spoken)
        assert line.spoken == " ".join(line.spoken.split())
        assert line.role in ROLES
        for span in line.spans:
            assert 0 <= span.start <= span.end <= len(line.written)
            assert 0 <= span.spoken_start <= span.spoken_end <= len(line.spoken)
    for chapter in script.chapters:
        assert chapter.title or chapter.lines
        edges = [*chapter.lines[:1], *chapter.lines[-1:]]
        assert not any(isinstance(line, Pause) for line in edges)
        assert not any(
            isinstance(a, Pause) and isinstance(b, Pause)
            for a, b in zip(chapter.lines, chapter.lines[1:], strict=False)
        )

    loaded = loads(dumps(script))
    bare = [(line.id, line.written, line.spoken, line.role) for line in loaded.utterances()]
    assert bare == [(line.id, line.written, line.spoken, line.role) for line in script.utterances()]
    assert merge(loaded, loaded, script).script == script
    assert narrate(document, language=language) == script
