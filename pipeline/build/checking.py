"""The checks on finished files: quick, on what containers and the cache say, and deep, on what is heard."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.build import finished as episodes
from pipeline.build.told import told
from pipeline.errors import PipelineError, ReadError, UsageError
from pipeline.model.progress import Listener, Progress
from pipeline.publish import draft, inspect, inspect_sidecars, verdict
from pipeline.publish.grid import snap
from pipeline.publish.inspect import Problem
from pipeline.units import seconds_from_samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from pipeline.assemble import Laid
    from pipeline.build.finished import Finished
    from pipeline.build.hall import Report
    from pipeline.build.session import Session
    from pipeline.model.timeline import Timeline
    from pipeline.publish.measure import Measured


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioFile:
    """An audio file of an episode, looked at.

    Attributes:
        path: Relative to the episode's folder.
        format: Name of its encoder.
        bytes: Size; 0 where it is not there.
        timeline: Its own, on its frame grid.
        loudness_lufs: Integrated; as decoded where it was, else from what was measured clip by clip.
        true_peak_dbtp: Likewise; both are NaN where neither is known.
        measured: The decoded sound; None where it was not decoded.
    """

    path: str
    format: str
    bytes: int
    timeline: Timeline
    loudness_lufs: float
    true_peak_dbtp: float
    measured: Measured | None = None

    @property
    def duration_s(self) -> float:
        """How long its timeline is."""
        return seconds_from_samples(self.timeline.length, self.timeline.sample_rate_hz)

    @property
    def clips(self) -> int:
        """How many clips were looked for and found, good or bad."""
        places = self.measured.places if self.measured else ()
        return len({one.cue for one in places if one.found is not None})

    @property
    def lost_clips(self) -> int:
        """How many could not be looked for, since the cache has lost them."""
        places = self.measured.places if self.measured else ()
        return len({one.cue for one in places if one.found is None})

    @property
    def furthest_ms(self) -> float:
        """How far the worst clip is from its place in this file."""
        places = self.measured.places if self.measured else ()
        lags = [abs(one.found.lag) for one in places if one.found is not None]
        return round(1000 * max(lags, default=0) / self.timeline.sample_rate_hz, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What the checks found.

    Attributes:
        audio: The audio files, the enclosure first.
        problems: All of them, in the order of the files.
        notes: What is no problem, but should be known.
    """

    audio: tuple[AudioFile, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def rendered(session: Session, report: Report) -> tuple[Problem, ...]:
    """What is wrong with files that were written just now; their bytes are known to be those that were written.

    Where nothing was encoded, ffmpeg's library is not loaded for it: tags alone may be new.
    """
    name, folder = report.name, report.directory
    known = told(session, report.episode.guid, name)
    found: list[Problem] = []
    for format, one in zip(session.show.formats, report.episode.renditions, strict=True):
        encoder = plugins.load("encoders", format)
        codec, path = encoder.codec(session.show.audio), one.file.path
        meant = known.said if known else None
        found += inspect.problems(
            folder / path, path, one.timeline, codec, encoder.TAGS, meant, twice=report.encoded > 0
        )
    enclosure = report.episode.renditions[0].timeline
    for file in report.episode.sidecars:
        found += inspect_sidecars.problems(folder / file.path, file.path, file.media_type, enclosure)
    return _with_lines(found, episodes.lines_of(report.script))


def check(
    finished: Finished, *, deep: bool = False, first: bool = False, listen: Listener = lambda _: None
) -> Inspected:
    """Look at an episode's files.

    Args:
        finished: The episode.
        deep: Whether all audio files are decoded.
        first: Whether the first one is.
        listen: Told of progress, in samples.

    Raises:
        UsageError: The cache no longer knows the episode.
    """
    laid = episodes.laid(finished)
    audio: list[AudioFile] = []
    found: list[Problem] = []
    clips = _clips(finished, laid.runs)
    for format in finished.formats:
        file, runs = _known(finished, format, laid)
        path = finished.folder / file.path
        if not path.is_file():  # told as a fault
            audio.append(file)
            continue
        encoder = plugins.load("encoders", format)
        codec = encoder.codec(finished.session.show.audio)
        meant = finished.told.said if finished.told else None
        found += inspect.problems(path, file.path, file.timeline, codec, encoder.TAGS, meant, count=True)
        found += verdict.pauses(file.path, runs, codec.frame)
        if deep or (first and not audio):
            from pipeline.publish.measure import measure

            try:
                heard = measure(path, runs, codec, clips, _teller(listen, finished.name, runs.length))
            except ReadError as error:
                found.append(Problem(path=file.path, what=error.message))
            else:
                file = replace(
                    file, measured=heard, loudness_lufs=heard.loudness_lufs, true_peak_dbtp=heard.true_peak_dbtp
                )
                found += verdict.sound(file.path, heard, runs, laid.runs, codec)
        found += verdict.level(file.path, file.loudness_lufs, file.true_peak_dbtp, finished.session.show.audio)
        audio.append(file)
    for name, made in finished.manifest.files.items():
        if not made.key and (finished.folder / name).is_file():
            path, kind = finished.folder / name, made.file.media_type
            found += inspect_sidecars.problems(path, name, kind, audio[0].timeline)
    return Inspected(
        audio=tuple(audio),
        problems=_with_lines(found, episodes.lines(finished)),
        notes=tuple(_notes(finished, audio)),
    )


def _known(finished: Finished, format: str, laid: Laid) -> tuple[AudioFile, Timeline]:
    """A file as the cache knows it, and its runs of frames on its own grid."""
    audio = finished.session.show.audio
    path = finished.audio(format)
    try:
        runs = [episodes.encoded(finished, cue.id, format) for cue in laid.runs.cues]
        known = draft(format, finished.name, laid.runs, runs, audio)
        snapped, loudness_lufs, true_peak_dbtp = known.timeline, known.loudness_lufs, known.true_peak_dbtp
    except UsageError:  # frames of an older version; their grid is the same
        snapped = snap(laid.runs, plugins.load("encoders", format).codec(audio))
        loudness_lufs = true_peak_dbtp = math.nan
    file = AudioFile(
        path=path.name,
        format=format,
        bytes=path.stat().st_size if path.is_file() else 0,
        timeline=laid.cues(snapped),
        loudness_lufs=loudness_lufs,
        true_peak_dbtp=true_peak_dbtp,
    )
    return file, snapped


def _clips(finished: Finished, common: Timeline) -> Callable[[int], NDArray[np.float32] | None]:
    """The sound of each cue, from the cache; one is kept, since a long one is asked for several times."""

    @lru_cache(maxsize=1)
    def clip(index: int) -> NDArray[np.float32] | None:
        from pipeline.audio.pcm import float_from_bytes
        from pipeline.audio.resample import resample

        try:
            one = episodes.clip(finished, common.cues[index].id)
            data = finished.session.store.get(one.pcm)
        except PipelineError:  # a cache that cannot be asked has lost it
            return None
        if data is None:
            return None
        return resample(float_from_bytes(data), one.sample_rate_hz, common.sample_rate_hz)

    return clip


def _notes(finished: Finished, audio: Iterable[AudioFile]) -> Iterator[str]:
    target_lufs = finished.session.show.audio.target_lufs
    for one in audio:
        off_lu = abs(one.loudness_lufs - target_lufs)
        if verdict.AIM_LU < off_lu <= verdict.LIMIT_LU:
            yield f"{one.path} measures {one.loudness_lufs:.2f} LUFS: allowed, but {target_lufs:g} is the aim"
        if one.lost_clips:
            yield f"{one.path}: {one.lost_clips} clips are no longer in the cache, and were not looked for"
    if finished.told is None:
        yield "what this episode's tags must say is not known any more, so they were not compared"


def _teller(listen: Listener, name: str, length: int) -> Callable[[int], None]:
    return lambda done: listen(Progress(stage="measure", article=name, done=min(done, length), total=length))


def _with_lines(found: Iterable[Problem], lines: dict[str, int]) -> tuple[Problem, ...]:
    return tuple(replace(one, line=_line(one.utterance, lines)) for one in dict.fromkeys(found))


def _line(id: str, lines: dict[str, int]) -> int:
    """The line in which something is spoken; of a bed or a chapter's recording, that of its chapter's title."""
    kind, _, rest = id.partition(":")
    return lines.get(rest.partition(":")[0] if kind in {"bed", "take"} else id, 0)
