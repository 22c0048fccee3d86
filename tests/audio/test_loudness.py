from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline.audio.loudness import energies, integrated, k_weighting, true_peak
from tests.audio.signals import sine, speech

if TYPE_CHECKING:
    from numpy.typing import NDArray


def slow_energies(samples: NDArray[np.float32], rate: int) -> list[float]:
    """The definition: two biquads in the time domain, one sample after the other, in double precision."""
    block = rate // 10
    sound = [float(sample) for sample in samples] + [0.0] * (-len(samples) % block)
    for b0, b1, b2, a1, a2 in k_weighting(rate):
        x1 = x2 = y1 = y2 = 0.0
        for i, x in enumerate(sound):
            y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
            x1, x2, y1, y2 = x, x1, y, y1
            sound[i] = y
    return [sum(x * x for x in sound[i : i + block]) / block for i in range(0, len(sound), block)]


def test_at_48_khz_the_filters_are_the_standards() -> None:
    shelf, high_pass = k_weighting(48_000)
    table_1 = (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585)
    table_2 = (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621)
    assert shelf == pytest.approx(table_1, abs=1e-10)
    assert high_pass == pytest.approx(table_2, abs=1e-10)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_a_full_scale_tone_of_997_hz_has_minus_3_01(rate: int) -> None:
    # The bilinear transform bends the shelf at low rates: 0.017 LU at 24 kHz, 0.046 at 16 kHz.
    assert integrated(energies(sine(997, 3, rate), rate)) == pytest.approx(-3.01, abs=0.05)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100])
@pytest.mark.parametrize("seconds", [0.03, 0.1, 1.0, 2.97])
def test_fast_equals_slow(rate: int, seconds: float) -> None:
    samples = speech(seconds, rate, peak=0.8)
    slow, fast = slow_energies(samples, rate), energies(samples, rate)
    assert fast.dtype == np.float64
    assert len(fast) == len(slow)
    assert fast == pytest.approx(slow, rel=1e-3, abs=1e-9)
    assert integrated(fast) == pytest.approx(integrated(slow), abs=0.002)


def test_blocks_do_not_depend_on_what_follows() -> None:
    samples = speech(4, 24_000)
    assert energies(samples[:48_000], 24_000) == pytest.approx(energies(samples, 24_000)[:20], rel=1e-4, abs=1e-12)


def test_a_loud_beginning_is_forgotten() -> None:
    """The state of the filters crosses rows and matrices of rows, and leaves nothing behind a second later."""
    samples = np.concatenate((sine(60, 1, 24_000), np.zeros(72_000, np.float32)))
    blocks = energies(samples, 24_000)
    assert blocks[9] > 1e-2
    assert blocks[10] > 1e-6, "what rings on"
    assert np.all(blocks[14:] < 1e-14)
    assert blocks == pytest.approx(slow_energies(samples, 24_000), rel=1e-4, abs=1e-13)


def test_silence_is_gated() -> None:
    tone = energies(sine(997, 60, 24_000, peak=0.1), 24_000)
    with_pauses = np.concatenate((np.zeros(300), tone, np.zeros(500)))
    # Gating blocks that reach into the pauses count with what they hold.
    assert integrated(with_pauses) == pytest.approx(integrated(tone), abs=0.03)


def test_soft_passages_fall_under_the_relative_gate() -> None:
    """As test signal 3 of EBU Tech 3341, in one channel: 10 s soft, 60 s at the level, 10 s soft."""
    soft, loud = (energies(sine(1000, 1, 24_000, peak=10 ** (db / 20)), 24_000).tolist() for db in (-33.0, -20.0))
    measured = integrated(soft * 10 + loud * 60 + soft * 10)
    assert measured == pytest.approx(-23.0, abs=0.1)


def test_nothing_is_minus_infinity() -> None:
    assert integrated([]) == -math.inf
    assert integrated([0.0] * 10) == -math.inf
    assert integrated(energies(np.zeros(0, np.float32), 24_000)) == -math.inf


def test_a_word_shorter_than_a_gating_block_has_a_loudness() -> None:
    assert integrated(energies(sine(997, 0.2, 24_000), 24_000)) == pytest.approx(-3.01, abs=0.1)


def test_a_peak_between_the_samples_is_found() -> None:
    """A tone at a quarter of the rate, caught at ±45°: every sample is 3 dB below the peak."""
    tone = sine(6000, 0.1, 24_000, peak=0.9, phase=math.pi / 4)
    assert np.abs(tone).max() == pytest.approx(0.9 / math.sqrt(2), abs=1e-3)
    assert true_peak(tone[100:-100]) >= 0.9 * 0.99
    middle = tone * np.hanning(len(tone)).astype(np.float32)
    assert true_peak(middle) == pytest.approx(0.9, rel=0.003)


@pytest.mark.parametrize("seed", range(6))
def test_looking_near_the_loud_samples_is_enough(seed: int) -> None:
    random = np.random.default_rng(seed)
    noise = np.fft.rfft(random.standard_normal(4000))
    noise[1700:] = 0  # as codecs and resamplers leave it: nothing just below half the rate
    for samples in (speech(1, 24_000, seed=seed), np.fft.irfft(noise).astype(np.float32)):
        size = len(samples)
        spectrum = np.fft.rfft(np.pad(samples, 500).astype(np.float64))
        everywhere = np.abs(np.fft.irfft(spectrum, 8 * (size + 1000)) * 8).max()
        assert 20 * abs(math.log10(true_peak(samples) / everywhere)) < 0.1


@pytest.mark.parametrize("offset", [0.25, 0.375, 0.75])
def test_a_peak_is_found_beside_one_that_stands_higher_at_the_first_look(offset: float) -> None:
    """Beside the highest sample or middle stands another pulse, whose top lies between the two."""
    time = np.arange(400)
    samples = (0.98 * np.sinc(0.7 * (time - 100.5)) + np.sinc(0.7 * (time - 300 - offset))).astype(np.float32)
    assert true_peak(samples) == pytest.approx(1.0, abs=5e-3)


def test_true_peak_is_the_same_backwards() -> None:
    for seed in range(40):
        noise = np.random.default_rng(seed).standard_normal(30).astype(np.float32)
        assert true_peak(noise) == pytest.approx(true_peak(noise[::-1]), rel=1e-5)


def test_true_peak_of_next_to_nothing() -> None:
    assert true_peak(np.zeros(0, np.float32)) == 0
    assert true_peak(np.zeros(10, np.float32)) == 0
    assert true_peak(np.array([0.5], np.float32)) == pytest.approx(0.5, rel=1e-6)
