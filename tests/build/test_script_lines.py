"""What a person may ask for in a script, heard in the plan."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from pipeline.errors import ReadError, ScriptError
from tests.conftest import Workbench

LINE = "\nBays make tides larger.\n"


def _tone_file(path: Path, seconds: float = 0.5, rate: int = 22_050) -> None:
    import numpy as np

    samples = np.sin(np.arange(int(seconds * rate)) * 2 * np.pi * 440 / rate) * 8000
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype("<i2").tobytes())


def test_a_take_speaks_one_line_again(bench: Workbench) -> None:
    bench.render()
    text = bench.script.read_text(encoding="utf-8")
    note = text.split(LINE)[1].split("\n")[0]
    bench.script.write_text(text.replace(note, note.replace("  Bays", " take=2  Bays")), encoding="utf-8")
    assert bench.render().spoken == 1


def test_a_rate_speaks_one_line_again(bench: Workbench) -> None:
    bench.render()
    text = bench.script.read_text(encoding="utf-8")
    note = text.split(LINE)[1].split("\n")[0]
    bench.script.write_text(text.replace(note, note.replace("  Bays", " rate=80  Bays")), encoding="utf-8")
    assert bench.render().spoken == 1


@pytest.mark.parametrize(("words", "message"), [("voice=guide", "guide"), ("rate=400", "400 %")])
def test_a_voice_or_rate_that_is_not_there_names_the_line(bench: Workbench, words: str, message: str) -> None:
    bench.render()
    text = bench.script.read_text(encoding="utf-8")
    note = text.split(LINE)[1].split("\n")[0]
    bench.script.write_text(text.replace(note, note.replace("  Bays", f" {words}  Bays")), encoding="utf-8")
    number = text.split("\n").index(note) + 1
    with pytest.raises(ScriptError, match=message) as caught:
        bench.render()
    assert caught.value.where.endswith(f"tides.txt:{number}")


def test_a_line_without_a_word_is_a_pause(bench: Workbench) -> None:
    bench.render()
    bench.edit(LINE, f"{LINE}\n* * *\n", bench.script)
    text = bench.script.read_text(encoding="utf-8")
    assert "* * *" in text
    report = bench.render()
    assert report.spoken == 0
    assert any("no word to speak" in warning for warning in report.warnings)


def test_a_pause_moves_what_follows_and_speaks_nothing(bench: Workbench) -> None:
    before = bench.render().episode.renditions[0].timeline
    bench.edit("# The shape of the coast", "(pause 5000 ms)\n\n# The shape of the coast", bench.script)
    report = bench.render()
    after = report.episode.renditions[0].timeline
    assert report.spoken == 0
    assert after.length > before.length + 3 * after.sample_rate_hz


def test_a_recording_is_heard_levelled_and_reused(bench: Workbench) -> None:
    bench.render()
    _tone_file(bench.root / "scripts/jingle.wav")
    bench.edit("# The shape of the coast", "(play jingle.wav)\n\n# The shape of the coast", bench.script)
    report = bench.render()
    assert (report.spoken, report.encoded) == (0, 1)
    (cue,) = [cue for cue in report.episode.renditions[0].timeline.cues if cue.id.startswith("play:")]
    assert cue.length > 8_000
    assert bench.render().encoded == 0
    _tone_file(bench.root / "scripts/jingle.wav", seconds=1.0)
    assert bench.render().encoded == 1


@pytest.mark.parametrize("path", ["../tides.md", "/etc/hostname", "nowhere.wav", "../scripts", "x" * 5000 + ".wav"])
def test_a_recording_from_elsewhere_is_refused(bench: Workbench, path: str) -> None:
    bench.render()
    bench.edit("# The shape of the coast", f"(play {path})\n\n# The shape of the coast", bench.script)
    with pytest.raises(ReadError):
        bench.render()


def test_two_voices_of_espeak_keep_their_own_levels(bench: Workbench) -> None:
    levels = []
    for language in ("fr", "de", "fr", "de"):
        bench.render(voice="espeak", language=language)
        lock = (bench.root / "show.lock.toml").read_text(encoding="utf-8")
        levels.append(sorted(line for line in lock.splitlines() if line.startswith("gain_db")))
    assert levels[1] == levels[2] == levels[3]
    assert len(levels[3]) == 2


def test_an_unknown_language_is_told(bench: Workbench) -> None:
    bench.article.write_text("# Lorem ipsum\n\nDolor sit amet consectetur.\n", encoding="utf-8")
    assert any("language" in warning for warning in bench.render().warnings)
    assert not bench.render(language="la").warnings
