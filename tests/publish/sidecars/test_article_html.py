"""The article as HTML: every cue has one place, and nothing that an article holds is taken for markup."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.model.document import Code, Figure, Heading, Paragraph, Span, Table
from pipeline.publish.sidecars._article_html import Look, Shown, article, direction, escape
from pipeline.publish.sidecars._article_tree import safe
from tests.publish.sidecars.reading import BLOCKS, edition_of
from tests.publish.sidecars.sample import edition

NAMESPACES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
ATTACKS = (
    "<script>window.ran = 1</script>",
    '"><img src=x onerror="window.ran=1">',
    "</style></title><script>window.ran=1</script>",
    "<!-- --!> ]]> <![CDATA[ &lt;b&gt; &#60;script&#62;",
    "javascript:window.ran=1",
    "{{constructor.constructor('window.ran=1')()}}",
    "\u2028\u2029\x00\x0b\ufffe' onload='window.ran=1",
)


def _root(body: str) -> etree._Element:
    return etree.fromstring(f"<body {NAMESPACES}>{body}</body>")


def _shown(root: etree._Element) -> str:
    return "".join(str(text) for text in root.itertext())


@pytest.mark.parametrize("look", [Look(), Look(xml=True, words=True, times=True), Look(moment=lambda cue: "a#t=1")])
def test_each_cue_has_one_element_in_its_section(look: Look) -> None:
    for one in (edition_of(), edition()):
        sections = article(one, look)
        assert [cue for section in sections for _, cue in section.cues] == list(one.timeline.cues)
        for section in sections:
            ids = re.findall(r' id="([^"]+)"', section.body)
            assert len(ids) == len(set(ids))
            assert {id for id, _ in section.cues} <= set(ids)
            assert {cue.chapter for _, cue in section.cues} <= {section.chapter}


def test_xhtml_is_well_formed_and_keeps_the_structure() -> None:
    body = "".join(section.body for section in article(edition_of(), Look(xml=True, words=True, times=True)))
    root = _root(body)
    tags = [etree.QName(element).localname for element in root.iter() if isinstance(element.tag, str)]
    for tag in ("h1", "h2", "h3", "ol", "li", "table", "caption", "th", "figure", "figcaption", "blockquote", "cite"):
        assert tag in tags
    assert 'xml:lang="fr">' in body
    assert 'epub:type="noteref"' in body
    assert 'epub:type="footnote"' in body


def test_every_word_is_there_once_with_its_time() -> None:
    for section in article(edition_of(), Look(xml=True, words=True, times=True)):
        for element in _root(section.body).iterfind(".//*[@data-t]"):
            words = [one for one in element.iter() if isinstance(one.tag, str) and one.get("class") == "w"]
            times = [int(ms) for ms in (element.get("data-w") or "").split()]
            assert len(times) == 2 * len(words)
            assert times == sorted(times)


def test_a_number_is_one_word_as_long_as_it_is_said() -> None:
    (body,) = (section.body for section in article(edition_of(), Look(words=True)) if "1,200" in section.body)
    assert '<span class="w">1,200</span>' in body


def test_pictures_are_shown_only_where_they_are_beside_the_page() -> None:
    one = edition_of()
    assert not any("<img" in section.body for section in article(one, Look()))
    images = {"bulge.png": Shown(address="images/1.png", width_px=40, height_px=30)}
    shown = "".join(section.body for section in article(one, Look(images=images)))
    size = 'width="40" height="30"'
    assert f'<img src="images/1.png" alt="Two bulges of water." {size} loading="lazy">' in shown
    assert "Two bulges of water." in re.sub("<[^>]*>", "", shown), "and in words that are heard"
    book = "".join(section.body for section in article(one, Look(xml=True, images=images)))
    assert f'alt="Two bulges of water." {size}/>' in book


def test_a_picture_without_words_says_so_and_one_for_the_eye_does_not() -> None:
    images = {name: Shown(address=f"images/{name}", width_px=4, height_px=3) for name in ("a.png", "b.png")}
    blocks = (
        Paragraph(text=(Span(text="Look."),)),
        Figure(source="a.png"),
        Figure(source="b.png", decorative=True),
        Figure(source="a.png", kind="video"),
    )
    shown = "".join(
        section.body for section in article(edition_of(blocks), Look(images=images, undescribed="A picture"))
    )
    assert re.findall(r'<img src="([^"]+)" alt="([^"]*)"', shown) == [
        ("images/a.png", "A picture"),
        ("images/b.png", ""),
    ]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "x.html", "//a.b"]
)
def test_links_lead_to_the_web_or_nowhere(address: str) -> None:
    blocks = (
        Paragraph(text=(Span(text="Read this.", href=address),)),
        Figure(source=address, caption=(Span(text="C"),)),
    )
    assert not any("<a " in section.body for section in article(edition_of(blocks), Look()))


def test_a_script_alone_is_an_article_too() -> None:
    first, second = article(edition(), Look())
    assert first.body.startswith("<h1>")
    assert '<p class="music"><span class="s" id="cue-2">[music]</span></p>' in first.body
    assert "<h2>" in second.body


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ('https://example.org/a|b?c="d"&e=[1]', "https://example.org/a%7Cb?c=%22d%22&e=%5B1%5D"),
        ("https://example.org/%20/50%#a#b", "https://example.org/%20/50%25#a%23b"),
        ("https://münchen.example:8080/ä", "https://münchen.example:8080/ä"),
        ('https://ex"ample.org/', ""),
        ("https://example.org\\\\@example.net/", ""),
        ("https:///path", ""),
        ("https://example.org:99999/", ""),
        ("mailto:a|b@example.org", "mailto:a%7Cb@example.org"),
    ],
)
def test_addresses_are_written_as_a_validator_wants_them(address: str, written: str) -> None:
    assert safe(address) == written


@pytest.mark.parametrize(
    ("language", "way"),
    [("he", "rtl"), ("fa-IR", "rtl"), ("uz-Arab", "rtl"), ("ar-Latn", "ltr"), ("en-GB", "ltr"), ("und", "ltr")],
)
def test_a_language_has_a_direction(language: str, way: str) -> None:
    assert direction(language) == way


def test_a_passage_that_is_written_the_other_way_says_so() -> None:
    def shown(page: str, passage: str) -> str:
        blocks = (Paragraph(text=(Span(text="One."), Span(text="Two.", language=passage))),)
        return "".join(section.body for section in article(edition_of(blocks, language=page), Look()))

    assert '<span lang="he" dir="rtl">' in shown("en", "he")
    assert '<span lang="en" dir="ltr">' in shown("he", "en")
    assert '<span lang="fr">' in shown("en", "fr")
    assert "<span lang" not in shown("en", "not a tag_")


def test_an_intro_stands_in_front_of_the_title() -> None:
    one = edition_of()
    first = one.timeline.cues[0]
    intro = replace(first, id="show:gong.wav", start=0, length=1, written="", spoken="", role="recording", words=())
    with_intro = replace(one, timeline=replace(one.timeline, cues=(intro, *one.timeline.cues)))
    section = article(with_intro, Look())[0]
    assert section.body.startswith('<p class="music"><span class="s" id="cue-1">[music]</span></p>\n<h1>')


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_in_an_article_stays_text(attack: str) -> None:
    text = (Span(text=f"Before {attack} after.", language='"><script>', expansion=attack, href=attack, note=attack),)
    bare = (Span(text=f"Before {attack} after."),)
    blocks = (
        Heading(level=2, text=bare),
        Paragraph(text=(*bare, *text)),
        Figure(source=attack, alt=attack, caption=bare),
        Code(text=attack, language=attack),
        Table(rows=((bare, bare),), header=(bare, bare), caption=bare),
    )
    for look in (Look(), Look(xml=True, words=True, times=True), Look(moment=lambda cue: "a.mp3#t=1")):
        root = _root("".join(section.body for section in article(edition_of(blocks, title=attack), look)))
        assert not {"script", "img", "style", "iframe"} & {
            etree.QName(one).localname for one in root.iter() if isinstance(one.tag, str)
        }
        assert not any(str(name).startswith("on") for one in root.iter() for name in one.attrib)
        assert "".join(escape(attack).split()) in "".join(escape(_shown(root)).split())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4), st.booleans())
def test_any_text_is_shown_as_it_is(texts: list[str], emphasis: bool) -> None:
    spans = tuple(Span(text=text, emphasis="strong" if emphasis else "") for text in texts)
    body = "".join(
        section.body
        for section in article(edition_of((Paragraph(text=spans), *BLOCKS[-2:])), Look(words=True, xml=True))
    )
    folded = "".join(html.unescape(escape("".join(texts))).split())
    assert folded in "".join(_shown(_root(body)).split())
