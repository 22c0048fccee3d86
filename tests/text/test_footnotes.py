"""Footnotes as many tools write them, and marks that lead nowhere."""

from __future__ import annotations

import pytest

from pipeline.text.dom.source import parse
from pipeline.text.walk import walk
from tests.read.as_json import _block


def read(markup: str, *, own: bool = True) -> tuple[list[object], list[str]]:
    """Blocks in the form of the case files, and what was left out."""
    blocks, omitted = walk(parse(f"<body>{markup}</body>", "x"), language="en", own=own)
    return [_block(block) for block in blocks], [f"{one.what}: {one.why}" for one in omitted]


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        ("<sup><a href=#n id=r>1</a></sup>", "<ol><li id=n>Text <a href=#r>↩</a></ol>"),
        ("<sup class=footnote>[<a id=r class=footnote href=#n>1</a>]</sup>", "<div id=n><a href=#r>1</a>. Text</div>"),
        ("<a class=footnote-anchor id=r href=#n>1</a>",
         "<div class=footnote><a id=n href=#r class=footnote-number>1</a><div><p>Text</p></div></div>"),
        ("<sup class=reference id=r><a href=#n>[1]</a></sup>",
         "<ol><li id=n><span class=mw-cite-backlink>^ <a href=#r><sup>a</sup></a> <a href=#q>b</a></span> Text</ol>"),
        ("<sup class=reference id=r><a href=https://example.org/w#n>[1]</a></sup>",
         "<ol><li id=n><b><a href=https://example.org/w#r>^</a></b> Text</ol>"),
        ("<a class='footnote-reference' href=#n id=r role=doc-noteref><span>[</span>1<span>]</span></a>",
         "<aside class=footnote-list><aside id=n role=doc-footnote><span class=label><span>[</span>"
         "<a role=doc-backlink href=#r>1</a><span>]</span></span><p>Text</p></aside></aside>"),
        ("<a class=footnote-reference href=#n id=r>[1]</a>",
         "<dl><dt class=label id=n><a class=fn-backref href=#r>1</a></dt><dd><p>Text</p></dd></dl>"),
        ("<a epub:type=noteref href=#n>1</a>", "<aside epub:type=footnote id=n><p>1 Text</p></aside>"),
        ("<a epub:type=noteref href=#n>1</a>", "<div hidden><aside epub:type=footnote id=n><p>Text</p></aside></div>"),
        ("<sup><a href=#n>1</a></sup>", "<table><tr><td>1<td id=n>Text</table>"),
        ("<label for=n class=sidenote-number></label><input id=n type=checkbox><span class=sidenote>Text</span>", ""),
        ("<sup><a href='#fn%3An'>1</a></sup>", "<section class=footnotes><hr><ol><li id=fn:n>Text</ol></section>"),
    ],
)  # fmt: skip
def test_notes_of_many_tools(reference: str, note: str) -> None:
    (paragraph, *others), omitted = read(f"<p>a{reference} b</p>{note}")
    name = "fn:n" if "fn:n" in note else "n"
    mark = "[1]" if "[" in reference else "1"
    assert paragraph == {"p": f"a{{note={name}: {mark}}} b"}
    assert {"note": name, "label": "1", "blocks": "Text"} in others
    assert {"break": True} not in others
    assert [line for line in omitted if "hidden" not in line] == []


def test_a_mark_without_its_note_is_not_read() -> None:
    assert read("<p>a<sup><a href=#gone>9</a></sup> b</p>") == (
        [{"p": "a b"}],
        ["9: reference to a note that is not there"],
    )


def test_the_marks_of_printed_pages_are_silent() -> None:
    markup = "<p>a <span epub:type=pagebreak id=p>12</span>b</p><div role=doc-pagebreak>13</div>"
    assert read(markup) == ([{"p": "a b"}], [])
