"""The transcript as SubRip subtitles: for players and editors that do not know WebVTT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.contracts import Written
from pipeline.publish.sidecars._subtitles import balanced, subtitles
from pipeline.units import timecode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.model.episode import Edition

MEDIA_TYPE = "application/x-subrip"


def write(edition: Edition, out: Path) -> tuple[Written, ...]:
    """Write ``NAME.srt``: the cues of ``NAME.vtt``, numbered, other voices than the narrator's named in words."""
    name = f"{edition.name}.srt"
    (out / name).write_text("\n".join(_blocks(edition)), encoding="utf-8", newline="\n")
    return (Written(path=name, media_type=MEDIA_TYPE),)


def _blocks(edition: Edition) -> Iterator[str]:
    for number, one in enumerate(subtitles(edition.timeline), 1):
        start, end = (timecode(ms).replace(".", ",") for ms in (one.start_ms, one.end_ms))
        named = f"{one.voice}: " if one.voice else ""
        lines = balanced(named + one.text) if named else one.lines()
        text = "\n".join(lines).replace("-->", "→")  # the format has no way to escape it
        yield f"{number}\n{start} --> {end}\n{text}\n"
