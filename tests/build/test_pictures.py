"""Which pictures of an article are shown: those that are pictures and lie in its folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipeline import render
from pipeline.build import pictures
from pipeline.build.pictures import look
from tests.publish.sidecars.test_pictures import drawn

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Workbench

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><script>1</script></svg>'
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp", "AVIF": "image/avif"}


@pytest.mark.parametrize("kind", TYPES)
def test_a_picture_is_known_by_its_content(kind: str) -> None:
    seen = look(drawn(kind))
    assert (seen.media_type, seen.width_px, seen.height_px, seen.moving) == (TYPES[kind], 40, 30, False)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_one_with_several_frames_moves(kind: str) -> None:
    other = Image.new("RGB", (40, 30), "red")
    assert look(drawn(kind, save_all=True, append_images=[other])).moving


def test_one_that_was_taken_upright_is_as_wide_as_it_is_shown() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    seen = look(drawn("JPEG", exif=exif))
    assert (seen.width_px, seen.height_px) == (30, 40)


@pytest.mark.parametrize(
    "data",
    [b"", SVG, b"<html>", drawn("PNG")[:60], drawn("JPEG")[:200], drawn("BMP"), drawn("TIFF"), b"\x89PNG\r\n\x1a\n"],
)
def test_nothing_else_is_a_picture(data: bytes) -> None:
    assert look(data).media_type == ""


def test_one_of_too_many_pixels_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1199)
    assert look(drawn("PNG")).media_type == ""


def _shown(bench: Workbench) -> list[str]:
    folder = bench.root / "output/tides/tides-images"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def _show(bench: Workbench, *sources: str) -> None:
    text = bench.article.read_text(encoding="utf-8")
    images = "\n\n".join(f"![Picture {number}]({source})" for number, source in enumerate(sources))
    bench.article.write_text(f"{text}\n\n{images}\n", encoding="utf-8")


@pytest.fixture
def outside(bench: Workbench) -> Path:
    """A picture that the article must not reach."""
    path = bench.root.parent / "secret.png"
    path.write_bytes(drawn("PNG", colour="red"))
    return path


def test_only_files_inside_the_articles_folder_are_shown(bench: Workbench, outside: Path) -> None:
    (bench.root / "art").mkdir()
    (bench.root / "art/a map.png").write_bytes(drawn("PNG"))
    (bench.root / "fake.png").write_bytes(SVG)
    (bench.root / "link.png").symlink_to(outside)
    os.mkfifo(bench.root / "pipe.png")
    _show(
        bench,
        "art/a%20map.png?size=2#top",
        "../secret.png",
        str(outside),
        outside.as_uri(),
        "link.png",
        "fake.png",
        "pipe.png",
        "//example.org/x.png",
        "https://example.org/y.png",
        "data:image/png;base64,AAAA",
        "art",
        "no%00thing.png",
    )
    bench.render()
    assert len(_shown(bench)) == 1
    page = (bench.root / "output/tides/tides.readalong.html").read_text(encoding="utf-8")
    assert page.count("<img") == 1
    assert 'alt="Picture 0"' in page


def test_a_saved_page_finds_those_that_were_saved_with_it(bench: Workbench) -> None:
    (bench.root / "map.png").write_bytes(drawn("PNG"))
    page = bench.root / "tides.html"
    page.write_text(
        """<html lang="en"><head><title>Tides</title>
        <link rel="canonical" href="https://example.org/sea/tides.html?all=1"></head><body><article><h1>Tides</h1>
        <p>The sea rises and falls twice a day, and every coast has its own way of it.</p>
        <img src="map.png" alt="A map"><img src="/map.png" alt="Another"></article></body></html>""",
        encoding="utf-8",
    )
    report = render(page, bench.options)
    text = (report.directory / f"{report.name}.transcript.html").read_text(encoding="utf-8")
    assert text.count("<img") == 1
    assert 'alt="A map"' in text


def test_a_changed_picture_changes_pages_and_nothing_else(bench: Workbench) -> None:
    (bench.root / "map.png").write_bytes(drawn("PNG"))
    _show(bench, "map.png")
    bench.render()
    before, files = _shown(bench), bench.files()
    (bench.root / "map.png").write_bytes(drawn("PNG", colour="red"))
    report = bench.render()
    assert (report.spoken, report.encoded) == (0, 0)
    after = _shown(bench)
    assert len(after) == 1
    assert after != before
    changed = {name for name, data in bench.files().items() if files.get(name) != data}
    assert {name.partition("tides.")[2] for name in changed} >= {"readalong.html", "embed.html", "transcript.html"}
    assert not any(name.endswith((".mp3", ".vtt")) for name in changed)
    pages = bench.files()
    bench.render()
    assert bench.files() == pages


def test_too_large_ones_and_all_beyond_the_sum_are_left_out(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    for name, colour in (("a", "red"), ("b", "blue"), ("c", "green")):
        data = drawn("PNG", colour=colour)
        sizes.append(len(data))
        (bench.root / f"{name}.png").write_bytes(data)
    _show(bench, "a.png", "b.png", "c.png")
    monkeypatch.setattr(pictures, "MOST_BYTES_IN_ALL", sum(sizes[:2]))
    bench.render()
    assert len(_shown(bench)) == 2
    monkeypatch.setattr(pictures, "MOST_BYTES", 10)
    bench.render()
    assert not (bench.root / "output/tides/tides-images").exists()


def test_without_sidecars_no_picture_stands_beside_the_audio(bench: Workbench) -> None:
    (bench.root / "map.png").write_bytes(drawn("PNG"))
    _show(bench, "map.png")
    bench.render(sidecars=("none",))
    assert not (bench.root / "output/tides/tides-images").exists()
