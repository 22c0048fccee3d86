"""Archives from strangers: what is refused, and in which words."""

from __future__ import annotations

import io
import stat
import struct
import time
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.text import archive as module
from pipeline.text.archive import MAX_FILES, Archive, packed

FILES = {"a.txt": b"first", "folder/b.txt": b"second " * 100}


def zipped(*entries: tuple[zipfile.ZipInfo | str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data, method)
    return buffer.getvalue()


def read_all(data: bytes) -> dict[str, bytes]:
    archive = Archive(data, "book.epub")
    return {name: archive.read(name) for name in archive.names}


def refused(data: bytes, *words: str) -> str:
    with pytest.raises(ReadError) as error:
        read_all(data)
    message = str(error.value)
    assert message.startswith("book.epub: ")
    assert "\n" not in message
    for word in words:
        assert word in message
    return message


def test_files_come_out_as_they_went_in() -> None:
    archive = Archive(packed(FILES), "x")
    assert archive.names == tuple(FILES)
    assert "a.txt" in archive
    assert "c.txt" not in archive
    assert {name: archive.read(name) for name in archive.names} == FILES


def test_folders_are_no_files_and_names_are_tidy() -> None:
    archive = Archive(zipped(("folder/", b""), ("folder\\b.txt", b"x"), ("./c.txt", b"y")), "x")
    assert archive.names == ("folder/b.txt", "c.txt")
    assert archive.read("folder/b.txt") == b"x"


def test_a_comment_and_bytes_in_front_do_no_harm() -> None:
    data = bytearray(zipped(("a.txt", b"x")))
    data[-2:] = struct.pack("<H", 5)
    assert Archive(b"junk" + bytes(data) + b"hello", "x").read("a.txt") == b"x"


def test_a_missing_file_is_told() -> None:
    with pytest.raises(ReadError, match=r"no file 'nothing'"):
        Archive(packed(FILES), "x").read("nothing")


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + bytes(100), b"no archive at all", packed(FILES)[:-30]])
def test_damage_is_told(data: bytes) -> None:
    refused(data, "damaged")


@pytest.mark.parametrize(
    "name", ["../a.txt", "a/../../b", "/etc/passwd", "C:\\a.txt", "c:a", "..\\a", "a\x01b", "\\\\server\\a", ".."]
)
def test_paths_that_lead_outside_are_refused(name: str) -> None:
    refused(zipped((name, b"x")), "outside", "not safe")


def test_a_name_with_a_nul_is_refused() -> None:
    refused(zipped(("a_b.txt", b"x")).replace(b"a_b.txt", b"a\0b.txt"), "not safe")


def test_a_link_is_refused() -> None:
    info = zipfile.ZipInfo("a.txt")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    refused(zipped((info, b"/etc/passwd")), "link")


def test_two_files_of_one_name_are_refused() -> None:
    refused(zipped(("a.txt", b"x"), ("b.txt", b"y")).replace(b"b.txt", b"a.txt"), "twice")


def test_an_encrypted_file_is_refused() -> None:
    data = bytearray(zipped(("a.txt", b"x")))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    refused(bytes(data), "encrypted")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = zipped(("a.txt", bytes(50_000_000)))
    assert len(data) < 100_000
    refused(data, "bomb")


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(zipped(("a.txt", bytes(50_000_000))))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + offset, 1000)
    refused(bytes(data), "damaged")


def test_a_file_shorter_than_it_says_is_refused() -> None:
    data = bytearray(zipped(("a.txt", b"0123456789"), method=zipfile.ZIP_STORED))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + offset, 900)
    refused(bytes(data))


def test_files_that_overlap_are_refused() -> None:
    inner = zipped(("a.txt", b"x" * 2000), method=zipfile.ZIP_STORED)
    at = inner.index(b"PK\x01\x02")
    entry, end = inner[at : inner.index(b"PK\x05\x06")], inner[inner.index(b"PK\x05\x06") :]
    directory = b"".join(entry.replace(b"a.txt", b"%05d" % number) for number in range(50))
    tail = bytearray(end)
    struct.pack_into("<HHII", tail, 8, 50, 50, len(directory), at)
    refused(inner[:at] + directory + bytes(tail), "overlap")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method: int) -> None:
    refused(zipped(("a.txt", b"x"), method=method), "packed in a way")


def test_more_text_than_allowed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_TEXT_BYTES", 150)
    archive = Archive(packed({"a": b"x" * 100, "b": b"y" * 100}), "x")
    assert len(archive.read("a")) == 100
    with pytest.raises(ReadError, match="exceed 150 bytes"):
        archive.read("b")


def test_too_many_files_are_refused_at_once() -> None:
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 400_000
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), 0, 0)
    began = time.process_time()
    refused(directory + end, f"more than the {MAX_FILES:,}")
    assert time.process_time() - began < 2


SOUND = zipped(*FILES.items())


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), max_size=6), st.integers(0, len(SOUND)))
def test_any_damage_gives_files_or_a_read_error(flips: list[tuple[int, int]], end: int) -> None:
    data = bytearray(SOUND)
    for at, value in flips:
        data[at] = value
    for whole in (bytes(data), bytes(data[:end])):
        with suppress(ReadError):
            read_all(whole)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_an_archive_or_a_read_error(data: bytes) -> None:
    with suppress(ReadError):
        read_all(data)
