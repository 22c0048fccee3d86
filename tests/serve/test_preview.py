"""What the preview shows: episodes, how they stand, and their files in pieces, as players ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.conftest import Workbench
from tests.serve.running import Client, previewing
from tests.serve.test_command import make_show

SOUND = "/episodes/tides/tides.mp3"


@pytest.fixture
def client(bench: Workbench) -> Iterator[Client]:
    bench.render(sidecars=("readalong", "vtt"))
    with previewing(bench.options) as client:
        yield client


def test_the_list_tells_how_each_episode_stands(client: Client, bench: Workbench) -> None:
    assert "rendered, up to date" in client.ask("/").text
    bench.edit("\nBays make tides larger.\n", "\nBays do it.\n", bench.script)
    (bench.root / "scripts" / "other.txt").write_text("%script 1\n%title <b>Other</b> & more\n\nOne.\n", "utf-8")
    (bench.root / "scripts" / "notes.txt").write_text("no script at all", "utf-8")
    (bench.root / "scripts" / "open.txt").write_text("%script 1\n\n<<<<<<< edited\n", "utf-8")
    page = client.ask("/").text
    assert "changed since the last render" in page
    assert "&lt;b&gt;Other&lt;/b&gt; &amp; more" in page
    assert "never rendered" in page
    assert "a conflict waits for you" in page
    assert "notes" not in page
    assert "a person must decide" in client.ask("/review/open").text.lower()


def test_the_list_looks_again_where_something_has_changed(client: Client, bench: Workbench) -> None:
    assert "rendered, up to date" in client.ask("/").text
    bench.edit("Most people never ask why.", "Nobody asks why.")
    assert "the article has changed since the script was made" in client.ask("/").text
    bench.render(sidecars=("readalong", "vtt"))
    assert "rendered, up to date" in client.ask("/").text
    (bench.root / "output" / "tides" / "tides.vtt").unlink()
    assert "tides.vtt is not as the last render left it" in client.ask("/").text


def test_an_episodes_page_names_its_files(client: Client) -> None:
    page = client.ask("/episodes/tides/").text
    assert 'src="tides.mp3"' in page
    assert 'href="tides.readalong.html"' in page
    assert 'href="tides.vtt"' in page
    assert client.ask("/episodes/tides").headers["location"] == "/episodes/tides/"
    assert client.ask("/episodes/nothing/").status == 404
    assert client.ask("/feed.xml").status == 404


def test_a_show_in_an_empty_folder_has_a_page(bench: Workbench) -> None:
    with previewing(bench.options) as client:
        assert "There is no narration script yet" in client.ask("/").text


def test_files_are_given_whole(client: Client, bench: Workbench) -> None:
    for name, kind in (("tides.mp3", "audio/mpeg"), ("tides.vtt", "text/vtt; charset=utf-8")):
        found = client.ask(f"/episodes/tides/{name}")
        assert found.body == (bench.root / "output" / "tides" / name).read_bytes()
        assert found.headers["content-type"] == kind
        assert found.headers["accept-ranges"] == "bytes"


def test_a_head_tells_all_but_the_bytes(client: Client, bench: Workbench) -> None:
    data = (bench.root / "output" / "tides" / "tides.mp3").read_bytes()
    whole, head = client.ask(SOUND), client.ask(SOUND, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(data))
    assert head.headers["etag"] == whole.headers["etag"]
    assert client.ask("/", "HEAD").body == b""


@pytest.mark.parametrize(
    ("asked", "start", "end"), [("0-", 0, None), ("0-0", 0, 1), ("100-199", 100, 200), ("-500", -500, None)]
)
def test_pieces_are_given(client: Client, bench: Workbench, asked: str, start: int, end: int | None) -> None:
    data = (bench.root / "output" / "tides" / "tides.mp3").read_bytes()
    found = client.ask(SOUND, headers={"Range": f"bytes={asked}"})
    assert (found.status, found.body) == (206, data[start:end])
    first = start % len(data)
    last = (len(data) if end is None else end) - 1
    assert found.headers["content-range"] == f"bytes {first}-{last}/{len(data)}"
    head = client.ask(SOUND, "HEAD", headers={"Range": f"bytes={asked}"})
    assert (head.status, head.body, head.headers["content-length"]) == (206, b"", str(len(found.body)))


def test_several_pieces_come_in_parts(client: Client, bench: Workbench) -> None:
    data = (bench.root / "output" / "tides" / "tides.mp3").read_bytes()
    found = client.ask(SOUND, headers={"Range": "bytes=0-9,100-109"})
    assert found.status == 206
    assert found.headers["content-type"].startswith("multipart/byteranges")
    assert data[:10] in found.body
    assert data[100:110] in found.body


def test_a_piece_behind_the_end_is_refused(client: Client, bench: Workbench) -> None:
    size = (bench.root / "output" / "tides" / "tides.mp3").stat().st_size
    found = client.ask(SOUND, headers={"Range": f"bytes={size}-"})
    assert (found.status, found.headers["content-range"]) == (416, f"bytes */{size}")


def test_a_piece_of_an_older_file_is_not_mixed_with_this_one(client: Client) -> None:
    tag = client.ask(SOUND, "HEAD").headers["etag"]
    same = client.ask(SOUND, headers={"Range": "bytes=0-9", "If-Range": tag})
    other = client.ask(SOUND, headers={"Range": "bytes=0-9", "If-Range": '"older"'})
    assert (same.status, len(same.body)) == (206, 10)
    assert (other.status, len(other.body)) == (200, int(other.headers["content-length"]))


def test_what_is_published_has_a_feed_of_this_machine(bench: Workbench) -> None:
    import feedparser

    from pipeline.shows import Show

    make_show(bench)
    toml = bench.root / "show.toml"
    options = replace(bench.options, show=toml, voice="", output=None, scripts=None)
    with previewing(options) as client:
        assert "/feed.xml" not in client.ask("/").text
        Show.open(toml, options).sync()
        assert "/feed.xml" in client.ask("/").text
        found = client.ask("/feed.xml")
        assert found.headers["content-type"].startswith("application/rss+xml")
        (entry,) = feedparser.parse(found.body).entries
        (enclosure,) = entry.enclosures
        assert enclosure.href.startswith(f"{client.origin}/published/")
        sound = client.ask(enclosure.href.removeprefix(client.origin), headers={"Range": "bytes=0-99"})
        assert sound.headers["content-range"] == f"bytes 0-99/{enclosure.length}"
        assert client.ask("/published/feed.xml").body == found.body
        assert b"https://example.org/tides/" not in found.body
