"""Words of a cue in the written line: when each is heard, and in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.spans import align

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.script import SpanMap, Utterance
    from pipeline.model.timeline import Cue

Timed = tuple[int, int, int, int]
"""First character, character after the last, first sample, sample after the last; samples count in the cue."""


def maps(cue: Cue, utterance: Utterance | None) -> tuple[SpanMap, ...]:
    """How the cue's written words map to the spoken ones."""
    if utterance is not None and utterance.spans:
        return utterance.spans
    return align(cue.written, cue.spoken) if cue.written else ()


def heard(cue: Cue, spans: Sequence[SpanMap]) -> tuple[Timed, ...]:
    """When each written word is heard; words that are said together ("1,200") are one.

    Words that the narrator adds are left out.
    """
    found: list[Timed] = []
    first = 0
    for word in cue.words:
        while first < len(spans) and spans[first].spoken_end <= word.start:
            first += 1
        start = end = -1
        for span in spans[first:]:
            if span.spoken_start >= word.end:
                break
            if span.spoken_end > word.start and span.end > span.start:
                start, end = (span.start if start < 0 else min(start, span.start)), max(end, span.end)
        if start < 0:
            continue
        if found and start < found[-1][1]:  # another word of the same claim
            begun, ended, since, _ = found.pop()
            found.append((min(begun, start), max(ended, end), since, word.end_sample))
        else:
            found.append((start, end, word.start_sample, word.end_sample))
    return tuple(found)


def spoken(cue: Cue) -> tuple[Timed, ...]:
    """The same for what is shown as it is spoken."""
    return tuple((word.start, word.end, word.start_sample, word.end_sample) for word in cue.words)


def tongues(utterance: Utterance | None, spans: Sequence[SpanMap]) -> tuple[tuple[int, int, str], ...]:
    """(first character, character after the last, language) of the written words that are said in another language."""
    found = []
    at = 0
    for part in utterance.parts if utterance is not None else ():
        end = at + len(part.text)
        inside = [span for span in spans if at <= span.spoken_start < end] if part.language else ()
        if inside:
            found.append((min(one.start for one in inside), max(one.end for one in inside), part.language))
        at = end
    return tuple(found)
