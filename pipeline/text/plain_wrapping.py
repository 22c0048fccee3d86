"""Where the author of a plain text broke its lines, or that they wrote a paragraph a line and broke none."""

from __future__ import annotations

import re
from itertools import pairwise

UNWRAPPED = 120
"""Characters from which a line was not wrapped by hand: it is a paragraph of its own."""
_NARROW = 50
"""Characters up to which lines may be verse, whose line ends are a matter of their own."""
_LONG = 0.5
"""Share of the width from which a line may have been broken because it was full."""
_STOPS = 0.5
"""Share of the long lines that end as sentences do from which they are paragraphs; wrapped ones seldom reach 0.4."""
_GOES_ON = 0.1
"""Share of the long lines after which a small letter begins that paragraphs do not reach; wrapped ones do, by far."""
_STOP = re.compile(r"[.!?…:。！？।؟۔][\"'”’)»“]*$")
_OPENING = " “\"‘'(«„¿¡[—–"


def wrapped_at(lines: list[str]) -> int:
    """The width at which ``lines`` were wrapped, in characters: what one in twenty reaches; 0 where none was.

    Length alone does not tell, since paragraphs may be short. Where most of the text stands in lines too long for a
    hand, its author did not wrap; nor where long lines that another follows at once end sentences, and no line begins
    in the middle of one.

    Args:
        lines: Those of the whole text, nothing at their ends.
    """
    if sum(len(line) for line in lines if len(line) > UNWRAPPED) > 0.5 * sum(map(len, lines)):
        return 0
    lengths = sorted(len(line) for line in lines if line.strip() and len(line) <= UNWRAPPED)
    width = lengths[int(len(lengths) * 0.95)] if len(lengths) > 1 else 0
    return 0 if width > _NARROW and _are_paragraphs(lines, _LONG * width) else width


def _are_paragraphs(lines: list[str], long: float) -> bool:
    """Whether the lines longer than ``long`` are whole paragraphs, as far as those show that a line follows at once."""
    joints = [(line, after) for line, after in pairwise(lines) if len(line) > long and after.strip()]
    ends = sum(_STOP.search(line) is not None for line, _ in joints)
    goes_on = sum(after.lstrip(_OPENING)[:1].islower() for _, after in joints)
    return len(joints) > 1 and ends >= _STOPS * len(joints) and goes_on <= _GOES_ON * len(joints)
