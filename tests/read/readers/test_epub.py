"""Books: chapters from the table of contents, files joined to one text, what is left out, what is refused."""

from __future__ import annotations

import json
import re
import time
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import plugins
from pipeline.errors import ReadError
from pipeline.model.document import Document, Figure, Footnote, Heading, Omission, Paragraph, plain, texts
from pipeline.text.epub import paths as epub_paths
from tests.read.as_json import as_json, outline, pretty
from tests.read.make_epub import CONTAINER, book, nav, ncx, package, page, point, zipped, zipped_folder

CASES = Path(__file__).parents[2] / "cases"
BOOKS = sorted(folder for folder in (CASES / "epub").iterdir() if folder.is_dir())
PROSE = "<p>" + "The tide comes in and goes out again, and nobody minds it much. " * 5 + "</p>"
ENGLISH = """<p>
There was a time when the keeper of the light had to climb the stairs every two hours, and it was not for
the view. If the lamp went out, those who were at sea had nothing to steer by but what they could hear. So he slept in
his coat, with one ear to the wind, and wrote down in a book what he had done and when he had done it.</p>"""
ONE, TWO, THREE = (
    f'<a href="b.xhtml{place}">{name}</a>' for name, place in (("One", ""), ("Two", "#x"), ("Three", "#y"))
)
LAUGHS = "<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


def read(data: bytes, uri: str = "book.epub") -> Document:
    document = plugins.load("readers", "epub").read(data, uri=uri)
    assert isinstance(document, Document)
    return document


def refused(data: bytes, *words: str) -> None:
    with pytest.raises(ReadError) as error:
        read(data)
    message = str(error.value)
    assert message.startswith("book.epub")
    assert "\n" not in message
    for word in words:
        assert word in message


def left_out(document: Document) -> dict[str, str]:
    return {omission.what: omission.why for omission in document.omitted}


def entry(label: str, target: str, inside: str = "") -> str:
    return f'<li><a href="{target}">{label}</a>{f"<ol>{inside}</ol>" if inside else ""}</li>'


def chapters(entries: str, **pages: str) -> list[str]:
    """The outline of a book with this table of contents."""
    return outline(read(book({"nav.xhtml": nav(entries)} | {f"{name}.xhtml": page(pages[name]) for name in pages})))


# ── whole books ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("folder", [folder for folder in BOOKS if folder.name != "everything"], ids=lambda f: f.name)
def test_document_is_the_expected_one(folder: Path) -> None:
    expected = json.loads(folder.with_suffix(".json").read_text(encoding="utf-8"))
    assert pretty(as_json(read(zipped_folder(folder), f"{folder.name}.epub"))) == pretty(expected)


def test_every_paragraph_stands_where_it_says() -> None:
    folder = CASES / "epub" / "everything"
    checked = 0
    for block in read(zipped_folder(folder)).blocks:
        if isinstance(block, Paragraph | Heading | Footnote):
            lines = (folder / block.position.part).read_text(encoding="utf-8").split("\n")
            word = next(texts([block])).split()[0]
            place = block.position
            assert word in "\n".join(lines[place.line - 1 : place.end_line]), (place, word)
            checked += 1
    assert checked > 8


# ── chapters ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_depth_of_the_contents_is_the_level_whatever_the_markup() -> None:
    contents = entry("Part", "a.xhtml", entry("One", "b.xhtml", entry("Deep", "b.xhtml#deep"))) + entry(
        "Two", "c.xhtml"
    )
    pages = {
        "a": f"<h3>Part</h3>{PROSE}",
        "b": f"<h1>One</h1>{PROSE}<h1 id='deep'>Deep</h1>{PROSE}",
        "c": f"<h4>Two</h4>{PROSE}",
    }
    assert chapters(contents, **pages) == ["## Part", "### One", "#### Deep", "## Two"]


def test_the_deepest_level_is_six() -> None:
    contents, pages = "", {}
    for number in range(8, 0, -1):
        contents = entry(f"Line {number}", f"p{number}.xhtml", contents)
        pages[f"p{number}"] = f"<h1>Line {number}</h1>{PROSE}"
    found = chapters(contents, **dict(sorted(pages.items())))
    assert [line.split()[0].count("#") for line in found] == [2, 3, 4, 5, 6, 6, 6, 6]


def test_headings_that_the_contents_do_not_know_go_below() -> None:
    a = f"<h2>One</h2>{PROSE}<h4>First</h4>{PROSE}<h5>Inner</h5>{PROSE}<h1>Second</h1>{PROSE}"
    found = chapters(entry("One", "a.xhtml") + entry("Two", "b.xhtml"), a=a, b=f"<h2>Two</h2>{PROSE}")
    assert found == ["## One", "### First", "#### Inner", "### Second", "## Two"]


def test_a_file_that_the_contents_do_not_know_goes_below_the_chapter_before() -> None:
    contents = entry("One", "a.xhtml", entry("Part of one", "a.xhtml#x")) + entry("Two", "c.xhtml")
    pages = {
        "a": f"<h1>One</h1>{PROSE}<h2 id='x'>Part of one</h2>{PROSE}",
        "b": f"<h1>Extra</h1>{PROSE}",
        "c": f"<h1>Two</h1>{PROSE}",
    }
    assert chapters(contents, **pages) == ["## One", "### Part of one", "### Extra", "## Two"]


@pytest.mark.parametrize(
    ("label", "markup", "expected"),
    [
        ("Chapter 1: The Sea", "<h1>Chapter 1</h1><h2>The Sea</h2>", "Chapter 1: The Sea"),
        ("Chapter 1. The Sea", "<h2>Chapter 1<br/>The Sea</h2>", "Chapter 1. The Sea"),
        ("CHAPTER I. THE SEA", "<h2>Chapter I.<br/>The Sea</h2>", "Chapter I. The Sea"),
        ("1 The Sea", "<p>1</p><p>The <i>Sea</i></p>", "1: The {emphasis: Sea}"),
        ("I — The Sea and the Land", "<p>I</p><h1>The Sea<br/>and the Land</h1>", "I — The Sea and the Land"),
        ("The Sea", "<h1>Chapter 1</h1><h2>The Sea</h2>", "Chapter 1: The Sea"),
        ("Chapter One", "<h1>1</h1><h2>The Sea</h2>", "1: The Sea"),
        ("1. The Sea", "<h1>1</h1>", "1. The Sea"),
        ("The Sea", "<p class='title'>THE SEA</p>", "THE SEA"),
        ("The Sea", "<h1>The sea, and what lives in it</h1>", "The sea, and what lives in it"),
        ("The Sea", "<p><img src='title.png' alt='The Sea'/></p>", "The Sea"),
        ("The Sea", "", "The Sea"),
        ("Sea &amp; Land", "<header><div>Sea</div><div>&amp; Land</div></header>", "Sea & Land"),
        ("The Sea", "<p>A note by the editors of this book.</p><h1>The Sea</h1>", "The Sea"),
    ],
)
def test_each_line_of_the_contents_has_one_heading(label: str, markup: str, expected: str) -> None:
    pages = {"a.xhtml": page(f"{markup}{PROSE}"), "b.xhtml": page(f"<h1>Land</h1>{PROSE}")}
    document = read(book({"nav.xhtml": nav(entry(label, "a.xhtml") + entry("Land", "b.xhtml")), **pages}))
    assert outline(document) == [f"## {expected}", "## Land"]
    assert isinstance(document.blocks[0], Heading)
    assert not any(isinstance(block, Figure) and block.alt for block in document.blocks)  # not said twice


def test_a_note_in_a_joined_heading_stays() -> None:
    pages = {
        "a.xhtml": page(
            f'<h1>Chapter 1</h1><h2>The Sea<a href="#n"><sup>1</sup></a></h2>{PROSE}<p id="n">1 A note.</p>'
        ),
        "b.xhtml": page(f"<h1>Land</h1>{PROSE}"),
    }
    document = read(
        book({"nav.xhtml": nav(entry("Chapter 1. The Sea", "a.xhtml") + entry("Land", "b.xhtml")), **pages})
    )
    assert outline(document)[0] == "## Chapter 1. The Sea{note=n: 1}"


def test_several_lines_may_lead_to_one_place() -> None:
    contents = entry("Part One", "a.xhtml", entry("The Sea", "a.xhtml#sea")) + entry("Land", "b.xhtml")
    assert chapters(contents, a=f"<h1 id='sea'>The Sea</h1>{PROSE}", b=f"<h1>Land</h1>{PROSE}") == [
        "## Part One",
        "### The Sea",
        "## Land",
    ]


def test_a_line_said_twice_makes_one_heading() -> None:
    contents = entry("The Sea", "a.xhtml") + entry("The Sea", "a.xhtml#sea") + entry("Land", "b.xhtml")
    assert chapters(contents, a=f"<h1 id='sea'>The Sea</h1>{PROSE}", b=f"<h1>Land</h1>{PROSE}") == [
        "## The Sea",
        "## Land",
    ]


def test_a_line_without_a_link_stands_before_the_first_below_it() -> None:
    contents = f"<li><span>Part One</span><ol>{entry('The Sea', 'a.xhtml')}</ol></li>" + entry("Land", "b.xhtml")
    assert chapters(contents, a=f"<h1>The Sea</h1>{PROSE}", b=f"<h1>Land</h1>{PROSE}")[:2] == [
        "## Part One",
        "### The Sea",
    ]


def test_an_author_above_a_title_belongs_to_the_essay_below() -> None:
    a, b = f"<h1>One</h1>{PROSE}", f"<p>A guest writer</p><h1>Two</h1>{PROSE}"
    document = read(
        book(
            {
                "nav.xhtml": nav(entry("One", "a.xhtml") + entry("Two", "b.xhtml")),
                "a.xhtml": page(a),
                "b.xhtml": page(b),
            }
        )
    )
    said = list(texts(document.blocks))
    assert said.index("Two") < said.index("A guest writer")


def test_a_place_inside_a_list_gets_its_heading_before_the_list() -> None:
    a = f"<h1>One</h1>{PROSE}<ul><li id='x'>apples</li><li>pears</li></ul>"
    assert chapters(entry("One", "a.xhtml") + entry("Fruit", "a.xhtml#x"), a=a) == ["## One", "## Fruit"]


def test_the_books_own_title_is_no_chapter() -> None:
    contents = entry("A Book", "a.xhtml", entry("One", "a.xhtml#one") + entry("Two", "b.xhtml"))
    pages = {"a": f"<h1>A book</h1><p>For all.</p><h2 id='one'>One</h2>{PROSE}", "b": f"<h2>Two</h2>{PROSE}"}
    assert chapters(contents, **pages) == ["## One", "## Two"]


def test_a_story_that_has_the_books_title_stays_a_chapter() -> None:
    contents = entry("One", "a.xhtml") + entry("A book", "b.xhtml")
    assert chapters(contents, a=f"<h1>One</h1>{PROSE}", b=f"<h1>A book</h1>{PROSE}") == ["## One", "## A book"]


def test_without_contents_the_headings_stay_as_they_are_below_the_title() -> None:
    pages = {
        "a.xhtml": page(f"<h1>A book</h1><h1>One</h1>{PROSE}<h2>Part</h2>{PROSE}"),
        "b.xhtml": page(f"<h1>Two</h1>{PROSE}"),
    }
    assert outline(read(book(pages))) == ["## One", "### Part", "## Two"]


def test_an_ncx_serves_where_the_navigation_is_empty() -> None:
    points = point("One", "a.xhtml", point("Inner", "a.xhtml#x")) + point("Two", "b.xhtml")
    pages = {"a.xhtml": page(f"<p>One</p>{PROSE}<p id='x'>Inner</p>{PROSE}"), "b.xhtml": page(PROSE)}
    document = read(book({"nav.xhtml": nav(""), "toc.ncx": ncx(points), **pages}))
    assert outline(document) == ["## One", "### Inner", "## Two"]


def test_a_broken_ncx_is_told_and_the_headings_serve() -> None:
    document = read(book({"toc.ncx": "<ncx><navMap>", "a.xhtml": page(f"<h1>One</h1>{PROSE}")}))
    assert outline(document) == ["## One"]
    assert "not well-formed" in left_out(document)["table of contents"]


# ── notes, links, languages ──────────────────────────────────────────────────────────────────────────────────────────


def test_ids_that_occur_in_several_files_stay_apart() -> None:
    notes = '<p>Text<a epub:type="noteref" href="#n1">1</a></p>{}'
    notes += '<aside epub:type="footnote" id="n1"><p>Note {}.</p></aside>'
    document = read(book({f"{name}.xhtml": page(notes.format(PROSE, name)) for name in "ab"}))
    marks = [span.note for block in document.blocks if isinstance(block, Paragraph) for span in block.text if span.note]
    found = {block.id: list(texts(block.blocks)) for block in document.blocks if isinstance(block, Footnote)}
    assert len(set(marks)) == 2
    assert [found[mark] for mark in marks] == [["Note a."], ["Note b."]]


def test_notes_outside_the_reading_order_are_fetched_and_other_such_files_are_not() -> None:
    pages = {
        "a.xhtml": page(
            f'<p>Text<a href="notes.xhtml#n"><sup>*</sup></a> and <a href="b.xhtml#x">more about it</a>.</p>{PROSE}'
        ),
        "notes.xhtml": page('<p id="n">* The note.</p>'),
        "b.xhtml": page('<p id="x">Aside.</p>'),
    }
    opf = package(list(pages), spine='<itemref idref="a.xhtml"/><itemref idref="b.xhtml" linear="no"/>')
    document = read(book(pages, opf=opf))
    assert [block.id for block in document.blocks if isinstance(block, Footnote)] == ["n"]
    assert "Aside." not in list(texts(document.blocks))
    assert left_out(document) == {"b.xhtml": "outside the reading order"}


def test_links_between_files_leave_no_address() -> None:
    body = '<p><a href="b.xhtml#x">there</a>, <a href="gone.xhtml">gone</a>, <a href="https://example.org/">out</a></p>'
    document = read(book({"a.xhtml": page(body + PROSE), "b.xhtml": page(f'<p id="x">x</p>{PROSE}')}))
    links = [span.href for block in document.blocks if isinstance(block, Paragraph) for span in block.text if span.href]
    assert links == ["https://example.org/"]


def test_a_file_in_another_language_says_so() -> None:
    document = read(book({"a.xhtml": page(PROSE), "b.xhtml": page("<p>Die Flut kommt.</p>", language="de")}))
    assert [span.language for block in document.blocks if isinstance(block, Paragraph) for span in block.text] == [
        "",
        "de",
    ]


@pytest.mark.parametrize(
    ("declared", "on_files", "expected"), [("de", "en", "en"), ("en", "de", "en"), ("", "en", "en")]
)
def test_the_words_decide_where_package_and_files_disagree(declared: str, on_files: str, expected: str) -> None:
    metadata = f"<dc:title>A book</dc:title><dc:language>{declared}</dc:language>"
    pages = {"a.xhtml": page(ENGLISH, language=on_files)}
    document = read(book(pages, opf=package(list(pages), metadata=metadata)))
    assert document.language == expected
    assert {span.language for block in document.blocks if isinstance(block, Paragraph) for span in block.text} == {""}


def test_images_are_named_as_in_the_archive() -> None:
    body = (
        f'<p><img src="../i/a%20b.png" alt="x"/><svg xmlns:xlink="http://www.w3.org/1999/xlink"><title>Map</title>'
        f'<image xlink:href="/i/c.png"/></svg></p>{PROSE}'
    )
    document = read(book({"t/a.xhtml": page(body)}))
    figures = [(block.source, block.alt) for block in document.blocks if isinstance(block, Figure)]
    assert figures == [("i/a b.png", "x"), ("i/c.png", "Map")]


# ── what is said about the book ──────────────────────────────────────────────────────────────────────────────────────


def about(metadata: str) -> Document:
    return read(book({"a.xhtml": page(PROSE)}, opf=package(["a.xhtml"], metadata=metadata)))


def test_authors_are_those_with_the_role_then_those_without() -> None:
    creators = '<dc:creator>First writer</dc:creator><dc:creator opf:role="trl">Translator</dc:creator>'
    assert about(f'{creators}<dc:creator opf:role="aut">Second writer</dc:creator>').authors == (
        "Second writer",
        "First writer",
    )
    assert about('<dc:creator opf:role="ill">Painter</dc:creator>').authors == ("Painter",)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("<dc:date>2020-05-01T00:00:00Z</dc:date>", "2020-05-01"),
        ('<dc:date opf:event="modification">2021-01-01</dc:date>', ""),
        (
            '<dc:date opf:event="modification">2021-01-01</dc:date>'
            '<dc:date opf:event="publication">1999-12-31</dc:date>',
            "1999-12-31",
        ),
        ("<dc:date>1865</dc:date>", ""),
        ("<dc:date>whenever</dc:date>", ""),
    ],
)
def test_date_is_the_publication(dates: str, expected: str) -> None:
    assert about(dates).published == expected


def test_a_book_without_metadata_is_called_after_its_file() -> None:
    document = read(book({"a.xhtml": page(PROSE)}, opf=package(["a.xhtml"], metadata="")), "shelf/high-water.epub")
    assert (document.title, document.language, document.meta.explicit) == ("High water", "en", None)


# ── what is left out ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("markup", "attributes", "why"),
    [
        ('<p><img src="i.png" alt="Cover"/></p>', ' epub:type="cover"', "cover"),
        ("<h1>A book</h1><p>A novel in two parts</p>", ' epub:type="titlepage"', "title page"),
        ("<p>A BOOK</p><p>2nd edition, 1999</p>", "", "title page"),
        ("<p>© Somebody</p>", ' epub:type="copyright-page"', "copyright page"),
        ('<nav epub:type="page-list"><ol><li><a href="b.xhtml">1</a></li></ol></nav>', "", "list of pages"),
        ("<h1>Index</h1><p>tide, 3</p>", ' epub:type="index"', "index of words"),
        (f"<p>{ONE}</p><p>{TWO}</p><p>{THREE} 9</p>", "", "table of contents"),
    ],
)  # fmt: skip
def test_what_no_listener_needs_is_left_out_and_reported(markup: str, attributes: str, why: str) -> None:
    rest = f"<h1>One</h1>{PROSE}<h1 id='x'>Two</h1>{PROSE}<h1 id='y'>Three</h1>{PROSE}"
    document = read(book({"a.xhtml": page(markup, attributes=attributes), "b.xhtml": page(rest)}))
    assert outline(document) == ["## One", "## Two", "## Three"]
    assert document.blocks[0] == next(block for block in document.blocks if isinstance(block, Heading))
    assert [omission.why for omission in document.omitted] == [why]
    assert document.omitted[0].position.part == "a.xhtml"


@pytest.mark.parametrize(
    ("markup", "attributes"),
    [
        ("<p>To all who wait.</p>", ' epub:type="dedication"'),
        (f"<h1>Foreword</h1>{PROSE}", ' epub:type="foreword"'),
        (f"<h1>A book</h1><p>Told by the sea, in its own words.</p>{PROSE * 3}", ' epub:type="titlepage"'),
        ("<p>© Somebody, and nobody marked this page.</p>", ""),
        (f"<p>As {ONE} and {TWO} and {THREE} tell.</p>{PROSE}", ""),
        (f"<p>{ONE}, {TWO}, {THREE}</p>", ""),
    ],
)  # fmt: skip
def test_what_belongs_to_the_text_stays(markup: str, attributes: str) -> None:
    rest = f"<h1>One</h1>{PROSE}<h1 id='x'>Two</h1>{PROSE}<h1 id='y'>Three</h1>{PROSE}"
    document = read(book({"a.xhtml": page(markup, attributes=attributes), "b.xhtml": page(rest)}))
    assert not document.omitted
    assert re.sub("<[^>]*>", " ", markup).split()[-1] in " ".join(texts(document.blocks))


def test_words_beside_a_list_of_chapters_stay() -> None:
    links = "".join(f'<li><a href="b.xhtml#{name}">{"A rather long name of a chapter " * 3}</a></li>' for name in "abc")
    thanks = "<p>Many thanks to all those who waited so long for this book.</p>"
    rest = "".join(f"<h2 id='{name}'>{name.upper()}</h2>{PROSE}" for name in "abc")
    document = read(
        book({"a.xhtml": page(f"<h1>Contents</h1><div>{thanks}<ul>{links}</ul></div>"), "b.xhtml": page(rest)})
    )
    assert "Many thanks to all those who waited so long for this book." in list(texts(document.blocks))


def test_a_part_keeps_its_title_when_its_list_of_chapters_goes() -> None:
    links = "".join(
        f"<li>{link}</li>"
        for link in ('<a href="b.xhtml#a">A</a>', '<a href="b.xhtml#b">B</a>', '<a href="b.xhtml#c">C</a>')
    )
    contents = entry("Part One", "a.xhtml", "".join(entry(n.upper(), f"b.xhtml#{n}") for n in "abc"))
    rest = "".join(f"<h2 id='{name}'>{name.upper()}</h2>{PROSE}" for name in "abc")
    assert chapters(contents, a=f"<h1>Part One</h1><ul>{links}</ul>", b=rest) == [
        "## Part One",
        "### A",
        "### B",
        "### C",
    ]


def test_page_numbers_are_silent() -> None:
    body = '<p>The sea <span class="pagenum">[Pg 7]</span>is <a epub:type="pagebreak" id="p8">8</a>wide.</p>'
    document = read(book({"a.xhtml": page(body)}))
    assert list(texts(document.blocks)) == ["The sea is wide."]
    assert not document.omitted


# ── sloppy and damaged books ─────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_missing_is_told_and_the_rest_is_read() -> None:
    opf = package(
        ["a.xhtml", "gone.xhtml"], spine="".join(f'<itemref idref="{n}"/>' for n in ("a.xhtml", "gone.xhtml", "what"))
    )
    document = read(book({"a.xhtml": page(PROSE), "nav.xhtml": nav(entry("Gone", "gone.xhtml"))}, opf=opf))
    assert left_out(document) == {
        "what": "in the reading order, but not among the book's files",
        "gone.xhtml": "missing from the archive",
    }


def test_a_contents_line_that_leads_nowhere_is_told() -> None:
    pages = {"nav.xhtml": nav(entry("One", "a.xhtml") + entry("Gone", "gone.xhtml#x")), "a.xhtml": page(PROSE)}
    assert left_out(read(book(pages)))["Gone"] == "line of the table of contents that leads nowhere"


def test_a_file_that_is_not_well_formed_is_read_as_html() -> None:
    body = "<html><head><title/></head><body><h1>One<p>Text<br>more &nbsp; <a id='x'/>and <b>bold</p></body></html>"
    document = read(book({"a.xhtml": body}))
    assert "Text more and" in list(texts(document.blocks))[-1]
    assert document.omitted == (
        Omission(what="a.xhtml", why="not well-formed XML: read as HTML", position=document.omitted[0].position),
    )


def test_odd_names_are_found() -> None:
    pages = {"Text/Eins Ä.XHTML": page(f"<h1>One</h1>{PROSE}").encode()}
    opf = package(["text/eins%20%C3%84.xhtml", "/Text/../Text/Eins Ä.XHTML"]).encode()
    data = zipped({"meta-inf/Container.xml": CONTAINER.encode(), "PACKAGE.opf": opf} | pages)
    assert outline(read(data)) == ["## One"]


def test_a_book_without_a_container_is_read_by_its_only_package_file() -> None:
    data = zipped({"OEBPS/content.opf": package(["a.xhtml"]), "OEBPS/a.xhtml": page(PROSE)})
    assert read(data).title == "A book"


def test_fallbacks_and_images_in_the_reading_order() -> None:
    more = '<item id="s" href="s.pdf" media-type="application/pdf" fallback="t"/>'
    more += '<item id="t" href="t.xhtml" media-type="application/xhtml+xml"/>'
    more += '<item id="i" href="i.svg" media-type="image/svg+xml"/><item id="p" href="p.bin" media-type="x/y"/>'
    opf = package(
        ["a.xhtml"], spine="".join(f'<itemref idref="{name}"/>' for name in ("a.xhtml", "s", "i", "p")), more=more
    )
    files: dict[str, str | bytes] = {
        "a.xhtml": page(PROSE),
        "t.xhtml": page("<p>In place of it.</p>"),
        "s.pdf": b"%PDF",
        "i.svg": b"<svg/>",
        "p.bin": b"x",
    }
    document = read(book(files, opf=opf))
    assert list(texts(document.blocks))[1] == "In place of it."
    assert [block.source for block in document.blocks if isinstance(block, Figure)] == ["i.svg"]
    assert left_out(document)["p.bin"] == "not a text: x/y"


@pytest.mark.parametrize("algorithm", ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"])
def test_obfuscated_fonts_are_no_protection(algorithm: str) -> None:
    assert read(book({"a.xhtml": page(PROSE)}, files={"META-INF/encryption.xml": encryption(algorithm)})).blocks


def encryption(algorithm: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
        f'<enc:EncryptedData><enc:EncryptionMethod Algorithm="{algorithm}"/></enc:EncryptedData></encryption>'
    )


@pytest.mark.parametrize(
    "files",
    [
        {"META-INF/encryption.xml": encryption("http://www.w3.org/2001/04/xmlenc#aes256-cbc")},
        {"META-INF/encryption.xml": "<encryption><EncryptedData/></encryption>"},
        {"META-INF/rights.xml": "<rights/>"},
        {"META-INF/license.lcpl": "{}"},
    ],
)
def test_protected_books_are_refused(files: dict[str, str]) -> None:
    refused(book({"a.xhtml": page(PROSE)}, files=files), "copy-protected")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no book", "damaged"),
        (zipped({"word/document.xml": "<w/>"}), "no EPUB"),
        (book({"a.xhtml": page(PROSE)}, opf="<package>"), "not well-formed"),
        (book({"a.xhtml": page(PROSE)}, opf=package([])), "no reading order"),
        (book({"a.xhtml": page("<p><img src='1.png'/></p>"), "b.xhtml": page("<img src='2.png' alt=''/>")}), "no text"),
        (book({"a.xhtml": page("")}), "no text"),
        (book({"a.xhtml": b"\x00\x01\x02"}), "no text"),
        (book({"a.xhtml": page(PROSE), "../b": "x"}), "not safe"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, words: str) -> None:
    refused(data, words)


@pytest.mark.parametrize("name", ["a.xhtml", "nav.xhtml", "toc.ncx", "package.opf", "META-INF/container.xml"])
@pytest.mark.parametrize("dtd", [LAUGHS, "<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"])
def test_entities_are_refused_in_every_file(name: str, dtd: str) -> None:
    pages = {"nav.xhtml": nav(""), "toc.ncx": ncx(point("One", "a.xhtml")), "a.xhtml": page(PROSE)}
    refused(book(pages, files={name: f"{dtd}<a>&a;</a>"}), "declares XML entities", name)


def test_more_tags_than_a_book_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub_paths, "MAX_TAGS", 100)
    refused(book({f"p{number}.xhtml": page("<p>x</p>" * 9) for number in range(9)}), "more than 100 tags")


def test_time_grows_with_the_book_only() -> None:
    contents = "".join(entry(f"Line {n}", f"a.xhtml#i{n}") for n in range(300))
    body = (
        "".join(f'<p id="i{n}"></p>' for n in range(300))
        + "<p></p>" * 3000
        + "<b>" * 50
        + "<i>x</i>" * 3000
        + "</b>" * 50
    )
    began = time.process_time()
    assert read(book({"nav.xhtml": nav(contents), "a.xhtml": page(body + "<div>" * 900 + "x" + "</div>" * 900)})).blocks
    assert time.process_time() - began < 10


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

SOUND = {
    "mimetype": b"application/epub+zip",
    "META-INF/container.xml": CONTAINER.encode(),
    "package.opf": package(["nav.xhtml", "toc.ncx", "a.xhtml", "b.xhtml"]).encode(),
    "nav.xhtml": nav(entry("Part", "a.xhtml", entry("One", "a.xhtml#one")) + entry("Two", "b.xhtml")).encode(),
    "toc.ncx": ncx(point("One", "a.xhtml")).encode(),
    "a.xhtml": page('<p>Part</p><h2 id="one">One</h2><p>Text<a href="b.xhtml#n"><sup>1</sup></a></p>').encode(),
    "b.xhtml": page('<h1>Two</h1><p>More.</p><p id="n">1 Note <a href="a.xhtml">back</a></p>').encode(),
}
CUTS = st.lists(st.tuples(st.integers(0, 2**16), st.sampled_from([*b"<>/&\"'=# \x00\xff", None])), max_size=5)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(SOUND)), CUTS, max_size=3),
    st.sets(st.sampled_from(sorted(SOUND)), max_size=2),
)
def test_any_damage_to_the_files_gives_a_document_or_a_read_error(
    damage: dict[str, list[tuple[int, int | None]]], dropped: set[str]
) -> None:
    files = {name: bytearray(data) for name, data in SOUND.items() if name not in dropped}
    for name, cuts in damage.items():
        for at, value in cuts if name in files else ():
            data = files[name]
            if value is None:
                del data[at % (len(data) + 1) :]
            elif data:
                data[at % len(data)] = value
    with suppress(ReadError):
        document = read(zipped({name: bytes(data) for name, data in files.items()}))
        assert all(block.level >= 2 for block in document.blocks if isinstance(block, Heading))
        assert all(plain(block.text) or block.text for block in document.blocks if isinstance(block, Heading))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=8), st.integers(0, 4000))
def test_any_damage_to_the_archive_gives_a_document_or_a_read_error(flips: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(zipped(SOUND))
    for at, value in flips:
        data[at % len(data)] = value
    for whole in (bytes(data), bytes(data[:cut]), bytes(data[cut:])):
        with suppress(ReadError):
            read(whole)


def test_the_sound_book_of_these_laws_is_read() -> None:
    assert outline(read(zipped(SOUND))) == ["## Part", "### One", "## Two"]
    assert zipfile.ZipFile(BytesIO(zipped(SOUND))).testzip() is None
