"""The text of a WebVTT cue: lines, voices, languages and, where wanted, the time of each word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.units import ms_from_samples, timecode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.episode import Edition
    from pipeline.model.script import Utterance
    from pipeline.publish.sidecars._subtitles import Subtitle

_CLOSES, _STAMP, _OPENS = range(3)
"""What comes first at one place."""


def blocks(edition: Edition, shown: Iterator[Subtitle], *, words: bool) -> Iterator[str]:
    """One block a subtitle: id, times, text.

    Args:
        edition: Tells the languages of what is said.
        shown: The subtitles.
        words: Whether each word but the first has its time in front of it.
    """
    utterances = {one.id: one for one in edition.script.utterances()}
    rate_hz = edition.timeline.sample_rate_hz
    for one in shown:
        tags: list[tuple[int, int, str]] = []
        if one.text == one.cue.spoken:  # else the offsets are others
            tags += _languages(utterances.get(one.cue.id))
            tags += _times(one, rate_hz) if words else ()
        text = _tagged(one.text, one.lines(), sorted(tags, key=lambda tag: tag[:2]))
        named = f"<v {escaped(one.voice)}>{text}" if one.voice else text
        yield f"{one.id}\n{timecode(one.start_ms)} --> {timecode(one.end_ms)}\n{named}"


def escaped(text: str) -> str:
    """``text`` without markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _languages(utterance: Utterance | None) -> Iterator[tuple[int, int, str]]:
    """(place, order at that place, tag) around what is said in another language."""
    at = 0
    for part in utterance.parts if utterance else ():
        end = at + len(part.text)
        if part.language and part.text.strip():
            start = at + len(part.text) - len(part.text.lstrip())
            yield start, _OPENS, f"<lang {part.language}>"
            yield start + len(part.text.strip()), _CLOSES, "</lang>"
        at = end


def _times(one: Subtitle, rate_hz: int) -> Iterator[tuple[int, int, str]]:
    """Each stamp lies between the one before it and the end of the cue, as the format wants it."""
    latest_ms = one.start_ms
    for word in one.cue.words:
        ms = ms_from_samples(one.cue.start + word.start_sample, rate_hz)
        if word.start and latest_ms < ms < one.end_ms:
            latest_ms = ms
            yield word.start, _STAMP, f"<{timecode(ms)}>"


def _tagged(text: str, lines: Sequence[str], tags: list[tuple[int, int, str]]) -> str:
    """``lines`` of ``text`` with tags at their places in it."""
    out = []
    waiting = list(reversed(tags))
    end = 0
    for line in lines:
        at = text.index(line, end)
        end = at + len(line)
        shown = []
        while waiting and (waiting[-1][0] < end or (waiting[-1][0] == end and waiting[-1][1] == _CLOSES)):
            place, _, tag = waiting.pop()
            shown.append(escaped(text[at : max(at, place)]) + tag)
            at = max(at, place)
        out.append("".join(shown) + escaped(text[at:end]))
    return "\n".join(out)
