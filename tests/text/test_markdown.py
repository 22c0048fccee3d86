"""Markdown beyond CommonMark, as generators of sites and editors write it."""

from __future__ import annotations

import pytest

from pipeline import plugins
from pipeline.errors import ReadError
from tests.read.as_json import as_json

TEMPLATE = "template code for the generator of the site"


def read(source: str) -> tuple[list[object], list[str]]:
    made = as_json(plugins.load("readers", "markdown").read(source.encode(), uri="x.md"))
    return made["blocks"], made.get("omitted", [])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("It costs $5 and $10, or US$3.50.", {"p": "It costs $5 and $10, or US$3.50."}),
        ("From $20,000 to $30,000 in $USD.", {"p": "From $20,000 to $30,000 in $USD."}),
        ("Paid $5 for it, with a total of 7$ in all.", {"p": "Paid $5 for it, with a total of 7$ in all."}),
        ("See $x^2$, $`y_1`$ and $$z$$ here.", {"p": "See {formula: x^2}, {formula: y_1} and {formula: z} here."}),
        ("$$\nx =\n1\n$$", {"p": "{formula: x = 1}"}),
        ("```math\nx\n```", {"p": "{formula: x}"}),
        ("## Two words {#two .x}\n\nText.", {"h2": "Two words"}),
        ("*a*{: .x} [mot]{lang=fr} `c`{.r}\n{: .lead}", {"p": "{emphasis: a} {fr: mot} {code: c}"}),
        ("Bare https://example.org/a_b_c.", {"p": "Bare {link=https://example.org/a_b_c: https://example.org/a_b_c}."}),
        ("<https://example.org>", {"p": "{link=https://example.org: https://example.org}"}),
        ("*[WHO]: World Health Organization\n\nWHO says.", {"p": "{for=World Health Organization: WHO} says."}),
        ("A\nB\n: c\n\nD\n: e", {"dl": [{"A | B": "c"}, {"D": "e"}]}),
        ("A\n: b\n\nC\nD\n: e", {"dl": [{"A": "b"}, {"C | D": "e"}]}),
        ("A whole sentence.\nAnother\n: not a term", {"p": "A whole sentence. Another : not a term"}),
        ("```{.python .numberLines}\na\n```", {"code": "a", "language": "python"}),
        ('```js title="a.js"\na\n```', {"code": "a", "language": "js"}),
        ("> [!NOTE]\n> a", {"aside": "note", "blocks": "a"}),
        ("!!! note\n    a", {"aside": "note", "blocks": "a"}),
        (":::note[Title]\na\n:::", {"aside": "note", "blocks": [{"p": "{strong: Title}"}, {"p": "a"}]}),
        ('::: {.callout-tip title="T"}\na\n:::', {"aside": "tip", "blocks": [{"p": "{strong: T}"}, {"p": "a"}]}),
        ("::: {.column width=50%}\na\n:::", {"p": "a"}),
        ("a  \nb\\\nc", {"p": "a b c"}),
        ('{{< figure src="a.png" alt="A" caption="C" >}}', {"figure": "a.png", "alt": "A", "caption": "C"}),
        (
            '{{< youtube id="abc" title="T" >}}',
            {"figure": "https://www.youtube.com/watch?v=abc", "kind": "video", "alt": "T"},
        ),
        ("{% highlight go %}\na = *1*\n{% endhighlight %}", {"code": "a = *1*", "language": "go"}),
        ('See [that]({{< ref "b.md" >}}).', {"p": "See {link=b.md: that}."}),
        ("Shown: `{{ kept }}`", {"p": "Shown: {code: {{ kept }}}"}),
        ("a[^1]\n\n[^1]: b\n\n    c", {"p": "a{note=fn-1: 1}"}),
        ("H~2~O, x^2^, ~ 5 ~ and a~5", {"p": "H{sub: 2}O, x{super: 2}, ~ 5 ~ and a~5"}),
        ("A ==very *good*== day, a == b == c, a==b==c.", {"p": "A very {emphasis: good} day, a == b == c, a==b==c."}),
    ],
)
def test_markdown(source: str, expected: object) -> None:
    found, omitted = read(source)
    assert found[0] == expected
    assert omitted == []


@pytest.mark.parametrize(
    ("source", "omitted"),
    [
        ("[[toc]]", "[[toc]]: table of contents"),
        ("[TOC]", "[TOC]: table of contents"),
        ("* Contents\n{:toc}", "Contents {:toc}: table of contents"),
        ("{{< ads >}}", f"{{{{< ads >}}}}: {TEMPLATE}"),
        ("{{ page.title }}", f"{{{{ page.title }}}}: {TEMPLATE}"),
        ("{% include a.html %}", f"{{% include a.html %}}: {TEMPLATE}"),
        ("{% comment %}\nno\n{% endcomment %}", "no: comment"),
        ("import A from './a'", f"import A from './a': {TEMPLATE}"),
        ("<Chart\n  data={[1, 2]}\n/>", f"<Chart data={{[1, 2]}} />: {TEMPLATE}"),
        ("[^unused]: Nobody refers to it.", "[^unused]: Nobody refers to it.: note that nothing refers to"),
    ],
)
def test_what_is_not_read_aloud_is_told(source: str, omitted: str) -> None:
    assert read(f"Text.\n\n{source}\n\nMore.") == ([{"p": "Text."}, {"p": "More."}], [omitted])


def test_notes_in_the_line_and_below_have_ids_of_their_own() -> None:
    found, _ = read("An ^[inline *one*].\n\nText[^1] and^[another].\n\n[^1]: Note one.")
    assert found == [
        {"p": "An {note=fn-1: 1}."},
        {"p": "Text{note=fn-2: 2} and{note=fn-3: 3}."},
        {"note": "fn-1", "label": "1", "blocks": "inline {emphasis: one}"},
        {"note": "fn-2", "label": "2", "blocks": "Note one."},
        {"note": "fn-3", "label": "3", "blocks": "another"},
    ]


@pytest.mark.parametrize("mark", ["", "> ", "- "])
def test_no_cell_of_a_row_is_lost(mark: str) -> None:
    rows = ("| A | B |", "|---|---|", "| 1 | 2 | *three* | a \\| b |", "| 4 |")
    indent = mark if mark == "> " else " " * len(mark)
    found, _ = read(mark + f"\n{indent}".join(rows))
    assert "{emphasis: three}" in str(found)
    assert "a | b" in str(found)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("a\n" * 300_000, "300,000 lines"),
        ("Here.\n\n" + "word " * 60_000, "line 3 begins a paragraph of 299,999 characters"),
        ("<div>\n" + "<i>a</i>\n" * 101_000, "tags, more than"),
    ],
)
def test_what_is_too_large_is_refused(source: str, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read(source)


def test_a_mark_without_a_note_is_not_read() -> None:
    assert read("Text[^9] and `[^8]`.") == (
        [{"p": "Text and {code: [^8]}."}],
        ["[^9]: reference to a note that is not there"],
    )


def test_components_let_their_text_through() -> None:
    found, _ = read('<Callout type="warning" icon={x}>\n\nMind *that*.\n\n</Callout>')
    assert "Mind {emphasis: that}." in str(found)


@pytest.mark.parametrize(
    "front",
    [
        '+++\ntitle = "T"\ndate = 2024-05-01T08:00:00Z\ndraft = false\nauthors = ["a b", "c"]\n+++\n',
        '{\n "title": "T",\n "date": "2024-05-01",\n "authors": [{"name": "a b"}, "c"]\n}\n',
        '+++\ntitle = "T"\ndate = 2024-05-01\n[params]\nauthors = ["a b", "c"]\n+++\n',
        '+++\ntitle = "T"\ndate = "2024-05-01"\nauthors = ["a b", "c"]\nbroken = {\n+++\n',
        "---\ntitle: T\ndate: 2024-05-01\nauthors: [a b, c]\n---\n",
    ],
)
def test_front_matter_in_every_notation(front: str) -> None:
    document = plugins.load("readers", "markdown").read(f"{front}\nText.".encode(), uri="x.md")
    assert (document.title, document.published, document.authors) == ("T", "2024-05-01", ("a b", "c"))
    assert document.blocks[0].position.line == front.count("\n") + 2


@pytest.mark.parametrize(
    "source", ["{not json}\n\nText.", "+++\n\nText.", '{"a": 1} begins a sentence.', "{{< x >}} Text."]
)
def test_text_that_begins_like_front_matter_is_text(source: str) -> None:
    assert "Text." in str(read(source)[0]) or "sentence" in str(read(source)[0])
