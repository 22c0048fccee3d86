"""An engine that fails as it is told: the tone voice, with a list of what to do to which utterance.

The folder ``FAULTY_ENGINE`` names holds ``faults.json``: pairs of a piece of text and the faults that befall an
utterance with it, one a call, over all processes; ``"*"`` behind the last one repeats it for ever. A fault that names
a take (``"silence@1"``) befalls that take only.
"""

from __future__ import annotations

import json
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline import plugins

if TYPE_CHECKING:
    from pipeline.contracts import Speech, VoiceInfo
    from pipeline.model.show import Voice

LANGUAGES = ("*",)
STABLE = os.environ.get("FAULTY_ENGINE_STABLE") == "1"
_TONE = plugins.load("engines", "tone")


def fingerprint(voice: Voice) -> str:
    """That of the tone voice."""
    return f"faulty {_TONE.fingerprint(voice)}"


def voices() -> tuple[VoiceInfo, ...]:
    """Those of the tone voice."""
    found: tuple[VoiceInfo, ...] = _TONE.voices()
    return found


def speak(text: str, voice: Voice, *, take: int = 1) -> Speech:
    """The tone voice, and what befalls it."""
    speech: Speech = _TONE.speak(text, voice, take=take)
    folder = Path(os.environ["FAULTY_ENGINE"])
    with (folder / "calls.txt").open("a", encoding="utf-8") as calls:
        calls.write(f"{take} {text}\n")
    for number, (piece, faults) in enumerate(json.loads((folder / "faults.json").read_text(encoding="utf-8"))):
        if piece in text:
            return _befallen(speech, _fault(folder / f"count-{number}", faults, take))
    return speech


def _fault(counter: Path, faults: list[str], take: int) -> str:
    """The fault that is next."""
    with counter.open("a", encoding="utf-8") as file:
        file.write(".")
    at = counter.stat().st_size - 1
    endless = bool(faults) and faults[-1] == "*"
    if endless:
        faults = faults[:-1]
        at = min(at, len(faults) - 1)
    fault, _, only = (faults[at] if at < len(faults) else "").partition("@")
    return fault if not only or int(only) == take else ""


def _befallen(speech: Speech, fault: str) -> Speech:
    samples = speech.samples
    match fault:
        case "raise":
            raise RuntimeError("the engine is out of order")
        case "hang":
            time.sleep(3600)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "silence":
            samples = np.zeros_like(samples)
        case "empty":
            samples = samples[:0]
        case "nan":
            samples = samples.copy()
            samples[len(samples) // 2] = np.nan
        case "half":
            samples = samples[: len(samples) // 2]
        case "twice":
            samples = np.concatenate([samples, samples])
        case "hole":
            middle = len(samples) // 2
            samples = np.concatenate([samples[:middle], np.zeros(72_000, np.float32), samples[middle:]])
        case "rate":
            return replace(speech, sample_rate_hz=speech.sample_rate_hz * 2)
        case "print":
            print("what an engine says to the terminal")
    if samples is speech.samples:
        return speech
    words = tuple(word for word in speech.words if word.end_sample <= len(samples))
    return replace(speech, samples=samples, words=words)
