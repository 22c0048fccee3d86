"""Encodings: header, mark, declaration and guess, in the order of browsers."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.read.charset import as_utf8
from pipeline.text.dom.source import decode_html
from pipeline.text.plain_decode import decode
from pipeline.text.xml_safe import parse_xml

TIDES = {
    "cp1252": "Déjà l’été : les élèves sont à la plage, où naît la marée. Größe und Übermut.",
    "cp1250": "Pływy to podnoszenie się i opadanie wody w morzu, jak na przykład w źródle. Nie jest to tak często.",
    "cp1254": "Gelgit, ayın çekim gücü için olan bir değişmedir; bu da çok daha kadar şey ve ışık ile olarak gelir.",
    "iso8859-2": "Pływy to podnoszenie się i opadanie wody w morzu, jak na przykład w źródle. Nie jest to tak często.",
    "cp1251": "Приливы и отливы — это колебания уровня моря, вызванные притяжением Луны.",
    "koi8-r": "Приливы и отливы это колебания уровня моря, вызванные притяжением Луны.",
    "cp1253": "Η παλίρροια είναι η περιοδική άνοδος και κάθοδος της στάθμης της θάλασσας.",
    "shift_jis": "潮の満ち引きは、月と太陽の引力によって起こります。海面は一日に二回上下します。",
    "euc_jp": "潮の満ち引きは、月と太陽の引力によって起こります。海面は一日に二回上下します。",
    "gb18030": "潮汐是海水在天体引潮力作用下所产生的周期性运动，海面每天升降两次。",
    "big5": "潮汐是海水在天體引潮力作用下所產生的週期性運動，海面每天升降兩次。",
    "euc_kr": "조석은 달과 태양의 인력 때문에 해수면이 주기적으로 높아지고 낮아지는 현상이다.",
}


def html(data: bytes, charset: str = "") -> str:
    return decode_html(as_utf8(data, "text/html", charset), "x")[0]


@pytest.mark.parametrize("encoding", TIDES)
def test_the_header_is_believed(encoding: str) -> None:
    page = f'<meta charset="utf-8"><p>{TIDES[encoding]}'
    assert html(page.encode(encoding), encoding.upper()) == page
    text = TIDES[encoding].encode(encoding)
    assert decode(as_utf8(text, "text/plain", encoding), "x") == TIDES[encoding]


@pytest.mark.parametrize("encoding", TIDES)
def test_what_nobody_declares_is_guessed(encoding: str) -> None:
    page = f"<html><body class='page'><p>{TIDES[encoding]}</p></body></html>"
    assert html(page.encode(encoding)) == page
    assert decode(as_utf8(TIDES[encoding].encode(encoding), "text/markdown", ""), "x") == TIDES[encoding]


def test_a_long_page_is_guessed_by_its_beginning() -> None:
    page = f"<p>{TIDES['euc_jp']}" * 3000
    assert html(page.encode("euc_jp")) == page


def test_a_mark_comes_before_the_header() -> None:
    assert html(codecs.BOM_UTF8 + "é".encode(), "iso-8859-1") == "é"
    assert html(codecs.BOM_UTF16_LE + "é".encode("utf-16-le"), "utf-8") == "é"


def test_the_header_comes_before_the_page() -> None:
    assert html('<meta charset="iso-8859-1">é'.encode(), "utf-8").endswith("é")
    assert html('<meta charset="utf-8">é—'.encode("utf-16-be"), "UTF-16BE").endswith("é—")


def test_the_page_comes_before_a_guess() -> None:
    page = '<meta charset="koi8-r">ÐÒÉ'.encode("latin-1")
    assert as_utf8(page, "text/html", "") == page
    assert html(page).endswith("при")


def test_a_wrong_header_is_not_believed() -> None:
    page = '<meta charset="windows-1252"><p>Déjà l’été à la plage, où naît'.encode("cp1252")
    assert html(page, "utf-8").endswith("où naît")


def test_a_little_damage_does_not_make_a_header_wrong() -> None:
    page = ("<p>" + "é" * 3000).encode() + b"\xff"
    text, damage = decode_html(as_utf8(page, "text/html", "utf-8"), "x")
    assert (text.count("é"), damage) == (3000, 1)


@pytest.mark.parametrize(
    "charset", ["", "no-such-thing", "utf-7", "zip", "idna", "x-user-defined", '"', "a" * 500, "ü"]
)
def test_unknown_names_are_not_believed(charset: str) -> None:
    assert as_utf8("é".encode(), "text/plain", charset) == "é".encode()


@pytest.mark.parametrize("label", ["ISO-8859-1", "latin1", "us-ascii", "windows-1252"])
def test_browsers_mean_windows_1252(label: str) -> None:
    assert html(b"\x93a\x94 \x80", label) == "“a” €"


@pytest.mark.parametrize("media_type", ["application/epub+zip", "application/octet-stream", "", "application/json"])
def test_other_types_stay_as_they_are(media_type: str) -> None:
    assert as_utf8(b"PK\x03\x04\xff", media_type, "iso-8859-1") == b"PK\x03\x04\xff"


@pytest.mark.parametrize("media_type", ["text/xml", "application/xml", "application/rss+xml", "application/atom+xml"])
def test_xml_follows_its_header(media_type: str) -> None:
    bare = "<rss>é</rss>".encode("cp1252")
    assert parse_xml(as_utf8(bare, media_type, "iso-8859-1"), "x").text == "é"
    lying = '<?xml version="1.0" encoding="utf-8" standalone="yes"?><rss>é</rss>'.encode("cp1252")
    assert parse_xml(as_utf8(lying, media_type, "windows-1252"), "x").text == "é"
    honest = '<?xml version="1.0" encoding="windows-1251"?><rss>ж</rss>'.encode("cp1251")
    assert parse_xml(as_utf8(honest, media_type, ""), "x").text == "ж"
    assert parse_xml(as_utf8(honest, media_type, "utf-8"), "x").text == "ж"


@given(
    st.binary(),
    st.sampled_from(("text/html", "text/plain", "text/xml", "")),
    st.sampled_from(("", "utf-8", "big5", "utf-16")),
)
@settings(deadline=None, max_examples=200)
def test_any_bytes_come_through(data: bytes, media_type: str, charset: str) -> None:
    assert isinstance(as_utf8(data, media_type, charset), bytes)


@given(st.text(min_size=1), st.sampled_from(("text/html", "text/plain")))
@settings(deadline=None)
def test_utf_8_stays_what_it_is(text: str, media_type: str) -> None:
    data = text.encode()
    assert as_utf8(data, media_type, "").removeprefix(codecs.BOM_UTF8) == data.removeprefix(codecs.BOM_UTF8)
    assert as_utf8(data, media_type, "utf-8").removeprefix(codecs.BOM_UTF8) == data.removeprefix(codecs.BOM_UTF8)
