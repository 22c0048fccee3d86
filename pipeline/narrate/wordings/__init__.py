"""Wordings: one file each, reached by name."""
