"""How a voice speaks: what its takes are held against."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a voice speaks, as measured on it.

    Attributes:
        syllables_per_s: Its pace at 100 % of its rate (`pace.measure`); 0.0 where it is not known.
        sample_rate_hz: What its sound comes at; 0 where it is not known.
    """

    syllables_per_s: float = 0.0
    sample_rate_hz: int = 0
