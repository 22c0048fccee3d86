"""Tags of an MP3, read back by mutagen, by ffmpeg's library, and byte by byte."""

from __future__ import annotations

import struct
from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import av
import lameenc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.easyid3 import EasyID3
from mutagen.id3 import ID3

from pipeline.errors import UsageError
from pipeline.model.episode import ChapterTags, Tags
from pipeline.model.timeline import ChapterMark, Timeline
from pipeline.publish import tags as tagging
from pipeline.publish.cover import cover
from pipeline.publish.languages import iso_639_2

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RATE_HZ = 24_000

TAGS = Tags(
    title="Why the sea breathes — 潮",
    show="Slow Reading",
    authors=("The harbour office", "The weather desk"),
    date="2026-11-05",
    language="en-GB",
    genre="Podcast",
    comment="What makes the tides,\nand who counts them.",
    link="https://example.org/tides?näme=ebb",
    licence="https://creativecommons.org/licenses/by/4.0/",
    narrator="tone (synthetic voice)",
    explicit=False,
    season=3,
    number=12,
    transcript="Why the sea breathes\nOn the fourth of July, about 1,200 people came.",
    cover=cover(None, title="Why the sea breathes", show="Slow Reading"),
)


@cache
def _frames() -> bytes:
    """Twelve seconds of silence as bare MP3 frames."""
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_bit_rate(32)
    encoder.silence()
    return bytes(encoder.encode(bytes(2 * 12 * RATE_HZ)) + encoder.flush())


@pytest.fixture
def mp3(tmp_path: Path) -> Path:
    return tmp_path / "episode.mp3"


def _tag(path: Path, tags: Tags, timeline: Timeline) -> None:
    path.write_bytes(tagging.render("id3", tags, timeline) + _frames())


def _timeline(count: int, *, seconds: int = 12) -> Timeline:
    """``count`` chapters of growing titles, so that an order by size would show."""
    length = seconds * RATE_HZ
    ends = [length * (number + 1) // count for number in range(count)]
    marks = tuple(
        ChapterMark(id=f"c{number}", title=f"{number} " + "x" * (number * 7 % 11), level=2, start=start, end=end)
        for number, (start, end) in enumerate(zip([0, *ends], ends, strict=False))
    )
    return Timeline(sample_rate_hz=RATE_HZ, length=length, cues=(), chapters=marks)


def _read(path: Path) -> Any:
    return ID3(path, translate=False)  # type: ignore[no-untyped-call]  # mutagen has no types


def _walk(path: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of each frame as it lies in the file, by the letter of ID3v2.3."""
    data = path.read_bytes()
    assert data[:6] == b"ID3\x03\x00\x00"
    end = 10 + (data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9])
    place = 10
    while place < end:
        size = int.from_bytes(data[place + 4 : place + 8], "big")
        yield data[place : place + 4].decode(), data[place + 10 : place + 10 + size]
        place += 10 + size
    assert place == end, "no padding"


def test_every_field_is_in_the_table() -> None:
    assert set(tagging.TABLE) == {field.name for field in fields(Tags)}
    assert all(set(names) == {"id3", "mp4", "vorbis"} for names in tagging.TABLE.values())


def test_mutagen_reads_every_field_back(mp3: Path) -> None:
    _tag(mp3, TAGS, _timeline(3))
    tag = _read(mp3)
    assert tag.version == (2, 3, 0)
    texts = {name: str(tag[name]) for name in ("TIT2", "TALB", "TPE1", "TYER", "TDAT", "TLAN", "TCON", "TCOP")}
    assert texts == {
        "TIT2": TAGS.title,
        "TALB": "Slow Reading",
        "TPE1": "The harbour office/The weather desk",
        "TYER": "2026",
        "TDAT": "0511",
        "TLAN": "eng",
        "TCON": "Podcast",
        "TCOP": TAGS.licence,
    }
    assert tag["COMM::eng"].text == [TAGS.comment]
    assert tag["USLT::eng"].text == TAGS.transcript
    assert tag["TXXX:NARRATOR"].text == [TAGS.narrator]
    assert tag["TXXX:ITUNESADVISORY"].text == ["2"]
    assert tag["WXXX:"].url == "https://example.org/tides?n%C3%A4me=ebb"
    assert [frame.url for name in ("WOAS", "WCOP") for frame in tag.getall(name)] == [tag["WXXX:"].url, TAGS.licence]
    (picture,) = tag.getall("APIC")
    assert (picture.mime, picture.type, picture.data) == ("image/jpeg", 3, TAGS.cover)


def test_ffmpeg_reads_tags_cover_and_chapters(mp3: Path) -> None:
    _tag(mp3, TAGS, _timeline(5))
    with av.open(str(mp3)) as container:
        found = {key.lower(): value for key, value in container.metadata.items()}
        chapters = [
            (float(chapter["start"] * (chapter["time_base"] or 0)), chapter["metadata"]["title"])
            for chapter in container.chapters()
        ]
        kinds = sorted(stream.type for stream in container.streams)
    assert found["title"] == TAGS.title
    assert found["album"] == "Slow Reading"
    assert found["artist"] == "The harbour office/The weather desk"
    assert found["date"].startswith("2026")
    assert found["genre"] == "Podcast"
    assert found["comment"] == TAGS.comment
    assert found["lyrics-eng"] == TAGS.transcript
    assert found["narrator"] == TAGS.narrator
    assert kinds == ["audio", "video"]
    assert chapters == [(round(m.start / RATE_HZ, 3), m.title.strip()) for m in _timeline(5).chapters]


def test_the_same_values_give_the_same_bytes() -> None:
    assert tagging.render("id3", TAGS, _timeline(20)) == tagging.render("id3", TAGS, _timeline(20))


def test_the_easy_reader_finds_what_it_knows(mp3: Path) -> None:
    _tag(mp3, TAGS, _timeline(2))
    found = dict(EasyID3(mp3))  # type: ignore[no-untyped-call]  # mutagen has no types
    known = {"title", "album", "artist", "composer", "date", "language", "genre", "tracknumber", "discnumber"}
    assert known <= set(found)
    assert (found["composer"], found["tracknumber"], found["discnumber"]) == ([TAGS.narrator], ["12"], ["3"])
    assert found["date"] == ["2026-11-05"]


def test_a_chapter_may_have_a_link_and_an_image(mp3: Path) -> None:
    more = (ChapterTags(id="c1", link="https://example.org/tides#näp"), ChapterTags(id="c2", image=TAGS.cover))
    _tag(mp3, replace(TAGS, chapters=more), _timeline(3))
    tag = _read(mp3)
    plain, linked, pictured = (tag[f"CHAP:chapter{number:05}"].sub_frames for number in (1, 2, 3))
    assert list(plain) == ["TIT2"]
    assert linked["WXXX:"].url == "https://example.org/tides#n%C3%A4p"
    assert pictured["APIC:"].data == TAGS.cover


@pytest.mark.parametrize("count", [1, 2, 30])
def test_chapters_lie_in_time_order_behind_one_table_of_contents(mp3: Path, count: int) -> None:
    _tag(mp3, TAGS, _timeline(count))
    frames = list(_walk(mp3))
    names = [name for name, _ in frames]
    assert names[-count - 1 :] == ["CTOC"] + ["CHAP"] * count
    assert not {"CTOC", "CHAP"} & set(names[: -count - 1])
    elements, times = [], []
    for _, content in frames[-count:]:
        element, _, rest = content.partition(b"\0")
        start_ms, end_ms, *offsets = struct.unpack(">4I", rest[:16])
        assert offsets == [0xFFFFFFFF, 0xFFFFFFFF]
        elements.append(element)
        times.append((start_ms, end_ms))
    marks = _timeline(count).chapters
    assert times == [(round(m.start * 1000 / RATE_HZ), round(m.end * 1000 / RATE_HZ)) for m in marks]
    contents = frames[-count - 1][1]
    assert contents == b"contents\0" + bytes([3, count]) + b"".join(element + b"\0" for element in elements)


@pytest.mark.parametrize("count", [255, 256, 600])
def test_more_than_255_chapters_are_nested(mp3: Path, count: int) -> None:
    _tag(mp3, TAGS, _timeline(count))
    tag = _read(mp3)
    contents = {frame.element_id: frame for frame in tag.getall("CTOC")}
    (top,) = (frame for frame in contents.values() if frame.flags & 2)
    assert all(frame.flags & 1 and 0 < len(frame.child_element_ids) <= 255 for frame in contents.values())

    def leaves(element: str) -> Iterator[str]:
        if element in contents:
            for child in contents[element].child_element_ids:
                yield from leaves(child)
        else:
            yield element

    reached = [tag[f"CHAP:{element}"] for element in leaves(top.element_id)]
    assert [str(frame.sub_frames["TIT2"]) for frame in reached] == [m.title.strip() for m in _timeline(count).chapters]
    with av.open(str(mp3)) as container:
        assert len(container.chapters()) == count


def test_empty_fields_are_left_out(mp3: Path) -> None:
    bare = Tags(
        title="Ebb",
        show="",
        authors=(),
        date="",
        language="und",
        genre="",
        comment="",
        link="",
        licence="",
        narrator="",
        explicit=None,
        transcript="",
        cover=b"",
    )
    _tag(mp3, bare, replace(_timeline(1), chapters=()))
    assert [name for name, _ in _walk(mp3)] == ["TIT2"]


@pytest.mark.parametrize(("explicit", "said"), [(True, "1"), (False, "2")])
def test_the_explicit_flag_is_spelt_as_players_know_it(mp3: Path, explicit: bool, said: str) -> None:
    _tag(mp3, replace(TAGS, explicit=explicit), _timeline(1))
    assert _read(mp3)["TXXX:ITUNESADVISORY"].text == [said]


@pytest.mark.parametrize(("date", "year", "day"), [("2024", "2024", None), ("2024-02-29T10:00", "2024", "2902")])
def test_a_date_may_be_short_or_long(mp3: Path, date: str, year: str, day: str | None) -> None:
    _tag(mp3, replace(TAGS, date=date), _timeline(1))
    tag = _read(mp3)
    assert (str(tag["TYER"]), str(tag["TDAT"]) if "TDAT" in tag else None) == (year, day)


def test_a_licence_that_is_a_name_is_no_address(mp3: Path) -> None:
    _tag(mp3, replace(TAGS, licence="CC BY 4.0"), _timeline(1))
    tag = _read(mp3)
    assert str(tag["TCOP"]) == "CC BY 4.0"
    assert not tag.getall("WCOP")


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_leaves_a_sound_tag(tmp_path_factory: pytest.TempPathFactory, title: str, chapter: str) -> None:
    path = tmp_path_factory.mktemp("any") / "episode.mp3"
    (mark,) = _timeline(1).chapters
    timeline = replace(_timeline(1), chapters=(replace(mark, title=chapter),))
    _tag(path, replace(TAGS, title=title, link=title, cover=b""), timeline)
    assert [name for name, _ in _walk(path)][-2:] == ["CTOC", "CHAP"]
    printable = "".join(c for c in title if c in "\n\t" or (c >= " " and not "\ud800" <= c <= "\udfff")).strip()
    assert str(_read(path).get("TIT2", "")) == printable


def test_an_unknown_container_is_refused() -> None:
    with pytest.raises(UsageError, match="'riff'; there are: flac, id3, mp4, opus"):
        tagging.render("riff", TAGS, _timeline(1))


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "eng"), ("de-AT", "deu"), ("zh-Hant-TW", "zho"), ("haw", "haw"), ("und", ""), ("", ""), ("x-tide", "")],
)
def test_languages_have_three_letters(tag: str, code: str) -> None:
    assert iso_639_2(tag) == code
