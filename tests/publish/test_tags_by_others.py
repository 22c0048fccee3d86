"""Every field of the table of tags, read back by other programs: ffprobe, MediaInfo, metaflac, opusinfo and eyeD3.

`tests.publish.test_tags_in_files` reads the same files by mutagen and by ffmpeg's library.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.model.episode import ChapterTags, Tags
from pipeline.publish import tags as tagging
from pipeline.publish.chapter_image import chapter_image
from tests.publish.test_chapter_image import picture
from tests.publish.test_tags import TAGS as FULL
from tests.publish.test_tags import _timeline as timeline_of
from tests.publish.test_tags_in_files import _file, _like, _marks

if TYPE_CHECKING:
    from pathlib import Path

LINK = "https://example.org/tides#neap"
IMAGE = chapter_image(picture())
TAGS = replace(FULL, chapters=(ChapterTags(id="c1", link=LINK, image=IMAGE), ChapterTags(id="c11", image=IMAGE)))
MARKS = timeline_of(12)
"""As many chapters as show an order by text: the second would stand behind the eleventh."""

_VORBIS = {
    "title": {"title": TAGS.title},
    "show": {"album": TAGS.show},
    "authors": {"artist": ";".join(TAGS.authors)},
    "narrator": {"performer": TAGS.narrator, "narrator": TAGS.narrator},
    "date": {"date": "2026-11-05"},
    "language": {"language": "eng"},
    "genre": {"genre": "Podcast"},
    "comment": {"comment": TAGS.comment},
    "link": {"url": TAGS.link},
    "licence": {"license": TAGS.licence, "copyright": TAGS.licence},
    "explicit": {"itunesadvisory": "2"},
    "season": {"disc": "3", "season": "3"},
    "number": {"track": "12", "episode": "12"},
    "transcript": {"lyrics": TAGS.transcript},
}
FFPROBE: dict[str, dict[str, dict[str, str]]] = {
    "mp3": {
        "title": {"title": TAGS.title},
        "show": {"album": TAGS.show},
        "authors": {"artist": "/".join(TAGS.authors)},
        "narrator": {"composer": TAGS.narrator, "narrator": TAGS.narrator},
        "date": {"date": "2026-11-05"},
        "language": {"language": "eng"},
        "genre": {"genre": "Podcast"},
        "comment": {"comment": TAGS.comment},
        "link": {},  # ffmpeg reads no frames of addresses; MediaInfo does
        "licence": {"copyright": TAGS.licence},
        "explicit": {"itunesadvisory": "2"},
        "season": {"disc": "3", "season": "3"},
        "number": {"track": "12", "episode": "12"},
        "transcript": {"lyrics-eng": TAGS.transcript},
    },
    "m4b": {
        "title": {"title": TAGS.title},
        "show": {"album": TAGS.show},
        "authors": {"artist": ", ".join(TAGS.authors)},
        "narrator": {"composer": TAGS.narrator},
        "date": {"date": "2026-11-05"},
        "language": {"language": "eng"},
        "genre": {"genre": "Podcast"},
        "comment": {"description": TAGS.comment, "synopsis": TAGS.comment, "comment": TAGS.comment},
        "link": {"www": TAGS.link, "url": TAGS.link},
        "licence": {"license": TAGS.licence, "copyright": TAGS.licence},
        "explicit": {"rating": "2"},
        "season": {"season_number": "3"},
        "number": {"track": "12", "episode_sort": "12"},
        "transcript": {"lyrics": TAGS.transcript},
    },
    "opus": _VORBIS,
    "flac": _VORBIS,
}
"""Format → field of `Tags` → what ffprobe calls it, lower case, and what stands there."""

_ENGLISH = {"Language": "en"}
_TEXT = re.compile(r"\s+/\s+|\n")
"""MediaInfo writes a slash for the end of a line, and between the values of a list."""
_SAME = {
    "title": {"Title": TAGS.title},
    "show": {"Album": TAGS.show},
    "date": {"Recorded_Date": "2026-11-05"},
    "genre": {"Genre": "Podcast"},
    "comment": {"Comment": TAGS.comment},
    "transcript": {"Lyrics": TAGS.transcript},
    "cover": {"Cover": "Yes"},
}
_MEDIAINFO_VORBIS = _SAME | {
    "narrator": {"Performer": TAGS.narrator, "NARRATOR": TAGS.narrator},
    "language": _ENGLISH,
    "link": {"URL": TAGS.link},
    "licence": {"Copyright": TAGS.licence, "TermsOfUse": TAGS.licence},
    "explicit": {"ITUNESADVISORY": "2"},
    "season": {"SEASON": "3"},
    "number": {"Track_Position": "12", "EPISODE": "12"},
}
MEDIAINFO: dict[str, dict[str, dict[str, str]]] = {
    "mp3": _SAME
    | {
        "authors": {"Performer": "/".join(TAGS.authors)},
        "narrator": {"Composer": TAGS.narrator, "NARRATOR": TAGS.narrator},
        "language": _ENGLISH,
        "link": {"Official_audio_source_webpage": "https://example.org/tides?n%C3%A4me=ebb"},
        "licence": {"Copyright": TAGS.licence, "Copyright_Legal_information": TAGS.licence},
        "explicit": {"ITUNESADVISORY": "2"},
        "season": {"SEASON": "3"},
        "number": {"Track_Position": "12", "EPISODE": "12"},
    },
    "m4b": _SAME
    | {
        "authors": {"Performer": ", ".join(TAGS.authors)},
        "narrator": {"Composer": TAGS.narrator, "nrt": TAGS.narrator},
        "language": {"LANGUAGE": "eng"},
        "link": {"WWW": TAGS.link},
        "licence": {"Copyright": TAGS.licence, "LICENSE": TAGS.licence},
        "explicit": {"Rating": "Clean"},
        "season": {"Season": "3"},
        "number": {"Track_Position": "12", "Part": "12"},
    },
    "opus": _MEDIAINFO_VORBIS,
    "flac": _MEDIAINFO_VORBIS,
}
"""Format → field of `Tags` → MediaInfo's name and what stands there."""


def _run(*command: str) -> str:
    """What a program prints; a machine without it cannot answer."""
    if not shutil.which(command[0]):
        pytest.skip(f"the program {command[0]} is not installed here")
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A finished file of each format, with all that a tag can hold."""
    folder = tmp_path_factory.mktemp("tagged")
    return {name: _file(folder, name, TAGS, MARKS) for name in FFPROBE}


def test_no_field_is_forgotten() -> None:
    meant = {field.name for field in fields(Tags)} - {"cover", "chapters"}
    assert all(set(table) == meant for table in FFPROBE.values())


@pytest.mark.parametrize("name", FFPROBE)
def test_ffprobe_reads_every_field(files: dict[str, Path], name: str) -> None:
    command = ("-show_format", "-show_streams", "-show_chapters", "-of", "json", str(files[name]))
    seen = json.loads(_run("ffprobe", "-v", "error", *command))
    held = seen["format"].get("tags") or next(one for one in seen["streams"] if one["codec_type"] == "audio")["tags"]
    read = {key.lower(): value for key, value in held.items()}
    due = {key: value for keys in FFPROBE[name].values() for key, value in keys.items()}
    assert {key: read.get(key) for key in due} == due
    (cover,) = (one for one in seen["streams"] if one["codec_name"] == "mjpeg")
    assert (cover["disposition"]["attached_pic"], cover["width"]) == (1, 1000)
    chapters = [(float(one["start_time"]), one["tags"]["title"]) for one in seen["chapters"]]
    assert _like(chapters, _marks(MARKS))


@pytest.mark.parametrize("name", MEDIAINFO)
def test_mediainfo_reads_what_it_knows(files: dict[str, Path], name: str) -> None:
    tracks = json.loads(_run("mediainfo", "--Output=JSON", str(files[name])))["media"]["track"]
    read: dict[str, Any] = {}
    for track in (one for one in tracks if one["@type"] in ("General", "Audio")):
        read = {**track, **track.get("extra", {}), **read}
    due = {key: value for keys in MEDIAINFO[name].values() for key, value in keys.items()}
    assert {key: _TEXT.sub("\n", read.get(key, "")) for key in due} == due
    for menu in (one["extra"] for one in tracks if one["@type"] == "Menu"):
        assert [title for key, title in menu.items() if key.startswith("_")] == [title for _, title in _marks(MARKS)]


def _comments(name: str) -> list[str]:
    """All that Vorbis comments must hold, one a line, the picture aside."""
    spelt = {
        "narrator": (TAGS.narrator,),
        "date": (TAGS.date,),
        "language": ("eng",),
        "explicit": ("2",),
        "season": ("3",),
        "number": ("12",),
        "authors": TAGS.authors,
    }
    rows = ((field, names["vorbis"]) for field, names in tagging.TABLE.items() if field not in ("cover", "chapters"))
    lines = [
        f"{one}={value}"
        for field, names in rows
        for one in names
        for value in spelt.get(field, (getattr(TAGS, field),))
    ]
    for number, (start_s, title) in enumerate(_marks(MARKS), 1):
        lines += [f"CHAPTER{number:03}=00:00:{start_s:06.3f}", f"CHAPTER{number:03}NAME={title}"]
        lines += [f"CHAPTER{number:03}URL={LINK}"] if number == 2 else []
    return lines


@pytest.mark.parametrize(
    ("name", "command"),
    [("flac", ("metaflac", "--no-utf8-convert", "--export-tags-to=-")), ("opus", ("opusinfo",))],
)
def test_the_formats_own_readers_list_every_comment(
    files: dict[str, Path], name: str, command: tuple[str, ...]
) -> None:
    printed = _run(*command, str(files[name]))
    text = re.sub(r"(?m)^\t", "", printed)
    for line in _comments(name):
        assert f"\n{line}\n" in f"\n{text}\n"
    chapters = re.findall(r"(?m)^CHAPTER\d{3}=(.*)$", text)
    assert chapters == sorted(chapters)
    assert len(chapters) == len(MARKS.chapters)


def test_metaflac_reads_the_cover(files: dict[str, Path]) -> None:
    if not shutil.which("metaflac"):
        pytest.skip("the program metaflac is not installed here")
    command = ["metaflac", "--export-picture-to=-", str(files["flac"])]
    assert subprocess.run(command, capture_output=True, check=True).stdout == TAGS.cover


def test_eyed3_reads_chapters_with_links_and_images(files: dict[str, Path]) -> None:
    eyed3 = pytest.importorskip("eyed3", reason="the library eyeD3 is not installed here")
    tag = eyed3.load(str(files["mp3"])).tag
    assert (tag.title, tag.album, tag.artist) == (TAGS.title, TAGS.show, "/".join(TAGS.authors))
    assert [one.image_data for one in tag.images] == [TAGS.cover]
    assert [one.text for one in tag.lyrics] == [TAGS.transcript]
    (contents,) = tag.table_of_contents
    assert (contents.toplevel, contents.ordered) == (True, True)
    frames = [tag.chapters[one] for one in contents.child_ids]
    assert [one.times[0] for one in frames] == [round(mark.start / 24) for mark in MARKS.chapters]
    assert [one.title for one in frames] == [mark.title.strip() for mark in MARKS.chapters]
    links = [(one.user_url or "").rstrip("\0") for one in frames]  # an address may end in a zero; eyeD3 leaves it on
    assert links == [LINK if number == 1 else "" for number in range(len(frames))]
    pictures = [[sub.image_data for sub in one.sub_frames.get(b"APIC", ())] for one in frames]
    assert pictures == [[IMAGE] if number in (1, 11) else [] for number in range(len(frames))]
