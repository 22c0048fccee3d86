"""The article's pictures beside the pages and inside the books, and what is said of them."""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipeline import plugins
from pipeline.model.document import Figure, Paragraph, Span
from pipeline.model.episode import Picture
from tests.publish.sidecars.books import unzipped
from tests.publish.sidecars.reading import edition_of
from tests.publish.sidecars.sounding import sounding

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.episode import Edition

BLOCKS = (
    Paragraph(text=(Span(text="Look at this."),)),
    Figure(source="map one.png", alt="A map of the bay."),
    Figure(source="same.png", alt="The same map once more."),
    Figure(source="wave.webp", alt="A wave."),
    Figure(source="https://example.org/far.png", alt="A picture far away."),
)


def drawn(kind: str, *, mode: str = "RGB", colour: str = "navy", **options: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, (40, 30), colour).save(file, kind, **options)
    return file.getvalue()


def picture(folder: Path, source: str, data: bytes, media_type: str, **facts: bool) -> Picture:
    path = folder / source
    path.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    return Picture(source=source, path=path, media_type=media_type, sha256=digest, width_px=40, height_px=30, **facts)


@pytest.fixture
def shown(tmp_path: Path) -> Edition:
    """An article with a map that it shows twice, a wave, and a picture that is far away."""
    folder = tmp_path / "article"
    folder.mkdir()
    pictures = (
        picture(folder, "map one.png", drawn("PNG"), "image/png"),
        picture(folder, "same.png", drawn("PNG"), "image/png"),
        picture(folder, "wave.webp", drawn("WEBP", colour="teal"), "image/webp"),
    )
    return replace(edition_of(BLOCKS), pictures=pictures)


def _written(name: str, edition: Edition, out: Path) -> dict[str, str]:
    out.mkdir(exist_ok=True)
    return {one.path: one.media_type for one in plugins.load("sidecars", name).write(edition, out)}


def _book(name: str, edition: Edition, folder: Path) -> dict[str, bytes]:
    audio = folder / "audio"
    audio.mkdir(exist_ok=True)
    heard = sounding(audio, replace(edition, timeline=replace(edition.timeline, sample_rate_hz=24_000)))
    out = folder / "out"
    files = _written(name, heard, out)
    return unzipped(out / next(path for path in files if path.endswith((".epub", ".lpf", ".zip"))))


@pytest.mark.parametrize("name", ["readalong", "transcript"])
def test_pages_show_files_beside_them_and_ask_nobody_else(name: str, shown: Edition, tmp_path: Path) -> None:
    out = tmp_path / "out"
    files = _written(name, shown, out)
    images = {path: kind for path, kind in files.items() if kind.startswith("image/")}
    assert sorted(images.values()) == ["image/png", "image/webp"], "the same picture is kept once"
    for path, kind in files.items():
        if kind == "text/html":
            text = (out / path).read_text(encoding="utf-8")
            found = re.findall(r'<img src="([^"]+)" alt="([^"]+)" width="40" height="30" loading="lazy">', text)
            assert {address for address, _ in found} == set(images)
            assert [alt for _, alt in found] == ["A map of the bay.", "The same map once more.", "A wave."]
            assert '<a href="https://example.org/far.png"' in text
            assert "img-src 'self' file:;" in text
    for path in images:
        digest = hashlib.sha256((out / path).read_bytes()).hexdigest()
        assert path.startswith(f"how-the-sea-breathes-images/{digest[:16]}.")


def test_a_changed_picture_has_another_name_and_one_that_changed_meanwhile_is_not_shown(
    shown: Edition, tmp_path: Path
) -> None:
    before = _written("transcript", shown, tmp_path / "before")
    data = drawn("WEBP", colour="red")
    changed = replace(
        shown, pictures=(*shown.pictures[:2], picture(tmp_path / "article", "wave.webp", data, "image/webp"))
    )
    after = _written("transcript", changed, tmp_path / "after")
    assert len(set(before) & set(after)) == 2
    late = _written("transcript", shown, tmp_path / "late")  # the file is not what was looked at
    assert sorted(late.values()) == ["image/png", "text/html"]


def test_an_epub_holds_them_with_their_words_and_says_so(shown: Edition, tmp_path: Path) -> None:
    files = _book("epub3", shown, tmp_path)
    package = files["EPUB/package.opf"].decode()
    held = re.findall(r'<item id="picture-[^"]+" href="([^"]+)" media-type="([^"]+)"/>', package)
    assert sorted(kind for _, kind in held) == ["image/png", "image/webp"]
    text = b"".join(data for name, data in files.items() if name.endswith(".xhtml")).decode()
    for name, _ in held:
        assert f"EPUB/{name}" in files
        assert f'<img src="{name}" alt=' in text
    assert 'property="schema:accessMode">visual<' in package
    assert 'property="schema:accessibilityFeature">alternativeText<' in package
    assert re.findall('accessModeSufficient">([^<]+)<', package) == ["textual,visual", "textual", "auditory"]


def test_a_picture_without_words_is_not_said_to_have_any(shown: Edition, tmp_path: Path) -> None:
    silent = replace(BLOCKS[1], alt="")
    edition = replace(shown, document=replace(shown.document, blocks=(BLOCKS[0], silent)))
    package = _book("epub3", edition, tmp_path)["EPUB/package.opf"].decode()
    assert "alternativeText" not in package
    assert re.findall('accessModeSufficient">([^<]+)<', package) == ["textual,visual"]
    assert "There are images without a description" in package
    manifest = json.loads(_book("lpf", edition, tmp_path)["publication.json"])
    assert "alternativeText" not in manifest["accessibilityFeature"]
    assert manifest["accessModeSufficient"] == [{"type": "ItemList", "itemListElement": ["textual", "visual"]}]


def test_a_picture_that_moves_may_flash(shown: Edition, tmp_path: Path) -> None:
    moving = replace(shown, pictures=tuple(replace(one, moving=True) for one in shown.pictures))
    manifest = json.loads(_book("lpf", moving, tmp_path)["publication.json"])
    assert manifest["accessibilityHazard"] == [
        "unknownFlashingHazard",
        "unknownMotionSimulationHazard",
        "noSoundHazard",
    ]


def test_an_audiobook_lists_them(shown: Edition, tmp_path: Path) -> None:
    files = _book("lpf", shown, tmp_path)
    manifest = json.loads(files["publication.json"])
    images = [one["url"] for one in manifest["resources"] if one["encodingFormat"].startswith("image/")]
    assert len(images) == 2
    assert set(images) <= set(files)
    assert "visual" in manifest["accessMode"]


@pytest.mark.parametrize(("mode", "ending"), [("RGB", "jpg"), ("RGBA", "png")])
def test_an_old_book_has_only_types_of_its_time(mode: str, ending: str, shown: Edition, tmp_path: Path) -> None:
    colour = "#00808080" if mode == "RGBA" else "teal"
    data = drawn("WEBP", mode=mode, colour=colour)
    new = picture(tmp_path / "article", "wave.webp", data, "image/webp")
    files = _book("daisy202", replace(shown, pictures=(new,)), tmp_path)
    (name,) = (name for name in files if name.startswith("picture-"))
    assert name.endswith(f".{ending}")
    with Image.open(io.BytesIO(files[name])) as opened:
        assert (opened.size, opened.format) == ((40, 30), "JPEG" if ending == "jpg" else "PNG")
    pages = b"".join(data for file, data in files.items() if file.endswith(".html")).decode()
    assert re.search(rf'<img src="{name}" alt="A wave." width="40" height="30" ?/>', pages)
    assert "loading" not in pages
