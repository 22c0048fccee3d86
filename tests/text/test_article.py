"""Where on a page the article stands."""

from __future__ import annotations

import pytest

from pipeline.text.dom.article import beside, marked, place
from pipeline.text.dom.byline import byline
from pipeline.text.dom.meta import names_in, said
from pipeline.text.dom.oracle import found
from pipeline.text.dom.prose import prose
from pipeline.text.dom.source import Element, decode_html, parse, raw_text
from pipeline.text.dom.title import title_of
from pipeline.text.plain_calendar import date_in

PROSE = (
    "The harbour lay still in the morning, and the boats hung on their lines as if they had been painted there. "
    "Nobody spoke before the first of them came in, and then all of them spoke at once about the price of fish. "
    "It had been a good night, for the wind had stayed in the west and the nets had come up heavy. "
    "By noon the last crate was sold, and the harbour slept again. "
)
OTHER = PROSE.replace("harbour", "market").replace("boats", "carts").replace("fish", "corn")


def name(element: Element | None) -> str | None:
    """The id of ``element``."""
    return None if element is None else element.get("id")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<article id=a><p>{PROSE}</p></article>", "a"),
        (f"<main id=m><p>{PROSE}</p></main>", "m"),
        (f"<main id=m><article id=a><p>{PROSE}</p></article></main>", "a"),
        (f"<main id=m><p>{PROSE * 3}</p><article id=a><p>{OTHER}</p></article></main>", "m"),
        (f"<main id=m><article><p>{PROSE}</p></article><article><p>{OTHER}</p></article></main>", "m"),
        (f"<article><p>{PROSE}</p></article><article><p>{OTHER}</p></article>", None),
        (f"<article id=a>Teaser</article><p>{PROSE}</p>", None),
        (f"<div id=b itemprop=articleBody><p>{PROSE}</p></div><div><p>Short.</p></div>", "b"),
        (f"<div role=main id=r><p>{PROSE}</p></div>", "r"),
        (f"<p>{PROSE}</p>", None),
    ],
)
def test_marked_article(body: str, expected: str | None) -> None:
    assert name(marked(parse(f"<body>{body}</body>", "x"))) == expected


def test_found_element_holds_nearly_all_of_the_text() -> None:
    halves = f"<div id=one><p>{PROSE}</p></div><div id=two><p>{OTHER}</p></div>"
    page = parse(f"<body><nav><a href=1>Home</a></nav><div id=story>{halves}</div><div>Imprint</div></body>", "x")
    element, metadata = found(page)
    assert name(element) == "story"
    assert metadata is not None


def test_page_beyond_measure_is_not_given_to_trafilatura() -> None:
    assert found(parse(f"<body>{'<p>a</p>' * 30_001}</body>", "x")) == (None, None)


NAV = "<ul><li><a href=1>Home</a><li><a href=2>News, sport, weather and more</a></ul>"


def at(body: str) -> Element:
    """The tree of a page."""
    return parse(f"<body>{body}</body>", "x")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<div id=a><p>{PROSE}</p><p>{PROSE}</p></div><div class=comments><p>{OTHER}</p><p>{OTHER}</p></div>", "a"),
        (f"<div id=a><p>{PROSE}</p><p>{OTHER}</p></div><div id=b>{NAV * 20}</div>", "a"),
        (f"<div id=a><div><p>{PROSE}</p></div><div><p>{OTHER}</p></div></div>", "a"),
        (f"<table><tr><td>{NAV}<td id=a>{PROSE}<br><br>{OTHER}</table>", "a"),
        (f"<div id=a><div class=part><p>{PROSE}</p></div>{NAV}<div class=part><p>{OTHER}</p></div></div>", "a"),
        (f"<div id=a><p>{PROSE}</p><p>{OTHER}</p></div><article><p>Short.</p></article>", "a"),
        ("<p>Too short</p>", None),
        ("", None),
    ],
)
def test_running_text_is_found(body: str, expected: str | None) -> None:
    dense = prose(at(body))
    assert name(dense.element if dense else None) == expected


def test_pieces_in_containers_of_one_class_are_one_article() -> None:
    piece = "<div class=row><div class=cell><div class=text><p>{}</p><p>{}</p></div></div></div>"
    pieces = "".join(piece.format(text, text) for text in (PROSE, OTHER, PROSE.replace("fish", "ice")))
    dense = prose(at(f"<div id=story>{pieces}</div><div>{NAV}</div>"))
    assert dense is not None
    assert name(dense.element) == "story"


def test_neighbours_that_carry_text_belong_and_others_do_not() -> None:
    here = place(at(f"<div id=x><div id=a><p>{PROSE}</p><p>{OTHER}</p></div>{NAV}<p id=b>{OTHER}</p></div>"))
    assert name(here.element) == "x"
    assert [name(part) for part in here.parts] == ["a", "b"]
    assert [element.tag for element in beside(here)] == ["ul"]


def test_text_that_is_named_like_clutter_is_found_where_there_is_no_other() -> None:
    assert name(place(at(f"<div id=a class=sidebar><p>{PROSE}</p><p>{OTHER}</p></div><p>Imprint</p>")).element) == "a"


def test_place_within_the_mark_and_what_stands_before_it() -> None:
    lead = "<p class=standfirst id=s>Two ports share one bay, and they have never agreed about the fish.</p>"
    picture = "<figure id=f><img src=a.png><figcaption>The bay</figcaption></figure>"
    head = f"<header>{picture.replace('=f', '=g')}<h1>Title</h1>{lead}<div>{picture}</div></header>"
    here = place(at(f"<article id=m>{head}<div id=a><p>{PROSE}</p><p>{OTHER}</p></div>{NAV}</article>"))
    assert (name(here.mark), name(here.element)) == ("m", "a")
    assert [name(element) for element in here.lead] == ["s", "f"]
    assert [element.tag for element in beside(here)] == ["header", "ul"]


def test_trafilatura_is_asked_where_there_is_hardly_any_text() -> None:
    here = place(at("<ul><li>One line.<li>Another line.</ul>"))
    assert here.element.tag in ("body", "ul")
    assert not here.parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Published 12 March 2024, 9:00", "2024-03-12"),
        ("March 1st, 2024", "2024-03-01"),
        ("Stand: 3. Mai 2021", "2021-05-03"),
        ("le 1er août 2019", "2019-08-01"),
        ("12 de marzo de 2020", "2020-03-12"),
        ("2024年3月12日 10:00", "2024-03-12"),
        ("2020/02/29", "2020-02-29"),
        ("31.12.1999", "1999-12-31"),
        ("31 June 2020, then 1 July 2020", "2020-07-01"),
        ("3/4/2024", ""),
        ("12 monkeys 2024", ""),
        ("", ""),
    ],
)
def test_date_in_a_line(text: str, expected: str) -> None:
    assert date_in(text) == expected


@pytest.mark.parametrize(
    ("line", "authors", "published"),
    [
        ("<p class=byline>By Harbour Desk | 3 May 2021</p>", ("Harbour Desk",), ""),
        ("<span class='post-author'>Von Redaktion Natur</span>", ("Redaktion Natur",), ""),
        ("<a rel=author href=x>Night Desk</a> <time datetime=2020-02-03>today</time>", ("Night Desk",), "2020-02-03"),
        ("<div class=entryDate>3 May 2021</div>", (), "2021-05-03"),
        ("<p class=author>The author of this piece lives by the sea</p>", (), ""),
        ("<div class=comment><b class=author>Angry Reader</b> <i class=date>1 May 2021</i></div>", (), ""),
        ("<aside><span class=author>Other Desk</span></aside>", (), ""),
    ],
)
def test_byline(line: str, authors: tuple[str, ...], published: str) -> None:
    root = at(f"{line}<div><p>{PROSE}</p><p>{OTHER}</p></div><p class=author>Last Desk</p>")
    assert byline(root, place(root)) == (authors, published)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<meta name=rating content=general>", False),
        ("<meta name=rating content=adult>", True),
        ('<script type="application/ld+json">{"@type":"Article","isFamilyFriendly":false}</script>', True),
        ('<script type="application/ld+json">{"@type":"Article","isFamilyFriendly":"True"}</script>', False),
        ('<script type="application/ld+json">{"@type":"Article","contentRating":"18+"}</script>', True),
        ("<meta name=rating content='5 stars'>", None),
    ],
)
def test_explicit(head: str, expected: bool | None) -> None:
    assert said(parse(f"<head>{head}</head><body>x</body>", "x")).explicit is expected


def test_licence_is_that_of_the_one_link_to_creative_commons() -> None:
    one = "<a href='https://creativecommons.org/licenses/by/4.0/'>CC BY</a>"
    other = "<a href='https://creativecommons.org/licenses/by-sa/4.0/'>CC BY-SA</a>"
    assert said(at(one * 2)).licence == "https://creativecommons.org/licenses/by/4.0/"
    assert said(at(one + other)).licence == ""


def test_numbers_and_addresses_are_no_names() -> None:
    assert names_in("By Sea Desk, 104363, desk@example.org and http://example.org") == ("Sea Desk",)


def test_valid_utf_8_is_read_as_such_whatever_the_page_declares() -> None:
    page = "<meta charset={}><p>Één café, zwei Züge: 漢字</p>"
    for charset in ("iso-8859-1", "gb2312", "shift_jis"):
        text = page.format(charset)
        assert decode_html(text.encode(), "x") == (text, 0)
    latin = page.format("iso-8859-1").replace("漢字", "à")
    assert decode_html(latin.encode("cp1252"), "x") == (latin, 0)


def test_text_behind_a_stray_end_tag_is_kept() -> None:
    assert raw_text(parse("<html><body><p>a</p></body ></HTML>\n<p>b</p></body></html>", "x")) == "a\nb"


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<title>Net weights | The Quay</title>", "<h1>The Quay</h1><div><h2>Net weights</h2>{}</div>", "Net weights"),
        ("<title>Net weights--The Quay</title>", "<h1>Net Weights ¶</h1><div>{}</div>", "Net Weights"),
        (
            "<title>Net weights - Quay-Side</title><meta property=og:site_name content=Quay-Side>",
            "<div>{}</div>",
            "Net weights",
        ),
        ("", "<h1 hidden>Menu</h1><h1>Net weights</h1><div>{}</div>", "Net weights"),
    ],
)
def test_title(head: str, body: str, expected: str) -> None:
    root = parse(f"<head>{head}</head><body>{body.format(f'<p>{PROSE}</p><p>{OTHER}</p>')}</body>", "x")
    assert title_of(root, place(root), said(root)) == expected


def test_content_before_the_body_is_no_head() -> None:
    root = parse("<title>Tides</title><article><h1>Tides</h1><p>The sea rises.</p></article><p>And falls.</p>", "x")
    article = root.find("body/article")
    assert article is not None
    assert raw_text(article) == "TidesThe sea rises."
