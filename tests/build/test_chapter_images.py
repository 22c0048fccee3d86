"""Chapters that show the article's own pictures: which one, from where, and the same from the script alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from mutagen.id3 import ID3
from PIL import Image

from pipeline.build import chapter_images
from tests.conftest import make_workbench
from tests.publish.test_chapter_image import picture

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Workbench

ARTICLE = """\
---
title: How tides work
date: 2026-03-01
language: en-GB
---

The sea breathes twice a day.

![The sea from above](sea.png)

## Notes

![](ornament.png)

![A drop](drop.png)

![A map of the bay](art/map%20one.png)

![Another map](sea.png)

Bays make tides larger.

### A deeper heading

![A wave](wave.jpg)

#### One that is no chapter

## Words only

Nothing is shown here.

## Notes

> As the harbour has it:
>
> ![The harbour](harbour.webp)

## Far away

![Elsewhere](https://example.org/far.png)

![Above](../secret.png)

![No picture](fake.png)

Nothing here can be used.
"""
RED, GREEN, BLUE, GREY = (200, 30, 30), (30, 160, 30), (30, 30, 200), (120, 120, 120)


def plain(colour: tuple[int, int, int], kind: str = "PNG", size: tuple[int, int] = (400, 300)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


@pytest.fixture
def shown(tmp_path: Path) -> Workbench:
    """An article with pictures."""
    bench = make_workbench(tmp_path / "bench", ARTICLE)
    _illustrate(bench)
    return bench


def _illustrate(bench: Workbench) -> None:
    (bench.root / "art").mkdir()
    for name, data in {
        "sea.png": plain(BLUE),
        "ornament.png": plain(GREY),
        "drop.png": plain(GREY, size=(400, 40)),
        "art/map one.png": plain(RED),
        "wave.jpg": plain(GREEN, "JPEG"),
        "harbour.webp": plain(RED, "WEBP", (300, 400)),
        "../secret.png": plain(GREY),
        "fake.png": b"<svg/>",
    }.items():
        (bench.root / name).write_bytes(data)


def _images(bench: Workbench, output: str = "output") -> list[tuple[str, str]]:
    """Title and picture of each chapter of the MP3, in time order."""
    (path,) = (bench.root / output).rglob("*.mp3")
    tag: Any = ID3(path)  # type: ignore[no-untyped-call]  # mutagen has no types
    found = []
    for frame in sorted(tag.getall("CHAP"), key=lambda frame: frame.start_time):
        pictures = frame.sub_frames.getall("APIC")
        found.append((str(frame.sub_frames["TIT2"]), _named(pictures[0].data) if pictures else ""))
    return found


def _sound(bench: Workbench, output: str = "output") -> bytes:
    return bench.files(output)["tides/tides.mp3"]


def _named(jpeg: bytes) -> str:
    """The colour of the middle of a JPEG, and whether it stands upright."""
    with Image.open(io.BytesIO(jpeg)) as image:
        assert image.format == "JPEG"
        seen: Any = image.getpixel((image.width // 2, image.height // 2))
        upright = image.height > image.width
    names = {"red": RED, "green": GREEN, "blue": BLUE, "grey": GREY}
    name = min(names, key=lambda one: sum(abs(a - b) for a, b in zip(seen, names[one], strict=True)))
    return f"{name} upright" if upright else name


EXPECTED = [
    ("How tides work", "blue"),
    ("Notes", "red"),
    ("A deeper heading", "green"),
    ("Words only", ""),
    ("Notes", "red upright"),
    ("Far away", ""),
]


def test_a_chapter_shows_the_first_picture_that_tells_something(shown: Workbench) -> None:
    shown.render()
    assert _images(shown) == EXPECTED


def test_the_script_alone_leads_to_the_same_episode(shown: Workbench) -> None:
    shown.render()
    article = _sound(shown)
    shown.render(shown.script, output=shown.root / "from-script")
    assert _sound(shown, "from-script") == article
    assert _images(shown, "from-script") == EXPECTED


def test_a_title_of_ones_own_changes_no_picture(shown: Workbench) -> None:
    shown.render(title="Ebb and flow")
    assert _images(shown) == [("Ebb and flow", "blue"), *EXPECTED[1:]]
    article = _sound(shown)
    shown.render(shown.script, output=shown.root / "from-script")
    assert _sound(shown, "from-script") == article


def test_a_heading_like_the_title_that_was_replaced_is_a_chapter(shown: Workbench) -> None:
    shown.edit("The sea breathes twice", "## How tides work\n\nThe sea breathes twice")
    shown.render(title="Ebb and flow")
    meant = [("Ebb and flow", ""), ("How tides work", "blue"), *EXPECTED[1:]]
    assert _images(shown) == meant
    shown.render(shown.script, output=shown.root / "from-script")
    assert _images(shown, "from-script") == meant


def test_pictures_stay_with_their_chapters_whatever_a_person_does_to_the_script(shown: Workbench) -> None:
    shown.render()
    text = shown.script.read_text(encoding="utf-8")
    head, first, notes, deeper, words, again, far = text.split("\n# ")
    deeper = deeper.replace("A deeper heading", "Waves", 1)
    kept = (head, first, deeper, "Of my own\n\nThis was not in the article.\n", words, again, notes, far)
    shown.script.write_text("\n# ".join(kept), encoding="utf-8")
    shown.edit("%title How tides work", "%title Tides", shown.script)
    meant = [
        ("How tides work", "blue"),
        ("Waves", "green"),
        ("Of my own", ""),
        ("Words only", ""),
        ("Notes", "red upright"),
        ("Notes", "red"),
        ("Far away", ""),
    ]
    shown.render(shown.script, output=shown.root / "from-script")
    assert _images(shown, "from-script") == meant
    shown.render()
    assert _images(shown) == meant
    assert _sound(shown, "from-script") == _sound(shown)


@pytest.mark.parametrize("gone", [True, False])
def test_a_script_whose_article_is_another_one_now_has_none(shown: Workbench, gone: bool) -> None:
    shown.render()
    if gone:
        shown.article.unlink()
    else:
        shown.edit("Bays make", "Most bays make")
    shown.render(shown.script)
    assert {image for _, image in _images(shown)} == {""}


def test_warm_equals_cold_and_an_edit_speaks_one_sentence(shown: Workbench, tmp_path: Path) -> None:
    shown.render()
    files = shown.files()
    assert shown.render().encoded == 0
    assert shown.files() == files
    shown.edit("Bays make tides larger.", "Most bays make tides larger.")
    assert shown.render().spoken == 1
    assert _images(shown) == EXPECTED
    cold = make_workbench(tmp_path / "cold", shown.article.read_text(encoding="utf-8"))
    _illustrate(cold)
    cold.render()
    assert cold.files() == shown.files()


def test_another_picture_is_another_tag_and_no_other_sound(shown: Workbench) -> None:
    shown.render()
    (shown.root / "sea.png").write_bytes(plain(GREY))
    report = shown.render()
    assert (report.spoken, report.encoded) == (0, 0)
    assert _images(shown) == [("How tides work", "grey"), *EXPECTED[1:]]


def test_a_picture_is_drawn_once(shown: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    shown.render()
    monkeypatch.setattr(chapter_images, "chapter_image", lambda _: pytest.fail("drawn again"))
    shown.edit("Bays make tides larger.", "Most bays make tides larger.")
    shown.render()


def test_one_that_changes_while_it_is_looked_at_is_not_shown(shown: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chapter_images, "digest", lambda _: "another")
    shown.render()
    assert {image for _, image in _images(shown)} == {""}


def test_all_together_leave_room_for_the_sound(shown: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    (shown.root / "sea.png").write_bytes(picture())
    report = shown.render()
    assert not [note for note in report.warnings if "images of chapters" in note]
    first = ID3(report.directory / "tides.mp3")["CHAP:chapter00001"].sub_frames["APIC:"].data  # type: ignore[no-untyped-call]  # mutagen has no types
    monkeypatch.setattr(chapter_images, "MOST_BYTES_IN_ALL", len(first))
    report = shown.render()
    assert [bool(image) for _, image in _images(shown)] == [True, False, False, False, False, False]
    (note,) = (note for note in report.warnings if "images of chapters" in note)
    assert note.startswith("tides: ")
    assert note.endswith("those from “Notes” on are left out")


def test_an_article_that_nobody_can_find_again_shows_none(shown: Workbench) -> None:
    """Its script would be all that is left, and must lead to the same episode."""
    page = shown.root / "feed.xml"
    page.write_text(
        """<rss version="2.0"><channel><title>Sea</title><item><title>Tides</title><guid>a</guid><description>
        &lt;p&gt;The sea breathes twice a day, and all the ships with it.&lt;/p&gt;
        &lt;img src="sea.png" alt="The sea"&gt;</description></item></channel></rss>""",
        encoding="utf-8",
    )
    shown.render(page)
    assert [image for _, image in _images(shown)] == [""]
