"""Where the lines are within a passage of several: under a bed by their clips, in a chapter's recording by estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.assemble.passages import line_key
from pipeline.model.clip import Word
from pipeline.model.script import Pause, Play
from pipeline.text.words import syllables, words
from pipeline.units import samples_from_ms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.model.script import Utterance
    from pipeline.model.show import Pauses

BED_LEAD_MS = 2000
"""Music alone before the first sentence: long enough to be heard as music, and to be turned down."""
BED_TAIL_MS = 3000
"""Music alone behind the last sentence, while it fades away."""
SHORTEST_PAUSE_MS = 200
"""Silence between two clips, at least: their encoded frames meet in it."""

_SYLLABLES_PER_S = 5
"""How fast people read aloud, roughly: what a pause takes of a recording is reckoned by it."""


def under_bed(
    lines: Sequence[Utterance | Play | Pause], lengths: Mapping[str, int], *, sample_rate_hz: int, pauses: Pauses
) -> tuple[tuple[tuple[Utterance | Play, int], ...], int]:
    """Each line under a bed with its first sample in the bed, and the length of all.

    Args:
        lines: As in a `Passage`, the first and the last one heard.
        lengths: Samples by key of each line.
        sample_rate_hz: Of the lengths.
        pauses: The usual ones; they hold between the sentences as they would without music.

    Raises:
        KeyError: A line has no length.
    """
    found: list[tuple[Utterance | Play, int]] = []
    place = samples_from_ms(BED_LEAD_MS, sample_rate_hz)
    asked_ms: int | None = None
    for line in lines:
        if isinstance(line, Pause):
            asked_ms = (asked_ms or 0) + line.duration_ms
            continue
        if found:
            usual_ms = usual_gap_ms(role_of(found[-1][0]), pauses)
            gap_ms = max(usual_ms if asked_ms is None else asked_ms, SHORTEST_PAUSE_MS)
            place += samples_from_ms(gap_ms, sample_rate_hz)
        asked_ms = None
        found.append((line, place))
        place += lengths[line_key(line)]
    return tuple(found), place + samples_from_ms(BED_TAIL_MS, sample_rate_hz)


def usual_gap_ms(role: str, pauses: Pauses) -> int:
    """Silence behind a line of this role, where nothing else is asked for."""
    return pauses.heading_ms if role in {"heading", "subheading"} else pauses.sentence_ms


def role_of(line: Utterance | Play) -> str:
    """Its cue's role."""
    return "recording" if isinstance(line, Play) else line.role


def in_recording(lines: Sequence[Utterance], length: int, pauses: Pauses) -> tuple[tuple[Utterance, int, int], ...]:
    """Each line of a recorded chapter with its estimated first sample and its length.

    The recording is shared out by syllables, and between two lines by what silence the script would have there.
    """
    weights: list[int] = []  # in thousandths of a syllable: lines and gaps in turn
    for number, line in enumerate(lines):
        if number:
            weights.append(usual_gap_ms(lines[number - 1].role, pauses) * _SYLLABLES_PER_S)
        weights.append(1000 * max(1, sum(syllables(line.spoken[start:end]) for start, end in words(line.spoken))))
    total, passed = sum(weights), 0
    found: list[tuple[Utterance, int, int]] = []
    for number, weight in enumerate(weights):
        first, passed = length * passed // total, passed + weight
        if number % 2 == 0:
            found.append((lines[number // 2], first, length * passed // total - first))
    return tuple(found)


def estimated(spoken: str, length: int) -> tuple[Word, ...]:
    """The words of what a person said in ``length`` samples, which are shared out by syllables."""
    spans = words(spoken)
    weights = [syllables(spoken[start:end]) for start, end in spans]
    total, passed = sum(weights), 0
    found: list[Word] = []
    for (start, end), weight in zip(spans, weights, strict=True):
        first, passed = length * passed // total, passed + weight
        found.append(Word(start=start, end=end, start_sample=first, end_sample=length * passed // total))
    return tuple(found)
