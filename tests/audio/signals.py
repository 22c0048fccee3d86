"""Sounds for the tests: made here, the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def sine(hz: float, seconds: float, rate: int, *, peak: float = 1.0, phase: float = 0.0) -> NDArray[np.float32]:
    time = np.arange(round(seconds * rate)) / rate
    return (peak * np.sin(2 * np.pi * hz * time + phase)).astype(np.float32)


def speech(seconds: float, rate: int, *, seed: int = 0, peak: float = 0.5) -> NDArray[np.float32]:
    """Something like talk: syllables of gliding harmonics with breath in them, hiss between, short gaps."""
    random = np.random.default_rng(seed)
    length = round(seconds * rate)
    time = np.arange(length) / rate
    pitch = 120 + 30 * np.sin(2 * np.pi * 0.7 * time + seed) + 15 * np.sin(2 * np.pi * 2.3 * time)
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    limit = min(4000.0, 0.4 * rate)
    voiced = sum(np.cos(k * phase + k * k) / k * (k * pitch < limit) for k in range(1, 34))
    syllables = 0.5 - 0.5 * np.cos(2 * np.pi * 4 * time + random.uniform(0, 6))
    gaps = np.sin(2 * np.pi * 0.5 * time + random.uniform(0, 6)) > -0.8
    smooth = np.hanning(round(rate * 0.0004) | 1)
    noise = np.convolve(random.standard_normal(length), smooth / np.sqrt(smooth @ smooth), mode="same")
    sound = (voiced * syllables**2 + noise * (0.5 * syllables + 0.2 * (1 - syllables) ** 4)) * gaps
    scaled: NDArray[np.float32] = (sound * (peak / np.abs(sound).max())).astype(np.float32)
    return scaled


def lag(heard: NDArray[np.float32], said: NDArray[np.float32], place: int, *, reach: int = 2000) -> int:
    """By how many samples ``said`` is heard later than at ``place``: the peak of the cross-correlation."""
    begin = max(place - reach, 0)
    around = heard[begin : place + len(said) + reach]
    size = 1 << (len(around) + len(said)).bit_length()
    likeness = np.fft.irfft(np.fft.rfft(around, size) * np.conj(np.fft.rfft(said, size)), size)
    return int(np.argmax(likeness[: place - begin + reach])) - (place - begin)


def snr_db(said: NDArray[np.float32], heard: NDArray[np.float32]) -> float:
    """Signal to noise, after the level of ``heard`` is matched."""
    a, b = said.astype(np.float64), heard.astype(np.float64)
    b *= (a @ b) / (b @ b)
    return float(10 * np.log10((a @ a) / ((a - b) @ (a - b))))
