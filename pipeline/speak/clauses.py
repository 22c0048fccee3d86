"""Where a sentence can be cut so that both pieces can be spoken apart: the last resort for a voice that fails on it."""

from __future__ import annotations

import re

from pipeline.text.words import words

_MARK = re.compile(
    r"(?:[,;:!?…،؛؟]|\s[–-](?=\s))[\"'”’»)\]]*\s+"  # the mark belongs to the words before it
    r"|\s*—\s*"
    r"|[、，；：！？][”’」』）]*\s*"  # East Asian marks stand without blanks
)
_LEAST_WORDS = 2


def halves(text: str) -> tuple[int, ...]:
    """The place of ``text`` at which its second half begins; none where no clause mark allows one.

    Args:
        text: A spoken sentence.

    Returns:
        Offsets of characters, at most one: behind the clause mark nearest the middle that leaves each side at least
        two words. A word, a number or a time of day is never cut.
    """
    spans = words(text)
    places = [
        found.end()
        for found in _MARK.finditer(text)
        if sum(end <= found.start() for _, end in spans) >= _LEAST_WORDS
        and sum(start >= found.end() for start, _ in spans) >= _LEAST_WORDS
        and not any(start < found.end() and found.start() < end for start, end in spans)
    ]
    return (min(places, key=lambda place: abs(2 * place - len(text))),) if places else ()
