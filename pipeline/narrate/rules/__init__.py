"""Normalisation rules: one file each, reached by name."""
