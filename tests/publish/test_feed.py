"""The feed: two independent readers find in it all that was written; the same show gives the same bytes."""

from __future__ import annotations

import io
import random
import time
from dataclasses import replace
from typing import Any

import feedparser
import podcastparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from pipeline.errors import UsageError
from pipeline.model.publication import Item
from pipeline.model.show import Destination, Publishing, Show
from pipeline.publish import feed, feed_text, json_ld
from tests.publish.published import COVER, GUID, URL, item, items, show

APPLE = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def _write(of: Show, episodes: tuple[Item, ...]) -> bytes:
    ((path, data),) = feed.write(of, guid=GUID, items=episodes, cover=COVER)
    assert path == "feed.xml"
    return data


def _channel(data: bytes) -> Any:
    channel = etree.fromstring(data).find("channel")
    assert channel is not None
    return channel


def _podcast(data: bytes) -> Any:
    """As podcastparser reads it, which knows the podcast namespace by its first name only."""
    data = data.replace(
        b'"https://podcastindex.org/namespace/1.0"',
        b'"https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"',
    )
    return podcastparser.parse(f"{URL}/feed.xml", io.BytesIO(data))


@pytest.mark.parametrize(
    ("address", "guid"),
    [
        ("podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("https://podnews.net/rss/", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("http://podnews.net/rss//", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
    ],
)
def test_the_guid_is_that_of_the_specifications_examples(address: str, guid: str) -> None:
    assert feed.guid_of(address) == guid


def test_podcastparser_reads_every_field_that_it_knows() -> None:
    podcast = _podcast(_write(show(), items(2)))
    told = {key: value for key, value in podcast.items() if key != "episodes"}
    assert told == {
        "title": "Slow Reading",
        "link": "https://example.org/",
        "description": "Articles about the sea & the shore, read aloud.",
        "language": "en-GB",
        "generator": "articlecast",
        "cover_url": f"{URL}/{COVER.path}",
        "explicit": False,
        "itunes_author": "The Tide Desk",
        "itunes_owner": {"name": "The Tide Desk", "email": "desk@example.org"},
        "itunes_categories": [["Science", "Earth Sciences"]],
        "import_prohibited": True,
        "type": "episodic",
    }
    newest, oldest = podcast["episodes"]
    assert (newest["title"], oldest["title"]) == ("How tides work, part 2", "How tides work, part 1")
    wanted = item(2)
    assert newest["guid"] == wanted.guid
    assert newest["link"] == wanted.link
    assert newest["published"] == 1_704_261_600  # 2024-01-03 06:00 UTC
    assert newest["total_time"] == 755
    assert newest["description"] == wanted.description
    assert newest["description_html"].strip() == wanted.notes.strip()
    assert newest["explicit"] is False
    assert (newest["season"], newest["number"], newest["type"]) == (2, 2, "full")
    assert newest["itunes_author"] == "The Tide Desk, The Moon Desk"
    assert [person["name"] for person in newest["persons"]] == ["The Tide Desk", "The Moon Desk"]
    assert newest["episode_art_url"] == f"{URL}/{wanted.of_role('cover')[0].path}"
    assert newest["chapters_json_url"] == f"{URL}/{wanted.of_role('chapters')[0].path}"
    assert newest["transcript_url"].startswith(f"{URL}/episodes/tides-2/")
    assert newest["enclosures"] == [
        {"url": f"{URL}/{wanted.enclosure.path}", "file_size": 1_000_000, "mime_type": "audio/mpeg"}
    ]


def test_feedparser_reads_every_field_that_it_knows() -> None:
    read = feedparser.parse(io.BytesIO(_write(show(), items(2))))
    assert (read.bozo, read.version) == (False, "rss20")
    channel, (newest, _) = read.feed, read.entries
    assert (channel.title, channel.language, channel.rights) == ("Slow Reading", "en-GB", "CC-BY-4.0")
    assert channel.image.href == f"{URL}/{COVER.path}"
    assert {tag.term for tag in channel.tags} == {"Science", "Earth Sciences"}
    assert [link.href for link in channel.links if link.rel == "self"] == [f"{URL}/feed.xml"]
    assert channel.podcast_guid == GUID
    assert (channel.podcast_locked, channel.podcast_medium) == ({"owner": "desk@example.org"}, "newsletter")
    assert channel.published == newest.published == "Wed, 03 Jan 2024 06:00:00 +0000"
    assert newest.id == item(2).guid
    assert newest.guidislink is False
    assert newest.content[0].value.startswith("<p>Notes of part 2.</p>")
    assert (newest.itunes_duration, newest.itunes_episode, newest.itunes_season) == ("755", "2", "2")
    (enclosure,) = newest.enclosures
    assert (enclosure.length, enclosure.type) == ("1000000", "audio/mpeg")


def test_transcripts_chapters_and_every_audio_file_are_told() -> None:
    one = _channel(_write(show(), items(1))).find("item")
    transcripts = [dict(node.attrib) for node in one.findall(f"{PODCAST}transcript")]
    assert [node["type"] for node in transcripts] == [
        "text/vtt",
        "text/vtt",
        "application/x-subrip",
        "application/json",
        "text/html",
        "text/plain",
    ]
    assert [node.get("rel") for node in transcripts] == ["captions"] * 3 + [None] * 3
    assert [node["url"].endswith(".words.vtt") for node in transcripts[:2]] == [False, True]
    assert {node["language"] for node in transcripts} == {"en-GB"}
    assert [node.get("type") for node in one.findall(f"{PODCAST}chapters")] == ["application/json+chapters"]
    others = one.findall(f"{PODCAST}alternateEnclosure")
    assert [(node.get("title"), node.get("default"), node.get("codecs")) for node in others] == [
        ("MP3", "true", None),
        ("M4B", None, "mp4a.40.2"),
        ("Opus", None, "opus"),
    ]
    assert others[0].get("bitrate") == "10602"  # 8 000 000 bits in 754.6 s
    assert others[0].find(f"{PODCAST}source").get("uri") == one.find("enclosure").get("url")
    check = others[1].find(f"{PODCAST}integrity")
    assert check.get("type") == "sri"
    assert check.get("value").startswith("sha256-")
    assert len(check.get("value")) == len("sha256-") + 44
    assert [(node.text, dict(node.attrib)) for node in one.findall(f"{PODCAST}license")] == [
        ("cc-by-sa-4.0", {"url": "https://creativecommons.org/licenses/by-sa/4.0/"})
    ]


def test_who_listens_is_told_of_a_synthetic_voice() -> None:
    episodes = (item(1), item(2, narrator=""))
    channel = _channel(_write(show(), episodes))
    assert [(node.get("purpose"), node.text) for node in channel.findall(f"{PODCAST}txt")] == [("ai-content", "true")]
    assert [node.find(f"{PODCAST}txt").text for node in channel.findall("item")] == ["false", "true"]
    people = _channel(_write(show(), (item(1, narrator=""),)))
    assert people.find(f"{PODCAST}txt").text == "false"


def test_the_show_is_explicit_when_it_or_an_episode_says_so() -> None:
    def told(of: Show, *episodes: Item) -> tuple[str, list[str | None]]:
        channel = _channel(_write(of, episodes))
        return channel.find(f"{APPLE}explicit").text, [
            node.findtext(f"{APPLE}explicit") for node in channel.findall("item")
        ]

    nobody, yes = item(1, explicit=None), item(2, explicit=True)
    assert told(show(explicit=None), nobody) == ("false", [None])
    assert told(show(explicit=None), nobody, yes) == ("true", ["true", None])
    assert told(show(explicit=False), nobody, yes) == ("false", ["true", None])
    assert told(show(explicit=True), nobody) == ("true", [None])


def test_order_and_clock_do_not_matter() -> None:
    episodes = list(items(12))
    data = _write(show(), tuple(episodes))
    for seed in range(3):
        random.Random(seed).shuffle(episodes)
        assert _write(show(), tuple(episodes)) == data
    names = [node.findtext("guid") for node in _channel(data).findall("item")]
    assert names == [f"articlecast:tides-{number}" for number in range(12, 0, -1)]


def test_episodes_of_one_day_are_ordered_by_number_and_zones_are_minded() -> None:
    same = tuple(replace(one, published="2024-05-01") for one in items(3))
    earlier = item(9, published="2024-05-01T01:00:00+02:00")  # still April in UTC
    guids = [node.findtext("guid") for node in _channel(_write(show(), (earlier, *same))).findall("item")]
    assert guids == [f"articlecast:tides-{number}" for number in (3, 2, 1, 9)]
    dates = [node.findtext("pubDate") for node in _channel(_write(show(), (earlier, *same))).findall("item")]
    assert dates[0] == "Wed, 01 May 2024 00:00:00 +0000"
    assert dates[-1] == "Wed, 01 May 2024 01:00:00 +0200"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the machine's zone cannot be changed")
def test_a_date_alone_is_midnight_utc_wherever_the_feed_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        node = _channel(_write(show(), (item(1, published="2024-05-01"),))).find("item")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert node.findtext("pubDate") == "Wed, 01 May 2024 00:00:00 +0000"


def test_a_date_that_is_none_and_a_show_without_address_are_told() -> None:
    with pytest.raises(UsageError, match="tides-1: 'yesterday' is not a date"):
        _write(show(), (item(1, published="yesterday"),))
    with pytest.raises(UsageError, match="url"):
        _write(show(destination=Destination()), ())


def test_the_newest_hundred_have_all_of_their_notes() -> None:
    nodes = _channel(_write(show(), items(103))).findall("item")
    full = [
        (node.findtext(CONTENT) or "").strip() == item(103 - place).notes.strip() for place, node in enumerate(nodes)
    ]
    assert full == [True] * 100 + [False] * 3
    summary = nodes[-1].findtext(CONTENT)
    assert item(1).description in summary
    assert f'href="{URL}/episodes/tides-1/index.html"' in summary


def test_long_notes_of_the_oldest_are_shortened_before_the_feed_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    episodes = tuple(replace(one, notes=f"<p>{'deep water ' * 2000}</p>") for one in items(10))
    monkeypatch.setattr(feed, "MOST_BYTES", 120_000)
    data = _write(show(), episodes)
    notes = [len(node.findtext(CONTENT) or "") for node in _channel(data).findall("item")]
    count = sum(size > 1000 for size in notes)
    assert 0 < count < 10
    assert [size > 1000 for size in notes] == [True] * count + [False] * (10 - count)
    assert len(data) <= 120_000 < len(data) + notes[0] - notes[-1], "one more would have fitted"


def test_each_page_has_as_much_of_the_notes_as_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    episodes = tuple(replace(one, notes=f"<p>{'deep water ' * 2000}</p>") for one in items(10))
    monkeypatch.setattr(feed, "MOST_BYTES", 120_000)
    pages = feed.write(show(publishing=Publishing(page_items=5)), guid=GUID, items=episodes, cover=COVER)
    assert len(pages) == 2
    assert all(len(data) <= 120_000 for _, data in pages)
    assert len(pages[0][1]) > 80_000, "the newest keep their notes"


def test_a_feed_that_is_still_too_large_goes_on_on_more_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MOST_BYTES", 30_000)
    pages = feed.write(show(), guid=GUID, items=items(30), cover=COVER)
    assert len(pages) > 2
    assert all(len(data) <= 30_000 for _, data in pages)
    guids = [node.findtext("guid") for _, data in pages for node in _channel(data).findall("item")]
    assert guids == [f"articlecast:tides-{number}" for number in range(30, 0, -1)]
    assert "Notes of part 30." in pages[0][1].decode(), "shorter notes would not have saved a page"


def test_pages_lead_to_each_other() -> None:
    pages = feed.write(show(publishing=Publishing(page_items=4)), guid=GUID, items=items(10), cover=COVER)
    assert [path for path, _ in pages] == ["feed.xml", "feed-2.xml", "feed-3.xml"]
    links = [
        {node.get("rel"): node.get("href").removeprefix(f"{URL}/") for node in _channel(data).findall(f"{ATOM}link")}
        for _, data in pages
    ]
    ends = {"first": "feed.xml", "last": "feed-3.xml"}
    assert links == [
        {"self": "feed.xml", "next": "feed-2.xml", **ends},
        {"self": "feed-2.xml", "previous": "feed.xml", "next": "feed-3.xml", **ends},
        {"self": "feed-3.xml", "previous": "feed-2.xml", **ends},
    ]
    assert [len(_channel(data).findall("item")) for _, data in pages] == [4, 4, 2]


@pytest.mark.parametrize(
    ("told", "identifier", "where"),
    [
        ("CC-BY-4.0", "cc-by-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc by-nc-sa 3.0", "cc-by-nc-sa-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0-1.0", "cc0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        (
            "https://creativecommons.org/licenses/by-nd/4.0/deed.de",
            "cc-by-nd-4.0",
            "https://creativecommons.org/licenses/by-nd/4.0/deed.de",
        ),
        (
            "http://creativecommons.org/publicdomain/zero/1.0/",
            "cc0-1.0",
            "http://creativecommons.org/publicdomain/zero/1.0/",
        ),
        ("https://example.org/terms", "https://example.org/terms", "https://example.org/terms"),
        ("GFDL-1.3-or-later", "gfdl-1.3-or-later", ""),
        ("All rights reserved", "", ""),
        ("", "", ""),
    ],
)
def test_licences_are_known_by_name_and_by_address(told: str, identifier: str, where: str) -> None:
    assert feed_text.licence(told) == (identifier, where)
    nodes = _channel(_write(show(licence=told), ())).findall(f"{PODCAST}license")
    assert [(node.text, node.get("url", "")) for node in nodes] == ([(identifier, where)] if identifier else [])


@pytest.mark.parametrize(
    ("text", "most", "in_bytes", "result"),
    [
        ("how tides work", 14, False, "how tides work"),
        ("how tides work", 13, False, "how tides…"),
        ("how tides work", 10, False, "how tides…"),
        ("how tides, work", 11, False, "how tides…"),
        ("incomprehensible", 8, False, "incompr…"),
        ("über alle Meere", 9, True, "über…"),
        ("üüüüüüüüüü", 10, True, "üüü…"),
    ],
)
def test_long_texts_are_cut_at_a_word(text: str, most: int, in_bytes: bool, result: str) -> None:
    assert feed_text.cut(text, most, in_bytes=in_bytes) == result


HOSTILE = (
    "]]> the end",
    "<script>alert(1)</script> & so on",
    "zero\x00 bell\x07 half\ud800 not\ufffe",
    "word " * 2000,
    "ü" * 10_000,
    "&lt;already&gt; &amp; escaped",
    "line\r\nbreak\ttab",
    "🌊 المد والجزر 潮",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_neither_break_the_feed_nor_get_lost(text: str) -> None:
    one = item(1, title=text, description=text, notes=f"<p>{text}</p>", authors=(text,), licence=text)
    data = _write(show(title=text, description=text, authors=(text,), licence=text), (one,))
    node = _channel(data).find("item")
    plain = " ".join(text.replace("\x00", "").replace("\x07", "").replace("\ud800", "").replace("\ufffe", "").split())
    assert node.findtext("title") == plain
    assert node.find("guid").attrib == {"isPermaLink": "false"}
    assert (node.findtext(CONTENT) or "").strip().startswith("<p>")
    assert len(node.findtext("description").encode()) <= 4000
    assert len(_channel(data).findtext("description").encode()) <= 4000
    assert len(node.find(f"{PODCAST}person").text) <= 128
    podcast = _podcast(data)
    assert podcast["episodes"][0]["title"] == plain
    assert not feedparser.parse(io.BytesIO(data)).bozo
    if text.startswith("<"):
        assert node.findtext("description") == "&lt;script>alert(1)&lt;/script> & so on"  # which HTML shows as written


def test_a_description_that_readers_take_for_html_shows_what_was_written() -> None:
    told = "Write &lt;b> & <b>, 1 < 2, AT&T"
    node = _channel(_write(show(), (item(1, description=told),))).find("item")
    assert node.findtext("description") == "Write &amp;lt;b> & &lt;b>, 1 < 2, AT&T"
    assert html.fromstring(f"<p>{node.findtext('description')}</p>").text == told


def test_notes_that_end_a_cdata_section_come_out_as_they_went_in() -> None:
    notes = "<p>if (a[b[0]]>c) ]]&gt; <![CDATA[ x ]]></p>"
    assert _channel(_write(show(), (item(1, notes=notes),))).find("item").findtext(CONTENT) == notes


@settings(deadline=None, max_examples=60)
@given(text=st.text(st.characters(codec=None), max_size=80))
def test_any_text_makes_a_feed_that_xml_readers_take(text: str) -> None:
    one = item(1, title=text, description=text, notes=text, narrator=text, authors=(text,), licence=text)
    node = _channel(_write(show(title=text, licence=text), (one,))).find("item")
    assert node.findtext("title")
    assert node.findtext("description")


def test_what_nobody_told_is_left_out() -> None:
    bare = Item(
        name="ebb", guid="g", title="Ebb", number=1, published="2024-01-01", duration_ms=1, files=item(1).files[:1]
    )
    least = Show(title="Ebb", destination=Destination(url=URL))
    ((_, data),) = feed.write(least, guid=GUID, items=(bare,), cover=None)
    channel = _channel(data)
    assert channel.findtext("description") == "Ebb"
    assert channel.findtext("link") == f"{URL}/index.html"
    assert channel.findtext("language") == "en"
    assert channel.find(f"{APPLE}category").get("text") == "News"
    assert channel.findtext(f"{APPLE}author") == "Ebb"
    assert channel.find(f"{PODCAST}locked").attrib == {}
    for name in ("image", f"{APPLE}image", f"{APPLE}owner", f"{PODCAST}person", f"{PODCAST}license", "copyright"):
        assert channel.find(name) is None
    node = channel.find("item")
    assert node.findtext("link") == f"{URL}/episodes/ebb/index.html"
    assert node.findtext(f"{APPLE}duration") == "1"
    for name in (
        f"{APPLE}season",
        f"{APPLE}explicit",
        f"{PODCAST}person",
        f"{PODCAST}transcript",
        f"{PODCAST}chapters",
        f"{PODCAST}license",
    ):
        assert node.find(name) is None


def test_a_category_that_apple_does_not_have_becomes_the_nearest() -> None:
    def told(category: str) -> list[str]:
        return [node.get("text") for node in _channel(_write(show(category=category), ())).iter(f"{APPLE}category")]

    assert told("Technology") == ["Technology"]
    assert told("tech news") == ["News", "Tech News"]
    assert told("Society and Culture") == ["Society & Culture"]
    assert told("Qxz") == ["Qxz"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/hosts"])
def test_a_link_that_leads_nowhere_on_the_web_is_not_passed_on(link: str) -> None:
    one = replace(item(1), link=link)
    ((_, data),) = feed.write(show(), guid=GUID, items=[one], cover=COVER)
    assert _channel(data).findtext("item/link") == f"{URL}/episodes/{one.name}/index.html"
    assert link not in json_ld.text(show(), one)
