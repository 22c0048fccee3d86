"""W3C Audiobook: the golden text, durations that add up, and digests that hold."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from pipeline import plugins
from pipeline.audio.decode import decode_file
from tests.publish.sidecars.books import as_text, unzipped
from tests.publish.sidecars.sample import edition
from tests.publish.sidecars.sounding import sounding

GOLDEN = Path(__file__).parents[2] / "cases" / "golden" / "sample.lpf.txt"

lpf = plugins.load("sidecars", "lpf")


def _files(tmp_path: Path) -> dict[str, bytes]:
    (one,) = lpf.write(sounding(tmp_path), tmp_path)
    assert (one.path, one.media_type) == ("why-the-sea-breathes.lpf", "application/lpf+zip")
    return unzipped(tmp_path / one.path)


def _manifest(files: dict[str, bytes]) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(files["publication.json"])
    return manifest


def test_the_text_is_the_golden_one(tmp_path: Path) -> None:
    assert as_text(_files(tmp_path)) == GOLDEN.read_text(encoding="utf-8")


def test_each_chapter_is_a_sound_file_that_lasts_as_long_as_is_said(tmp_path: Path) -> None:
    files = _files(tmp_path)
    order = _manifest(files)["readingOrder"]
    assert [one["name"] for one in order] == [mark.title for mark in edition().timeline.chapters]
    for one in order:
        (tmp_path / "one.mp3").write_bytes(files[one["url"]])
        samples, rate = decode_file(tmp_path / "one.mp3")
        assert one["duration"] == f"PT{len(samples) * 1000 // rate / 1000:.3f}S"
    total = sum(float(one["duration"][2:-1]) for one in order)
    assert float(_manifest(files)["duration"][2:-1]) == pytest.approx(total)


def test_all_files_are_named_with_their_digests(tmp_path: Path) -> None:
    files = _files(tmp_path)
    manifest = _manifest(files)
    named = [*manifest["readingOrder"], *manifest["resources"]]
    named += [other for one in named for other in one.get("alternate", [])]
    assert sorted(one["url"] for one in named) == sorted(files.keys() - {"publication.json"})
    for one in named:
        assert one["integrity"] == "sha256-" + b64encode(hashlib.sha256(files[one["url"]]).digest()).decode()


def test_the_texts_are_html_without_marks_of_xml(tmp_path: Path) -> None:
    for name, data in _files(tmp_path).items():
        if name.endswith(".html"):
            assert b"epub:" not in data
            assert b"xml:" not in data
