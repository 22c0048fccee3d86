"""Feeds: cases from files, what makes an entry whole, keys, small texts, limits, and bytes of any sort.

To see what the reader makes of a new file in ``tests/cases/feeds``, put ``[]`` into its ``.expected.json`` and read
the failure.
"""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import plugins
from pipeline.errors import ReadError
from pipeline.model.document import Block, Entry, Heading, List, Paragraph, Quote, plain
from pipeline.text.feed.sniff import is_feed
from tests.read.as_json import as_json

CASES = Path(__file__).parents[2] / "cases" / "feeds"
FILES = sorted(path for path in CASES.iterdir() if path.suffix != ".json")
HOME = "https://from.example.org/feeds/"
feed = plugins.load("readers", "feed")


def entries(data: bytes | str, uri: str = HOME + "x.rss") -> tuple[Entry, ...]:
    found: tuple[Entry, ...] = feed.entries(data.encode() if isinstance(data, str) else data, uri=uri)
    return found


def refused(data: bytes | str) -> str:
    with pytest.raises(ReadError) as caught:
        entries(data)
    assert "\n" not in caught.value.message
    return caught.value.message


def rss(*items: str, channel: str = "", names: str = "") -> str:
    """A feed of items given as what stands between ``<item>`` and ``</item>``."""
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:cc="http://backend.userland.com/creativeCommonsRssModule" '
        'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    )
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {spaces} {names}><channel><title>Tides</title>{channel}{inside}</channel></rss>'


def one(item: str, channel: str = "") -> Entry:
    (entry,) = entries(rss(item, channel=channel))
    return entry


def words(entry: Entry) -> list[str]:
    """The paragraphs of an entry."""
    return [plain(block.text) for block in entry.document.blocks if isinstance(block, Paragraph)]


def pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_entries_are_the_expected_ones(path: Path) -> None:
    found = [
        {"key": entry.key, "uri": entry.uri, "whole": entry.whole, "document": as_json(entry.document)}
        for entry in entries(path.read_bytes(), HOME + path.name)
    ]
    assert pretty(found) == path.with_suffix(".expected.json").read_text(encoding="utf-8")


def test_every_case_has_both_files_and_is_seen_to_be_a_feed() -> None:
    assert {path.with_suffix(".expected.json") for path in FILES} == set(CASES.glob("*.json"))
    assert all(is_feed(path.read_bytes()) for path in FILES)


@pytest.mark.parametrize("name", ["wordpress.rss", "kinds_of_text.atom", "podcast.rss"])
def test_every_block_stands_where_it_says(name: str) -> None:
    data = (CASES / name).read_bytes()
    lines = data.decode("utf-8").splitlines()
    checked = 0
    for entry in entries(data):
        for text, place in placed(entry.document.blocks):
            word = text.split()[0].strip("“”[]‘’")
            assert word in "\n".join(lines[place[0] - 1 : place[1]]), (word, place)
            checked += 1
    assert checked >= 3


def placed(blocks: tuple[Block, ...]) -> list[tuple[str, tuple[int, int]]]:
    found: list[tuple[str, tuple[int, int]]] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            found.append((plain(block.text), (block.position.line, block.position.end_line)))
        elif isinstance(block, List):
            found += [inner for item in block.items for inner in placed(item.blocks)]
        elif isinstance(block, Quote):
            found += placed(block.blocks)
    return found


# ── the whole article, or a part of it ───────────────────────────────────────────────────────────────────────────────

SENTENCE = "The moon pulls at the water beneath it, and on the far side of the earth it heaps up as well. "
TEXT = f"<p>{SENTENCE * 3}</p><p>{SENTENCE * 3}</p>"
LINK = "<link>https://tides.example.org/1</link>"
TITLE = "<title>Why the sea breathes</title>"


def content(markup: str) -> str:
    return f"<content:encoded>{escape(markup)}</content:encoded>"


@pytest.mark.parametrize(
    "end",
    [
        "",
        "<p>Is that all? “It is.”</p>",
        "<ul><li>the moon</li><li>the sun</li></ul>",
        "<pre>moon + sun</pre>",
        '<p>The post <a href="/1">Why</a> appeared first on <a href="/">Tides</a>.</p>',
        '<img src="https://feeds.feedburner.com/~r/tides/~4/x" height="1" width="1" alt=""/>',
        '<p><a href="/share">Share this post</a> | <a href="/c">12 comments</a></p>',
        "<p>More on this could be said, but it would fill a book that nobody wants to hold.</p>",
        "<p>Continue reading the sky, and you will learn more than from any table of tides that was ever printed.</p>",
    ],
)
def test_a_text_that_ends_is_whole(end: str) -> None:
    entry = one(TITLE + LINK + content(TEXT + end))
    assert entry.whole
    assert "first on" not in str(entry.document.blocks)
    assert "comments" not in str(entry.document.blocks)


@pytest.mark.parametrize(
    "end",
    [
        "<p>And there is more […]</p>",
        "<p>And there is more [&#8230;]</p>",
        "<p>And there is more&hellip;</p>",
        "<p>And there is more... »</p>",
        "<p>And there is more (more…)</p>",
        '<p>And there is more. <a href="/1">Read more</a></p>',
        '<p>And there is more. <a class="more-link" href="/1">Continue reading <span>Why</span> →</a></p>',
        '<p><a href="/1">Read the full article</a></p><p>The post Why appeared first on Tides.</p>',
        '<p><a href="/1">Weiterlesen</a></p>',
        '<p><a href="/1">Lire la suite de « Marées »</a></p><hr>',
        "<p>Keep reading</p>",
        "<p>続きを読む</p>",
        "<p>This post is for paid subscribers.</p><p><a href='/s'>Subscribe</a></p>",
        "<p>Subscribe to read the rest.</p>",
        "<p>The sentence goes on and</p>",
        "<p>The sentence goes on,</p>",
    ],
)
def test_a_text_that_goes_on_elsewhere_is_not_whole(end: str) -> None:
    entry = one(TITLE + LINK + content(TEXT + end))
    assert not entry.whole
    assert entry.uri == "https://tides.example.org/1"


@pytest.mark.parametrize(
    ("item", "whole"),
    [
        (TITLE + LINK + f"<description>{escape(TEXT)}</description>", False),  # a description may be a teaser
        (TITLE + f"<description>{escape(TEXT)}</description>", True),  # but not where there is no page
        (TITLE + "<description>Short, and …</description>", False),
        (TITLE + LINK + content(TEXT) + f"<description>{escape(TEXT)}</description>", False),
        (TITLE + LINK + content(TEXT * 3) + f"<description>{escape(TEXT * 3)}</description>", True),
        (TITLE + LINK + content("<p>Short.</p>"), True),  # marked as the text, and there is nothing that says more
        (TITLE + LINK + content(f"<p>{SENTENCE}</p>") + "<description>The moon pulls.</description>", True),
        (TITLE + LINK + content("<p>The moon pulls and</p>") + "<description>The moon.</description>", False),
        (TITLE + LINK + content("<p>Short.</p>") + f"<description>{SENTENCE}</description>", False),
        (LINK + content("<p>A note without a title is short.</p>"), True),
        (TITLE + LINK + f"<itunes:summary>{TEXT}</itunes:summary><description>x</description>", False),
        (TITLE + LINK + content("<img src='x.png'>"), False),
        (TITLE + LINK, False),
        (TITLE + LINK + content("海" * 200 + "。"), True),
    ],
)
def test_what_counts_as_whole(item: str, whole: bool) -> None:
    assert one(item).whole is whole


@pytest.mark.parametrize(
    ("item", "cut"),
    [
        (TITLE + LINK, True),
        (TITLE + LINK + f"<description>{SENTENCE}</description>", True),  # a teaser
        (LINK + f"<description>{SENTENCE}</description>", False),  # a note
        (TITLE + LINK + f"<description>{escape(TEXT)}</description>", False),
        (TITLE + LINK + f"<description>{escape(TEXT)} Read more</description>", True),
        (TITLE + LINK + content("<p>Short.</p>") + f"<description>{SENTENCE}</description>", True),
        (TITLE + LINK + content("<p>It ends without a full stop</p>"), False),
        (TITLE + LINK + content(TEXT + "<p>And there is more […]</p>"), True),
    ],
)
def test_what_is_plainly_a_part(item: str, cut: bool) -> None:
    entry = one(item)
    assert not entry.whole
    assert entry.cut is cut


def test_an_empty_content_gives_way_to_the_description() -> None:
    entry = one(TITLE + LINK + content("<br>") + "<description>The moon.</description>")
    assert words(entry) == ["The moon."]
    assert not entry.whole


def test_lines_of_newsletters_are_left_out() -> None:
    page = (
        TEXT
        + '<div class="subscription-widget-wrap-editor"><p>Thanks for reading Tides! Subscribe for free to receive '
        'new posts.</p></div><p class="button-wrapper"><a class="button" href="/s"><span>Subscribe now</span></a></p>'
        '<p>The end.</p><div class="feedflare"><a href="/f"><img src="https://feeds.feedburner.com/~ff/x"></a></div>'
    )
    entry = one(TITLE + LINK + content(page))
    assert words(entry)[2:] == ["The end."]
    assert len(entry.document.blocks) == 3
    assert [omission.why for omission in entry.document.omitted] == ["newsletter box", "link of the feed"]
    assert entry.whole


# ── identity and addresses ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_key_outlives_an_edit() -> None:
    before = one("<guid isPermaLink='false'>tides-1</guid><title>A</title>" + LINK + content("<p>a</p>"))
    after = one("<title>B</title><link>https://tides.example.org/b</link><guid>tides-1</guid>" + content("<p>b</p>"))
    assert before.key == after.key == "tides-1"


def test_without_identifier_the_link_is_the_key_and_then_a_digest() -> None:
    linked, nameless, again = entries(rss("<title>A</title>" + LINK, "<title>A</title>", "<title>B</title>"))
    assert linked.key == "https://tides.example.org/1"
    assert nameless.key.startswith("sha256:")
    assert nameless.key != again.key
    assert nameless.key == one("<title> A </title><description>edited</description>").key


def test_an_identifier_that_all_entries_share_is_none() -> None:
    found = entries(rss(*(f"<guid>https://x.example</guid><link>https://x.example/{n}</link>" for n in (1, 2))))
    assert [entry.key for entry in found] == ["https://x.example/1", "https://x.example/2"]


def test_tracking_gives_no_second_address() -> None:
    before, after = (one(f"<guid>a</guid><link>https://a.example/1{end}</link>") for end in ("", "?utm_source=rss"))
    assert before == after


def test_a_crowd_is_refused_before_entries_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "read_rss", lambda *_: pytest.fail("was read"))
    assert "more than the 10,000 allowed" in refused("<rss><channel>" + "<item/>" * 10_001 + "</channel></rss>")


def test_an_entry_given_twice_is_read_once() -> None:
    first, second = (f"<guid>a</guid>{LINK}<title>{title}</title>" for title in ("New", "Old"))
    (entry,) = entries(rss(first, second))
    assert entry.document.title == "New"


@pytest.mark.parametrize(
    ("item", "uri"),
    [
        ("<link>https://a.example/1</link>", "https://a.example/1"),
        ("<link> /1?a=1&amp;b=2 </link>", "https://site.example/1?a=1&b=2"),
        ("<guid>https://a.example/1</guid>", "https://a.example/1"),
        ("<guid isPermaLink='false'>https://a.example/1</guid>", ""),
        ("<guid>a-1</guid>", ""),
        ("<atom:link rel='self' href='/no'/><atom:link href='/yes'/>", "https://site.example/yes"),
        (
            "<link>http://proxy.example/x</link><feedburner:origLink>https://a.example/1</feedburner:origLink>",
            "https://a.example/1",
        ),
        ("<link>/1?utm_source=rss&amp;b=%20&amp;UTM_Medium=feed&amp;fbclid=x</link>", "https://site.example/1?b=%20"),
        ("<link>/1?utm_source=rss#top</link>", "https://site.example/1#top"),
        ("<link>/1#utm_source=rss&amp;gclid=1</link>", "https://site.example/1"),
        ("<link>/1?p=1&amp;utm&amp;&amp;q#a=b</link>", "https://site.example/1?p=1&utm&&q#a=b"),
        ("<guid>https://a.example/1?mc_cid=2&amp;mc_eid=3&amp;igshid=4</guid>", "https://a.example/1"),
        ("<link>javascript:alert(1)</link>", ""),
        ("<link>file:///etc/passwd</link>", ""),
        ("<link>http://[bad/</link>", ""),
    ],
)
def test_the_page_of_an_entry(item: str, uri: str) -> None:
    assert one(item + "<title>A</title>", "<link>https://site.example/</link>").uri == uri


def test_relative_links_are_joined_to_the_entry() -> None:
    entry = one(LINK + content("<p><a href='map'>map</a> <a href='javascript:x()'>no</a></p>"))
    (paragraph,) = entry.document.blocks
    assert isinstance(paragraph, Paragraph)
    assert [span.href for span in paragraph.text] == ["https://tides.example.org/map", ""]


# ── small texts ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Fish &amp; chips", "Fish & chips"),
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("Salt &amp;#8217;n&amp;#8217; sand", "Salt ’n’ sand"),
        ("&lt;b&gt;Loud&lt;/b&gt; waves", "Loud waves"),
        ("<![CDATA[<i>Mare</i> nostrum]]>", "Mare nostrum"),
        ("Use of the &lt;canvas&gt; tag", "Use of the <canvas> tag"),
        ("3 &lt; 4 &gt; 2", "3 < 4 > 2"),
        ("  two\n lines ", "two lines"),
        ("A<b>bold</b> title", "Abold title"),
    ],
)
def test_titles_are_plain_text(written: str, title: str) -> None:
    assert one(f"<title>{written}</title>").document.title == title


@pytest.mark.parametrize(
    ("item", "authors"),
    [
        ("<author>office@example.org (The harbour office)</author>", ("The harbour office",)),
        ("<author>office@example.org</author>", ("The owner",)),
        (
            "<dc:creator>The harbour office</dc:creator><dc:creator>The tide table</dc:creator>",
            ("The harbour office", "The tide table"),
        ),
        ("<dc:creator>By A and B</dc:creator><itunes:author>C</itunes:author>", ("A", "B")),
        ("<atom:author><atom:name>Smith and Sons</atom:name></atom:author>", ("Smith and Sons",)),
        ("<itunes:author>The harbour office</itunes:author>", ("The harbour office",)),
        ("", ("The owner",)),
    ],
)
def test_authors(item: str, authors: tuple[str, ...]) -> None:
    entry = one("<title>A</title>" + item, "<managingEditor>x@example.org (The owner)</managingEditor>")
    assert entry.document.authors == authors


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("<pubDate>Sun, 01 Mar 2026 08:00:00 +0000</pubDate>", "2026-03-01"),
        ("<pubDate>Sat, 7 Sep 02 00:00:01 GMT</pubDate>", "2002-09-07"),
        ("<pubDate>2026-03-01T08:00:00Z</pubDate>", "2026-03-01"),
        ("<dc:date>2026-03-01</dc:date>", "2026-03-01"),
        (
            "<atom:updated>2026-03-02T00:00:00Z</atom:updated><atom:published>2026-03-01T00:00:00Z</atom:published>",
            "2026-03-01",
        ),
        ("<pubDate>yesterday</pubDate>", ""),
        ("<pubDate>Sun, 99 Mar 2026</pubDate>", ""),
    ],
)
def test_dates(written: str, date: str) -> None:
    assert one("<title>A</title>" + written).document.published == date


@pytest.mark.parametrize(
    ("item", "channel", "explicit"),
    [
        ("", "", None),
        ("<itunes:explicit>yes</itunes:explicit>", "", True),
        ("<itunes:explicit>TRUE</itunes:explicit>", "<itunes:explicit>no</itunes:explicit>", True),
        ("<itunes:explicit>clean</itunes:explicit>", "<itunes:explicit>yes</itunes:explicit>", False),
        ("", "<itunes:explicit>false</itunes:explicit>", False),
        ("<media:rating scheme='urn:simple'>adult</media:rating>", "", True),
        ("<media:rating>nonadult</media:rating>", "", False),
        ("<itunes:explicit>perhaps</itunes:explicit>", "", None),
    ],
)
def test_explicit(item: str, channel: str, explicit: bool | None) -> None:
    assert one("<title>A</title>" + item, channel).document.meta.explicit is explicit


@pytest.mark.parametrize(
    ("item", "licence"),
    [
        (
            "<cc:license>https://creativecommons.org/licenses/by/4.0/</cc:license>",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        ("<atom:link rel='license' href='https://x.example/licence'/>", "https://x.example/licence"),
        ("<dc:rights>CC BY-SA 4.0</dc:rights>", "CC BY-SA 4.0"),
        ("<dc:rights>Copyright 2026, all rights reserved</dc:rights>", ""),
        (
            "<dc:rights>See (https://creativecommons.org/licenses/by/4.0/).</dc:rights>",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
    ],
)
def test_licences(item: str, licence: str) -> None:
    assert one("<title>A</title>" + item).document.meta.licence == licence


@pytest.mark.parametrize(
    ("channel", "language"),
    [
        ("<language>en-us</language>", "en-US"),
        ("<language>zh_hant_tw</language>", "zh-Hant-TW"),
        ("<language>English</language>", "und"),
        ("<language>utf-8</language>", "und"),
        ("<dc:language>de</dc:language>", "de"),
    ],
)
def test_languages(channel: str, language: str) -> None:
    assert one("<title>A</title>", channel).document.language == language


@pytest.mark.parametrize(
    ("item", "image"),
    [
        ("<media:thumbnail url='/t.jpg'/><media:content url='/c.jpg' medium='image'/>", "https://site.example/c.jpg"),
        (
            "<media:group><media:content url='/v.mp4' type='video/mp4'/><media:thumbnail url='/t.jpg'/></media:group>",
            "https://site.example/t.jpg",
        ),
        (
            "<enclosure url='/a.mp3' type='audio/mpeg'/><enclosure url='/e.png' type='image/png'/>",
            "https://site.example/e.png",
        ),
        ("<itunes:image href='/i.jpg'/>", "https://site.example/i.jpg"),
        ("<enclosure url='/a.mp3' type='audio/mpeg'/>", ""),
    ],
)
def test_pictures(item: str, image: str) -> None:
    assert one("<title>A</title>" + item, "<link>https://site.example/</link>").document.meta.image == image


def test_plain_descriptions_with_links_keep_their_paragraphs() -> None:
    entry = one("<title>A</title><description>One &lt;a href='x'>two&lt;/a>.\n \nThree.</description>")
    assert words(entry) == [
        "One two.",
        "Three.",
    ]


# ── one article ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_feed_of_one_is_its_article() -> None:
    assert feed.read(rss(TITLE + content(TEXT)).encode(), uri="x").title == "Why the sea breathes"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (rss(), "names no articles"),
        (rss(TITLE, "<title>B</title>"), "names 2 articles: read them all, or give the address of one"),
        (rss(TITLE + LINK), "read its page, https://tides.example.org/1"),
    ],
)
def test_other_feeds_are_no_article(data: str, told: str) -> None:
    with pytest.raises(ReadError, match=told):
        feed.read(data.encode(), uri="x")


# ── what is no feed ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("", "the file is empty"),
        (" \n", "the file is empty"),
        ("<html><body><p>x</p></body></html>", "this is no feed: its outermost element is <html>"),
        ("<opml/>", "this is no feed"),
        ("just words", "this is no feed"),
        ("\x00\x01", "no feed"),
        ("{", "cannot be read"),
        ("[]", "it has no list of items"),
        ('{"items": 3}', "it has no list of items"),
        ("[" * 100_000, "nested too deeply): check it"),
        (json.dumps({"items": [{}] * 10_001}), "10,001 articles, more than the 10,000 allowed"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel/></rss>', "XML entities"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><title>&x;</title></rss>', "entities"),
        ("<rss><channel>" + "<item/>" * 10_001 + "</channel></rss>", "10,001 articles, more than the 10,000 allowed"),
        ("<rss><channel>" + "<item>" * 10_001, "names more than 10,000 articles"),
        ("<rss><channel>" + "x" * 1_000_001, "too large to be mended"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused(data: str, told: str) -> None:
    assert told in refused(data)


def test_a_billion_laughs_is_refused() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    data = f'<!DOCTYPE lolz [<!ENTITY l0 "lol">{laughs}]><rss><channel><title>&l9;</title></channel></rss>'
    assert "XML entities" in refused(data)
    assert "XML entities" in refused(b"\xff\xfe" + data.encode("utf-16-le"))


def test_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    external = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">'
    for end in ("", "<broken>"):
        assert entries(external + rss(TITLE + content("<img src='http://127.0.0.1:9/x.png' alt='x'>")) + end)


def test_an_entry_nested_too_deeply_does_not_spoil_the_others() -> None:
    deep, fine = entries(
        rss("<title>Deep</title>" + content("<div>" * 5000 + "x"), "<title>Fine</title>" + content(TEXT))
    )
    assert not deep.document.blocks
    assert not deep.whole
    assert "nested too deeply" in deep.document.omitted[0].why
    assert fine.whole


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a <b> --><rss version='2.0'>", True),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", True),
        (b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", True),
        (b"<entry xmlns='http://www.w3.org/2005/Atom'>", True),
        (b"<feed version='0.3' xmlns='http://purl.org/atom/ns#'>", True),
        (b"<r:RDF xmlns:r='x' xmlns='http://purl.org/rss/1.0/'>", True),
        ("<rss version='2.0'>".encode("utf-16"), True),
        (b'{"title": "x", "version" : "https:\\/\\/jsonfeed.org\\/version\\/1"', True),
        (b"<rdf:RDF xmlns:rdf='x' xmlns='http://xmlns.com/foaf/0.1/'>", False),
        (b"<feed>", False),
        (b"<html><!-- <rss> -->", False),
        (b'{"version": "1"}', False),
        (b"# <rss>", False),
        (b"", False),
    ],
)
def test_feeds_are_seen_from_their_beginning(data: bytes, expected: bool) -> None:
    assert is_feed(data) is expected


def judge(data: bytes) -> None:
    try:
        found = entries(data)
    except ReadError:
        return
    assert len({entry.key for entry in found}) == len(found)
    for entry in found:
        assert entry.key
        assert entry.document.title
        assert entry.uri == "" or entry.uri.startswith(("http://", "https://"))


@given(st.binary() | st.text('<>/&;="![]-?rssitemlinkcontentfeed \n{}:').map(str.encode))
@settings(deadline=None, max_examples=150)
def test_any_bytes_are_entries_or_refused(data: bytes) -> None:
    judge(data)


@given(st.data())
@settings(deadline=None, max_examples=100)
def test_damaged_feeds_are_entries_or_refused(data: st.DataObject) -> None:
    feed_bytes = data.draw(st.sampled_from([path.read_bytes() for path in FILES]))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(feed_bytes)))
        gone = data.draw(st.sampled_from((0, 1, 2, 50, 5000)))
        put = data.draw(
            st.binary(max_size=3) | st.sampled_from([b"<", b">", b"]]>", b"&", b"<item>", b"</item>", b'"', b"\x00"])
        )
        feed_bytes = feed_bytes[:at] + put + feed_bytes[at + gone :]
    judge(feed_bytes)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ("id", "url", "title", "content_html", "content_text", "authors", "author", "name", "summary", "_x")
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
@settings(deadline=None, max_examples=150)
def test_any_json_is_entries_or_refused(value: Any) -> None:
    judge(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": value}).encode())
    judge(json.dumps({"items": [value, {"id": value, "content_html": "<p>x</p>", "url": value}]}).encode())


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=80))
@settings(deadline=None)
def test_words_come_through_all_formats(text: str) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>'
        f"<title>A</title><content>{escape(text)}</content><link href={quoteattr('x')}/></entry></feed>"
    )
    note = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "A", "content_text": text}]}
    (one,) = entries(atom)
    (other,) = entries(json.dumps(note))
    assert words(one) == words(other)
