"""The walker: elements of every kind, hidden and cluttered pages, footnotes, limits."""

from __future__ import annotations

import pytest

from pipeline.model.document import Footnote, List, Paragraph, Span, Table, plain
from pipeline.text.dom.clutter import why_hidden
from pipeline.text.dom.inline import paragraphs, same_language, tidy
from pipeline.text.dom.source import declared, decode_html, parse
from pipeline.text.plain_words import text_of
from pipeline.text.walk import walk
from tests.read.as_json import _block


def blocks(markup: str, *, own: bool = True, language: str = "en", base: str = "") -> list[object]:
    """The blocks of ``markup`` in the form of the case files."""
    found, _ = walk(parse(f"<body>{markup}</body>", "x"), language=language, base=base, own=own)
    return [_block(block) for block in found]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("loose <b>text</b><p>and</p>more", [{"p": "loose {strong: text}"}, {"p": "and"}, {"p": "more"}]),
        ("<p> a \n b&nbsp;<i> c</i> <i>d </i></p>", [{"p": "a b\xa0{emphasis:  c} {emphasis: d}"}]),
        ("<p>so\u00adft&#8203;</p>", [{"p": "soft"}]),
        ("one<br>two<br><br>three", [{"p": "one two"}, {"p": "three"}]),
        ("<a href='/x'><h3>T</h3>text</a>", [{"h3": "{link=/x: T}"}, {"p": "{link=/x: text}"}]),
        ("<span lang='de-AT'><p>Servus</p></span>", [{"p": "{de-AT: Servus}"}]),
        ("<p lang='en-GB'>same</p>", [{"p": "same"}]),
        ("<p><b><i>both</i></b> <kbd>Esc</kbd></p>", [{"p": "{strong: both} {code: Esc}"}]),
        ("<p>漢<ruby>字<rp>(</rp><rt>ji</rt></ruby></p>", [{"p": "漢字"}]),
        ("<p><a href='javascript:x()'>no</a></p>", [{"p": "no"}]),
        ("<ol start=-3><li value=7>a<li>b</ol>", [{"ol": ["a", "b"], "start": 7}]),
        ("<ol start=x><li></li></ol>", []),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", [{"ul": [[{"p": "a"}, {"ul": ["b"]}]]}]),
        ("<dl><div><dt>A<dd>b<dd>c</div></dl>", [{"dl": [{"A": [{"p": "b"}, {"p": "c"}]}]}]),
        ("<div role=heading aria-level=4>Four</div>", [{"h4": "Four"}]),
        ("<pre class='brush:sql'>a\n  b<br>c\n</pre>", [{"code": "a\n  b\nc", "language": "sql"}]),
        ("<pre><span class=lineno>1</span>x <button>Copy</button></pre>", [{"code": "x"}]),
        ("<blockquote>a<p>-- B</p></blockquote>", [{"quote": "a", "cite": "B"}]),
        (
            "<blockquote>a<footer>— <cite>B</cite>, C</footer></blockquote>",
            [{"quote": "a", "cite": "{emphasis: B}, C"}],
        ),
        ("<blockquote>a<p>— <i>B</i></p></blockquote>", [{"quote": "a", "cite": "{emphasis: B}"}]),
        ("<blockquote>a<p>—</p></blockquote>", [{"quote": [{"p": "a"}, {"p": "—"}]}]),
        ("<figure><blockquote>a</blockquote><figcaption>B</figcaption></figure>", [{"quote": "a", "cite": "B"}]),
        (
            "<figure><table><tr><td>a<td>b</table><figcaption>C</figcaption></figure>",
            [{"table": ["a | b"], "caption": "C"}],
        ),
        ("<p>See <img src=a.png alt='An a'> here</p>", [{"p": "See here"}, {"figure": "a.png", "alt": "An a"}]),
        ("<p>Good <img class=emoji alt='🙂' src=x></p>", [{"p": "Good 🙂"}]),
        ("<img src=x.gif width=1 height=1 alt=''>", []),
        (
            "<img src='data:image/gif;base64,x' data-src='real.png' alt=''>",
            [{"figure": "real.png", "decorative": True}],
        ),
        ("<table><tr><td>a</table>", [{"p": "a"}]),
        ("<table><tr><th>A<th>B<tr><td>1</table>", [{"table": ["1 | "], "header": "A | B"}]),
        ("<hr><aside>x</aside>", [{"break": True}, {"aside": "aside", "blocks": "x"}]),
        ("<details><summary>More</summary>text</details>", [{"p": "{strong: More}"}, {"p": "text"}]),
        ("<p>Net of &lt;b&gt; tags</p><script>x</script>", [{"p": "Net of <b> tags"}]),
    ],
)
def test_markup_becomes_blocks(markup: str, expected: list[object]) -> None:
    assert blocks(markup) == expected


def test_links_and_images_join_the_base() -> None:
    found = blocks("<p><a href='../b'>b</a></p><img src=i.png alt=i>", base="https://example.org/a/c")
    assert found == [{"p": "{link=https://example.org/b: b}"}, {"figure": "https://example.org/a/i.png", "alt": "i"}]


FILLER = f"<p>{'A sentence of the article. ' * 40}</p>"


@pytest.mark.parametrize(
    "markup",
    [
        "<nav>boxed</nav>",
        "<div class='post-share__list'>boxed</div>",
        "<div id=newsletter>boxed</div>",
        "<section class=related-posts><h2>boxed</h2></section>",
        "<form>boxed</form>",
        "<div id=catlinks>boxed</div>",
        "<div role=dialog>boxed</div>",
        "<div><a href=1>boxed</a> <a href=2>boxed</a> <a href=3>boxed</a></div>",
        "<p>so <span class=mw-editsection>boxed</span></p>",
    ],
)
def test_clutter_is_left_out_of_pages_only(markup: str) -> None:
    page = parse(f"<body>{FILLER}{markup}</body>", "x")
    found, omitted = walk(page)
    assert "boxed" not in text_of(found)
    assert any("boxed" in omission.what for omission in omitted)
    kept, none = walk(page, own=True)
    assert "boxed" in text_of(kept)
    assert none == ()


@pytest.mark.parametrize(
    "markup",
    [
        "<h2 id=comments class=share>kept</h2>",
        "<p><a class=toc-backref href=#x>kept</a></p>",
        "<ul class=menu><li>kept",
    ],
)
def test_article_parts_named_like_clutter_stay(markup: str) -> None:
    found, _ = walk(parse(f"<body>{FILLER}{markup}</body>", "x"))
    assert ("kept" in text_of(found)) is ("menu" not in markup)


def test_body_named_like_clutter_is_read() -> None:
    found, _ = walk(parse(f"<body><div class='with-sidebar comments'>{FILLER}</div></body>", "x"))
    assert "A sentence" in text_of(found)


@pytest.mark.parametrize(
    ("markup", "hidden"),
    [
        ("<p hidden>", True),
        ("<p hidden=until-found>", False),
        ("<p style='DISPLAY : none'>", True),
        ("<p aria-hidden=true>", True),
        ("<p aria-hidden=false>", False),
        ("<p class='visually-hidden'>", True),
        ("<p class='hidden md:block'>", False),
        ("<p class='overflow-hidden'>", False),
    ],
)
def test_hidden_things_are_known(markup: str, hidden: bool) -> None:
    assert bool(why_hidden(parse(markup, "x").find(".//p"))) is hidden  # type: ignore[arg-type]


def test_a_link_forward_to_plain_text_is_no_footnote() -> None:
    (first, second), _ = walk(parse("<p>see <a href=#a>section 2</a></p><p id=a>text</p>", "x"), own=True)
    assert isinstance(first, Paragraph)
    assert isinstance(second, Paragraph)
    assert not any(span.note for span in first.text)


def test_a_footnote_outside_the_article_is_not_lost() -> None:
    page = parse("<article><p>text<sup><a href=#n>1</a></sup></p></article><div id=n>1. The note.</div>", "x")
    found, _ = walk(page.find(".//article"))  # type: ignore[arg-type]
    note = found[-1]
    assert isinstance(note, Footnote)
    assert (note.id, note.label, text_of(note.blocks)) == ("n", "1", "The note.")


def test_source_lines_are_counted_from_one() -> None:
    (heading, paragraph), _ = walk(parse("<body>\n<h2>T</h2>\n<p>one\ntwo\nthree</p>", "x"), own=True)
    assert (heading.position.line, heading.position.end_line) == (2, 2)
    assert (paragraph.position.line, paragraph.position.end_line) == (3, 5)


def test_deep_markup_keeps_its_text() -> None:
    markup = "<div>" * 300 + "<b>" * 300 + "down here" + "</b>" * 300 + "</div>" * 300
    found, _ = walk(parse(f"<body>{markup}</body>", "x"), own=True)
    assert text_of(found) == "down here"


def test_deep_emphasis_keeps_its_text() -> None:
    found, _ = walk(parse(f"<p>{'<em>' * 900}down here", "x"), own=True)
    assert text_of(found) == "down here"


def test_spans_of_a_huge_table_are_bounded() -> None:
    cells = "<td rowspan=65534 colspan=1000>x</td>" * 50
    (table,), _ = walk(parse(f"<table>{f'<tr>{cells}</tr>' * 50}</table>", "x"), own=True)
    assert isinstance(table, Table)
    assert {len(row) for row in table.rows} == {100}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("en", "en-GB", True), ("EN_gb", "en-GB", True), ("en-US", "en-GB", False), ("fr", "und", False)],
)
def test_languages_agree_as_far_as_both_go(one: str, other: str, same: bool) -> None:
    assert same_language(one, other) is same


def test_line_breaks_fold_and_part() -> None:
    line = [
        Span(text=" a"),
        Span(text="\n"),
        Span(text="b "),
        Span(text="\n"),
        Span(text=" "),
        Span(text="\n"),
        Span(text="c"),
    ]
    assert [plain(part) for part in paragraphs(line)] == ["a b", "c"]
    assert tidy([Span(text="x "), Span(text=" y", code=True), Span(text="  ")]) == (
        Span(text="x "),
        Span(text="y", code=True),
    )


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"<meta charset=latin1>", "cp1252"),
        (b"<META http-equiv=x content='text/html; charset=GB2312'>", "gb18030"),
        (b"<?xml version='1.0' encoding='Shift_JIS'?>", "cp932"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"\xef\xbb\xbf<meta charset=latin1>", "utf-8"),
        (b"<meta charset=base64>", ""),
        (b"<meta charset=nonsense>", ""),
        (b"<p>charset=latin1", ""),
    ],
)
def test_declared_encoding(data: bytes, encoding: str) -> None:
    assert declared(data) == encoding


def test_a_little_damage_is_counted_and_not_refused() -> None:
    text, damage = decode_html(b"<meta charset=utf-8>" + b"word " * 1000 + b"\xff", "x")
    assert (damage, text[-1]) == (1, "\ufffd")


def test_list_entries_hold_blocks() -> None:
    (found,), _ = walk(parse("<ol><li><p>a</p><p>b</p></li></ol>", "x"), own=True)
    assert isinstance(found, List)
    assert [text_of(item.blocks) for item in found.items] == ["a\nb"]
