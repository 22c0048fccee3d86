"""Audio files, judged by mp3val, mpg123, eyeD3, ffprobe, mediainfo, exiftool, two loudness meters and a recogniser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools import PYTHON, ROOT, TOOLS
from verdicts import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from verdicts import Verdict

CHECKS = ROOT / "checks"
WORST_WER = 0.06
LEAST_HEARD = 0.5
"""Share of a sentence's words that must be heard; a sentence below it counts as missing."""


def checks(episode: Path, *, voiced: bool) -> Iterator[Callable[[], Verdict]]:
    """What is checked of an episode's audio.

    Args:
        episode: Its folder.
        voiced: Whether somebody speaks: beeps are neither understood nor as loud as speech.
    """
    name = episode.name
    mp3 = episode / f"{name}.mp3"
    frames: list[str | Path] = ["bash", CHECKS / "check_mp3_chapters.sh", mp3]
    yield judge(f"{name}: frames, tags, chapters of the MP3", ["mp3val", "mpg123", "ffprobe", PYTHON], frames)
    yield chapters(episode, "mp3")
    if voiced:
        yield judge(
            f"{name}: loudness and peak (ffmpeg, pyloudnorm)",
            ["ffmpeg", PYTHON],
            [PYTHON, CHECKS / "check_loudness.py", mp3],
        )
        yield _heard(episode, mp3)


def chapters(episode: Path, ending: str) -> Callable[[], Verdict]:
    """Whether all readers find the chapters that ``chapters.json`` tells, at their times."""
    name = episode.name
    told, audio = (episode / f"{name}.{what}" for what in ("chapters.json", ending))
    return judge(
        f"{name}: chapters of the {ending} at their times (ffprobe, mediainfo, exiftool, mutagen)",
        ["ffprobe", "mediainfo", "exiftool", PYTHON],
        [PYTHON, CHECKS / "check_chapters.py", told, audio],
    )


def _heard(episode: Path, mp3: Path) -> Callable[[], Verdict]:
    """Whether a speech recogniser hears the script: few wrong words, and no sentence missing."""
    from pipeline.narrate import loads

    script = loads((episode.parent.parent / "scripts" / f"{episode.name}.txt").read_text(encoding="utf-8"))
    words = episode.parent / f"{episode.name}.ref.txt"
    words.write_text("\n".join(utterance.spoken for utterance in script.utterances()), encoding="utf-8")
    library = next((TOOLS / "venv").glob("lib/python*/site-packages/faster_whisper"), "faster-whisper")
    return judge(
        f"{episode.name}: every sentence is heard, at most {WORST_WER:.0%} of the words wrong",
        [PYTHON, library],
        [PYTHON, CHECKS / "heard.py", words, mp3, str(WORST_WER), str(LEAST_HEARD)],
    )
