"""Constructs of pages as real tools write them: lists, tables, code, hidden text and the rest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.document import Position
from pipeline.text.dom.page import PART
from pipeline.text.dom.source import parse
from pipeline.text.walk import walk
from tests.read.as_json import _block


def read(markup: str, *, own: bool = True) -> tuple[list[object], list[str]]:
    """Blocks in the form of the case files, and what was left out."""
    blocks, omitted = walk(parse(f"<body>{markup}</body>", "x"), language="en", own=own)
    return [_block(block) for block in blocks], [f"{one.what}: {one.why}" for one in omitted]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<dl><dt>A<dt>B<dd>c<dd>d<dt>E</dl>", [{"dl": [{"A | B": [{"p": "c"}, {"p": "d"}]}, {"E": []}]}]),
        ("<dl><dd>only indented</dl>", [{"p": "only indented"}]),
        ("<dl><dt>Only a title</dl>", [{"p": "{strong: Only a title}"}]),
        ("<dl><dt><i>A</i><img src=a alt=x><dd>b</dl>", [{"dl": [{"{emphasis: A}": "b"}]}]),
        ("<menu><li>a</menu>", [{"ul": ["a"]}]),
        ("<ol type=a start=3><li>c</ol>", [{"ol": ["c"], "start": 3}]),
        ("<ol><li>a<li value=5>e<li>f</ol>", [{"ol": ["a"], "start": 1}, {"ol": ["e", "f"], "start": 5}]),
        ("<ol reversed><li>b<li>a</ol>", [{"ul": ["2. b", "1. a"]}]),
        ("<ul><li value=5>a<li value=9>b</ul>", [{"ul": ["a", "b"]}]),
    ],
)
def test_lists(markup: str, expected: list[object]) -> None:
    assert read(markup)[0] == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "<thead><tr><th rowspan=2>At<th colspan=2>2020<tr><th>low<th>high</thead><tfoot>"
            "<tr><th>all<td>8<td>9</tfoot><tbody><tr><th>A<td>1<td>2",
            {"table": ["A | 1 | 2", "all | 8 | 9"], "header": "At | 2020 low | 2020 high", "row_header": True},
        ),
        ("<caption>Prices<tr><th>Year<tr><td>1660", {"table": ["1660"], "header": "Year", "caption": "Prices"}),
        ("<tr><th colspan=2>T<tr><th>a<td>1", {"table": ["a | 1"], "row_header": True, "caption": "T"}),
        ("<caption>C<tr><th colspan=2>T<tr><td>a<td>1", {"table": ["a | 1"], "caption": "C – T"}),
        (
            "<tr><th scope=col>A<th>B<tr><td scope=row>a<td>1",
            {"table": ["a | 1"], "header": "A | B", "row_header": True},
        ),
        ("<tr><td>x<th>B<tr><th>a<td>1", {"table": ["x | B", "a | 1"]}),
        (
            "<tr><td><th>B<tr><th rowspan=2>a<td>1<tr><td>2",
            {"table": ["a | 1", "a | 2"], "header": " | B", "row_header": True},
        ),
    ],
)
def test_tables(rows: str, expected: dict[str, object]) -> None:
    assert read(f"<table>{rows}</table>")[0] == [expected]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>a <a href=x>link<span class=sr-only> (opens in new window)</span></a>", {"p": "a {link=x: link}"}),
        ("<p><span style='position:absolute;left:-9999px'>Skip</span>seen", {"p": "seen"}),
        ("<p><span style='clip: rect(0 0 0 0)'>Skip</span>seen", {"p": "seen"}),
        ("<h2><i aria-hidden=true>★</i><span class=visually-hidden>Results</span></h2>", {"h2": "Results"}),
        ("<p><span aria-hidden=true><b>O</b>nce</span><span class=sr-only>Once</span> upon", {"p": "Once upon"}),
        ("<p><span aria-hidden=true>O</span><span class=sr-only>O</span>nce", {"p": "Once"}),
        ("<p><span aria-hidden=true>O</span>nce", {"p": "Once"}),
        ("<p>Once <i aria-hidden=true>x</i> more", {"p": "Once more"}),
        ("<h2 aria-label='Once'><span aria-hidden=true>On</span><span aria-hidden=true>ce</span></h2>", {"h2": "Once"}),
        ("<p aria-label='Once'><span aria-hidden=true>On</span><span aria-hidden=true>ce</span></p>", {"p": "Once"}),
    ],
)
def test_hidden_words_neither_get_in_nor_get_lost(markup: str, expected: object) -> None:
    assert read(markup)[0] == [expected]


def test_words_that_stand_beside_for_screen_readers_are_not_reported() -> None:
    assert read("<p><span aria-hidden=true>Once</span><span class=sr-only>Once</span> upon") == (
        [{"p": "Once upon"}],
        [],
    )


TABLE = "<table><tr><td class={0}><pre>1\n2</pre></td><td class={1}><pre class=language-go>a\nb</pre></td></tr></table>"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (TABLE.format("linenos", "code"), "a\nb"),
        (TABLE.format("rouge-gutter", "rouge-code"), "a\nb"),
        (
            "<table><tr><td class=blob-num>1<td class=blob-code>a<tr><td class=blob-num>2<td class=blob-code>b</table>",
            "a\nb",
        ),
        ("<pre class=line-numbers><code>a\nb<span class=line-numbers-rows><i>1</i></span></code></pre>", "a\nb"),
        ("<pre class=chroma><span class=line><span class=ln>1</span>a\n</span><span class=line>b</span></pre>", "a\nb"),
        ("<pre><ol class=linenums><li>a</li><li>b</li></ol></pre>", "a\nb"),
        ("<pre><div>a</div>\n<div>b</div></pre>", "a\nb"),
        (
            "<pre><code><table><tr><td class=hljs-ln-numbers>1<td class=hljs-ln-code>a"
            "<tr><td class=hljs-ln-numbers>2<td class=hljs-ln-code>b</table></code></pre>",
            "a\nb",
        ),
    ],
)
def test_line_numbers_are_no_code(markup: str, text: str) -> None:
    (code,), _ = read(markup)
    assert isinstance(code, dict)
    assert code["code"] == text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<section epub:type=sidebar><p>s</p></section>", {"aside": "aside", "blocks": "s"}),
        ("<div class='markdown-alert markdown-alert-note'><p>Note</p><p>b</p></div>", {"aside": "note", "blocks": "b"}),
        ("<details><summary>More</summary></details>", {"p": "{strong: More}"}),
        ("<figure><p>A verse</p><figcaption>C</figcaption></figure>", {"p": "A verse"}),
        ("<address>A<br>b</address>", {"p": "A b"}),
        ("<p><a href=mailto:a@b>m</a> <a href=tel:1>t</a>", {"p": "{link=mailto:a@b: m} {link=tel:1: t}"}),
        ("<p xml:lang=fr>oui", {"p": "{fr: oui}"}),
        ("<p><ins>i</ins><del>d</del> <mark>m</mark> <q>q</q>", {"p": "i m “q”"}),
    ],
)
def test_the_rest(markup: str, expected: object) -> None:
    assert read(markup)[0][0] == expected


def test_blocks_tell_the_file_of_an_archive_that_they_stand_in() -> None:
    page = parse(
        f"<body><div {PART}=a.xhtml><p>a</p></div><div {PART}=b.xhtml><p data-source-lines=2:3>b</p></div>", "x"
    )
    (first, second), _ = walk(page, own=True)
    assert first.position.part == "a.xhtml"
    assert second.position == Position(line=2, end_line=3, part="b.xhtml")


PIECES = """
<p> </p> <dl> <dt> <dd> <table> <th_scope=row> <td> <caption> <iframe_src=a_title=T> <video> <source_src=a> </span>
<span_class=katex> <math_display=block> <span_class=math> $$x^2$$ <i_aria-hidden=true> <b_class=sr-only> </b> </i>
<a_href=#n_role=doc-noteref> </a> <li_id=n> <span_class=sidenote> <label> <blockquote_class=twitter-tweet> <figure>
<figcaption> <aside_class=pullquote> <td_class=linenos> <td_class=code> <pre> <svg_aria-label=x> <picture> <ol_reversed>
<li_value=9> <hr> <script_type=math/tex> </script> <h2_aria-label=w> word w 1 [1] ^
"""


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES.split()), max_size=30))
def test_any_mixture_is_read(pieces: list[str]) -> None:
    markup = " ".join(piece.replace("_", " ") for piece in pieces)
    blocks, omitted = read(markup)
    assert isinstance(blocks, list)
    assert all(isinstance(line, str) for line in omitted)
