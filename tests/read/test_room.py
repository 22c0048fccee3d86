"""What the room refuses, in one line that says what, where and what to do; and how it picks a reader."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import plugins
from pipeline.errors import ReadError
from pipeline.model.document import Document
from pipeline.read import read

BAD = {
    "empty.txt": (b"", "empty"),
    "blank.md": (b" \n\t\r\n ", "empty"),
    "blank16.txt": ("\ufeff \n".encode("utf-16-le"), "only white space"),
    "nul.txt": (b"some text\0and more", "binary"),
    "controls.txt": (b"\x01\x02\x03\x04text" * 9, "binary"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), "PNG image"),
    "paper.pdf": (b"%PDF-1.7 \xff", "PDF document"),
    "letter.docx": (b"PK\x03\x04" + bytes(99), "this archive is damaged"),
    "letter": (b"PK\x03\x04" + bytes(99), "ZIP archive"),
    "latin.txt": ("Die Straße".encode("latin-1"), "byte 8 is not UTF-8 (0xdf): save the file as UTF-8"),
    "latin.md": (b"# T\n\ncaf\xe9", "byte 8 is not UTF-8"),
    "half16.txt": (b"\xff\xfeT\0i\0t", "UTF-16"),
    "latin.html": (b"<p>caf\xe9</p>", "byte 6 is not UTF-8, and the page declares no charset"),
    "broken.html": (b'<meta charset="utf-8"><p>' + b"\xff" * 50, "byte 25 is not UTF-8, which the page declares"),
    "heading.md": (b"# Only a title\n", "nothing to read"),
    "rule.txt": (b"-----\n", "nothing to read"),
    "nav.html": (b"<html><nav><a href=/>Home</a></nav></html>", "no article"),
    "deep.html": (b"<div>" * 5000 + b"text", "nested too deeply"),
    "knots.md": (b"**a [b" * 20_000, "more than 20,000 Markdown marks"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_gets_one_clear_line(name: str, tmp_path: Path) -> None:
    data, why = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(path)
    line = str(caught.value)
    assert line.startswith(f"{path}: ")
    assert why in line
    assert "\n" not in line


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read(tmp_path / "nowhere.md")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="folder"):
        read(tmp_path)


def test_name_that_no_file_can_have() -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        read("a\0b.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_forbidden_file(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("Some text.", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(ReadError, match="permissions"):
        read(path)


def test_forbidden_file_without_a_real_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("Some text.", encoding="utf-8")

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReadError, match="permissions"):
        read(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match="not a regular file"):
        read(tmp_path / "pipe.txt")


def test_large_file_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_text("word " * 300, encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", lambda _path: pytest.fail("was read"))
    with pytest.raises(ReadError, match=r"1,500 bytes are more than the 1,499 allowed.*--max-input"):
        read(path, max_input_bytes=1_499)


def test_large_bytes_are_refused() -> None:
    with pytest.raises(ReadError, match="more than"):
        read(b"text and more text", max_input_bytes=4)


@pytest.mark.parametrize(
    "address", ["ftp://example.org/a.txt", "file:///etc/hosts", "http://127.0.0.1/a.html", "https://[::1]/", "http://"]
)
def test_addresses_that_are_refused(address: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(address)
    assert str(caught.value).startswith(address)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "uri", "title"),
    [
        (b"Some *text* in a file.", "my-first_article.md", "My first article"),
        (b"Some *text* in a file.", "C:\\texts\\my-first_article.markdown", "My first article"),
        (b"Some *text* in a file.", "", "Untitled"),
        (b"<!DOCTYPE html><title>T</title><p>Some text in a page.", "", "T"),
        (
            b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x -->\n<html><title>T</title><p>Some text.</p></html>",
            "page.php?x=1",
            "T",
        ),
        (b"2 < 3, and <b>that</b> is all.", "", "Untitled"),
        (b"<p>Markdown wins by its name.", "x.md", "X"),
        (b"A title\n\n<p> is no page in a file of this name.", "x.TXT", "A title"),
        ("Ein Titel\n\nUnd ein wenig Text.".encode("utf-16"), "x.txt", "Ein Titel"),
    ],
)
def test_reader_is_picked_by_name_and_else_by_content(data: bytes, uri: str, title: str) -> None:
    assert read(data, uri=uri).title == title


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_one_line_of_five_megabytes_is_refused_in_sensible_time(suffix: str) -> None:
    line = b"The tide comes in, and the tide goes out again. " * 104_167
    start = time.monotonic()
    with pytest.raises(ReadError, match="break it into paragraphs"):
        read(line, uri="line" + suffix)
    assert time.monotonic() - start < 30


@settings(deadline=None, max_examples=150)
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "a.md", "a.html", "a.txt", "a.bin", "a.epub", "a.docx", "a.rss", "a.json"]),
)
def test_any_bytes_give_a_document_or_a_read_error(data: bytes, uri: str) -> None:
    refusal: ReadError | None = None
    try:
        assert isinstance(read(data, uri=uri), Document)
    except ReadError as error:
        refusal = error
    assert refusal is None or "\n" not in str(refusal)


MARKUP = """
<p> </p> <div> <ul> <li> <table> <tr> <td_colspan=3> <a_href='#x'> </a> <h2> <q> <pre> <br> <img_src=a> <math>
<blockquote> <figcaption>
<sup> <li_id=x> <figure> <dl> <dt> <dd> <aside_class=note> &amp; [^1] [^1]: *a __b **c ` ``` ~~ ::: > - 1.
| --- === # ![a](b) [a](b) $ \\ é 日本 word word. Title? : 2.
"""
PIECES = st.sampled_from([piece.replace("_", " ") for piece in MARKUP.split()] + ["\n", "\n\n"])


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=40), st.sampled_from(["a.md", "a.html", "a.txt"]))
def test_any_markup_gives_a_document_or_a_read_error(pieces: list[str], uri: str) -> None:
    try:
        document = read(" ".join(pieces).encode(), uri=uri)
    except ReadError:
        return
    assert document.title
    assert document.blocks


@pytest.mark.parametrize("name", plugins.names("readers"))
def test_every_reader_keeps_the_contract(name: str) -> None:
    reader = plugins.load("readers", name)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in reader.SUFFIXES)
    assert all("/" in media_type for media_type in reader.MEDIA_TYPES)
    with pytest.raises(ReadError):
        reader.read(b"", uri="x")
