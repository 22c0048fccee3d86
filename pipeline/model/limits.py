"""Bounds that several places share."""

from __future__ import annotations

MAX_INPUT_BYTES = 20_000_000
"""Larger articles are refused unless the caller says otherwise."""
RATE_PERCENT = (50, 200)
"""Slowest and fastest speaking rate against the voice's own."""
