"""Timeline and frames become files in a folder."""

from __future__ import annotations

import hashlib
import importlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.audio import container as reader
from pipeline.errors import WriteError
from pipeline.model.episode import File, Rendition, Tags
from pipeline.model.timeline import Timeline
from pipeline.publish import tags as tagging
from pipeline.publish.grid import runs, snap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pipeline.contracts import Codec
    from pipeline.model.clip import Encoded
    from pipeline.model.episode import Edition
    from pipeline.model.show import AudioFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A rendition before its file is written.

    Attributes:
        name: Name of the encoder.
        path: File name.
        timeline: On the rendition's own frame grid.
        encoded: Frames of each cue, in order.
    """

    name: str
    path: str
    media_type: str
    timeline: Timeline
    encoded: tuple[Encoded, ...]
    loudness_lufs: float
    true_peak_dbtp: float


def get_ready(formats: Iterable[str]) -> None:
    """Bring in the libraries that writing needs, for whoever has to wait for something else anyway.

    Args:
        formats: Names of encoders.
    """
    empty = Timeline(sample_rate_hz=1, length=0, cues=(), chapters=())
    for name in formats:
        container = plugins.load("encoders", name).TAGS
        if container:
            tagging.render(container, Tags(title=""), empty)
    importlib.import_module("pipeline.publish.inspect")
    reader.get_ready()


def draft(name: str, stem: str, timeline: Timeline, encoded: Sequence[Encoded], audio: AudioFormat) -> Draft:
    """Lay the cues on the frames of format ``name`` and measure what will be heard.

    Raises:
        UsageError: The format does not allow the settings.
    """
    encoder = plugins.load("encoders", name)
    snapped = snap(timeline, encoder.codec(audio))
    loudness_lufs, true_peak_dbtp = _measure(snapped, encoded, encoder.codec(audio))
    return Draft(
        name=name,
        path=f"{stem}{encoder.SUFFIX}",
        media_type=encoder.MEDIA_TYPE,
        timeline=snapped,
        encoded=tuple(encoded),
        loudness_lufs=loudness_lufs,
        true_peak_dbtp=true_peak_dbtp,
    )


def write_audio(draft: Draft, frames: Iterable[bytes], tags: Tags, audio: AudioFormat, path: Path) -> None:
    """Join the frames of all cues, in order, into the file ``path``, tags and chapters included."""
    encoder = plugins.load("encoders", draft.name)
    codec = encoder.codec(audio)
    plan = runs(draft.timeline, tuple(one.count for one in draft.encoded), codec)
    codec.join(
        path,
        _laid(plan, frames),
        length=draft.timeline.length,
        tags=tagging.render(encoder.TAGS, tags, draft.timeline) if encoder.TAGS else b"",
        chapters=tagging.marks(draft.timeline),
    )


def rendition(draft: Draft, file: File) -> Rendition:
    """The finished rendition that ``file`` holds."""
    return Rendition(
        file=file,
        timeline=draft.timeline,
        loudness_lufs=draft.loudness_lufs,
        true_peak_dbtp=draft.true_peak_dbtp,
    )


def write_sidecars(names: Sequence[str], edition: Edition, folder: Path) -> tuple[File, ...]:
    """Write the sidecars into ``folder``; a file that several write, such as a picture, is told once.

    Raises:
        UsageError: There is no such sidecar, or one cannot be made of this episode.
    """
    written = dict.fromkeys(one for name in names for one in plugins.load("sidecars", name).write(edition, folder))
    return tuple(file_at(folder / one.path, one.path, one.media_type) for one in written)


def file_at(path: Path, name: str, media_type: str) -> File:
    """What is told of the file at ``path``."""
    sha256 = hashlib.sha256()
    size = 0
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                sha256.update(block)
                size += len(block)
    except OSError as error:
        raise WriteError(f"cannot be read back ({error.strerror})", str(path)) from error
    return File(path=name, media_type=media_type, bytes=size, sha256=sha256.hexdigest())


def _laid(plan: Iterable[int | None], frames: Iterable[bytes]) -> Iterator[bytes | int]:
    """Silent frames as counts, and in place of each None the next cue's frames."""
    each = iter(frames)
    for item in plan:
        yield next(each) if item is None else item


def _measure(timeline: Timeline, encoded: Sequence[Encoded], codec: Codec) -> tuple[float, float]:
    """Integrated loudness and true peak of the whole, from those of its decoded runs.

    The runs lie on 100 ms blocks of their own; moving each to the nearest block of the episode changes the result by
    less than 0.03 LU.
    """
    import numpy as np

    from pipeline.audio.loudness import integrated

    block = timeline.sample_rate_hz // 10
    energies = np.zeros(timeline.length // block + 2 + max((len(one.energies) for one in encoded), default=0))
    for cue, one in zip(timeline.cues, encoded, strict=True):
        first = max(0, round((cue.start - codec.lead * codec.frame) / block))
        energies[first : first + len(one.energies)] += tuple(one.energies)
    peak = max((one.peak for one in encoded), default=0.0)
    peak_db = 20 * math.log10(peak) if peak > 0 else -math.inf
    return round(float(integrated(energies)), 2), round(peak_db, 2)
