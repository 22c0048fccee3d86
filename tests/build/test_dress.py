"""What an episode says about itself: the article's lead image as its cover, and what a format has no room for."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from mutagen.id3 import ID3
from PIL import Image

from pipeline import render
from pipeline.audio import mp4
from pipeline.build import dress
from pipeline.publish import make_cover

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Workbench

PAGE = """<html lang="en"><head><title>Tides</title><meta property="og:image" content="{image}">{more}</head>
<body><article><h1>Tides</h1><p>The sea rises and falls twice a day, and every coast has its own way of it.</p>
</article></body></html>"""
AT_HOME = '<link rel="canonical" href="https://example.org/sea/tides.html?all=1#top">'


def _photo(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (900, 700), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def photo(bench: Workbench) -> bytes:
    """A picture beside the article, in two places; another lies above its folder."""
    data = _photo("teal")
    (bench.root / "art").mkdir()
    for name in ("sea.png", "art/the sea.png"):
        (bench.root / name).write_bytes(data)
    (bench.root.parent / "secret.png").write_bytes(_photo("red"))
    return data


def _cover(folder: Path) -> bytes:
    (path,) = folder.glob("*.mp3")
    tag: Any = ID3(path)  # type: ignore[no-untyped-call]  # mutagen has no types
    (picture,) = tag.getall("APIC")
    data: bytes = picture.data
    return data


@pytest.mark.parametrize("key", ["image: sea.png", "cover: 'art/the sea.png'", "image: ./art/../sea.png"])
def test_front_matter_names_the_cover(bench: Workbench, photo: bytes, key: str) -> None:
    bench.edit("language: en-GB", f"language: en-GB\n{key}")
    report = bench.render()
    meant = make_cover(photo, title="How tides work", show="")
    assert _cover(report.directory) == meant
    assert meant != make_cover(None, title="How tides work", show="")
    bench.render(bench.script, output=bench.root / "from-script")
    assert _cover(bench.root / "from-script/tides") == meant


@pytest.mark.parametrize(
    ("image", "more"),
    [
        ("sea.png", ""),
        ("art/the%20sea.png?size=large", ""),
        ("https://example.org/sea/art/the%20sea.png", AT_HOME),
        ("sea.png", AT_HOME),
    ],
)
def test_a_saved_page_names_the_cover(bench: Workbench, photo: bytes, image: str, more: str) -> None:
    page = bench.root / "page.html"
    page.write_text(PAGE.format(image=image, more=more), encoding="utf-8")
    report = render(page, bench.options)
    assert _cover(report.directory) == make_cover(photo, title="Tides", show="")


@pytest.mark.usefixtures("photo")
@pytest.mark.parametrize(
    ("image", "more"),
    [
        ("../secret.png", ""),
        ("..%2Fsecret.png", ""),
        ("https://example.org/sea/../../secret.png", AT_HOME),
        ("https://example.org/other/sea.png", AT_HOME),
        ("https://example.org/sea/sea.png", ""),
        ("file:///etc/hostname", ""),
        ("//example.org/sea.png", ""),
        ("none.png", ""),
        ("no%00thing.png", ""),
        ("art", ""),
    ],
)
def test_nothing_outside_the_articles_folder_is_the_cover(bench: Workbench, image: str, more: str) -> None:
    page = bench.root / "page.html"
    page.write_text(PAGE.format(image=image, more=more), encoding="utf-8")
    report = render(page, bench.options)
    assert _cover(report.directory) == make_cover(None, title="Tides", show="")


@pytest.mark.parametrize(
    ("formats", "said"),
    [
        (("mp3", "wav"), ""),
        (("m4b",), "players that read Nero's list see the first 2, those that read the QuickTime track see all"),
        (("opus",), "Opus and FLAC hold the first 2"),
        (("mp3", "flac"), "Opus and FLAC hold the first 2"),
    ],
)
def test_a_format_without_room_for_all_chapters_is_told(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, formats: tuple[str, ...], said: str
) -> None:
    monkeypatch.setattr(mp4, "NERO_CHAPTERS", 2)
    monkeypatch.setattr(dress, "MOST_CHAPTERS", 2)
    notes = [note for note in bench.render(formats=formats).warnings if "chapters;" in note]
    assert len(notes) == bool(said)
    assert all(note.startswith("tides: 3 chapters; ") and note.endswith(said) for note in notes)


def test_chapters_that_fit_are_not_talked_about(bench: Workbench) -> None:
    assert not [note for note in bench.render(formats=("m4b", "opus")).warnings if "chapters;" in note]


def test_season_and_number_of_the_article_are_those_of_the_episode(bench: Workbench) -> None:
    bench.edit("language: en-GB", "language: en-GB\nseason: 2\nepisode: 14")
    bench.render()
    tag: Any = ID3(bench.root / "output/tides/tides.mp3")  # type: ignore[no-untyped-call]  # mutagen has no types
    assert [str(tag[name]) for name in ("TPOS", "TXXX:SEASON", "TRCK", "TXXX:EPISODE")] == ["2", "2", "14", "14"]
    assert "\n%season 2\n%episode 14\n" in bench.script.read_text(encoding="utf-8")
    bench.render(bench.script, output=bench.root / "from-script")
    assert bench.files("from-script") == bench.files()


def test_without_a_number_the_show_counts(bench: Workbench) -> None:
    bench.render()
    tag: Any = ID3(bench.root / "output/tides/tides.mp3")  # type: ignore[no-untyped-call]  # mutagen has no types
    assert str(tag["TRCK"]) == "1"
    assert "TPOS" not in tag
