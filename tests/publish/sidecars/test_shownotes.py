"""Show notes: the golden files, and what is left out where nothing is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from pipeline import plugins
from pipeline.model.document import Document, Omission, Paragraph, Span
from pipeline.model.episode import Tags
from pipeline.model.show import Credit
from tests.publish.sidecars.reading import edition_of

GOLDEN = Path(__file__).parents[2] / "cases" / "golden"

shownotes = plugins.load("sidecars", "shownotes")


@pytest.mark.parametrize("index", [0, 1])
def test_the_file_is_the_golden_one(index: int, tmp_path: Path) -> None:
    one = shownotes.write(edition_of(), tmp_path)[index]
    assert (tmp_path / one.path).read_bytes() == (GOLDEN / one.path).read_bytes()


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    one = edition_of((Paragraph(text=(Span(text="Yes."),)),))
    bare = replace(one, tags=Tags(title="Yes"), document=Document(title="Yes"), script=replace(one.script, omitted=()))
    _, text = shownotes.write(bare, tmp_path)
    assert (tmp_path / text.path).read_text(encoding="utf-8") == "Narrated by a synthetic voice.\n"


def test_markup_stays_text_and_unsafe_links_stay_words(tmp_path: Path) -> None:
    attack = "<script>alert(1)</script>"
    one = edition_of((Paragraph(text=(Span(text=f"Read {attack}.", href="javascript:alert(1)"),)),), title=attack)
    tags = replace(one.tags, comment=attack, licence=f"javascript:{attack}", link="data:text/html,x")
    script = replace(one.script, omitted=(Omission(what=attack, why=attack),))
    fragment, _ = shownotes.write(replace(one, tags=tags, script=script), tmp_path)
    root = etree.HTML((tmp_path / fragment.path).read_text(encoding="utf-8"))
    assert not list(root.iter("script", "a"))


def test_nothing_is_too_wide_or_too_near_for_a_finger(tmp_path: Path) -> None:
    span = Span(text="map", href="https://example.org/map|1")
    one = edition_of((Paragraph(text=(Span(text="See the "), span, Span(text="."))),))
    script = replace(one.script, omitted=(Omission(what="image pictures/of/the/bay.png", why="it has no words"),))
    fragment, _ = shownotes.write(replace(one, script=script), tmp_path)
    told = (tmp_path / fragment.path).read_text(encoding="utf-8")
    assert '<li><a href="https://example.org/map%7C1">map</a> (example.org)</li>' in told
    assert ">image pictures/<wbr>of/<wbr>the/<wbr>bay.<wbr>png: it has no words</li>" in told


def test_a_licence_is_known_by_its_address(tmp_path: Path) -> None:
    one = edition_of()
    licence = "https://creativecommons.org/licenses/by-sa/4.0/"
    _, text = shownotes.write(replace(one, tags=replace(one.tags, licence=licence)), tmp_path)
    assert f"Licence: CC BY-SA 4.0 <{licence}>" in (tmp_path / text.path).read_text(encoding="utf-8")


def test_recordings_are_credited(tmp_path: Path) -> None:
    credit = Credit(path="sea.wav", title="Waves at night", licence="CC0", source="https://example.org/waves")
    notes, text = shownotes.write(replace(edition_of(), credits=(credit, Credit(path="bell.wav"))), tmp_path)
    told = (tmp_path / text.path).read_text(encoding="utf-8")
    assert "- Waves at night, CC0 <https://example.org/waves>\n- bell.wav\n" in told
    assert '<a href="https://example.org/waves">' in (tmp_path / notes.path).read_text(encoding="utf-8")


def test_it_speaks_the_articles_language(tmp_path: Path) -> None:
    notes, text = shownotes.write(edition_of(language="de"), tmp_path)
    told = (tmp_path / text.path).read_text(encoding="utf-8")
    assert "Gelesen von einer künstlichen Stimme (tone)." in told
    assert "Der Artikel: How the sea breathes von The harbour office" in told
    assert '<li lang="en" dir="ltr">newsletter box' in (tmp_path / notes.path).read_text(encoding="utf-8")
