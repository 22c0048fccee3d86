"""The store may lose or damage anything at any time: it costs time, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Workbench


def _blobs(bench: Workbench) -> list[Path]:
    return sorted(path for path in (bench.root / "store/blobs").rglob("*") if path.is_file())


def _without_output(bench: Workbench) -> None:
    shutil.rmtree(bench.root / "output")


@pytest.mark.parametrize("damage", ["lost", "cut", "changed"])
def test_each_blob_in_turn(bench: Workbench, damage: str) -> None:
    bench.render()
    before = bench.files()
    for path in _blobs(bench):
        data = path.read_bytes()
        if damage == "lost":
            path.unlink()
        else:
            path.write_bytes(data[: len(data) // 2] if damage == "cut" else data[::-1])
        _without_output(bench)
        bench.render()
        assert bench.files() == before, path.name


def test_all_blobs(bench: Workbench) -> None:
    first = bench.render()
    before = bench.files()
    shutil.rmtree(bench.root / "store/blobs")
    _without_output(bench)
    assert bench.render().spoken == first.spoken
    assert bench.files() == before


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", "5", '{"frames": {}}', '{"pcm": null}'])
def test_damaged_results(bench: Workbench, text: str) -> None:
    bench.render()
    before = bench.files()
    for path in (bench.root / "store/actions").rglob("*.json"):
        path.write_text(text, encoding="utf-8")
    shutil.rmtree(bench.root / "store/manifests")
    _without_output(bench)
    assert bench.render().warnings
    assert bench.files() == before


@pytest.mark.parametrize(
    "text", ["", "{", "{}", "[]", '{"results": {}, "files": 3}', '{"results": {}, "utterances": {"x": 1}}']
)
def test_damaged_manifests(bench: Workbench, text: str) -> None:
    bench.render()
    before = bench.files()
    for path in (bench.root / "store/manifests").rglob("*.json"):
        path.write_text(text, encoding="utf-8")
    _without_output(bench)
    assert bench.render().spoken == 0
    assert bench.files() == before


def test_a_file_of_somebody_else_is_never_removed(bench: Workbench) -> None:
    bench.render(formats=("mp3", "wav"))
    other = bench.root / "output/tides/tides.wav"
    other.write_bytes(b"a person's own recording")
    bench.render(formats=("mp3",))
    assert other.read_bytes() == b"a person's own recording"


def test_what_the_last_render_made_and_this_one_does_not_is_removed(bench: Workbench) -> None:
    bench.render(formats=("mp3", "wav"))
    bench.render(formats=("mp3",), sidecars=("none",))
    assert list(bench.files()) == ["tides/tides.mp3"]


def test_two_shows_with_one_store_do_not_meet(bench: Workbench) -> None:
    other = bench.elsewhere("other")
    other.options = type(other.options)(
        output=other.options.output, scripts=other.options.scripts, store=bench.options.store, voice="tone"
    )
    bench.render(formats=("mp3", "wav"))
    wav = other.root / "output/tides/tides.wav"
    wav.parent.mkdir(parents=True)
    wav.write_bytes(b"mine")
    report = other.render()
    assert report.spoken == 0, "the same sentences are spoken once"
    assert wav.read_bytes() == b"mine"


def test_a_damaged_finished_file_is_made_again(bench: Workbench) -> None:
    bench.render()
    before = bench.files()
    path = bench.root / "output/tides/tides.mp3"
    path.write_bytes(path.read_bytes()[:-100] + bytes(100))
    assert bench.render().encoded == 0
    assert bench.files() == before


def test_a_folder_in_the_way_of_the_audio_leaves_all_as_it_was(bench: Workbench) -> None:
    from pipeline.errors import WriteError

    bench.render()
    bench.edit("Bays make tides larger.", "Bays make most tides larger.")
    before = (bench.root / "output/tides/tides.vtt").read_bytes()
    audio = bench.root / "output/tides/tides.mp3"
    audio.unlink()
    (audio / "inside").mkdir(parents=True)
    with pytest.raises(WriteError):
        bench.render()
    assert (bench.root / "output/tides/tides.vtt").read_bytes() == before
