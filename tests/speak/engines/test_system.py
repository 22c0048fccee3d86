"""The system's voices: whatever the child process does wrong becomes one clear error."""

from __future__ import annotations

import pytest

from pipeline import plugins
from pipeline.errors import SpeakError, UsageError
from pipeline.model.show import Voice

ENGINE = plugins.load("engines", "system")
VOICE = Voice(engine="system")
if not ENGINE.voices()[0].ready:
    pytest.skip(ENGINE.voices()[0].needs, allow_module_level=True)

# What a child may do instead of speaking.
SILENT_FILE = """
import json, sys, wave
with wave.open(json.load(sys.stdin)["sound"], "wb") as out:
    out.setnchannels(1); out.setsampwidth(2); out.setframerate(22050); out.writeframes(bytes(44100))
"""
HALF = """
import json, math, struct, sys, wave
with wave.open(json.load(sys.stdin)["sound"], "wb") as out:
    out.setnchannels(1); out.setsampwidth(2); out.setframerate(22050)
    out.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(n / 20))) for n in range(2000)))
"""
TEXT = "A line that takes a good while to say, whoever says it."


@pytest.mark.parametrize(
    ("child", "message"),
    [
        ("import sys; sys.stdin.read()", "wrote no file"),
        ("print('x' * 100000); raise RuntimeError('no sound card')", "no sound card"),
        ("import json, sys; open(json.load(sys.stdin)['sound'], 'w').write('hello' * 999)", "cannot be read"),
        (SILENT_FILE, "silent"),
        (HALF, "left out words"),
    ],
)
def test_a_child_that_fails_twice_is_reported(child: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ENGINE, "_CHILD", child)
    with pytest.raises(SpeakError, match=f"failed twice: .*{message}"):
        ENGINE.speak(TEXT, VOICE)


def test_a_lost_first_call_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = ENGINE._run, []

    def forgetful(wish: dict[str, object], *, deadline_s: float) -> None:
        calls.append(wish)
        if len(calls) > 1:
            real(wish, deadline_s=deadline_s)

    monkeypatch.setattr(ENGINE, "_run", forgetful)
    assert len(ENGINE.speak(TEXT, VOICE).samples)
    assert len(calls) == 2


def test_a_child_that_hangs_meets_its_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ENGINE, "_CHILD", "import time; time.sleep(60)")
    with pytest.raises(SpeakError, match="said nothing after"):
        ENGINE._run({}, deadline_s=0.3)


def test_a_language_finds_a_voice_of_its_own() -> None:
    languages = {one.language.partition("-")[0].lower() for one in ENGINE.voices()}
    tag = min(languages - {"und"})
    assert ENGINE._speaker(Voice(engine="system", language=tag))
    with pytest.raises(UsageError, match="'tlh'"):
        ENGINE._speaker(Voice(engine="system", language="tlh"))


@pytest.mark.parametrize(("said", "tag"), [(["en_US"], "en-US"), (["\x05en-gb"], "en-gb"), ([], "und")])
def test_languages_are_written_our_way(said: list[str], tag: str) -> None:
    assert ENGINE._tag(said) == tag
