"""What a long call tells while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One small event.

    Attributes:
        stage: ``"read"``, ``"narrate"``, ``"speak"``, ``"publish"``; of the cache ``"usage"``, ``"verify"``,
            ``"collect"``.
        article: Which article it is about.
        done: Work done so far, in characters to speak; in bytes for the cache.
        total: All of it; 0 where there is nothing to count.
    """

    stage: str
    article: str
    done: int = 0
    total: int = 0


Listener = Callable[[Progress], None]
"""Gets the events as they happen, in the calling thread."""
