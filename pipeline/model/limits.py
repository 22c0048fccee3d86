"""Bounds that several places share."""

from __future__ import annotations

MAX_INPUT_BYTES = 20_000_000
"""Larger articles are refused unless the caller says otherwise."""
MAX_ARCHIVE_BYTES = 200_000_000
"""EPUB and DOCX files may be as large unless the caller says otherwise: most of it is pictures, which are not read."""
RATE_PERCENT = (50, 200)
"""Slowest and fastest speaking rate against the voice's own."""

TIMEOUT_S = 30.0
"""What an utterance may take, and as long again for every 120 of its characters."""
