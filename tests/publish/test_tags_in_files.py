"""Tags and chapters of finished files, read back by mutagen, by ffmpeg's library and by ffprobe."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import av
import mutagen
import pytest
from mutagen.easymp4 import EasyMP4
from mutagen.flac import Picture

from pipeline import plugins
from pipeline.model.episode import ChapterTags
from pipeline.model.show import AudioFormat
from pipeline.publish import tags as tagging
from tests.publish.test_tags import TAGS as FULL
from tests.publish.test_tags import _timeline as timeline_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.model.episode import Tags
    from pipeline.model.timeline import Timeline

RATE_HZ = 24_000
TAGGED = [name for name in plugins.names("encoders") if plugins.load("encoders", name).TAGS]
TAGS = replace(FULL, chapters=(ChapterTags(id="c1", link="https://example.org/tides#neap", image=FULL.cover),))


def _file(folder: Path, name: str, tags: Tags, timeline: Timeline) -> Path:
    encoder = plugins.load("encoders", name)
    path: Path = folder / f"episode{encoder.SUFFIX}"
    encoder.codec(AudioFormat()).join(
        path,
        [],
        length=timeline.length,
        tags=tagging.render(encoder.TAGS, tags, timeline),
        chapters=tagging.marks(timeline),
    )
    return path


def _read(path: Path) -> Any:
    return mutagen.File(path)


def _marks(timeline: Timeline) -> list[tuple[float, str]]:
    return [(round(mark.start / RATE_HZ, 3), mark.title.strip()) for mark in timeline.chapters]


def _like(got: Sequence[tuple[float, str]], meant: Sequence[tuple[float, str]]) -> bool:
    """Whether chapters have the titles that are meant, and times that differ by the rounding of a millisecond."""
    return [title for _, title in got] == [title for _, title in meant] and all(
        abs(one - other) <= 0.0011 for (one, _), (other, _) in zip(got, meant, strict=True)
    )


def test_mutagen_reads_an_m4b(tmp_path: Path) -> None:
    path = _file(tmp_path, "m4b", TAGS, timeline_of(5))
    file = _read(path)
    free = {name: bytes(file[f"----:com.apple.iTunes:{name}"][0]).decode() for name in ("LANGUAGE", "WWW", "LICENSE")}
    assert free == {"LANGUAGE": "eng", "WWW": TAGS.link, "LICENSE": TAGS.licence}
    texts = {
        name: file[name] for name in ("©nam", "©alb", "©ART", "©wrt", "©nrt", "©day", "©gen", "desc", "©lyr", "cprt")
    }
    assert texts == {
        "©nam": [TAGS.title],
        "©alb": [TAGS.show],
        "©ART": ["The harbour office, The weather desk"],
        "©wrt": [TAGS.narrator],
        "©nrt": [TAGS.narrator],
        "©day": ["2026-11-05"],
        "©gen": ["Podcast"],
        "desc": [TAGS.comment],
        "©lyr": [TAGS.transcript],
        "cprt": [TAGS.licence],
    }
    assert (file["rtng"], file["tvsn"], file["tves"], file["trkn"], file["stik"]) == ([2], [3], [12], [(12, 0)], [2])
    assert [bytes(picture) for picture in file["covr"]] == [TAGS.cover]
    assert _like([(mark.start, mark.title) for mark in file.chapters], _marks(timeline_of(5)))
    assert file.info.length == pytest.approx(12.0, abs=0.1)  # mutagen counts whole frames, priming among them
    easy = EasyMP4(path)  # type: ignore[no-untyped-call]  # mutagen has no types
    assert (easy["title"], easy["tracknumber"], easy["date"]) == ([TAGS.title], ["12"], ["2026-11-05"])


@pytest.mark.parametrize("name", ["opus", "flac"])
def test_mutagen_reads_vorbis_comments(tmp_path: Path, name: str) -> None:
    file = _read(_file(tmp_path, name, TAGS, timeline_of(3)))
    found = {key.upper(): value for key, value in file.tags.as_dict().items()}
    if name == "opus":
        (text,) = found.pop("METADATA_BLOCK_PICTURE")
        picture = Picture(base64.b64decode(text))  # type: ignore[no-untyped-call]  # mutagen has no types
    else:
        (picture,) = file.pictures
    assert (picture.type, picture.mime, picture.data) == (3, "image/jpeg", TAGS.cover)
    assert {key: value for key, value in found.items() if not key.startswith("CHAPTER")} == {
        "TITLE": [TAGS.title],
        "ALBUM": [TAGS.show],
        "ARTIST": list(TAGS.authors),
        "PERFORMER": [TAGS.narrator],
        "NARRATOR": [TAGS.narrator],
        "DATE": ["2026-11-05"],
        "LANGUAGE": ["eng"],
        "GENRE": ["Podcast"],
        "DESCRIPTION": [TAGS.comment],
        "COMMENT": [TAGS.comment],
        "URL": [TAGS.link],
        "LICENSE": [TAGS.licence],
        "COPYRIGHT": [TAGS.licence],
        "ITUNESADVISORY": ["2"],
        "DISCNUMBER": ["3"],
        "SEASON": ["3"],
        "TRACKNUMBER": ["12"],
        "EPISODE": ["12"],
        "LYRICS": [TAGS.transcript],
    }
    chapters = {key: value for key, value in found.items() if key.startswith("CHAPTER")}
    assert chapters == {
        "CHAPTER001": ["00:00:00.000"],
        "CHAPTER001NAME": ["0"],
        "CHAPTER002": ["00:00:04.000"],
        "CHAPTER002NAME": ["1 xxxxxxx"],
        "CHAPTER002URL": ["https://example.org/tides#neap"],
        "CHAPTER003": ["00:00:08.000"],
        "CHAPTER003NAME": ["2 xxx"],
    }
    assert file.info.length == pytest.approx(12.0)


def test_mutagen_reads_a_wav(tmp_path: Path) -> None:
    file = _read(_file(tmp_path, "wav", TAGS, timeline_of(3)))
    assert str(file.tags["TIT2"]) == TAGS.title
    assert file.tags["CHAP:chapter00002"].start_time == 4000
    assert file.info.length == pytest.approx(12.0)


@pytest.mark.parametrize("name", TAGGED)
def test_ffmpeg_reads_tags_cover_and_chapters(tmp_path: Path, name: str) -> None:
    path = _file(tmp_path, name, TAGS, timeline_of(7))
    with av.open(str(path)) as container:
        # Ogg has tags and cover on its stream, the others on the file
        found = {key.lower(): value for key, value in container.metadata.items()}
        found |= {key.lower(): value for key, value in container.streams.audio[0].metadata.items()}
        chapters = [
            (float(chapter["start"] * (chapter["time_base"] or 0)), chapter["metadata"].get("title", ""))
            for chapter in container.chapters()
        ]
        kinds = sorted(stream.type for stream in container.streams if stream.type in ("audio", "video"))
        sound = container.streams.audio[0]
        seconds = float((sound.duration or 0) * (sound.time_base or 0))
    assert (found["title"], found["album"]) == (TAGS.title, TAGS.show)
    assert found["artist"].startswith("The harbour office")
    assert (found["genre"], found["date"][:4]) == ("Podcast", "2026")
    assert TAGS.narrator in (found.get("composer"), found.get("performer"))
    assert TAGS.comment in (found.get("comment"), found.get("description"))
    assert TAGS.licence in (found.get("copyright"), found.get("license"))
    assert TAGS.transcript in (found.get("lyrics"), found.get("lyrics-eng"))
    assert kinds == ["audio", "video"]
    assert seconds == pytest.approx(12.0, abs=0.03)
    assert _like(chapters, _marks(timeline_of(7)))


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="the program ffprobe is not installed here")
@pytest.mark.parametrize("count", [1, 255, 256, 600])
@pytest.mark.parametrize("name", TAGGED)
def test_ffprobe_sees_all_chapters(tmp_path: Path, name: str, count: int) -> None:
    timeline = timeline_of(count, seconds=600)
    path = _file(tmp_path, name, replace(TAGS, cover=b""), timeline)
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "rror" not in done.stderr.replace("Unsupported codec", "")
    chapters = [(float(one["start_time"]), one["tags"]["title"]) for one in json.loads(done.stdout)["chapters"]]
    assert _like(chapters, _marks(timeline))


@pytest.mark.parametrize("name", TAGGED)
def test_a_file_of_nothing_but_a_title(tmp_path: Path, name: str) -> None:
    bare = replace(timeline_of(1), chapters=())
    path = _file(tmp_path, name, type(TAGS)(title="Ebb"), bare)
    with av.open(str(path)) as container:
        found = container.metadata | container.streams.audio[0].metadata
        assert {key.lower(): value for key, value in found.items()}["title"] == "Ebb"
        assert not container.chapters()
        assert [stream.type for stream in container.streams] == ["audio"]


@pytest.mark.parametrize("name", TAGGED)
def test_the_same_values_give_the_same_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "other").mkdir()
    one, two = (_file(folder, name, TAGS, timeline_of(20)) for folder in (tmp_path, tmp_path / "other"))
    assert one.read_bytes() == two.read_bytes()


def test_more_chapters_than_opus_can_count(tmp_path: Path) -> None:
    found = _read(_file(tmp_path, "opus", TAGS, timeline_of(1005))).tags.as_dict()
    assert max(key for key in found if key.endswith("name")) == "chapter999name"


@pytest.mark.parametrize("title", ["", "é" * 200, "潮" * 400, "a\nb"])
def test_a_title_of_any_length_stays_text(tmp_path: Path, title: str) -> None:
    (mark,) = timeline_of(1).chapters
    path = _file(tmp_path, "m4b", TAGS, replace(timeline_of(1), chapters=(replace(mark, title=title),)))
    (nero,) = _read(path).chapters
    assert title.startswith(nero.title)
    assert len(nero.title.encode()) >= min(len(title.encode()), 250)
    with av.open(str(path)) as container:
        (seen,) = container.chapters()
    said = seen["metadata"].get("title", "")
    assert title.startswith(said)
    assert len(said.encode()) >= min(len(title.encode()), 250)


def test_numbers_that_mp4_cannot_hold_are_left_out(tmp_path: Path) -> None:
    found = _read(_file(tmp_path, "m4b", replace(TAGS, number=70_000), timeline_of(1)))
    assert "trkn" not in found
    assert found["tves"] == [70_000]
