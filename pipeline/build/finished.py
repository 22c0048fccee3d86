"""A finished episode, found by its folder, its audio file, its script or its article; whether its files stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from pipeline import plugins
from pipeline.assemble import Laid, Placed, lay
from pipeline.build import manifests, originals
from pipeline.build.actions import ENCODE_SCHEMA, of_clip
from pipeline.build.identity import known_guid
from pipeline.build.narration import is_script
from pipeline.build.session import start
from pipeline.build.told import told
from pipeline.errors import ConfigError, NeedsPerson, ScriptError, UsageError
from pipeline.model.action import Action
from pipeline.model.clip import Clip, Encoded
from pipeline.model.codec import from_plain
from pipeline.narrate import loads
from pipeline.publish import file_at
from pipeline.publish.grid import snap
from pipeline.units import rescale_samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.build.manifests import Manifest
    from pipeline.build.session import Options, Session
    from pipeline.build.told import Told
    from pipeline.model.script import Script, Utterance
    from pipeline.model.timeline import Timeline

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """An episode as its last render left it.

    Attributes:
        session: The show, with the folder in which the episode was found.
        name: Name of the episode.
        folder: Where its files are.
        script_path: The script that people edit; it may have changed since.
        script: What was spoken.
        manifest: What the last render made.
        told: What it told the checks; None where that is not known any more.
    """

    session: Session
    name: str
    folder: Path
    script_path: Path
    script: Script
    manifest: Manifest
    told: Told | None = None

    @property
    def formats(self) -> tuple[str, ...]:
        """The audio formats, the first one first where that is known still."""
        return (
            self.told.formats
            if self.told
            else tuple(dict.fromkeys(name for one in self.manifest.utterances.values() for name in one.encode))
        )

    def audio(self, format: str) -> Path:
        """The episode's file of this format."""
        return self.folder / f"{self.name}{plugins.load('encoders', format).SUFFIX}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A file of the episode that is not as the last render left it.

    Attributes:
        path: Relative to the episode's folder.
        what: In words.
    """

    path: str
    what: str


def find(options: Options, place: Path) -> Finished:
    """The episode that ``place`` names: its folder, a file in it, its narration script, or its article.

    Raises:
        UsageError: No episode is known by that name, or its cache was deleted.
        ReadError: It is no file that could be an article.
    """
    session, name, script_path = _named(options, place)
    folder = session.workspace.episode_dir(name)
    manifest = manifests.known(session, known_guid(session, name), name)
    if not manifest.files:
        raise UsageError(
            "nothing is known of a render of this episode: it was never made here, or the cache (--store) is another "
            "one; render it, only what the cache lacks is spoken",
            str(folder),
        )
    try:
        script = loads(manifest.script)
    except (ScriptError, NeedsPerson) as error:
        raise UsageError("it was rendered by an older version: render it again", str(folder)) from error
    known = told(session, known_guid(session, name), name)
    if known is not None:  # the show may have changed since
        session.show = replace(session.show, audio=known.audio, pauses=known.pauses, recordings=known.recordings)
    return Finished(
        session=session,
        name=name,
        folder=folder,
        script_path=script_path or session.workspace.script_path(name),
        script=script,
        manifest=manifest,
        told=known,
    )


def faults(finished: Finished) -> Iterator[Fault]:
    """What of the episode's files is gone, or is not what the last render wrote: size, then digest."""
    for path, made in finished.manifest.files.items():
        where = finished.folder / path
        if not where.is_file():
            yield Fault(path=path, what="is not there")
        elif where.stat().st_size != made.file.bytes:
            yield Fault(path=path, what=f"has {where.stat().st_size:,} bytes, not {made.file.bytes:,}")
        elif file_at(where, path, made.file.media_type) != made.file:
            yield Fault(path=path, what="holds other bytes than the last render wrote")


def laid(finished: Finished) -> Laid:
    """What was encoded, on the common timeline: a bed is one run of several cues.

    Raises:
        UsageError: The cache no longer knows how long the sentences are.
    """
    show, manifest = finished.session.show, finished.manifest
    placed = {id: _placed(finished, id) for id in manifest.utterances}
    rate_hz = show.audio.sample_rate_hz
    return lay(finished.script, placed, sample_rate_hz=rate_hz, pauses=show.pauses, recordings=show.recordings)


def timeline(finished: Finished, format: str) -> Timeline:
    """Where everything is in the episode's file of this format, as it was rendered.

    Raises:
        UsageError: The cache no longer knows how long the sentences are.
    """
    found = laid(finished)
    return found.cues(snap(found.runs, plugins.load("encoders", format).codec(finished.session.show.audio)))


def clip(finished: Finished, id: str) -> Clip:
    """What was spoken for an utterance.

    Raises:
        UsageError: The cache no longer knows.
    """
    return _result(finished, speaking(finished, id), Clip)


def encoded(finished: Finished, id: str, format: str) -> Encoded:
    """An utterance's run of frames, and what it measures.

    Raises:
        UsageError: The cache no longer knows.
    """
    inputs = finished.manifest.utterances[id].encode[format]
    return _result(finished, Action(room="encode", schema=ENCODE_SCHEMA, inputs=inputs), Encoded)


def speaking(finished: Finished, id: str) -> Action:
    """The action that gave an utterance's sound."""
    return of_clip(finished.manifest.utterances[id].speak)


def lines(finished: Finished) -> dict[str, int]:
    """The line of the script, as it is now, in which each utterance is spoken: by id, from 1."""
    return lines_of(finished.script_path)


def lines_of(script: Path) -> dict[str, int]:
    """The line of a narration script in which each utterance is spoken; empty where it cannot be read."""
    try:
        text = script.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return {}
    notes = ((number, line.split()) for number, line in enumerate(text.splitlines()) if line.startswith("  | "))
    return {words[1]: number for number, words in notes if len(words) > 1}


def _named(options: Options, place: Path) -> tuple[Session, str, Path | None]:
    """The session in which the episode lies, its name, and its script where that was given."""
    suffixes = {plugins.load("encoders", name).SUFFIX for name in plugins.names("encoders")}
    if place.is_dir() or place.suffix.lower() in suffixes:
        folder = (place if place.is_dir() else place.parent).resolve()
        return start(replace(options, output=folder.parent)), folder.name, None
    session = start(options)
    if is_script(place):
        return session, session.workspace.name_of_script(place), place
    article = originals.one(place, options)
    return session, originals.name_of(session, article, session.workspace.source_uri(article.uri)), None


def _placed(finished: Finished, id: str) -> Placed:
    """The length of a clip at the show's rate; its words' times are not needed."""
    one = clip(finished, id)
    length = rescale_samples(one.length, one.sample_rate_hz, finished.session.show.audio.sample_rate_hz)
    return Placed(length=length, words=(), timing=one.timing, voice="")


def _result(finished: Finished, action: Action, kind: type[T]) -> T:
    try:
        return from_plain(finished.manifest.results.get(action.key()), kind)
    except ConfigError as error:
        raise UsageError("the cache no longer knows this episode: render it again", str(finished.folder)) from error


def spoken(script: Script) -> dict[str, Utterance]:
    """The utterances of a script by id, chapter titles that are spoken included."""
    return {one.id: one for one in script.utterances()}
