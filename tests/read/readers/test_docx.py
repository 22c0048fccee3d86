"""Word files: cases in ``tests/cases/docx`` (what is written, what is read), and what no file may do."""

from __future__ import annotations

import contextlib
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline import plugins
from pipeline.errors import ReadError
from pipeline.model.document import Code, Document, Figure, Footnote, Heading, List, Paragraph, Table
from pipeline.text.docx.document import MAX_PARAGRAPHS
from pipeline.text.docx.math import tex_of
from pipeline.text.docx.numbering import written
from tests.read.as_json import as_json, pretty
from tests.read.make_docx import HEADER, docx, unzipped, zipped

CASES = Path(__file__).parents[2] / "cases"
FILES = sorted(path for path in (CASES / "docx").glob("*.xml") if path.stem != "everything")
EVERYTHING = (CASES / "docx" / "everything.xml").read_text(encoding="utf-8")
OLD_WORD = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)


def read(data: bytes, uri: str = "letter.docx") -> Document:
    made: Document = plugins.load("readers", "docx").read(data, uri=uri)
    return made


def words(text: str) -> Document:
    return read(docx(f'<properties title="Words"/>{text}'))


@pytest.mark.parametrize("case", FILES, ids=lambda path: path.stem)
def test_document_is_the_expected_one(case: Path) -> None:
    expected = case.with_suffix(".json").read_text(encoding="utf-8")
    assert pretty(as_json(read(docx(case.read_text(encoding="utf-8"))))) == pretty(json.loads(expected))


def test_every_case_is_whole() -> None:
    assert FILES
    assert {case.stem for case in FILES} == {case.stem for case in (CASES / "docx").glob("*.json")}


def test_positions_are_numbers_of_paragraphs() -> None:
    document = words(
        '<list id="1" kind="bullet"/>'
        "<p>one</p><p/>"
        '<p list="1">three</p><p list="1">four</p>'
        "<table><row header='1'><cell>5</cell><cell>6</cell></row><row><cell>7</cell><cell>8</cell></row></table>"
        "<p>nine<note id='1'/><box><p>ten</p></box></p><p style='Heading 1'>eleven</p><p>twelve</p>"
        "<footnote id='1'><p>note</p></footnote>"
    )
    places = [(type(block).__name__, block.position.line, block.position.end_line) for block in document.blocks]
    assert places == [
        ("Paragraph", 1, 1), ("List", 3, 4), ("Table", 5, 8), ("Paragraph", 9, 9), ("Aside", 10, 10),
        ("Heading", 11, 11), ("Paragraph", 12, 12), ("Footnote", 9, 9),
    ]  # fmt: skip


def test_what_is_left_out_counts_too() -> None:
    contents = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        "<w:sdtContent><w:p/><w:p/></w:sdtContent></w:sdt>"
    )
    document = words(f"{contents}<p style='toc 1'>three</p><p>four</p>")
    assert [block.position.line for block in document.blocks] == [4]


def test_blanks_between_two_looks_look_like_nothing() -> None:
    text = words("<p><b>one</b> <i>two</i> <i>three</i> <b>four</b></p>").blocks[0]
    assert as_json(Document(title="", blocks=(text,)))["blocks"] == [
        {"p": "{strong: one} {emphasis: two three} {strong: four}"}
    ]


def test_lists_side_by_side_stay_apart() -> None:
    document = words(
        '<list id="1"/><list id="2"/><list id="3" start="7"/>'
        '<p list="1">a</p><p list="1">b</p><p list="2">c</p><p list="3">d</p><p list="3">e</p>'
    )
    lists = [block for block in document.blocks if isinstance(block, List)]
    assert [(block.start, len(block.items)) for block in lists] == [(1, 2), (1, 1), (7, 2)]


def test_fields_in_fields_without_end_are_not_believed() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = "<w:p>" + mark.format("begin") * 60 + "<w:r><w:t>told</w:t></w:r>" + mark.format("end") * 60 + "</w:p>"
    assert str(words(body + "<p>end</p>").blocks).count("told") == 1
    assert "told" not in str(
        words(body.replace(mark.format("begin") * 60, mark.format("begin") * 3) + "<p>end</p>").blocks
    )


def test_what_is_left_out_says_where() -> None:
    document = words("<p>one</p><p>two <w:del><w:r><w:delText>gone</w:delText></w:r></w:del></p>")
    assert [(gone.what, gone.why, gone.position.line) for gone in document.omitted] == [("gone", "deleted revision", 2)]


@pytest.mark.parametrize(
    ("properties", "body", "title"),
    [
        ('title="Told"', '<p style="Title">Shown</p><p>x y</p>', "Shown"),
        ('title="Told"', '<p style="Heading 1">Told</p><p>x y</p>', "Told"),
        ('title="Told"', '<p style="Heading 1">Other</p><p>x y</p>', "Told"),
        ("", '<p style="Heading 1">Alone</p><p>x y</p>', "Alone"),
        ("", '<p style="Heading 1">One</p><p style="Heading 1">Two</p><p>x y</p>', "Letter"),
        ('title="Microsoft Word - letter.doc"', "<p>x y</p>", "Letter"),
        ("", '<p style="Title">In two</p><p style="Title">lines</p><p>x y</p>', "In two lines"),
    ],
)
def test_title(properties: str, body: str, title: str) -> None:
    document = read(docx(f"<properties {properties}/>{body}"))
    assert document.title == title
    assert all(not (isinstance(block, Heading) and block.text[0].text == title) for block in document.blocks)


def test_programs_are_no_authors() -> None:
    made = docx('<properties creator="python-docx" created="2013-12-23T23:15:00Z"/><p>x y</p>')
    assert (read(made).authors, read(made).published) == ((), "")
    made = docx('<properties creator="One group; Another group" created="2025-03-01T09:00:00Z"/><p>x y</p>')
    assert (read(made).authors, read(made).published) == (("One group", "Another group"), "2025-03-01")


def test_words_know_the_language_better_than_the_keyboard() -> None:
    german = "<p>Die Ebbe ist das Sinken des Wassers, und sie kommt zwei Mal am Tag mit dem Mond und der Sonne.</p>" * 3
    assert read(docx(f'<properties language="en-US"/>{german}')).language == "de"
    assert read(docx(f'<properties language="de-CH"/>{german}')).language == "de-CH"


def test_a_text_typed_in_one_face_is_no_code() -> None:
    line = '<w:p><w:r><w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr><w:t>A line of a typescript.</w:t></w:r></w:p>'
    assert all(isinstance(block, Paragraph) for block in words(line * 4).blocks)
    assert any(isinstance(block, Code) for block in words(line + "<p>" + "Usual letters. " * 9 + "</p>").blocks)


def test_bold_lines_are_headings_where_there_are_no_others() -> None:
    body = "<p>Running text that goes on for a while, and on, and on, until there is enough of it.</p>"
    bold = f"<p><b>Ebb</b></p>{body}<p><b>Flow</b></p>{body}"
    assert [block.level for block in words(bold).blocks if isinstance(block, Heading)] == [2, 2]
    for other in (
        f"<p><b>Ebb</b></p>{body}",
        f"{bold}<p style='Heading 3'>Real</p>{body}",
        "<p><b>A</b></p><p>b</p>" * 3,
    ):
        assert all(block.level == 3 for block in words(other).blocks if isinstance(block, Heading))


def test_strict_files_are_read_too() -> None:
    files = unzipped(docx("<p style='Heading 1'>Part</p><p>words</p>"))
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = {
        name: data.replace(space, b"http://purl.oclc.org/ooxml/wordprocessingml/main") for name, data in files.items()
    }
    assert strict != files
    assert as_json(read(zipped(strict))) == as_json(read(zipped(files)))


def test_parts_may_have_any_name() -> None:
    files = unzipped(docx("<p style='Heading 1'>Part</p><p>words</p>"))
    files["word/main.xml"] = files.pop("word/document.xml")
    files["word/_rels/main.xml.rels"] = files.pop("word/_rels/document.xml.rels")
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"word/document.xml", b"/word/main.xml")
    assert read(zipped(files)).title == "Part"


def test_alternatives_are_read_once() -> None:
    assert str(words("<p>host <box><p>boxed words</p></box></p>").blocks).count("boxed words") == 1


def formula(inner: str) -> str:
    return tex_of(etree.fromstring(f"<m:oMath {HEADER}>{inner}</m:oMath>".encode()))


def r(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("inner", "tex"),
    [
        (r("E=mc") + "", "E = mc"),
        (r("-1"), "-1"),
        (f"<m:f><m:num>{r('a')}</m:num><m:den>{r('b')}</m:den></m:f>", r"\frac{a}{b}"),
        (
            f"<m:f><m:fPr><m:type m:val='noBar'/></m:fPr><m:num>{r('n')}</m:num><m:den>{r('k')}</m:den></m:f>",
            r"\binom{n}{k}",
        ),
        (f"<m:sSubSup><m:e>{r('x')}</m:e><m:sub>{r('i')}</m:sub><m:sup>{r('12')}</m:sup></m:sSubSup>", "x_i^{12}"),
        (f"<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/><m:e>{r('x')}</m:e></m:rad>", r"\sqrt{x}"),
        (
            f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{r('i=1')}</m:sub><m:sup>{r('n')}</m:sup>"
            f"<m:e>{r('i')}</m:e></m:nary>",
            r"\sum_{i = 1}^n i",
        ),
        (
            "<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=')'/></m:dPr>"
            f"<m:e>{r('0')}</m:e><m:e>{r('1')}</m:e></m:d>",
            "[0 | 1)",
        ),
        (f"<m:func><m:fName>{r('sin')}</m:fName><m:e>{r('x')}</m:e></m:func>", r"\sin x"),
        (
            f"<m:func><m:fName><m:limLow><m:e>{r('lim')}</m:e><m:lim>{r('x→0')}</m:lim></m:limLow></m:fName><m:e>{r('f')}</m:e></m:func>",
            r"\lim_{x → 0} f",
        ),
        (f"<m:acc><m:accPr><m:chr m:val='\u20d7'/></m:accPr><m:e>{r('v')}</m:e></m:acc>", r"\vec{v}"),
        (f"<m:bar><m:barPr><m:pos m:val='top'/></m:barPr><m:e>{r('z')}</m:e></m:bar>", r"\overline{z}"),
        (
            f"<m:m><m:mr><m:e>{r('1')}</m:e><m:e>{r('0')}</m:e></m:mr><m:mr><m:e>{r('0')}</m:e><m:e>{r('1')}</m:e></m:mr></m:m>",
            r"\begin{matrix} 1 & 0 \\ 0 & 1 \end{matrix}",
        ),
        ("<m:r><m:rPr><m:nor/></m:rPr><m:t>if dry</m:t></m:r>", r"\text{if dry}"),
        (f"<m:box><m:e>{r('a')}</m:e></m:box>", "a"),
        ("", ""),
    ],
)
def test_formulas(inner: str, tex: str) -> None:
    assert formula(inner) == tex


@pytest.mark.parametrize(
    ("count", "form", "shown"),
    [(4, "lowerRoman", "iv"), (1999, "upperRoman", "MCMXCIX"), (28, "upperLetter", "BB"), (7, "decimalZero", "07"),
     (0, "lowerLetter", "0"), (5000, "lowerRoman", "5000"), (3, "bullet", ""), (3, "cardinalText", "3")],
)  # fmt: skip
def test_numbers_as_shown(count: int, form: str, shown: str) -> None:
    assert written(count, form) == shown


# ── files that are not safe, or not what they seem ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no Word document"),
        (b"Dear reader", "no Word document"),
        (OLD_WORD, "save it as .docx"),
        (OLD_WORD + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (zipped({**unzipped(docx("<p>words</p>")), "word/vbaProject.bin": b""}), "macros"),
        (zipped({"a.txt": b"x"}), "no document"),
        (zipped({"word/document.xml": b"<html/>"}), "no Word document"),
        (zipped({"word/document.xml": b"<w:document"}), "not well-formed"),
        (docx("<p/>"), "nothing to read"),
        (docx("", document=f"<w:document {HEADER}/>".encode()), "no text"),
    ],
)
def test_what_is_no_document_gets_one_clear_line(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=re.escape(said)) as caught:
        read(data)
    assert "\n" not in str(caught.value)


BILLION = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
THEFT = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declared", [BILLION, THEFT, "<!DOCTYPE x SYSTEM 'http://127.0.0.1/x.dtd'>"])
@pytest.mark.parametrize("part", ["document", "styles", "numbering", "footnotes", "comments", "header1"])
def test_document_types_are_refused_in_every_part(declared: str, part: str) -> None:
    files = unzipped(docx(EVERYTHING))
    name = f"word/{part}.xml"
    data = declared.encode() + files[name]
    with pytest.raises(ReadError):
        read(zipped({**files, name: data}))
    wide = (declared + files[name].decode()).encode("utf-16")
    with pytest.raises(ReadError):
        read(zipped({**files, name: wide}))


def test_paths_that_lead_outside_are_refused() -> None:
    with pytest.raises(ReadError, match="outside"):
        read(zipped({**unzipped(docx(EVERYTHING)), "../evil": b"x"}))


def test_links_to_files_are_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    files = unzipped(docx('<p>words <image src="x.png" alt="a picture"/></p>'))
    links = files["word/_rels/document.xml.rels"].replace(
        b'Target="x.png"', f'Target="{secret.as_uri()}" TargetMode="External"'.encode()
    )
    figure = read(zipped({**files, "word/_rels/document.xml.rels": links})).blocks[-1]
    assert isinstance(figure, Figure)
    assert figure.source == "secret.png"


def test_a_bomb_is_refused() -> None:
    with pytest.raises(ReadError, match="bomb"):
        read(zipped({**unzipped(docx(EVERYTHING)), "word/document.xml": b" " * 5_000_000}))


@pytest.mark.parametrize(
    ("open_", "close", "depth"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 45),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 60),
        ("<w:ins>", "</w:ins>", 60),
        ("<w:ins>", "</w:ins>", 160),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 3000),
        ("<w:ins>", "</w:ins>", 3000),
    ],
)
def test_deep_nesting_is_read_or_refused(open_: str, close: str, depth: int) -> None:
    body = f"{open_ * depth}<w:p><w:r><w:t>deep words</w:t></w:r></w:p>{close * depth}"
    made = docx("", document=f"<w:document {HEADER}><w:body>{body}</w:body></w:document>".encode())
    if depth <= 60:
        assert "deep words" in str(read(made).blocks)
    else:
        with pytest.raises(ReadError, match=r"nested|well-formed"):
            read(made)


def test_deep_formulas_are_read() -> None:
    deep = f"{'<m:rad><m:e>' * 60}<m:r><m:t>x</m:t></m:r>{'</m:e></m:rad>' * 60}"
    assert formula(deep).count(r"\sqrt") > 10
    assert "x" in formula(deep)


def test_more_paragraphs_than_any_book_are_refused_quickly() -> None:
    body = b"<w:p/>" * (MAX_PARAGRAPHS + 1)
    made = docx("", document=f"<w:document {HEADER}><w:body>".encode() + body + b"</w:body></w:document>")
    started = time.monotonic()
    with pytest.raises(ReadError, match="split it"):
        read(made)
    assert time.monotonic() - started < 20


def test_one_paragraph_of_countless_runs_is_refused() -> None:
    runs = "".join(f"<w:r><w:t>{at}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>b</w:t></w:r>" for at in range(30_000))
    made = docx("", document=f"<w:document {HEADER}><w:body><w:p>{runs}</w:p></w:body></w:document>".encode())
    with pytest.raises(ReadError, match="too many parts"):
        read(made)


def test_speed_does_not_fall_with_length() -> None:
    def seconds(count: int) -> float:
        made = docx('<list id="1"/>' + "<p>Some <b>words</b> here.</p><p list='1'>entry</p>" * count)
        started = time.process_time()
        read(made)
        return time.process_time() - started

    seconds(20)
    assert seconds(1200) < 12 * seconds(200) + 0.5


SEED = unzipped(docx(EVERYTHING))
PARTS = sorted(name for name in SEED if name.endswith((".xml", ".rels")))
NOISE = ["", "0", "-1", "99999999999", "none", "abc", "%9.", "é", "../x", "http://[", "9" * 40]


def survives(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        as_json(read(data))


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=400) | st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_give_a_document_or_a_read_error(data: bytes) -> None:
    survives(data)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_files_give_a_document_or_a_read_error(data: st.DataObject) -> None:
    whole = bytearray(zipped(SEED))
    for _ in range(data.draw(st.integers(0, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    survives(bytes(whole[: data.draw(st.integers(0, len(whole)))]) if data.draw(st.booleans()) else bytes(whole))


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_strange_xml_gives_a_document_or_a_read_error(data: st.DataObject) -> None:
    """Well-formed parts whose attributes, elements and members are not what they should be."""
    files = dict(SEED)
    for name in data.draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=3)):
        root = etree.fromstring(SEED[name])
        elements: list[Any] = list(root.iter())
        for _ in range(data.draw(st.integers(1, 5))):
            element = elements[data.draw(st.integers(0, len(elements) - 1))]
            change = data.draw(st.sampled_from(("attribute", "rename", "remove", "copy", "move")))
            other = elements[data.draw(st.integers(0, len(elements) - 1))]
            parent = element.getparent()
            if change == "attribute" and element.attrib:
                element.set(data.draw(st.sampled_from(sorted(element.attrib))), data.draw(st.sampled_from(NOISE)))
            elif change == "rename":
                element.tag = other.tag
            elif parent is not None and change == "remove":
                parent.remove(element)
            elif parent is not None and change == "copy":
                parent.append(etree.fromstring(etree.tostring(other, with_tail=False)))
            elif (
                parent is not None
                and change == "move"
                and element not in other.iterancestors()
                and element is not other
            ):
                other.append(element)
        files[name] = etree.tostring(root)
    if data.draw(st.booleans()):
        del files[data.draw(st.sampled_from(sorted(files)))]
    survives(zipped(files))


def test_kinds_of_block() -> None:
    """The case that holds everything holds every kind of block, so that what is shown above means something."""
    kinds = {type(block) for block in read(docx(EVERYTHING)).blocks}
    assert {Code, Figure, Footnote, Heading, List, Paragraph, Table} <= kinds
