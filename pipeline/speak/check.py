"""Is this the sound of these words? Catches what engines do when they fail without saying so.

The bounds are wide, so that no true speech is ever refused: a slow voice takes half a second for a syllable, a quick
one a twenty-fifth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.text.words import syllables, words

if TYPE_CHECKING:
    from pipeline.contracts import Speech

_SILENT = 10 ** (-50 / 20)
"""Peak under which a take is silence."""
_CLIPPED_SHARE = 0.05
"""Share of samples at full scale from which speech is not to be understood."""
_SHORTEST_S = 0.03
"""A syllable, at the quickest."""
_LONGEST_S = 1.2
"""A syllable, at the slowest, pauses included."""
_SPARE_S = 2.0
"""What a short line may take besides: a breath, a digit that turned out to be long."""


def fault(speech: Speech, text: str) -> str | None:
    """What is wrong with ``speech`` as a reading of ``text``, as the end of a sentence about it; None if nothing."""
    samples = speech.samples
    if samples.ndim != 1 or samples.dtype != np.float32 or speech.sample_rate_hz < 8_000:
        return "it is not mono float32 sound of at least 8 kHz"
    if not len(samples):
        return "it is empty"
    if not np.isfinite(samples).all():
        return "it holds numbers that are no sound"
    level = np.abs(samples)
    if level.max() > 1:
        return "it is louder than full scale"
    if level.max() < _SILENT:
        return "it is silent"
    if np.count_nonzero(level > 0.999) > _CLIPPED_SHARE * len(samples):
        return "it is clipped to nothing but noise"
    duration_s = len(samples) / speech.sample_rate_hz
    count = sum(syllables(text[start:end]) for start, end in words(text))
    if duration_s < _SHORTEST_S * count:
        return f"it lasts {duration_s:.1f} s, too short for its words"
    if duration_s > _SPARE_S + _LONGEST_S * count:
        return f"it lasts {duration_s:.1f} s, too long for its words"
    place = 0
    for word in speech.words:
        if not place <= word.start_sample <= word.end_sample <= len(samples):
            return "its word times are out of order"
        place = word.end_sample
    return None
