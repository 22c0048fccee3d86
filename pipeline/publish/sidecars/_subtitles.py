"""Cues as subtitles: their times in ms, and their text in lines that fit a small screen."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.units import ms_from_samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.timeline import Cue, Timeline

LONGEST_LINE = 65
"""Characters in a line, at most: what the Podcasting 2.0 namespace advises for transcripts."""
MUSIC = "[music]"
"""What stands for a recording."""

_STAYS = {"Mn", "Mc", "Me", "Pe", "Pf", "Po", "Pd", "Pc", "Zs", "Cf"}  # Unicode categories of what ends a piece
_NARRATOR = {"", "narrator"}  # not named: nearly every cue would begin with the name


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtitle:
    """A cue as it is shown.

    Attributes:
        id: The cue's, but no other subtitle's.
        text: What is said, white space folded; or what stands for a recording.
        voice: Name of the voice; empty for the narrator's.
    """

    id: str
    cue: Cue
    start_ms: int
    end_ms: int
    text: str
    voice: str

    def lines(self) -> tuple[str, ...]:
        """The text in lines."""
        return balanced(self.text)


def subtitles(timeline: Timeline) -> Iterator[Subtitle]:
    """All cues in which anything is said or played; none begins before the one in front of it, or lasts no time."""
    latest_ms = 0
    used: set[str] = set()
    for number, cue in enumerate(timeline.cues, 1):
        played = cue.role == "recording" and not cue.spoken
        # a cue ends at an empty line; no-break spaces stay
        text = MUSIC if played else re.sub(r"[\x00-\x20]+", " ", cue.spoken).strip()
        if not text:
            continue
        start_ms = max(ms_from_samples(cue.start, timeline.sample_rate_hz), latest_ms)
        end_ms = max(ms_from_samples(cue.end, timeline.sample_rate_hz), start_ms + 1)
        latest_ms = start_ms
        id = cue.id if not played and cue.id not in used else f"cue-{number}"
        used.add(id)
        voice = "" if played or cue.voice in _NARRATOR else " ".join(cue.voice.split())
        yield Subtitle(id=id, cue=cue, start_ms=start_ms, end_ms=end_ms, text=text, voice=voice)


@lru_cache(maxsize=4096)  # three sidecars want the same lines
def balanced(text: str) -> tuple[str, ...]:
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
    return tuple(lines)


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
