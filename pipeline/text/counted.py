"""Numbers by which articles are counted: seasons and episodes."""

from __future__ import annotations

import re

COUNTED = range(1, 10_000)
"""What a season or an episode can be."""


def counted(text: str) -> int | None:
    """The number in ``text``; None where it is none, or outside of `COUNTED`."""
    found = re.fullmatch(r"\s*([0-9]{1,9})\s*", text)
    return int(found[1]) if found and int(found[1]) in COUNTED else None
