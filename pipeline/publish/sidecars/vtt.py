"""The transcript as WebVTT: one cue an utterance, for players and podcast apps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.contracts import Written
from pipeline.publish.sidecars._subtitles import LONGEST_LINE, subtitles
from pipeline.publish.sidecars._vtt_text import blocks

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.episode import Edition

__all__ = ["LONGEST_LINE", "MEDIA_TYPE", "write"]
MEDIA_TYPE = "text/vtt"


def write(edition: Edition, out: Path) -> tuple[Written, ...]:
    """Write ``NAME.vtt``: what is said, in the words that are spoken, each cue under its utterance's id."""
    name = f"{edition.name}.vtt"
    cues = blocks(edition, subtitles(edition.timeline), words=False)
    (out / name).write_text("\n\n".join(("WEBVTT", *cues)) + "\n", encoding="utf-8", newline="\n")
    return (Written(path=name, media_type=MEDIA_TYPE),)
