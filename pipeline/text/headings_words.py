"""What the words of a short line tell for and against its being a heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.plain_looks import (
    begins_small,
    capital_points,
    case_of,
    count_words,
    holds_two_sentences,
    is_entry_of_index,
    is_known,
    is_lead_in,
    is_question,
)
from pipeline.text.plain_residue import is_letter_part, is_residue, looks_like_a_caption

if TYPE_CHECKING:
    from collections.abc import Callable

HOPELESS = -1.5
"""Points below which no evidence of the whole text can make a heading of a line."""
_SENTENCE = 8
"""Words from which a line with an exclamation mark is a sentence of the text."""
_SHORT = 9
"""Words of a heading that is easily taken in."""
_QUOTED = re.compile(r"[“\"‘'(\[*„«]")
_GOES_ON = re.compile(r"[”\"’)“»]\s*[^\s”\"’)“».?!,]")
_OPEN_END = re.compile(r"(?:[,;]|\b(?:and|or|the|of|to|a|with|by|either|my|your|his|its|our|their))$")
_LAST_SENTENCE = re.compile(r"^.*[.!?][\"”’)»]*\s+")
_ANSWER = re.compile(
    r"(?:yes|no|yeah|nope|maybe|perhaps|never|ja|nein|doch|vielleicht|oui|non|si|sí|nee|tak|nie)[.!]?$", re.IGNORECASE
)
_SAYS = re.compile(r"\b(?:says?|said)$")


def words_points(core: str, points: float, *, numbered: bool) -> float:
    """``points`` and what the words of a line add; as soon as it is hopeless, no further test is made.

    Args:
        core: The line, its number left out.
        points: What is known of the block already.
        numbered: Whether a number was in front.
    """
    end = core.rstrip('”"’)» ')[-1:]
    words = count_words(core)
    points += capital_points(core, end)
    points += 0.6 if words <= _SHORT else 0.0
    points += 1.5 if is_known(core) else 0.0
    points += _end_points(core, end, words, numbered=numbered)
    for taken, speaks_against in _AGAINST:
        if points < HOPELESS:
            break
        points -= taken if speaks_against(core) else 0.0
    return points - (_quote_points(core, end, words) if _QUOTED.match(core) else 0.0)


def _end_points(core: str, end: str, words: int, *, numbered: bool) -> float:
    """For and against the last character; two sentences are no heading unless they ask, as in “Great! How?”."""
    two = holds_two_sentences(core)
    if end == "?":
        if is_question(core):
            return 1.0
        if two and is_question(_LAST_SENTENCE.sub("", core)):
            return 0.0
        return -1.3 if words >= _SENTENCE else -0.3
    if end == "!":
        return (-4.0 if two else 0.0) - (1.5 if words >= _SENTENCE and not numbered else 0.0)
    if end == ".":
        return (-4.0 if two else 0.0) - (0.0 if numbered else 3.0)
    if end == "…":
        return -5.5 if two else -1.5
    if end == ":":
        return (-1.5 if two else 0.0) - (1.0 if is_known(core) else 3.0)
    return (-1.5 if two else 0.0) + (0.4 if is_question(core) else 0.0)


def _quote_points(core: str, end: str, words: int) -> float:
    """Against a line that begins with a quotation mark or a bracket, most where it is one quotation."""
    whole = _GOES_ON.search(core[1:]) is None
    if whole and end.isalnum() and case_of(core) == "sentence" and 3 <= words <= _SENTENCE + 2:
        return 0.7
    return 2.5 if whole or end in ".!?," else 1.2


def _says(core: str) -> bool:
    return _SAYS.search(core) is not None and not is_question(core)


def _is_caption(core: str) -> bool:
    return looks_like_a_caption(core, titled=case_of(core) == "title")


_AGAINST: tuple[tuple[float, Callable[[str], bool]], ...] = (
    (2.5, begins_small),
    (3.0, lambda core: _OPEN_END.search(core) is not None),
    (3.0, _says),
    (4.0, lambda core: _ANSWER.match(core) is not None),
    (3.0, is_letter_part),
    (3.0, is_entry_of_index),
    (2.0, is_lead_in),
    (3.0, is_residue),
    (2.0, _is_caption),
)
"""Points against a line, and the test that takes them."""
