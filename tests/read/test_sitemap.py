"""Sitemaps: what a site lists, however it is packed and wherever it leads."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.read import sitemap

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
MAP = "https://example.org/sitemap.xml"


def urls(*addresses: str) -> bytes:
    """A list of pages."""
    inside = "".join(f"<url><loc> {one} </loc><lastmod>2026-03-01</lastmod></url>" for one in addresses)
    return f'<?xml version="1.0"?><urlset {SPACE}>{inside}</urlset>'.encode()


def index(*addresses: str) -> bytes:
    """A list of lists."""
    inside = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in addresses)
    return f"<sitemapindex {SPACE}>{inside}</sitemapindex>".encode()


def listed(web: dict[str, bytes], place: str = MAP) -> tuple[str, ...]:
    """What a sitemap in ``web`` lists."""
    return sitemap.pages(place, web.__getitem__)


def test_pages_come_once_and_in_order() -> None:
    one, two = "https://example.org/ebb", "https://example.org/flood?a=1&amp;b=2"
    assert listed({MAP: urls(one, two, one)}) == (one, two.replace("&amp;", "&"))


def test_an_index_leads_to_lists_packed_or_not() -> None:
    web = {
        MAP: index("https://example.org/a.xml.gz", "https://example.org/b.xml", MAP),
        "https://example.org/a.xml.gz": gzip.compress(urls("https://example.org/ebb")),
        "https://example.org/b.xml": urls("https://www.example.org/flood"),
    }
    assert listed(web) == ("https://example.org/ebb", "https://www.example.org/flood")


def test_pages_and_lists_of_other_sites_do_not_count() -> None:
    web = {MAP: urls("https://other.example/ebb", "https://example.org/flood", "http://127.0.0.1/x", "file:///etc")}
    assert listed(web) == ("https://example.org/flood",)
    assert listed({MAP: index("https://other.example/sitemap.xml")}) == ()


def test_a_file_and_a_list_of_plain_text_are_read(tmp_path: Path) -> None:
    path = tmp_path / "sitemap.txt"
    path.write_text("https://example.org/ebb\n\nhttps://example.net/flood\n", encoding="utf-8")
    assert listed({}, str(path)) == ("https://example.org/ebb", "https://example.net/flood")
    path.write_text("# Tides\n", encoding="utf-8")
    with pytest.raises(ReadError, match="no sitemap"):
        listed({}, str(path))


def test_entities_are_not_expanded() -> None:
    bomb = (
        b'<!DOCTYPE urlset [<!ENTITY a "https://example.org/"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        b"<urlset><url><loc>&a;x</loc></url><url><loc>&f;</loc></url></urlset>"
    )
    assert all("passwd" not in page and "root" not in page for page in listed({MAP: bomb}))


@pytest.mark.parametrize("data", [b"<html><body>no</body></html>", b"<urlset><url>", b"\xff\xfe\x00nothing"])
def test_what_is_no_sitemap_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError):
        listed({MAP: data})


def test_sizes_and_numbers_have_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST_PAGES", 3)
    with pytest.raises(ReadError, match="more than 3 pages"):
        listed({MAP: urls(*(f"https://example.org/{number}" for number in range(4)))})
    monkeypatch.setattr(sitemap, "MOST_BYTES", 1000)
    with pytest.raises(ReadError, match="1,000 bytes"):
        listed({MAP: gzip.compress(b" " * 100_000)})
    monkeypatch.setattr(sitemap, "MOST_LISTS", 2)
    lists = [f"https://example.org/{number}.xml" for number in range(3)]
    with pytest.raises(ReadError, match="more than 2 lists"):
        listed({MAP: index(*lists[:2]), lists[0]: index(lists[2]), lists[1]: urls(), lists[2]: urls()})
