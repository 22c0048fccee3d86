"""SPEAK: an utterance becomes sound. ``say(utterance, voices) → (speech, timing)``."""

from pipeline.speak import choose
from pipeline.speak.calibration_texts import text_for
from pipeline.speak.manner import Manner
from pipeline.speak.pieces import Piece, Wanted, joints, pieces, wanted
from pipeline.speak.room import say

__all__ = ["Manner", "Piece", "Wanted", "choose", "joints", "pieces", "say", "text_for", "wanted"]
