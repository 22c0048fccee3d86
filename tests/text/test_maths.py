"""Formulas as pages and Markdown write them: each is found once, as TeX, as words or as one line of symbols."""

from __future__ import annotations

import pytest
from lxml import etree

from pipeline.text.dom.source import parse
from pipeline.text.mathml_line import line_of_math
from pipeline.text.tex import bare_tex, is_tex
from pipeline.text.walk import walk
from tests.read.as_json import _block

TEX = "<annotation encoding='application/x-tex'>x^2</annotation>"
KATEX = (
    f"<span class=katex><span class=katex-mathml><math><semantics><mi>x</mi>{TEX}</semantics></math></span>"
    "<span class=katex-html aria-hidden=true>x2</span></span>"
)
MATHJAX_2 = (
    "<span class=MathJax_Preview>x2</span><span class=MathJax><nobr aria-hidden=true>x2</nobr>"
    "<span class=MJX_Assistive_MathML><math><mi>x</mi></math></span></span><script type='math/tex'>x^2</script>"
)
MATHJAX_3 = (
    "<mjx-container class=MathJax><mjx-math aria-hidden=true><mjx-mi>x</mjx-mi></mjx-math><mjx-assistive-mml>"
    "<math><msup><mi>x</mi><mn>2</mn></msup></math></mjx-assistive-mml></mjx-container>"
)
WIKI = (
    "<span class=mwe-math-element><span style='display: none'><math alttext='{\\displaystyle x^2}'></math></span>"
    "<img class=mwe-math-fallback-image-inline aria-hidden=true alt='{\\displaystyle x^2}'></span>"
)


def read(markup: str) -> list[object]:
    blocks, _ = walk(parse(f"<body>{markup}</body>", "x"), language="en", own=True)
    return [_block(block) for block in blocks]


@pytest.mark.parametrize(
    "markup",
    [
        KATEX,
        MATHJAX_2,
        MATHJAX_3,
        WIKI,
        f"<math><semantics><mi>x</mi>{TEX}</semantics></math>",
        "<math alttext='x^2'></math>",
        "<script type='math/tex'>x^2</script>",
        "<img class=latex alt='$x^2$'>",
        "<span class='math inline'>\\(x^2\\)</span>",
        "<span class='math inline'><em>x</em><sup>2</sup></span>",
        "<mjx-container><mjx-math data-latex='x^2'></mjx-math></mjx-container>",
        "\\(x^2\\)",
        "$$x^2$$",
    ],
)
def test_a_formula_in_a_line_is_there_once(markup: str) -> None:
    assert read(f"<p>See {markup}, there.</p>") == [{"p": "See {formula: x^2}, there."}]


@pytest.mark.parametrize(
    "markup",
    [
        f"<span class=katex-display>{KATEX}</span>",
        "<math display=block alttext='x^2'></math>",
        "<script type='math/tex; mode=display'>x^2</script>",
        "<span class='math display'>\\[x^2\\]</span>",
        "<div class=math>$$x^2$$</div>",
        MATHJAX_3.replace("<mjx-container", "<mjx-container display=true"),
    ],
)
def test_a_formula_of_its_own_stands_alone(markup: str) -> None:
    expected: list[object] = [{"p": "See"}, {"p": "{formula: x^2}"}, {"p": "there."}]
    assert read(f"<p>See {markup} there.</p>" if not markup.startswith("<div") else f"See{markup}there.") == expected


@pytest.mark.parametrize(
    "markup",
    [
        "<span role=math aria-label='x squared'>x<sup>2</sup></span>",
        "<math aria-label='x squared'><mi>x</mi></math>",
        "<img class=tex alt='x squared'>",
    ],
)
def test_words_for_a_formula_are_words(markup: str) -> None:
    assert read(f"<p>See {markup}.</p>") == [{"p": "See x squared."}]


@pytest.mark.parametrize("text", ["<span class=tex>TeX</span>", "<span class=math>about the maths of it</span>"])
def test_a_class_alone_makes_no_formula(text: str) -> None:
    assert "formula" not in str(read(f"<p>{text}</p>"))


@pytest.mark.parametrize(
    ("math", "line"),
    [
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "a/(b + 1)"),
        ("<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>2</mn></msup>", "(a)^2"),
        ("<msubsup><mo>∑</mo><mn>0</mn><mi>n</mi></msubsup><msub><mi>a</mi><mi>i</mi></msub>", "∑_0^n a_i"),
        ("<msqrt><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>", "√(a + b)"),
        ("<mroot><mn>8</mn><mn>3</mn></mroot><mo>&lt;</mo><mn>3</mn>", "8^(1/3) < 3"),
        ("<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>", "\\binom{n}{k}"),
        ("<mover><mi>x</mi><mo>˙</mo></mover>", "x˙"),
        ("<mtable><mtr><mtd><mi>x</mi></mtd><mtd><mo>=</mo><mn>2</mn></mtd></mtr></mtable>", "x = 2"),
        ("<mi>f</mi><mo>\u2061</mo><mfenced><mi>x</mi><mi>y</mi></mfenced><mphantom><mi>z</mi></mphantom>", "f(x, y)"),
    ],
)  # fmt: skip
def test_mathml_in_one_line(math: str, line: str) -> None:
    assert line_of_math(etree.fromstring(f"<math>{math}</math>")) == line


def test_deep_mathml_takes_no_time() -> None:
    assert line_of_math(etree.fromstring(f"<math>{'<mrow>' * 200}<mi>x</mi>{'</mrow>' * 200}</math>")) == "x"


@pytest.mark.parametrize(
    ("text", "formula"),
    [("x", True), ("a b", True), ("sin x", True), ("x = y", True), ("a squared", False), ("a plus b", False)],
)
def test_words_and_formulas_are_told_apart(text: str, formula: bool) -> None:
    assert is_tex(text) is formula


def test_delimiters_are_no_part_of_a_formula() -> None:
    assert [bare_tex(text) for text in ("\\( a \\)", "\\[a\\]", "$$ a_1 $$", "$a$", "{\\displaystyle a}")] == [
        "a", "a", "a_1", "a", "a",
    ]  # fmt: skip
