"""Shows whose articles lie on the web: asked for politely, never gone before they are gone three times."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ReadError
from pipeline.read.original import Original
from pipeline.read.refusals import Gone
from tests.build.show_bench import ShowBench, make_show

EBB, FLOOD = "https://example.org/ebb.md", "https://example.org/flood.md"
MAP = "https://example.org/sitemap.xml"


@dataclass(slots=True)
class Web:
    """Pages by address; None for one that is gone."""

    pages: dict[str, bytes | None] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def open_address(self, address: str, **_: Any) -> Original:
        """As the room's."""
        self.asked.append(address)
        if address not in self.pages:
            raise ReadError("nobody answers", address)
        data = self.pages[address]
        if data is None:
            raise Gone("there is no such page (404)", address, 404)
        return Original(data=data, uri=address)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    """A web of our own, whose sites let everybody in."""
    made = Web({EBB: b"# Ebb\n\nThe water goes out.\n", FLOOD: b"# Flood\n\nThe water comes in.\n"})
    for place in ("pipeline.build.sync_web", "pipeline.read.room", "pipeline.read.original"):
        monkeypatch.setattr(f"{place}.open_address", made.open_address)
    monkeypatch.setattr("pipeline.read.robots.Robots.allows", lambda *_: True)
    monkeypatch.setattr("pipeline.read.robots.Robots.delay_s", lambda *_: 0.0)
    return made


def listed(root: Path) -> ShowBench:
    """A show of two addresses."""
    return make_show(root, sources=f'urls = ["{EBB}", "{FLOOD}"]')


def test_pages_are_published_and_asked_for_again(tmp_path: Path, web: Web) -> None:
    show = listed(tmp_path / "show")
    assert show.sync().counts == {"new": 2}
    web.asked.clear()
    report = show.sync()
    assert (report.spoken, report.bytes, report.unchanged) == (0, 0, 2)
    assert web.asked == [EBB, FLOOD]
    web.pages[EBB] = b"# Ebb\n\nThe water goes out again.\n"
    (one,) = show.sync().episodes
    assert (one.name, one.kind, one.spoken) == ("ebb", "changed", 1)
    link = show.catalogue()["entries"]["ebb"]["item"]["link"]
    assert link == EBB


def test_a_page_is_gone_when_it_was_gone_three_times(tmp_path: Path, web: Web) -> None:
    show = listed(tmp_path / "show")
    show.sync()
    web.pages[EBB] = None
    for _ in range(2):
        report = show.sync(yes=True)
        assert (report.counts, report.published) == ({"failed": 1}, 2)
    web.pages[EBB] = b"# Ebb\n\nThe water goes out.\n"
    assert show.sync().episodes == ()
    web.pages[EBB] = None
    kinds = [[one.kind for one in show.sync(yes=True).episodes] for _ in range(3)]
    assert kinds == [["failed"], ["failed"], ["retired"]]
    assert len(show.enclosures()) == 1


def test_a_site_that_does_not_answer_changes_nothing(tmp_path: Path, web: Web) -> None:
    show = listed(tmp_path / "show")
    show.sync()
    before = show.files()
    web.pages.clear()
    for _ in range(4):
        assert show.sync(yes=True).exit_code == 1
    assert show.files() == before


def test_a_sitemap_brings_new_pages(tmp_path: Path, web: Web) -> None:
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    web.pages[MAP] = f"{head}<url><loc>{EBB}</loc></url></urlset>".encode()
    show = make_show(tmp_path / "show", sources=f'sitemap = "{MAP}"')
    assert show.sync().counts == {"new": 1}
    web.pages[MAP] = f"{head}<url><loc>{EBB}</loc></url><url><loc>{FLOOD}</loc></url></urlset>".encode()
    assert show.sync().counts == {"new": 1}
    web.pages[MAP] = f"{head}<url><loc>{FLOOD}</loc></url></urlset>".encode()
    assert show.sync(yes=True).published == 2


FEED = """\
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Tides</title>{items}
</channel></rss>"""
ITEM = """<item><title>{name}</title><guid isPermaLink="false">{name}</guid>
<content:encoded>&lt;p&gt;{text} It goes on for a while, so that nobody takes it for a part.&lt;/p&gt;</content:encoded>
</item>"""


def test_what_drops_off_a_feed_is_never_gone(tmp_path: Path) -> None:
    show = make_show(tmp_path / "show", sources='feed = "tides.xml"')
    path = show.root / "tides.xml"
    entries = [ITEM.format(name=f"Tide {number}", text=f"Tide {number} is high.") for number in range(4)]
    path.write_text(FEED.format(items="".join(entries[:3])), encoding="utf-8")
    assert show.sync().published == 3
    assert show.sync().bytes == 0
    path.write_text(FEED.format(items="".join(entries[3:])), encoding="utf-8")
    report = show.sync(yes=True)
    assert (report.counts, report.published) == ({"new": 1}, 4)


def test_what_drops_off_a_feed_beside_a_folder_is_never_gone(tmp_path: Path) -> None:
    show = make_show(tmp_path / "show", sources='folder = "articles"\nfeed = "tides.xml"')
    path = show.root / "tides.xml"
    show.write("ebb.md", "The water goes out.")
    entries = [ITEM.format(name=f"Tide {number}", text=f"Tide {number} is high.") for number in range(2)]
    path.write_text(FEED.format(items="".join(entries)), encoding="utf-8")
    assert show.sync().published == 3
    path.write_text(FEED.format(items=entries[1]), encoding="utf-8")
    report = show.sync(yes=True)
    assert (report.counts, report.published) == ({}, 3)


@pytest.mark.parametrize("place", ["tides.xml", "https://example.org/feed.xml"])
def test_a_page_in_the_place_of_a_feed_is_no_episode(tmp_path: Path, web: Web, place: str) -> None:
    show = make_show(tmp_path / "show", sources=f'feed = "{place}"')
    page = (
        b"<!DOCTYPE html><html><body><h1>Sorry</h1><p>We will be back in an hour, when all is done.</p></body></html>"
    )
    (show.root / "tides.xml").write_bytes(page)
    web.pages["https://example.org/feed.xml"] = page
    report = show.sync()
    assert (report.counts, report.published, report.exit_code) == ({"failed": 1}, 0, 1)
    assert "no feed" in report.episodes[0].why


def test_what_only_a_feed_tells_of_its_pages_is_kept_and_followed(tmp_path: Path, web: Web) -> None:
    item = f"<item><title>Ebb</title><link>{EBB}</link><description>Short.</description>{{}}</item>"
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    told = f"<dc:creator {names}>The desk</dc:creator><pubDate>Fri, 02 Jan 2026 06:00:00 GMT</pubDate>"
    show = make_show(tmp_path / "show", sources='feed = "tides.xml"')
    feed = show.root / "tides.xml"
    feed.write_text(FEED.format(items=item.format(told)), encoding="utf-8")

    def authors() -> list[str]:
        (entry,) = show.catalogue()["entries"].values()
        found: list[str] = entry["item"]["authors"]
        return found

    assert show.sync().published == 1
    assert authors() == ["The desk"]
    settings = show.root / "show.toml"
    settings.write_text(settings.read_text().replace('"tone"', '"tone"\nrate = 110'), encoding="utf-8")
    assert show.sync().counts == {"changed": 1}
    assert authors() == ["The desk"]
    assert show.sync().bytes == 0
    feed.write_text(FEED.format(items=item.format(told.replace("The", "Another"))), encoding="utf-8")
    assert show.sync().counts == {"changed": 1}
    assert authors() == ["Another desk"]
