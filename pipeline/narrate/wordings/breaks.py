"""Thematic breaks: a longer pause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.document import Break
from pipeline.model.script import Pause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Teller

BLOCKS = (Break,)

PAUSE_MS = 1200
"""Nearly that in front of a chapter: a new thought, but no new title."""


def say(block: Break, teller: Teller) -> Iterator[Pause]:
    """A pause."""
    yield Pause(duration_ms=PAUSE_MS)
