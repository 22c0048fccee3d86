"""Articles from the web: pages, feeds whose pages are fetched, and what servers say about versions."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ReadError
from pipeline.model.document import Article, texts
from pipeline.model.limits import MAX_INPUT_BYTES
from pipeline.read import articles, complete, read
from pipeline.read.robots import Robots
from pipeline.store.pages import Pages
from pipeline.store.store import Store
from tests.read.web import Answer, Web, allow_loopback, serving

PAGE = b"""<!DOCTYPE html><html lang="en"><head><title>High water</title></head><body><nav>Home</nav><article>
<h1>High water</h1><p>The sea stands higher today than in any week of this winter, and the mill wheel turns backwards
for an hour. People come to the bridge with their children and look down at the brown water.</p>
<p>By the evening it has gone again.</p></article></body></html>"""


def feed(link: str, extra: str = "") -> bytes:
    return f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Notes</title><item><title>High water</title>
    <link>{link}</link><guid>n1</guid>
    <author>The harbour office</author><description>The sea stands higher…</description>
    {extra}</item></channel></rss>""".encode()


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    """Pages in an empty store."""
    return Pages(Store(str(tmp_path / "store")))


def test_a_page_is_read_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch)
    with serving() as web:
        web.answers["/water"] = (200, {"Content-Type": "text/html"}, PAGE)
        (article,) = articles(web.url("/water"))
    assert article.uri == web.url("/water")
    assert article.document.title == "High water"
    assert "Home" not in " ".join(texts(article.document.blocks))


def test_without_the_allowance_the_own_machine_is_refused() -> None:
    with serving() as web, pytest.raises(ReadError) as caught:
        read(web.url("/water"))
    assert "\n" not in str(caught.value)
    assert web.asked == []


def test_an_unchanged_page_is_not_sent_twice(monkeypatch: pytest.MonkeyPatch, pages: Pages) -> None:
    allow_loopback(monkeypatch)
    with serving() as web:
        web.answers["/water"] = [
            (200, {"Content-Type": "text/html", "ETag": '"1"', "Last-Modified": "yesterday"}, PAGE),
            (304, {}, b""),
        ]
        first = read(web.url("/water"), pages=pages)
        second = read(web.url("/water"), pages=pages)
        assert web.asked[1][1]["If-None-Match"] == '"1"'
    assert first == second


def test_a_page_lost_from_the_store_is_sent_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    allow_loopback(monkeypatch)
    store = tmp_path / "store"
    with serving() as web:
        web.answers["/water"] = (200, {"Content-Type": "text/html", "ETag": '"1"'}, PAGE)
        read(web.url("/water"), pages=Pages(Store(str(store))))
        for blob in (store / "blobs").rglob("*"):
            if blob.is_file():
                blob.unlink()
        read(web.url("/water"), pages=Pages(Store(str(store))))
        assert "If-None-Match" not in web.asked[1][1]


def test_a_feed_that_holds_a_part_leads_to_the_page(monkeypatch: pytest.MonkeyPatch, pages: Pages) -> None:
    allow_loopback(monkeypatch)
    with serving() as web:
        web.answers["/water"] = (200, {"Content-Type": "text/html"}, PAGE)
        web.answers["/feed"] = (200, {"Content-Type": "application/rss+xml"}, feed(web.url("/water")))
        (part,) = articles(web.url("/feed"))
        assert not part.whole
        whole = complete(part, pages=pages, robots=Robots())
        assert [path for path, _ in web.asked] == ["/feed", "/robots.txt", "/water"]
    assert whole.whole
    assert whole.uri == web.url("/water")
    assert whole.document.authors == ("The harbour office",)
    assert whole.document.meta.site == "Notes"
    assert "mill wheel" in " ".join(texts(whole.document.blocks))


def test_robots_are_respected_where_a_feed_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch)
    with serving() as web:
        web.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /water\n")
        web.answers["/water"] = (200, {"Content-Type": "text/html"}, PAGE)
        web.answers["/feed"] = (200, {"Content-Type": "application/rss+xml"}, feed(web.url("/water")))
        (part,) = articles(web.url("/feed"))
        with pytest.raises(ReadError, match=r"robots\.txt"):
            complete(part, robots=Robots())


def test_an_entry_without_a_page_is_what_it_is() -> None:
    (part,) = articles(feed("").replace(b"<link></link>", b""), uri="notes.rss")
    assert part.uri == "notes.rss#n1"
    whole = complete(part)
    assert whole.whole
    assert part.whole or whole.document.omitted[-1].why.startswith("the feed holds a part")


@pytest.mark.parametrize("media_type", ["text/html", "application/octet-stream", "text/plain", ""])
def test_what_is_served_is_known_by_its_bytes_too(monkeypatch: pytest.MonkeyPatch, media_type: str) -> None:
    allow_loopback(monkeypatch)
    with serving() as web:
        web.answers["/feed.php"] = (200, {"Content-Type": media_type}, feed(web.url("/water")))
        assert [article.whole for article in articles(web.url("/feed.php"))] == [False]


DOUBTED = "<description>" + "The sea stands higher today than in any week of this winter. " * 10 + "</description>"


def part_of(web: Web, description: str) -> Article:
    """The one article of a feed, of which the page is to be read."""
    data = feed(web.url("/water")).replace("<description>The sea stands higher…</description>".encode(), b"")
    (part,) = articles(data.replace(b"</item>", description.encode() + b"</item>"), uri="notes.rss")
    assert not part.whole
    return part


def test_where_the_page_cannot_be_read_a_doubted_text_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch)
    with serving() as web:
        web.answers["/water"] = (403, {}, b"")
        part = part_of(web, DOUBTED)
        article = complete(part, robots=Robots())
    assert article.whole
    assert article.document.blocks == part.document.blocks
    assert article.document.omitted[-1].why.startswith("page could not be read (the page needs a login")


def test_where_the_page_cannot_be_read_a_cut_text_does_not_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch)
    with serving() as web:
        web.answers["/water"] = (403, {}, b"")
        part = part_of(web, DOUBTED.replace("</", "And there is more […]</"))
        with pytest.raises(ReadError, match="needs a login"):
            complete(part, robots=Robots())


@pytest.mark.parametrize(
    ("path", "answer", "told"),
    [
        ("/water", (404, {}, b""), "there is no such page"),
        ("/robots.txt", (200, {}, b"User-agent: *\nDisallow: /"), "does not allow"),
    ],
)
def test_a_page_that_is_gone_or_not_allowed_is_not_replaced(
    monkeypatch: pytest.MonkeyPatch, path: str, answer: Answer, told: str
) -> None:
    allow_loopback(monkeypatch)
    with serving() as web:
        web.answers[path] = answer
        part = part_of(web, DOUBTED)
        with pytest.raises(ReadError, match=told):
            complete(part, robots=Robots())


def test_redirects_do_not_lead_round_the_robots_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch)
    with serving() as web:
        web.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\n")
        web.answers["/water"] = (301, {"Location": "/private/water"}, b"")
        web.answers["/private/water"] = (200, {"Content-Type": "text/html"}, PAGE)
        part = part_of(web, DOUBTED)
        with pytest.raises(ReadError, match=r"/private/water: .*robots\.txt does not allow"):
            complete(part, robots=Robots())
        assert [path for path, _ in web.asked] == ["/robots.txt", "/water"]


@pytest.mark.parametrize(
    ("path", "max_input_bytes", "refused"),
    [
        ("/a", None, True),
        ("/a.EPUB?x=1#y", None, False),
        ("/a.docx", None, False),
        ("/a.epub", MAX_INPUT_BYTES, True),
        ("/a?b=.epub", None, True),
    ],
)
def test_books_may_be_larger_unless_the_caller_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str, max_input_bytes: int | None, refused: bool
) -> None:
    allow_loopback(monkeypatch)
    with serving() as web:
        announced = {"Content-Length": str(MAX_INPUT_BYTES + 1)}
        web.answers[path.partition("#")[0]] = (200, announced, b"")
        with pytest.raises(ReadError, match="20,000,000 bytes allowed" if refused else "broke off"):
            read(web.url(path), max_input_bytes=max_input_bytes)


def test_a_limit_that_is_given_holds_for_books_on_disk_too(tmp_path: Path) -> None:
    book = tmp_path / "a.epub"
    with book.open("wb") as file:
        file.truncate(MAX_INPUT_BYTES + 1)
    with pytest.raises(ReadError, match="20,000,000 allowed"):
        read(book, max_input_bytes=MAX_INPUT_BYTES)
    with pytest.raises(ReadError) as caught:
        read(book)
    assert "allowed" not in str(caught.value)  # it is no book, but not too large for one
