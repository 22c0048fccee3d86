"""From the plan to finished files: all of them are made beside their places, then moved there together."""

from __future__ import annotations

import errno
import shutil
from dataclasses import replace
from importlib import metadata
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.build import manifests
from pipeline.build.dress import credited, dress
from pipeline.build.manifests import Made, Manifest
from pipeline.build.pictures import pictures
from pipeline.errors import StoreError
from pipeline.model.action import Action
from pipeline.model.codec import to_plain
from pipeline.model.episode import Edition, Episode, File
from pipeline.publish import Draft, draft, file_at, rendition, write_audio, write_sidecars
from pipeline.store.blobs import digest
from pipeline.store.files import TEMPORARY, write_error
from pipeline.store.files import replace as move

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.assemble import Laid
    from pipeline.build.hall import Prepared
    from pipeline.build.session import Session
    from pipeline.model.episode import Rendition, Tags
    from pipeline.model.timeline import Timeline
    from pipeline.store.lock import LockedEpisode

AUDIO_SCHEMA = 2
"""Raised when joining or tagging changes its meaning, so that files made before are made anew."""


def finish(
    session: Session,
    prepared: Prepared,
    identity: LockedEpisode,
    laid: Laid,
    manifest: Manifest,
) -> Episode | None:
    """Write what changed of the episode's files.

    Returns:
        The episode; None where the store turned out to have lost frames, which it has then forgotten.

    Raises:
        WriteError: A file cannot be written. Where it cannot be made, all earlier files stand as they were;
            finished ones are moved to their places one after the other, the audio first.
    """
    narrated, plan = prepared.narrated, prepared.plan
    folder = session.workspace.episode_dir(narrated.name)
    work = folder / f"{TEMPORARY}new"
    tags = dress(session, narrated, identity)
    drafts = [_draft(name, prepared, laid.runs) for name in session.show.formats]
    try:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        made: list[File] = []
        keys: dict[str, str] = {}
        renditions: list[Rendition] = []
        paths: list[Path] = []
        for one in drafts:
            keys[one.path] = _audio_key(one, tags, session)
            file = _standing(folder / one.path, keys[one.path], manifest.files.get(one.path))
            paths.append(folder / one.path if file else work / one.path)
            if file is None:
                write_audio(one, frames(session, prepared, one.name), tags, session.show.audio, work / one.path)
                file = file_at(work / one.path, one.path, one.media_type)
                made.append(file)
            renditions.append(replace(rendition(one, file), timeline=laid.cues(one.timeline)))
        edition = Edition(
            name=narrated.name,
            document=narrated.document,
            script=narrated.script,
            timeline=renditions[0].timeline,
            tags=tags,
            renditions=tuple(renditions),
            paths=tuple(paths),
            credits=credited(session, plan),
            pictures=pictures(session, narrated) if session.show.sidecars else (),
        )
        sidecars = write_sidecars(session.show.sidecars, edition, work)
        for file in (*made, *sidecars):
            if (folder / file.path).is_dir():
                raise IsADirectoryError(errno.EISDIR, "a folder", file.path)
        for file in (*made, *sidecars):
            _put(work / file.path, folder / file.path, file)
    except LostFramesError:
        return None
    except OSError as error:
        raise write_error(error, folder) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    episode = Episode(
        guid=identity.guid,
        title=narrated.script.title,
        published=identity.published,
        explicit=tags.explicit,
        renditions=tuple(renditions),
        sidecars=sidecars,
    )
    _retire(folder, episode, manifest)
    files = {one.file.path: Made(key=keys[one.file.path], file=one.file) for one in episode.renditions}
    files |= {one.path: Made(key="", file=one) for one in sidecars}
    manifests.keep(session, identity.guid, narrated, plan, files)
    return episode


class LostFramesError(StoreError):
    """The store lost frames that it had when the plan was made; the next plan makes them again."""


def _draft(name: str, prepared: Prepared, timeline: Timeline) -> Draft:
    by_id = {step.id: step.encoded[name] for step in prepared.plan.steps}
    encoded = [by_id[cue.id] for cue in timeline.cues]
    return draft(name, prepared.narrated.name, timeline, encoded, prepared.setting.audio)


def frames(session: Session, prepared: Prepared, name: str) -> Iterator[bytes]:
    """The frames of all steps, in order.

    Raises:
        LostFramesError: Some are gone; all that are gone are forgotten, so that the next plan makes them again.
    """
    steps = prepared.plan.steps
    stream = session.store.stream([step.encoded[name].frames for step in steps])
    lost = False
    for step, data in zip(steps, stream, strict=True):
        if data is None:
            session.store.forget(step.encode[name])
            lost = True
        elif not lost:
            yield data
    if lost:
        raise LostFramesError("the store lost frames; run the same command again", session.store.url)


def _audio_key(one: Draft, tags: Tags, session: Session) -> str:
    inputs = {
        "frames": [run.frames.digest for run in one.encoded],
        # where each word is said is nothing that an audio file holds, and takes longer to write down than all the rest
        "timeline": to_plain(replace(one.timeline, cues=tuple(replace(cue, words=()) for cue in one.timeline.cues))),
        "tags": {**to_plain(replace(tags, chapters=())), "cover": digest(tags.cover)},
        "chapters": [[chapter.id, chapter.link, digest(chapter.image)] for chapter in tags.chapters],
        "codec": plugins.load("encoders", one.name).codec(session.show.audio).fingerprint,
        "mutagen": metadata.version("mutagen"),
        "audio": to_plain(session.show.audio),
    }
    return Action(room="publish", schema=AUDIO_SCHEMA, inputs=inputs).key()


def _standing(path: Path, key: str, before: Made | None) -> File | None:
    """The file, where it is the one that the last run made from the same inputs."""
    if before is None or before.key != key or not path.is_file():
        return None
    known = before.file
    same = path.stat().st_size == known.bytes and file_at(path, known.path, known.media_type) == known
    return known if same else None


def _put(source: Path, target: Path, file: File) -> None:
    """Move a finished file to its place; one that is the same already keeps its time stamp."""
    same_size = target.is_file() and target.stat().st_size == file.bytes
    if same_size and file_at(target, file.path, file.media_type).sha256 == file.sha256:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    move(source, target)


def _retire(folder: Path, episode: Episode, manifest: Manifest) -> None:
    """Remove files that the last render made here and this one does not, if they are still what it made."""
    now = {one.file.path for one in episode.renditions} | {one.path for one in episode.sidecars}
    for name, made in manifest.files.items():
        path = folder / name
        inside = path.resolve().is_relative_to(folder.resolve())
        if name not in now and inside and path.is_file() and file_at(path, name, made.file.media_type) == made.file:
            path.unlink()
            if path.parent != folder and not any(path.parent.iterdir()):
                path.parent.rmdir()
