"""The transcript as WebVTT with the time of every word, for players that light up word after word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.contracts import Written
from pipeline.publish.sidecars._subtitles import subtitles
from pipeline.publish.sidecars._vtt_text import blocks

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.episode import Edition

MEDIA_TYPE = "text/vtt"


def write(edition: Edition, out: Path) -> tuple[Written, ...]:
    """Write ``NAME.words.vtt``: the cues of ``NAME.vtt``, each word but the first behind its time."""
    name = f"{edition.name}.words.vtt"
    cues = blocks(edition, subtitles(edition.timeline), words=True)
    (out / name).write_text("\n\n".join(("WEBVTT", *cues)) + "\n", encoding="utf-8", newline="\n")
    return (Written(path=name, media_type=MEDIA_TYPE),)
