"""SPEAK: an utterance becomes sound. ``say(utterance, voices) → (speech, timing)``."""

from pipeline.speak import choose
from pipeline.speak.calibration_texts import text_for
from pipeline.speak.room import say

__all__ = ["choose", "say", "text_for"]
