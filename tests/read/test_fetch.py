"""Fetching: what is refused before anything is sent, what is followed, what is too much, what is told."""

from __future__ import annotations

import gzip
import ipaddress
import itertools
import pickle
import socket
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.read import fetch as module
from pipeline.read import refusals, wire
from pipeline.read.addresses import is_public, target, without_user
from pipeline.read.fetch import Answered, Gone, Limits, Validators, fetch
from pipeline.read.unpack import unpacked
from tests.read.web import PEM, Web, allow_loopback, drip, names, serving

PAGE = b"<!doctype html><meta charset=utf-8><title>Tides</title><p>The sea breathes twice a day.</p>"
HTML = {"Content-Type": "text/html; charset=utf-8"}
QUICK = Limits(connect_s=1.0, read_s=0.3, total_s=2.0)


@pytest.fixture(scope="module")
def server() -> Iterator[Web]:
    with serving() as web:
        yield web


@pytest.fixture
def web(server: Web, monkeypatch: pytest.MonkeyPatch) -> Web:
    """The server, allowed, with nothing on it."""
    allow_loopback(monkeypatch)
    monkeypatch.setattr(refusals, "BACK_OFF_S", 0.01)
    server.answers.clear()
    server.asked.clear()
    return server


def line(address: str, limits: Limits = QUICK) -> str:
    """What a person is told of an address that gives no page."""
    with pytest.raises(ReadError) as caught:
        fetch(address, limits=limits)
    assert "\n" not in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).message == caught.value.message
    return caught.value.message


# ── addresses ────────────────────────────────────────────────────────────────────────────────────────────────────────

PRIVATE = """
    127.0.0.1 127.255.255.254 127.1 2130706433 0x7f000001 0177.0.0.1 0x7f.1 017700000001 0 0.0.0.0 [::] [::1]
    [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] 10.0.0.1 10.255.255.255 172.16.0.1
    172.31.255.255 192.168.0.1 3232235521 169.254.169.254 0xa9fea9fe 2852039166 [::ffff:169.254.169.254]
    [64:ff9b::a9fe:a9fe] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:c0a8:1::1]
    [2001:0:4136:e378:8000:63bf:3fff:fdd2] 100.64.0.1 100.100.100.200 168.63.129.16 192.0.0.192 192.0.2.1 198.18.0.1
    198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 [fe80::1] [fe80::1%25lo] [fec0::1]
    [fc00::1] [fd00:ec2::254] [ff02::1] [2001:db8::1] [3fff::1] [100::1] [5f00::1] １２７.0.0.1 127。0。0。1
"""


PUBLIC = """
    1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 172.15.255.255 172.32.0.0 193.0.0.1 223.255.255.255
    2606:4700::1 2a00:1450::1 2001:200::1 2001:4860::8888 ::ffff:1.1.1.1 64:ff9b::101:101
"""


@pytest.mark.parametrize("host", PRIVATE.split())
def test_machines_that_are_not_public_are_refused_however_they_are_spelt(host: str) -> None:
    assert "only public pages are fetched" in line(f"http://{host}/") or "no host" in line(f"http://{host}/")


@pytest.mark.parametrize("ip", PUBLIC.split())
def test_public_machines_are_allowed(ip: str) -> None:
    assert is_public(ipaddress.ip_address(ip))


@given(st.ip_addresses())
@settings(deadline=None, max_examples=300)
def test_nothing_is_public_that_python_calls_private_or_that_hides_such(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    hidden = [getattr(ip, name, None) for name in ("ipv4_mapped", "sixtofour")]
    hidden += list(getattr(ip, "teredo", None) or ())
    if is_public(ip):
        assert not any((ip.is_private, ip.is_loopback, ip.is_link_local, ip.is_multicast, ip.is_unspecified))
        assert all(is_public(inner) for inner in hidden if inner is not None)


@given(st.ip_addresses(v=4), st.sampled_from(("127.0.0.0/8", "10.0.0.0/8", "169.254.0.0/16", "192.168.0.0/16")))
@settings(deadline=None, max_examples=100)
def test_every_spelling_of_a_private_address_is_found(ip: ipaddress.IPv4Address, network: str) -> None:
    inside = ipaddress.ip_network(network)
    number = int(inside.network_address) + int(ip) % inside.num_addresses
    a, b, c, d = number.to_bytes(4, "big")
    for host in (
        f"{a}.{b}.{c}.{d}",
        str(number),
        hex(number),
        f"0{a:o}.0{b:o}.{c}.{d}",
        f"{a}.{(b << 16) + (c << 8) + d}",
    ):
        with pytest.raises(ReadError, match=r"only public|no host"):
            fetch(f"http://{host}/x")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/", "only http and https"),
        ("gopher://example.org/", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("//example.org/x", "only http and https"),
        ("http://somebody@example.org/", "user name or password"),
        ("http://example.org\\@127.0.0.1/", "user name or password"),
        ("http:///path", "no valid host"),
        ("http://a b/", "no valid host"),
        ("http://exa\tmple..org/", "no valid host"),
        (f"http://{'a' * 64}.org/", "no valid host"),
        ("http://[::1/", "not a valid address"),
        ("http://example.org:70000/", "not a valid address"),
        ("http://example.org:22/", "port 22 belongs to another service"),
        ("http://example.org:6379/", "port 6379 belongs to another service"),
        ("http://localhost/", "only public pages"),
        ("http://LOCALHOST.:8000/", "only public pages"),
        ("http://printer.local/", "only public pages"),
        ("http://metadata.google.internal/", "only public pages"),
        ("http://abc.onion/", "only public pages"),
    ],
)
def test_addresses_that_are_no_public_pages_are_refused_unasked(
    address: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = names(monkeypatch)
    assert told in line(address)
    assert not asked


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("HTTP://Example.ORG:80/a b?q=ü#part", "http://example.org/a%20b?q=%C3%BC"),
        ("https://bücher.example:443", "https://xn--bcher-kva.example/"),
        ("https://straße.example/é", "https://xn--strae-oqa.example/%C3%A9"),
        ("http://example.org.:8080//a/../b?", "http://example.org:8080//a/../b"),
        ("http://[2606:4700:0:0::1]/%20?a[]=1", "http://[2606:4700::1]/%20?a[]=1"),
        (" https://example.org?x ", "https://example.org/?x"),
    ],
)
def test_an_address_has_one_plain_spelling(address: str, plain: str) -> None:
    assert target(address).uri == plain
    assert target(plain).uri == plain


@given(st.text() | st.text("htps:/[]@.%\\# 0129aäx?&").map("http://".__add__))
@settings(deadline=None)
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        found = target(text)
    except ReadError:
        return
    assert found.uri.isascii()
    assert "@" not in found.host
    assert not set(found.uri) & set(" \r\n\t#")


# ── connections ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_name_is_resolved_once_and_the_checked_address_is_asked(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    web.answers["/"] = (200, HTML, PAGE)
    asked = names(monkeypatch, tides_example_org=[["127.0.0.1"], ["10.0.0.1"]])
    page = fetch(web.url(host="tides.example.org"), limits=QUICK)
    assert page is not None
    assert asked == ["tides.example.org"]
    assert web.header("Host") == f"tides.example.org:{web.port}"


def test_one_private_address_among_several_refuses_the_name(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, tides_example_org=["127.0.0.1", "10.0.0.1"])
    assert "10.0.0.1" in line(web.url(host="tides.example.org"))
    assert not web.asked


def test_a_second_address_is_tried_where_the_first_refuses(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch, "127.0.0.2")
    web.answers["/"] = (200, HTML, PAGE)
    names(monkeypatch, tides_example_org=["127.0.0.2", "127.0.0.1"])
    assert fetch(web.url(host="tides.example.org"), limits=QUICK)


def test_loopback_is_refused_without_the_tests_allowance(server: Web) -> None:
    assert "127.0.0.1 is in a private or reserved network" in line(server.url())


def test_proxies_of_the_environment_are_not_used(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://192.0.2.1:3128")
    web.answers["/"] = (200, HTML, PAGE)
    assert fetch(web.url(), limits=QUICK)


def test_certificates_go_by_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    allow_loopback(monkeypatch)
    names(monkeypatch, tides_example_org=["127.0.0.1"], ebbs_example_org=["127.0.0.1"])
    with serving(tls=True) as web:
        web.answers["/"] = (200, HTML, PAGE)
        assert "certificate of tides.example.org is not valid" in line(web.url(host="tides.example.org"))
        trusting = wire._context.__wrapped__()
        trusting.load_verify_locations(PEM)
        monkeypatch.setattr(wire, "_context", lambda: trusting)
        page = fetch(web.url(host="tides.example.org"), limits=QUICK)
        assert page is not None
        assert PAGE in page.data
        assert "certificate of ebbs.example.org is not valid" in line(web.url(host="ebbs.example.org"))
        assert "certificate of 127.0.0.1 is not valid" in line(web.url())
        assert len(web.asked) == 1


def test_a_server_that_is_none_is_told(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch)
    assert "there is no host nowhere.example" in line("http://nowhere.example/")
    assert "no secure connection" in line(web.url().replace("http:", "https:"))
    web.answers["/"] = drip(iter([b"220 mail.example.org ESMTP\r\n"]), 0)
    assert "does not answer as a web server does" in line(web.url())
    web.answers["/"] = drip(iter([]), 0)
    assert "broke off" in line(web.url())
    with serving() as closed:
        pass
    assert "no connection to 127.0.0.1 (" in line(closed.url())


@pytest.mark.parametrize(
    "address",
    [
        "http://user:secret@example.org/a@b",
        "https://user:se/cret@example.org/",
        "http://secret@user@example.org:99999/",
        "http://u\tser:\t\tsecret@x@example.org/",
        "ftp://user:secret@example.org/",
        "http://user:secret@[::1/",
    ],
)
def test_passwords_are_not_shown(address: str) -> None:
    with pytest.raises(ReadError) as caught:
        fetch(address)
    shown = str(caught.value)
    assert "cret" not in shown
    assert "user:" not in shown
    assert without_user("https://example.org/@a?b@c") == "https://example.org/@a?b@c"


# ── redirects ────────────────────────────────────────────────────────────────────────────────────────────────────────


def to(location: str, status: int = 302) -> tuple[int, dict[str, str], bytes]:
    return status, {"Location": location}, b""


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("http://127.0.0.2/", "127.0.0.2 is in a private or reserved network"),
        ("http://169.254.169.254/latest/meta-data/", "private or reserved"),
        ("http://[::1]/", "private or reserved"),
        ("//0x7f000002/", "private or reserved"),
        ("file:///etc/passwd", "which is refused: only http and https"),
        ("http://x:y@example.org/", "which is refused: addresses with a user name"),
        ("http://127.0.0.1:25/", "which is refused: port 25"),
        ("http://[/", "which is refused"),
        ("http://x:y@example.org/", "'http://example.org/'"),
    ],
)
def test_redirects_are_checked_like_addresses(web: Web, location: str, told: str) -> None:
    web.answers["/"] = to(location)
    assert told in line(web.url())


def test_redirects_end(web: Web) -> None:
    web.answers["/"] = to("/")
    with pytest.raises(Answered, match="more than 5 redirects"):
        fetch(web.url(), limits=QUICK)
    assert len(web.asked) == 6


def test_https_does_not_lead_to_http(monkeypatch: pytest.MonkeyPatch) -> None:
    here = target("https://example.org/a")
    with pytest.raises(ReadError, match="from https to http"):
        module._next(here, module._Redirect(status=301, location="http://example.org/a"))
    assert module._next(target("http://example.org/"), module._Redirect(status=301, location="https://example.org/a"))


def test_the_address_that_answered_is_told(web: Web) -> None:
    web.answers |= {
        "/old": to("/new#part", 301),
        "/new": to("/today?x=ü", 308),
        "/today?x=%C3%BC": to("/2026/", 302),
        "/2026/": to("/2027/", 301),
        "/2027/": (200, HTML, PAGE),
    }
    page = fetch(web.url("/old#top"), limits=QUICK)
    assert page is not None
    assert page.uri == web.url("/2027/")
    assert [path for path, _ in web.asked] == ["/old", "/new", "/today?x=%C3%BC", "/2026/", "/2027/"]


# ── limits ───────────────────────────────────────────────────────────────────────────────────────────────────────────

SMALL = replace(QUICK, max_bytes=100_000)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def test_an_announced_size_is_believed_at_once(web: Web) -> None:
    web.answers["/"] = drip(iter([OK + b"Content-Length: 100001\r\n\r\n", *[b"x"] * 100]), 0.1)
    assert "100,001 bytes are more than the 100,000 bytes allowed" in line(web.url(), SMALL)


@pytest.mark.parametrize("headers", [b"", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n"])
def test_an_endless_body_is_cut(web: Web, headers: bytes) -> None:
    piece = b"x" * 20_000
    if b"chunked" in headers:
        piece = b"4e20\r\n" + piece + b"\r\n"
    elif headers:
        piece = gzip.compress(b"")[:10] + b"\x00\x00\x00\xff\xff" * 4000  # empty blocks without end
    first = OK + headers + b"\r\n" + piece
    web.answers["/"] = drip(itertools.chain([first], itertools.repeat(piece[10:] if b"gzip" in headers else piece)), 0)
    assert "it is more than the 100,000 bytes allowed" in line(web.url(), SMALL)


@pytest.mark.parametrize("packed", [gzip.compress(b" " * 50_000_000, mtime=0), zlib.compress(b" " * 50_000_000)])
def test_a_bomb_is_refused(web: Web, packed: bytes) -> None:
    encoding = "gzip" if packed.startswith(b"\x1f") else "deflate"
    assert len(packed) < SMALL.max_bytes
    web.answers["/"] = (200, HTML | {"Content-Encoding": encoding}, packed)
    assert "it is more than the 100,000 bytes allowed" in line(web.url(), SMALL)


@pytest.mark.parametrize(
    "first", [b"", b"HTTP/1.1 200 OK\r\nX: ", OK + b"\r\n", OK + b"Transfer-Encoding: chunked\r\n\r\n"]
)
def test_a_slow_drip_ends_at_the_deadline(web: Web, first: bytes) -> None:
    web.answers["/"] = drip(itertools.chain([first], itertools.repeat(b"1")), 0.02)
    began = time.monotonic()
    assert "does not answer within 0.4 seconds" in line(web.url(), replace(QUICK, total_s=0.4))
    assert time.monotonic() - began < 0.8


def test_a_server_that_falls_silent_is_left(web: Web) -> None:
    web.answers["/"] = drip(iter([OK, b"", b"", b""]), 0.3)
    began = time.monotonic()
    assert "does not answer in time" in line(web.url(), replace(QUICK, read_s=0.2))
    assert time.monotonic() - began < 0.8


def test_a_handshake_keeps_to_the_deadline(web: Web) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        assert "does not answer within 0.2 seconds" in line(address, replace(QUICK, total_s=0.2))


def test_dns_keeps_to_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: time.sleep(0.6))
    assert "does not answer within 0.2 seconds" in line("http://example.org/", replace(QUICK, total_s=0.2))


def test_too_many_headers_are_refused(web: Web) -> None:
    web.answers["/"] = drip(iter([OK + b"X: y\r\n" * 200 + b"\r\n"]), 0)
    assert "more headers than are read" in line(web.url())
    web.answers["/"] = drip(iter([OK + b"X: " + b"y" * 70_000 + b"\r\n\r\n"]), 0)
    assert "more headers than are read" in line(web.url())


@pytest.mark.parametrize(
    "rest",
    [
        b"Content-Length: 50\r\n\r\nshort",
        b"Transfer-Encoding: chunked\r\n\r\n40\r\nshort",
        b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE, mtime=0)[:-10],
        b"Content-Encoding: gzip\r\n\r\nnot packed at all",
        b"Content-Encoding: deflate\r\n\r\n\xff\xff\xff",
    ],
)
def test_a_broken_body_is_refused(web: Web, rest: bytes) -> None:
    web.answers["/"] = drip(iter([OK + rest]), 0)
    assert "broke off" in (told := line(web.url())) or "cannot be unpacked" in told


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("X-GZIP", gzip.compress(PAGE[:20], mtime=0) + gzip.compress(PAGE[20:], mtime=0)),
        ("gzip", gzip.compress(PAGE, mtime=0) + b"\0" * 20),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", raw_deflate(PAGE)),
        ("identity", PAGE),
    ],
    ids=["gzip", "two members", "padded", "deflate", "raw deflate", "identity"],
)
def test_packed_pages_are_unpacked(web: Web, encoding: str, packed: bytes) -> None:
    web.answers["/"] = (200, {"Content-Type": "text/html", "Content-Encoding": encoding}, packed)
    page = fetch(web.url(), limits=QUICK)
    assert page is not None
    assert page.data == PAGE
    assert web.header("Accept-Encoding") == "gzip, deflate"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_goes_off_in_small_pieces(encoding: str) -> None:
    packed = (gzip.compress if encoding == "gzip" else zlib.compress)(b" " * 20_000_000)
    sizes = [len(piece) for piece in unpacked([packed], encoding, "x")]
    assert max(sizes) <= 65_536
    assert sum(sizes) == 20_000_000


def test_an_unknown_packing_is_told(web: Web) -> None:
    web.answers["/"] = (200, HTML | {"Content-Encoding": "br"}, b"\x0b\x02\x80")
    assert "packed in a way nobody asked for (br)" in line(web.url())


def test_what_is_not_modified_is_not_sent(web: Web) -> None:
    web.answers["/"] = (200, HTML | {"ETag": '"abc"', "Last-Modified": "Sun, 01 Mar 2026 00:00:00 GMT"}, PAGE)
    page = fetch(web.url(), limits=QUICK)
    assert page is not None
    assert page.validators == Validators(etag='"abc"', last_modified="Sun, 01 Mar 2026 00:00:00 GMT")
    web.answers["/"] = (304, {}, b"")
    assert fetch(web.url(), known=page.validators, limits=QUICK) is None
    assert web.header("If-None-Match") == '"abc"'
    assert web.header("If-Modified-Since") == "Sun, 01 Mar 2026 00:00:00 GMT"
    assert "without being asked" in line(web.url())


def test_validators_cannot_smuggle_headers(web: Web) -> None:
    web.answers["/"] = (200, HTML, PAGE)
    assert fetch(web.url(), known=Validators(etag='"a"\r\nX-Bad: yes'), limits=QUICK)
    assert not web.header("If-None-Match")
    assert not web.header("X-Bad")


def test_it_says_who_asks_and_for_what(web: Web) -> None:
    web.answers["/"] = (200, HTML, PAGE)
    fetch(web.url(), limits=QUICK, accept="text/plain")
    assert web.header("User-Agent").startswith("articlecast/")
    assert web.header("Accept") == "text/plain"
    assert not web.header("Cookie")


@pytest.mark.parametrize(
    ("given", "media_type"),
    [("Text/HTML ; Charset=UTF-8", "text/html"), ("application/rss+xml", "application/rss+xml"), ("", "")],
)
def test_the_media_type_is_bare(web: Web, given: str, media_type: str) -> None:
    web.answers["/"] = (200, {"Content-Type": given} if given else {}, PAGE)
    page = fetch(web.url(), limits=QUICK)
    assert page is not None
    assert page.media_type == media_type


def test_the_headers_charset_reaches_the_reader(web: Web) -> None:
    page = '<meta charset="iso-8859-1"><p>Прилив'.encode("koi8-r")
    web.answers["/"] = (200, {"Content-Type": "text/html; charset=KOI8-R"}, page)
    found = fetch(web.url(), limits=QUICK)
    assert found is not None
    assert found.data.decode("utf-8-sig").endswith("<p>Прилив")


def test_pictures_and_recordings_are_not_loaded(web: Web) -> None:
    web.answers["/"] = (200, {"Content-Type": "video/mp4"}, b"x")
    assert "this is video/mp4, not an article" in line(web.url())


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (404, "there is no such page (404)"),
        (410, "there is no such page (410)"),
        (401, "needs a login"),
        (403, "needs a login or refuses programs (403)"),
        (451, "(451)"),
        (500, "the server failed (500)"),
        (503, "the server is busy (503): try again later"),
        (204, "answered 204 instead of the page"),
        (300, "answered 300 instead of the page"),
        (418, "answered 418 instead of the page"),
    ],
)
def test_other_answers_are_told(web: Web, status: int, told: str) -> None:
    web.answers["/"] = (status, {}, b"")
    with pytest.raises(Answered) as caught:
        fetch(web.url(), limits=QUICK)
    assert told in caught.value.message
    assert caught.value.status == status
    assert isinstance(caught.value, Gone) == (status in (404, 410))
    assert pickle.loads(pickle.dumps(caught.value)).status == status
    assert str(caught.value) == f"{web.url()}: {caught.value.message}"


def test_a_failure_is_asked_once_more(web: Web) -> None:
    web.answers["/"] = [(502, {}, b""), (200, HTML, PAGE)]
    assert fetch(web.url(), limits=QUICK)
    web.answers["/"] = (502, {}, b"")
    web.asked.clear()
    assert "the server failed (502)" in line(web.url())
    assert len(web.asked) == 2


def test_a_short_pause_is_kept_and_a_long_one_told(web: Web) -> None:
    web.answers["/"] = [(429, {"Retry-After": "0"}, b""), (200, HTML, PAGE)]
    assert fetch(web.url(), limits=QUICK)
    web.answers["/"] = (429, {"Retry-After": "3600"}, b"")
    web.asked.clear()
    assert "the server is busy (429): try again in 3600 seconds" in line(web.url())
    web.answers["/"] = (503, {"Retry-After": "4"}, b"")
    assert "try again in 4 seconds" in line(web.url())  # beyond the deadline
    assert len(web.asked) == 2
