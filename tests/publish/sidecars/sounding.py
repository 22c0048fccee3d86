"""The sample edition with its MP3: a tone for every cue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline import plugins
from pipeline.audio.pcm import int16_from_float
from pipeline.model.episode import File, Rendition
from pipeline.model.show import AudioFormat
from pipeline.publish.grid import runs, snap
from tests.audio.signals import sine
from tests.publish.sidecars.sample import edition as sample

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.episode import Edition

LOUD = 0.25
"""Peak of each tone."""


def sounding(folder: Path, edition: Edition | None = None) -> Edition:
    """The edition, whose MP3 is written into ``folder``, on that file's own frame grid."""
    edition = edition or sample()
    codec = plugins.load("encoders", "mp3").codec(AudioFormat(sample_rate_hz=edition.timeline.sample_rate_hz))
    timeline = snap(edition.timeline, codec)
    encoded: list[bytes] = []
    counts: list[int] = []
    for number, cue in enumerate(timeline.cues):
        tone = sine(300 + 100 * number, cue.length / codec.sample_rate_hz, codec.sample_rate_hz, peak=LOUD)
        count = codec.lead + -(-cue.length // codec.frame) + codec.tail
        padded = np.zeros(count * codec.frame, np.int16)
        padded[codec.lead * codec.frame :][: len(tone)] = int16_from_float(tone)
        encoded.append(codec.encode(padded))
        counts.append(count)
    each = iter(encoded)
    laid = [next(each) if item is None else item for item in runs(timeline, counts, codec)]
    path = folder / f"{edition.name}.mp3"
    codec.join(path, laid, length=timeline.length)
    file = File(path=path.name, media_type="audio/mpeg", bytes=path.stat().st_size, sha256="")
    made = Rendition(file=file, timeline=timeline, loudness_lufs=-16.0, true_peak_dbtp=-2.0)
    return replace(edition, timeline=timeline, renditions=(made,), paths=(path,))
