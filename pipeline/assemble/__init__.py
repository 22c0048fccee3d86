"""Lays what was spoken, and what people recorded, on one time axis."""

from pipeline.assemble.inside import under_bed
from pipeline.assemble.passages import Passage, line_key, passages
from pipeline.assemble.room import Laid, Placed, assemble, lay

__all__ = ["Laid", "Passage", "Placed", "assemble", "lay", "line_key", "passages", "under_bed"]
