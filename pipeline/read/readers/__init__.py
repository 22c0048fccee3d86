"""Input formats: one file each, reached by name."""
