"""Robots: what a site allows, and what follows from a robots file that is missing, broken or unreachable."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.read import refusals, robots
from pipeline.read.fetch import Fetched, Limits, Validators
from pipeline.read.robots import Robots
from tests.read.web import Web, allow_loopback, drip, serving

QUICK = Limits(max_bytes=2_000_000, connect_s=1.0, read_s=0.3, total_s=1.0)
TEXT = {"Content-Type": "text/plain"}


@pytest.fixture(scope="module")
def server() -> Iterator[Web]:
    with serving() as web:
        yield web


@pytest.fixture
def web(server: Web, monkeypatch: pytest.MonkeyPatch) -> Web:
    allow_loopback(monkeypatch)
    monkeypatch.setattr(refusals, "BACK_OFF_S", 0.01)
    server.answers.clear()
    server.asked.clear()
    return server


RULES = b"""
User-agent: *
Disallow: /

User-agent: ArticleCast
Disallow: /drafts/
Allow: /drafts/open
Disallow: /*.pdf$
Crawl-delay: 2
Request-rate: 1/4
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/posts/1?x=/drafts/", True),
        ("/drafts/1", False),
        ("/drafts/open/1", True),
        ("/a.pdf", False),
        ("/a.pdf?x", True),
        ("/%64rafts/1", False),
        ("/robots.txt", True),
    ],
)
def test_our_own_rules_come_before_those_for_all(web: Web, path: str, allowed: bool) -> None:
    web.answers["/robots.txt"] = (200, TEXT, RULES)
    assert Robots(limits=QUICK).allows(web.url(path)) is allowed


def test_a_site_is_asked_once(web: Web) -> None:
    web.answers["/robots.txt"] = (200, TEXT, RULES)
    asked = Robots(limits=QUICK)
    assert [asked.allows(web.url(path)) for path in ("/a", "/drafts/b")] == [True, False]
    assert asked.delay_s(web.url("/c")) == 4.0
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    ("rules", "allowed", "delay_s"),
    [
        (b"", True, 0.0),
        (b"User-agent: *\nDisallow: /\nCrawl-delay: 1.5", False, 1.5),
        (b"User-agent: *\nDisallow:", True, 0.0),
        (b"User-agent: other\nDisallow: /", True, 0.0),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", False, 0.0),
        (b"\xff\xfe\x00 not a robots file \x80", True, 0.0),
        (b"<!doctype html><title>All is well</title>", True, 0.0),
        (b"User-agent: *\nCrawl-delay: -3\nDisallow: /x", True, 0.0),
        (b"User-agent: *\nCrawl-delay: nan\nDisallow: /x", True, 0.0),
        (b"User-agent: *\nDisallow: /\n" + b"#" * 600_000 + b"\nUser-agent: articlecast\nAllow: /", False, 0.0),
    ],
)
def test_rules_of_all_sorts(web: Web, rules: bytes, allowed: bool, delay_s: float) -> None:
    web.answers["/robots.txt"] = (200, TEXT, rules)
    asked = Robots(limits=QUICK)
    assert asked.allows(web.url("/a")) is allowed
    assert asked.delay_s(web.url("/a")) == delay_s


@pytest.mark.parametrize("status", [404, 403, 410, 429])
def test_a_missing_file_allows_everything(web: Web, status: int) -> None:
    web.answers["/robots.txt"] = (status, {}, b"")
    asked = Robots(limits=QUICK)
    assert asked.allows(web.url("/a"))
    assert asked.delay_s(web.url("/a")) == 0.0


@pytest.mark.parametrize("status", [500, 503])
def test_a_failing_site_is_told_from_one_that_does_not_allow(web: Web, status: int) -> None:
    web.answers["/robots.txt"] = (status, {}, b"")
    asked = Robots(limits=QUICK)
    told = rf"robots\.txt of 127\.0\.0\.1 cannot be read \(the server [^:]*\({status}\)\): try again later$"
    for _ in range(2):
        with pytest.raises(ReadError, match=told):
            asked.allows(web.url("/a"))
    assert asked.delay_s(web.url("/a")) == 0.0


def test_redirects_are_followed_and_endless_ones_mean_no_file(web: Web) -> None:
    web.answers["/robots.txt"] = (301, {"Location": "/rules"}, b"")
    web.answers["/rules"] = (200, TEXT, b"User-agent: *\nDisallow: /")
    assert not Robots(limits=QUICK).allows(web.url("/a"))
    web.answers["/rules"] = (301, {"Location": "/robots.txt"}, b"")
    assert Robots(limits=QUICK).allows(web.url("/a"))


def test_a_site_that_does_not_answer_allows_nothing(web: Web) -> None:
    web.answers["/robots.txt"] = drip(itertools.repeat(b"1"), 0.05)
    asked = Robots(limits=Limits(max_bytes=1000, connect_s=1.0, read_s=0.2, total_s=0.2))
    with pytest.raises(ReadError, match=r"cannot be read .*: try again later"):
        asked.allows(web.url("/a"))
    with pytest.raises(ReadError, match="only http"):
        asked.allows("file:///a")


@given(st.binary() | st.text("UusergntDdiaslowC-:*/$\n #aréy0123456789").map(lambda text: text.encode()))
@settings(deadline=None, max_examples=100)
def test_any_file_is_read(data: bytes) -> None:
    page = Fetched(uri="", data=data, media_type="text/plain", validators=Validators())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(robots, "fetch", lambda *_, **__: page)
        asked = Robots()
        assert asked.allows("https://example.org/a") in (True, False)
        assert asked.delay_s("https://example.org/a") >= 0
