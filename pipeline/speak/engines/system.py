"""The voices of the operating system (Windows, macOS; espeak elsewhere), through pyttsx3's public interface.

pyttsx3 prints to standard output, may wait for ever and now and then writes no file at all without a word. So every
utterance is spoken by a child process with a deadline, whose output is kept out of ours; what it leaves is decoded and
looked at, and tried once more when there is nothing in it.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
from functools import cache
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.audio.trim import trimmed
from pipeline.contracts import Speech, VoiceInfo
from pipeline.errors import MissingDependency, ReadError, SpeakError, UsageError
from pipeline.text.words import has_words, syllables, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.model.show import Voice

LANGUAGES = ("*",)

_RULES = "1"
"""Raised when this file begins to make other sound of the same text."""
_RATE_PERCENT = range(25, 401)
_LEAST_SYLLABLE_S = 0.03
_LIST_DEADLINE_S = 60

_CHILD = """
import ctypes, json, os, sys
wish = json.load(sys.stdin)
if sys.platform not in ("darwin", "win32"):
    import espeakng_loader  # so that pyttsx3 finds a library although the system has none
    ctypes.CDLL(espeakng_loader.get_library_path() + ".1", mode=ctypes.RTLD_GLOBAL)
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
import pyttsx3
engine = pyttsx3.init()
def text(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
if wish["text"]:
    if wish["voice"]:
        engine.setProperty("voice", wish["voice"])
    engine.setProperty("rate", int(engine.getProperty("rate") * wish["rate_percent"] / 100))
    for attempt in range(2):  # the first call of a process is lost at times
        engine.save_to_file(wish["text"], wish["sound"])
        engine.runAndWait()
        if os.path.exists(wish["sound"]) and os.path.getsize(wish["sound"]) > 1000:
            break
else:
    listed = [
        {"id": text(one.id), "name": text(one.name), "languages": [text(tag) for tag in one.languages or ()]}
        for one in engine.getProperty("voices")
    ]
    preferred = text(engine.getProperty("voice"))
    listed.sort(key=lambda one: one["id"] != preferred)
    with open(wish["list"], "w", encoding="utf-8") as file:
        json.dump(listed, file)
"""


def fingerprint(voice: Voice) -> str:
    """Versions of the operating system, whose voices these are, and of pyttsx3."""
    speaker = _speaker(voice)
    system = f"{platform.system()} {platform.release()} {platform.version()}"
    return f"system {_RULES}; pyttsx3 {metadata.version('pyttsx3')}; {system}; voice {speaker}"


def voices() -> tuple[VoiceInfo, ...]:
    """The voices installed on this machine, as the system calls them; the one it prefers comes first."""
    try:
        return _listed()
    except (MissingDependency, SpeakError) as error:
        return (VoiceInfo(speaker="", language="und", description="the system's", ready=False, needs=error.message),)


def speak(text: str, voice: Voice, *, take: int = 1) -> Speech:
    """``text`` read by a voice of the system; which words when, it does not tell, and every take is the same."""
    speaker = _speaker(voice)
    if voice.rate_percent not in _RATE_PERCENT:
        raise UsageError(f"the system's voices speak at 25 to 400 %, not {voice.rate_percent} %")
    if not has_words(text):
        raise SpeakError("there is no word to speak")
    with tempfile.TemporaryDirectory(prefix="articlecast-") as folder:
        # macOS writes AIFF, whatever the name says
        sound = Path(folder) / ("speech.aiff" if sys.platform == "darwin" else "speech.wav")
        wish = {"text": text, "voice": speaker, "rate_percent": voice.rate_percent, "sound": str(sound)}
        reason = ""
        for _ in range(2):
            try:
                _run(wish, deadline_s=30 + len(text) / 5)
                samples, sample_rate_hz = _heard(sound, text)
            except SpeakError as error:
                reason = error.message
                sound.unlink(missing_ok=True)
                continue
            return Speech(samples=samples, sample_rate_hz=sample_rate_hz)
    raise SpeakError(f"the system's voice failed twice: {reason}")


def _heard(sound: Path, text: str) -> tuple[NDArray[np.float32], int]:
    """The speech in the file, looked at before it is trusted."""
    from pipeline.audio.decode import decode_file

    if not sound.exists():
        raise SpeakError("it wrote no file")
    try:
        samples, sample_rate_hz = decode_file(sound)
    except ReadError as error:
        raise SpeakError(f"its file cannot be read: {error.message}") from error
    samples, _ = trimmed(samples, sample_rate_hz)
    least_s = _LEAST_SYLLABLE_S * sum(syllables(text[start:end]) for start, end in words(text))
    if len(samples) < least_s * sample_rate_hz:
        raise SpeakError("it left out words" if len(samples) else "it was silent")
    return samples, sample_rate_hz


def _speaker(voice: Voice) -> str:
    """The system's id of the voice; empty for the one it prefers itself."""
    if voice.speaker:
        names = {one.speaker for one in _listed()}
        if voice.speaker not in names:
            some = ", ".join(sorted(names)[:8])
            raise UsageError(f"the engine 'system' has no voice {voice.speaker!r}; there are {len(names)}: {some} …")
        return voice.speaker
    wanted = voice.language.lower()
    listed = [(one.language.lower(), one.speaker) for one in _listed()] if wanted else []
    for matches in (
        [speaker for tag, speaker in listed if tag == wanted],
        [speaker for tag, speaker in listed if tag.partition("-")[0] == wanted.partition("-")[0]],
    ):
        if matches:
            return matches[0]
    if wanted:
        raise UsageError(
            f"the system has no voice for the language {voice.language!r}; it can be given one in its settings"
        )
    return ""


@cache
def _listed() -> tuple[VoiceInfo, ...]:
    with tempfile.TemporaryDirectory(prefix="articlecast-") as folder:
        names = Path(folder) / "voices.json"
        _run({"text": "", "list": str(names)}, deadline_s=_LIST_DEADLINE_S)
        if not names.exists():
            raise SpeakError("the system names no voices")
        listed = json.loads(names.read_text(encoding="utf-8"))
    return tuple(
        VoiceInfo(speaker=one["id"], language=_tag(one["languages"]), description=one["name"]) for one in listed
    )


def _tag(languages: list[str]) -> str:
    """``en-US`` from what the systems say: ``en_US``, ``en-us``, or nothing."""
    return languages[0].lstrip("\x05\x02").replace("_", "-") if languages else "und"


def _run(wish: dict[str, Any], *, deadline_s: float) -> None:
    """Let the child do it; what it prints is lost on purpose."""
    if util.find_spec("pyttsx3") is None:
        raise MissingDependency("the engine 'system' needs a package: pip install pyttsx3")
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter runs our own words; the text comes by stdin
            [sys.executable, "-c", _CHILD],
            input=json.dumps(wish).encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=deadline_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SpeakError(f"it had said nothing after {deadline_s:.0f} s") from error
    except OSError as error:
        raise SpeakError(f"no child process can be started: {error.strerror}") from error
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no reason given"]
        raise SpeakError(f"it stopped: {last[0]}")
