"""The show's pages: every link leads to a file of the show, nothing can run, and they tell what is there."""

from __future__ import annotations

import base64
import hashlib
import json
import posixpath
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from pipeline.errors import UsageError
from pipeline.model.publication import Item
from pipeline.model.show import Destination, Show
from pipeline.publish import addresses, embed, show_pages
from pipeline.publish.editions import embeddable, readable
from pipeline.publish.page_frame import escape
from tests.publish.published import COVER, URL, item, items, show

HOSTILE = '<script>alert(1)</script> ]]> </title> & "quoted" \x00\ud800 </script>'
SHOWN = '<script>alert(1)</script> ]]> </title> & "quoted" </script>'


def _pages(of: Show, *episodes: Item) -> dict[str, tuple[bytes, str]]:
    return {path: (data, kind) for path, data, kind in show_pages.write(of, items=episodes, cover=COVER)}


def _tree(pages: dict[str, tuple[bytes, str]], path: str) -> Any:
    return html.document_fromstring(pages[path][0].decode())


def _trees(pages: dict[str, tuple[bytes, str]]) -> dict[str, Any]:
    """The HTML pages by path."""
    return {path: _tree(pages, path) for path, (_, kind) in pages.items() if kind == "text/html"}


def _data(tree: Any) -> Any:
    (node,) = tree.xpath("//script")
    assert node.get("type") == "application/ld+json"
    return json.loads(node.text)


def test_every_episode_has_a_page_a_frame_and_oembed() -> None:
    pages = _pages(show(), *items(2))
    assert {path: kind for path, (_, kind) in pages.items()} == {
        "index.html": "text/html",
        "episodes/tides-2/index.html": "text/html",
        "episodes/tides-2/embed.html": "text/html",
        "episodes/tides-2/oembed.json": "application/json",
        "episodes/tides-1/index.html": "text/html",
        "episodes/tides-1/embed.html": "text/html",
        "episodes/tides-1/oembed.json": "application/json",
    }
    assert _pages(show(), *reversed(items(2))) == pages


def test_every_link_of_the_show_leads_to_a_file_of_the_show() -> None:
    pages = _pages(show(), *items(3))
    there = {*pages, "feed.xml", COVER.path, *(file.path for one in items(3) for file in one.files)}
    followed = set()
    for path, tree in _trees(pages).items():
        for _, _, link, _ in tree.iterlinks():
            ours = link.startswith(f"{URL}/")
            parts = urlsplit(link.removeprefix(f"{URL}/"))
            if not parts.scheme and parts.path:
                base = "" if ours else posixpath.dirname(path)
                followed.add(posixpath.normpath(posixpath.join(base, unquote(parts.path))))
    assert followed <= there
    offered = {file.path for one in items(3) for file in one.files if file.role in {"audio", "transcript", "book"}}
    assert offered <= followed


def test_the_list_names_every_episode_and_how_to_subscribe() -> None:
    tree = _tree(_pages(show(), *items(2)), "index.html")
    assert [node.text for node in tree.iter("h3", "a") if node.getparent().tag == "h3"] == [
        "How tides work, part 2",
        "How tides work, part 1",
    ]
    assert tree.xpath("string(//ul/li[1]/p[@class='about'])") == (
        "The Tide Desk, The Moon Desk 3 January 2024 12:35 Narrated by a synthetic voice"
    )
    assert tree.xpath("//ul/li[1]//time/@datetime") == ["2024-01-03"]
    assert f"{URL}/feed.xml" in tree.xpath("//main//a/@href")
    (alternate,) = tree.xpath("//link[@rel='alternate']")
    assert (alternate.get("type"), alternate.get("href")) == ("application/rss+xml", "feed.xml")
    names = [node.get("aria-label") or node.text for node in tree.xpath("//ul//a")]
    assert len(set(names)) == len(names), "links of one name lead to different places"


def test_a_show_without_episodes_has_a_page() -> None:
    pages = _pages(show())
    assert list(pages) == ["index.html"]
    assert "None yet." in _tree(pages, "index.html").text_content()


def test_the_page_of_an_episode_plays_the_enclosure_and_offers_every_edition() -> None:
    tree = _tree(_pages(show(), item(1)), "episodes/tides-1/index.html")
    (player,) = tree.iter("audio")
    assert f"episodes/tides-1/{player.get('src')}" == item(1).enclosure.path
    assert "autoplay" not in player.attrib
    assert tree.xpath("//ul[last()]/li/a/text()")[-10:] == [
        "M4B",
        "Opus",
        "Transcript",
        "Transcript, plain text",
        "Subtitles (WebVTT)",
        "Subtitles, word by word (WebVTT)",
        "Subtitles (SRT)",
        "Transcript (JSON)",
        "Book with narration (EPUB 3)",
        "Narration script",
    ]
    assert "Notes of part 1." in tree.text_content()
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"{URL}/episodes/tides-1/index.html"]
    (found,) = tree.xpath("//link[@type='application/json+oembed']/@href")
    assert found == f"{URL}/episodes/tides-1/oembed.json"


def test_the_address_of_an_episode_stays_when_its_files_are_replaced() -> None:
    moved = tuple(replace(file, path=file.path.replace("tides-1-", "tides-1-new")) for file in item(1).files)
    before, after = _pages(show(), item(1)), _pages(show(), item(1, files=moved))
    assert list(before) == list(after)
    assert before["episodes/tides-1/oembed.json"] == after["episodes/tides-1/oembed.json"]
    assert before["episodes/tides-1/index.html"] != after["episodes/tides-1/index.html"]


def test_nothing_can_run_and_nothing_is_asked_of_others() -> None:
    for path, tree in _trees(_pages(show(), *items(1))).items():
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; media-src 'self' file:;")
        assert "unsafe" not in policy
        (style,) = tree.iter("style")
        assert f"style-src '{_digest(style.text)}'" in policy
        for node in tree.iter("script"):
            assert f"script-src '{_digest(node.text)}'" in policy
            assert node.get("type") == "application/ld+json"
        assert not tree.xpath("//@onclick | //@style"), path


def test_hostile_words_are_shown_as_they_are() -> None:
    one = item(1, title=HOSTILE, description=HOSTILE, authors=(HOSTILE,), licence=HOSTILE, link=HOSTILE, notes="")
    pages = _pages(show(title=HOSTILE, description=HOSTILE), one)
    for path, tree in _trees(pages).items():
        assert all(node.get("type") == "application/ld+json" for node in tree.iter("script")), path
        assert " ".join(tree.xpath("string(//h1)").split()) == SHOWN
    told = _data(_tree(pages, "episodes/tides-1/index.html"))
    assert (told["name"], told["partOfSeries"]["name"]) == (SHOWN, SHOWN)
    assert json.loads(pages["episodes/tides-1/oembed.json"][0])["title"] == SHOWN


def test_an_article_that_is_no_page_of_the_web_is_not_linked() -> None:
    for link, shown in (("javascript:alert(1)", []), ("https://example.org/ebb", ["https://example.org/ebb"])):
        tree = _tree(_pages(show(), item(1, link=link, notes="")), "episodes/tides-1/index.html")
        assert tree.xpath("//a[. = 'The article']/@href") == shown


@settings(deadline=None, max_examples=60)
@given(text=st.text(st.characters(codec=None), max_size=60))
def test_any_title_makes_whole_pages(text: str) -> None:
    pages = _pages(show(title=text or "x"), item(1, title=text, description=text, notes=""))
    tree = _tree(pages, "episodes/tides-1/index.html")
    assert [node.tag for node in tree] == ["head", "body"]
    assert _data(tree)["identifier"] == "articlecast:tides-1"
    assert tree.xpath("//main//pre")


def test_the_frame_leads_to_the_read_along_page_that_is_made_for_frames() -> None:
    made = next(file.path for file in item(1).of_role("page") if file.path.endswith("embed.html"))
    tree = _tree(_pages(show(), item(1)), "episodes/tides-1/embed.html")
    assert tree.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={posixpath.basename(made)}"]
    assert tree.xpath("//a/@href") == [posixpath.basename(made)]
    assert embed.height_px(item(1)) > embed.height_px(item(1, files=item(1).files[:1]))


def test_an_article_about_embedding_is_read_along_too() -> None:
    pages = tuple(
        replace(file, path=file.path.replace("tides-1", "how-to.embed.fonts")) for file in item(1).of_role("page")
    )
    assert readable(item(1, files=pages[::-1])) in {pages[0], pages[1]}
    assert embeddable(item(1, files=pages)) == pages[2]


def test_what_html_forbids_is_left_out() -> None:
    assert escape('a\x00\ud800<"&') == "a&lt;&quot;&amp;"


def test_the_frame_has_a_player_where_there_is_no_such_page() -> None:
    tree = _tree(_pages(show(), item(1, files=item(1).files[:1])), "episodes/tides-1/embed.html")
    assert not tree.xpath("//meta[@http-equiv='refresh']")
    assert len(tree.xpath("//audio[@controls]")) == 1
    assert tree.xpath("//a/@href") == ["index.html"]


def test_oembed_tells_of_a_frame_with_a_title() -> None:
    told = json.loads(_pages(show(), item(1))["episodes/tides-1/oembed.json"][0])
    assert (told["version"], told["type"], told["width"], told["height"]) == ("1.0", "rich", 640, 480)
    assert told["html"] == embed.snippet(show(), item(1))
    frame = html.fragment_fromstring(told["html"])
    assert (frame.tag, frame.get("src")) == ("iframe", f"{URL}/episodes/tides-1/embed.html")
    assert frame.get("title") == "How tides work, part 1 – Slow Reading"
    assert (told["author_name"], told["provider_name"]) == ("The Tide Desk, The Moon Desk", "Slow Reading")


def test_schema_org_is_told_what_is_there_and_no_more() -> None:
    told = _data(_tree(_pages(show(), item(1)), "episodes/tides-1/index.html"))
    assert (told["@type"], told["episodeNumber"], told["duration"]) == ("PodcastEpisode", 1, "PT755S")
    assert told["partOfSeason"] == {"@type": "PodcastSeason", "seasonNumber": 2}
    assert told["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert told["accessMode"] == ["auditory", "textual"]
    assert [one["itemListElement"] for one in told["accessModeSufficient"]] == [["auditory"], ["textual"]]
    assert told["accessibilityFeature"] == ["transcript", "captions", "structuralNavigation", "synchronizedAudioText"]
    first, *_ = told["associatedMedia"]
    assert (first["contentUrl"], first["contentSize"]) == (f"{URL}/{item(1).enclosure.path}", "1000000")
    assert first["caption"]["encodingFormat"] == "text/vtt"

    sound_alone = item(1, files=item(1).files[:1], licence="", authors=(), explicit=None, season=None, narrator="")
    told = _data(_tree(_pages(show(licence=""), sound_alone), "episodes/tides-1/index.html"))
    assert told["accessMode"] == ["auditory"]
    assert [one["itemListElement"] for one in told["accessModeSufficient"]] == [["auditory"]]
    assert told["accessibilitySummary"] == "Narrated."
    absent = ("accessibilityFeature", "license", "author", "isFamilyFriendly", "partOfSeason")
    assert not set(absent) & told.keys()


def test_words_of_another_language_are_marked() -> None:
    tree = _tree(_pages(show(language="ar"), item(1, language="de")), "episodes/tides-1/index.html")
    assert tree.get("lang") == "en"
    assert (tree.xpath("//h1/@lang"), tree.xpath("//h1/@dir")) == (["de"], ["ltr"])
    assert (tree.xpath("//header/p/@lang"), tree.xpath("//header/p/@dir")) == (["ar"], ["rtl"])


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("tides", "episodes/tides"),
        ("2024/how-tides_work.2", "episodes/2024/how-tides_work.2"),
        ("Gezeiten für alle", "episodes/Gezeiten-f-r-alle-"),
        ("潮", "episodes/episode-"),
        ("../../etc/passwd", "episodes/etc/passwd-"),
        ("a//b", "episodes/a/b-"),
    ],
)
def test_folders_are_of_plain_letters(name: str, folder: str) -> None:
    made = addresses.folder(name)
    assert made.startswith(folder)
    assert re.fullmatch(r"episodes(/[A-Za-z0-9][A-Za-z0-9._-]*)+", made)


def test_names_that_are_respelt_stay_apart() -> None:
    assert len({addresses.folder(name) for name in ("über", "uber", "üb r", "?ber")}) == 4


def test_a_show_without_an_address_is_told() -> None:
    with pytest.raises(UsageError, match="url"):
        _pages(show(destination=Destination()), item(1))


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
