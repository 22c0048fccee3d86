"""What the checks find in finished files, and that they find nothing in whole ones."""

from __future__ import annotations

import importlib
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pipeline import api
from tests.conftest import make_workbench

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.api import Checked
    from tests.conftest import Workbench

FORMATS = ("mp3", "m4b", "opus", "flac", "wav")


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    bench = make_workbench(tmp_path_factory.mktemp("checks") / "bench")
    bench.options = replace(bench.options, formats=FORMATS)
    assert bench.render().problems == ()
    return bench


@pytest.fixture
def folder(rendered: Workbench, tmp_path: Path) -> Path:
    """The episode's folder, put back as it was afterwards."""
    return rendered.root / "output" / "tides"


@pytest.fixture
def damaged(rendered: Workbench, folder: Path, tmp_path: Path) -> Callable[[str, Callable[[Path], None]], list[str]]:
    def check(name: str, damage: Callable[[Path], None], *, deep: bool = False) -> list[str]:
        shutil.copy(folder / name, tmp_path / name)
        try:
            damage(folder / name)
            return [problem.what for problem in looked(rendered, deep=deep).problems]
        finally:
            shutil.copy(tmp_path / name, folder / name)

    return check


def looked(bench: Workbench, *, deep: bool = False, report: Path | None = None) -> Checked:
    return api.check(bench.root / "output" / "tides", bench.options, deep=deep, report=report)


def test_whole_files_have_no_problems_whatever_their_format(rendered: Workbench) -> None:
    found = looked(rendered, deep=True)
    assert found.problems == ()
    assert found.notes == ()
    assert [one.format for one in found.audio] == list(FORMATS)
    for one in found.audio:
        assert one.measured is not None
        assert (one.clips, one.lost_clips) == (len(one.timeline.cues), 0)
        assert one.furthest_ms < 0.1
        assert one.measured.quiet_peak < 1e-3


def test_what_is_known_of_loudness_is_what_is_heard(rendered: Workbench) -> None:
    known, heard = looked(rendered).audio, looked(rendered, deep=True).audio
    for one, other in zip(known, heard, strict=True):
        assert one.loudness_lufs == pytest.approx(other.loudness_lufs, abs=0.1)
        assert one.true_peak_dbtp == pytest.approx(other.true_peak_dbtp, abs=0.2)


def tagged(module: str, kind: str, of: object) -> Any:
    """A file, or a picture, as mutagen, which has no types, sees it."""
    return getattr(importlib.import_module(f"mutagen.{module}"), kind)(of)


def move_mp3(path: Path) -> None:
    tags = tagged("id3", "ID3", path)
    tags.getall("CHAP")[1].start_time += 50
    tags.save(path, v2_version=3)


def move_opus(path: Path) -> None:
    file = tagged("oggopus", "OggOpus", path)
    file["CHAPTER002"] = "00:00:01.000"
    file.save()


def test_a_chapter_that_was_moved_is_found(damaged: Callable[..., list[str]]) -> None:
    assert any(re.search(r"is 50 ms late as mutagen reads it", one) for one in damaged("tides.mp3", move_mp3))
    assert any("chapter 2" in one and "early" in one for one in damaged("tides.opus", move_opus))


def cover_mp3(path: Path) -> None:
    tags = tagged("id3", "ID3", path)
    tags.getall("APIC")[0].data += b"!"
    tags.save(path, v2_version=3)


def cover_m4b(path: Path) -> None:
    file = tagged("mp4", "MP4", path)
    file["covr"] = [tagged("mp4", "MP4Cover", b"another")]
    file.save()


def cover_flac(path: Path) -> None:
    file = tagged("flac", "FLAC", path)
    file.clear_pictures()
    file.save()


def test_another_cover_or_none_is_found(damaged: Callable[..., list[str]]) -> None:
    assert "its cover is another picture" in damaged("tides.mp3", cover_mp3)
    assert "its cover is another picture" in damaged("tides.m4b", cover_m4b)
    assert "its cover is gone" in damaged("tides.flac", cover_flac)


def retitle(path: Path) -> None:
    file = tagged("oggopus", "OggOpus", path)
    file["TITLE"] = "Another"
    file["LANGUAGE"] = "deu"
    file.save()


def test_other_tags_are_found(damaged: Callable[..., list[str]]) -> None:
    found = damaged("tides.opus", retitle)
    assert "its tag title says “Another”, not “How tides work”" in found
    assert "its tag language says “deu”, not “eng”" in found


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20_000])


def nonsense(path: Path) -> None:
    path.write_bytes(b"no sound at all")


def test_a_file_that_was_cut_off_is_found(damaged: Callable[..., list[str]]) -> None:
    assert any("packets of sound" in one for one in damaged("tides.mp3", cut))
    assert any(re.search("not what is heard|are missing", one) for one in damaged("tides.mp3", cut, deep=True))


def test_a_file_that_is_none_is_found(damaged: Callable[..., list[str]]) -> None:
    assert any("cannot be read" in one for one in damaged("tides.opus", nonsense, deep=True))


def frame(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 400] = b"\x55" * 400
    path.write_bytes(data)


def test_damaged_frames_are_heard(damaged: Callable[..., list[str]]) -> None:
    for name in ("tides.mp3", "tides.m4b", "tides.opus"):
        assert damaged(name, frame, deep=True), name


def late_cue(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\.(\d)(\d\d) -->", lambda one: f".{(int(one[1]) + 1) % 10}{one[2]} -->", text, count=1))


def early_chapter(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'"startTime": [1-9][.\d]*', '"startTime": 1.0', text, count=1), encoding="utf-8")


def test_a_transcript_at_other_times_is_found(damaged: Callable[..., list[str]]) -> None:
    assert any("ms off" in one for one in damaged("tides.vtt", late_cue))
    assert any("chapter 2 is" in one for one in damaged("tides.chapters.json", early_chapter))


def test_where_the_cache_lost_the_clips_it_is_said(tmp_path: Path) -> None:
    bench = make_workbench(tmp_path / "lost")
    bench.render()
    for blob in (bench.root / "store" / "blobs").rglob("*.*"):
        blob.unlink()
    shutil.rmtree(bench.root / "store" / "blobs")
    found = looked(bench, deep=True)
    assert found.problems == ()
    assert any("no longer in the cache" in note for note in found.notes)


def test_render_can_be_told_not_to_look(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.build import checking

    monkeypatch.setattr(checking, "rendered", lambda *_: 1 / 0)
    assert api.render(bench.article, bench.options, check=False).problems == ()
    with pytest.raises(ZeroDivisionError):
        api.render(bench.article, bench.options)


def test_the_report_draws_what_was_spoken_last(bench: Workbench) -> None:
    bench.render()
    bench.edit("The water heaps up there.", "The water piles up there.")
    bench.render()
    page = bench.root / "report.html"
    looked(bench, report=page)
    text = page.read_text(encoding="utf-8")
    assert text.count('<rect class="new"') == 1
    assert "The water piles up there." in text
    assert "No problems found" in text
    assert "<script" not in text
    assert "http" not in re.sub(r"http-equiv", "", text)
    assert text.count("<svg") == 2
    assert text.count("<table>") >= 5
