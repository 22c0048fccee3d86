"""The test voice: a tone a word, at once, the same on every machine, with exact word times.

Nearly all tests speak with it, and it shows what an engine is. Each word sounds as a buzz of seven harmonics whose
pitch is drawn from the word and glides up, so that a correlation finds it at one place only; its level and band
are those of speech, so that levelling and encoding have their usual work.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from pipeline.contracts import Speech, VoiceInfo
from pipeline.errors import SpeakError, UsageError
from pipeline.model.clip import Word
from pipeline.text.words import syllables, words
from pipeline.units import samples_from_ms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.model.show import Voice

LANGUAGES = ("*",)
STABLE = True
"""It can be trusted to run in the calling process."""
SAMPLE_RATE_HZ = 24_000

_LOWEST_HZ = {"low": 150.0, "high": 220.0}
"""Pitch of each speaker's lowest word; the highest is 1.3 times that, and a glide reaches 1.3 times further."""
_HARMONICS = 7
_TABLE = 8192
_SYLLABLE_MS = 170
_GAP_MS = {",": 150, ";": 150, ":": 150, ".": 250, "!": 250, "?": 250}
_WORD_GAP_MS = 40
_LEVEL = 0.28
"""Peak of a word of middling level; with it a line measures about −26 LUFS, as neural voices do."""


def fingerprint(voice: Voice) -> str:
    """The version of these rules: nothing else can change the sound."""
    _lowest_hz(voice)
    return "tone 1"


def voices() -> tuple[VoiceInfo, ...]:
    """A low and a high one."""
    return (
        VoiceInfo(speaker="low", language="mul", description="test tones, low"),
        VoiceInfo(speaker="high", language="mul", description="test tones, high"),
    )


def speak(text: str, voice: Voice, *, take: int = 1) -> Speech:
    """A tone for each word of ``text``; another take is a little higher."""
    lowest_hz = _lowest_hz(voice) * (1 + 0.01 * ((take - 1) % 8))
    stretch = 100 / voice.rate_percent
    pieces: list[NDArray[np.float32]] = []
    heard: list[Word] = []
    place = 0
    for start, end in words(text):
        word = text[start:end].casefold()
        if heard:
            between = text[heard[-1].end : start]
            gap_ms = max((_GAP_MS.get(mark, _WORD_GAP_MS) for mark in between), default=_WORD_GAP_MS)
            pieces.append(np.zeros(samples_from_ms(round(gap_ms * stretch), SAMPLE_RATE_HZ), np.float32))
            place += len(pieces[-1])
        length_ms = round((_SYLLABLE_MS * syllables(word) + 30) * stretch)
        pieces.append(_tone(word, lowest_hz, samples_from_ms(length_ms, SAMPLE_RATE_HZ)))
        heard.append(Word(start=start, end=end, start_sample=place, end_sample=place + len(pieces[-1])))
        place += len(pieces[-1])
    if not heard:
        raise SpeakError("there is no word to speak")
    return Speech(samples=np.concatenate(pieces), sample_rate_hz=SAMPLE_RATE_HZ, words=tuple(heard))


def _lowest_hz(voice: Voice) -> float:
    if voice.speaker and voice.speaker not in _LOWEST_HZ:
        raise UsageError(f"the engine 'tone' has no voice {voice.speaker!r}; there are: {', '.join(_LOWEST_HZ)}")
    return _LOWEST_HZ[voice.speaker or "low"]


def _tone(word: str, lowest_hz: float, length: int) -> NDArray[np.float32]:
    """``length`` samples of the word's own sound, silent at both ends."""
    digest = hashlib.sha256(word.encode()).digest()
    pitch_hz = lowest_hz * (1 + 0.3 * int.from_bytes(digest[:4], "big") / 2**32)
    glide = 0.1 + 0.2 * digest[4] / 255
    level = _LEVEL * 10 ** ((digest[5] / 255 - 0.5) * 8 / 20)
    t = np.arange(length) / length
    cycles = pitch_hz * length / SAMPLE_RATE_HZ * (t + 0.5 * glide * t * t)
    sound = _period()[(cycles * _TABLE).astype(np.int64) % _TABLE]
    ramp = np.minimum(1.0, np.minimum(t, 1 - t) * length / samples_from_ms(12, SAMPLE_RATE_HZ))
    return (level * ramp * (1 - 0.5 * t) * sound).astype(np.float32)


@cache
def _period() -> NDArray[np.float64]:
    """One period of the buzz, peak 1: harmonics in phase, softer by 3 dB an octave, as peaky as a voice."""
    angle = 2 * np.pi * np.arange(_TABLE) / _TABLE
    period = np.sum([np.cos(n * angle) / np.sqrt(n) for n in range(1, _HARMONICS + 1)], axis=0)
    return np.asarray(period / np.abs(period).max())
