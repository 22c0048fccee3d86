"""The five promises. No change may break them."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import api, plugins
from pipeline.model.codec import from_plain, to_plain
from pipeline.model.document import Document
from pipeline.model.episode import Episode
from pipeline.model.script import Script
from pipeline.model.show import AudioFormat
from pipeline.narrate import dumps, loads, narrate
from tests.conftest import Workbench


def audio_frames(path: Path) -> list[bytes]:
    """The frames of an MP3 file, without tag and Info frame."""
    from pipeline.audio.frames import split

    data = path.read_bytes()
    size = 0
    assert data[:3] == b"ID3"
    for byte in data[6:10]:
        size = size << 7 | byte
    body = data[10 + size :]
    return [body[offset : offset + length] for offset, length in split(body)][1:]


# ── 1: edit one sentence → one call to the engine, one encode a format, all other frames reused ──────────────────────


def test_an_edit_speaks_and_encodes_one_utterance(bench: Workbench) -> None:
    first = bench.render()
    before = audio_frames(bench.root / "output/tides/tides.mp3")
    bench.edit("The water heaps up there.", "The water piles up there, right below it.")
    second = bench.render()
    assert first.spoken == first.utterances
    assert (second.spoken, second.encoded) == (1, 1)
    after = audio_frames(bench.root / "output/tides/tides.mp3")
    codec = plugins.load("encoders", "mp3").codec(AudioFormat())
    old, new = ([frame for frame in frames if frame != codec.silence()] for frames in (before, after))
    assert old != new
    same_start = next(index for index, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)
    same_end = next(index for index, (one, other) in enumerate(zip(old[::-1], new[::-1], strict=False)) if one != other)
    edited_s = (len(new) - same_start - same_end) * codec.frame / codec.sample_rate_hz
    assert 0 < edited_s < 4, "beside pauses, only the frames of the edited sentence may differ"


def test_an_edit_equals_a_cold_render(bench: Workbench) -> None:
    bench.render()
    bench.edit("Bays make tides larger.", "A funnel-shaped bay makes tides larger.")
    bench.render()
    cold = bench.elsewhere("cold")
    cold.render()
    assert bench.files() == cold.files()


def test_an_edit_encodes_once_in_each_format(bench: Workbench) -> None:
    formats = plugins.names("encoders")
    bench.render(formats=formats)
    bench.edit("A wide bay does not.", "A wide bay hardly lifts it.")
    assert bench.render(formats=formats).encoded == len(formats)


# ── 2: warm equals cold, and two cold builds are equal ───────────────────────────────────────────────────────────────


def test_warm_equals_cold(bench: Workbench) -> None:
    bench.render()
    cold = bench.files()
    warm = bench.render()
    assert (warm.spoken, warm.encoded) == (0, 0)
    assert bench.files() == cold
    shutil.rmtree(bench.root / "output")
    bench.render()
    assert bench.files() == cold


def test_two_cold_builds_are_equal(bench: Workbench) -> None:
    other = bench.elsewhere("other")
    bench.render()
    other.render()
    assert bench.files() == other.files()


@pytest.mark.model
def test_two_cold_builds_with_the_neural_voice_are_equal(bench: Workbench) -> None:
    other = bench.elsewhere("other")
    bench.render(voice="hibari")
    other.render(voice="hibari", executor="processes")
    assert bench.files() == other.files()


# ── 3: any room's output, saved and loaded, leads to the same episode ────────────────────────────────────────────────


def test_a_saved_document_narrates_to_the_same_script(bench: Workbench) -> None:
    document = api.read(bench.article)
    loaded = from_plain(json.loads(json.dumps(to_plain(document))), Document)
    assert loaded == document
    assert dumps(narrate(loaded, language="en-GB")) == dumps(narrate(document, language="en-GB"))


def test_a_saved_script_renders_to_the_same_episode(bench: Workbench) -> None:
    bench.render()
    article = bench.files()
    bench.render(bench.script, output=bench.root / "from-script")
    assert bench.files("from-script") == article


def test_a_script_survives_json_and_its_own_file(bench: Workbench) -> None:
    script = api.narrate(bench.article, bench.options).script
    assert from_plain(json.loads(json.dumps(to_plain(script))), Script) == script
    assert dumps(loads(dumps(script))) == dumps(script)


def test_an_episode_survives_json(bench: Workbench) -> None:
    episode = bench.render().episode
    assert from_plain(json.loads(json.dumps(to_plain(episode))), Episode) == episode


# ── 4: a script edited by a person survives a new narrate ────────────────────────────────────────────────────────────


def test_an_edited_line_survives_narrate_and_a_change_elsewhere(bench: Workbench) -> None:
    bench.render()
    bench.edit("\nMost people never ask why.\n", "\nHardly anybody asks why.\n", bench.script)
    bench.edit("Bays make tides larger.", "Bays often make tides larger.")
    report = bench.render()
    text = bench.script.read_text(encoding="utf-8")
    assert "\nHardly anybody asks why.\n" in text
    assert "\nBays often make tides larger.\n" in text
    assert report.spoken == 2


def test_a_deleted_line_stays_deleted(bench: Workbench) -> None:
    bench.render()
    lines = bench.script.read_text(encoding="utf-8").split("\n")
    place = lines.index("Most people never ask why.")
    bench.script.write_text("\n".join(lines[:place] + lines[place + 2 :]), encoding="utf-8")
    before = bench.render().utterances
    bench.edit("Bays make tides larger.", "Bays often make tides larger.")
    assert bench.render().utterances == before
    assert "Most people never ask why." not in bench.script.read_text(encoding="utf-8")


# ── 5: every executor makes the same bytes ───────────────────────────────────────────────────────────────────────────


def test_every_executor_makes_the_same_bytes(bench: Workbench) -> None:
    bench.render()
    processes = bench.elsewhere("processes")
    assert processes.render(executor="processes").spoken == bench.reports[0].spoken
    threads = bench.elsewhere("threads")
    with ThreadPoolExecutor(2) as pool:
        threads.render(executor=pool)
    assert bench.files() == processes.files() == threads.files()


def test_a_store_in_memory_works(bench: Workbench) -> None:
    bench.render()
    other = bench.elsewhere("memory")
    other.options = replace(other.options, store="memory://promises")
    other.render()
    assert other.files() == bench.files()
    assert other.render().spoken == 0
