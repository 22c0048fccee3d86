"""Engines: one file each, reached by name."""
