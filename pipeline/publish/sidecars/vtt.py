"""The transcript as WebVTT: one cue an utterance, for players and podcast apps."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pipeline.contracts import Written
from pipeline.units import ms_from_samples, timecode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.model.episode import Edition
    from pipeline.model.timeline import Cue, Timeline

MEDIA_TYPE = "text/vtt"
LONGEST_LINE = 65
"""Characters in a line, at most: what the Podcasting 2.0 namespace advises for transcripts."""

_STAYS = {"Mn", "Mc", "Me", "Pe", "Pf", "Po", "Pd", "Pc", "Zs", "Cf"}  # Unicode categories of what ends a piece
_NARRATOR = {"", "narrator"}  # not named: nearly every cue would begin with the name


def write(edition: Edition, out: Path) -> tuple[Written, ...]:
    """Write ``NAME.vtt``: what is said, in the words that are spoken, each cue under its utterance's id."""
    name = f"{edition.name}.vtt"
    blocks = ["WEBVTT", *_cues(edition.timeline)]
    (out / name).write_text("\n\n".join(blocks) + "\n", encoding="utf-8", newline="\n")
    return (Written(path=name, media_type=MEDIA_TYPE),)


def _cues(timeline: Timeline) -> Iterator[str]:
    latest_ms = 0
    for cue in timeline.cues:
        text = _text(cue)
        if not text:
            continue  # a recording
        start_ms = max(ms_from_samples(cue.start, timeline.sample_rate_hz), latest_ms)
        end_ms = max(ms_from_samples(cue.end, timeline.sample_rate_hz), start_ms + 1)
        latest_ms = start_ms
        yield f"{cue.id}\n{timecode(start_ms)} --> {timecode(end_ms)}\n{text}"


def _text(cue: Cue) -> str:
    spoken = re.sub(r"[\x00-\x20]+", " ", cue.spoken).strip()  # a cue ends at an empty line; no-break spaces stay
    text = "\n".join(map(_escaped, _balanced(spoken)))
    return text if cue.voice in _NARRATOR or not text else f"<v {_escaped(' '.join(cue.voice.split()))}>{text}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _balanced(text: str) -> list[str]:
    """``text`` in as few lines as `LONGEST_LINE` allows, the longest of them as short as it can be."""
    pieces = list(_pieces(text))
    lines = _filled(pieces, LONGEST_LINE)
    narrow, wide = 1, LONGEST_LINE  # the width is somewhere in narrow..wide, and wide always does
    while narrow < wide:
        width = (narrow + wide) // 2
        tried = _filled(pieces, width)
        if len(tried) > len(lines) or max(map(len, tried), default=0) > width:
            narrow = width + 1
        else:
            lines, wide = tried, width
    return lines


def _filled(pieces: list[str], width: int) -> list[str]:
    """Lines of ``pieces``, each as full as ``width`` allows, without blanks at their ends."""
    lines = [""]
    for piece in pieces:
        if lines[-1] and len((lines[-1] + piece).rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece
    return [line for line in (*lines[:-1], lines[-1].rstrip()) if line]


def _pieces(text: str) -> Iterator[str]:
    """What must stay on one line: words with the blank behind them; of a word longer than a line, its characters.

    Such a word is text in a script without blanks, or an address. Marks and closing punctuation stay with the
    character in front of them.
    """
    for word in re.findall(r"[^ ]+ ?", text):
        if len(word.rstrip()) <= LONGEST_LINE:
            yield word
            continue
        piece = ""
        for character in word:
            stays = unicodedata.category(character) in _STAYS and len(piece) < LONGEST_LINE
            if piece and not stays:
                yield piece
                piece = ""
            piece += character
        yield piece
