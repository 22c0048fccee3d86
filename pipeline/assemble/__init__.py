"""Lays what was spoken, and what people recorded, on one time axis."""

from pipeline.assemble.room import Placed, assemble

__all__ = ["Placed", "assemble"]
