"""A finished episode as the feed tells of it, and where its files lie at the destination."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.build import calibration, identity, narration
from pipeline.build.dress import dress
from pipeline.build.sync_older import rules
from pipeline.build.versions import program
from pipeline.model.publication import Entry, Item, Posted
from pipeline.publish import file_at
from pipeline.read import is_address
from pipeline.store import lock as locking
from pipeline.units import ms_from_samples

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.build.hall import Report
    from pipeline.build.session import Session
    from pipeline.build.sync_look import Looked
    from pipeline.model.episode import File

SCRIPT_TYPE = "text/plain"
_FOLDER_LENGTH = 12
"""Hex digits of the digest in the name of an episode's folder."""
_ROLES = (
    (".chapters.json", "chapters"),
    (".shownotes.html", "notes"),
    (".shownotes.txt", "notes"),
    (".embed.html", "page"),
    (".words.vtt", "other"),
    (".vtt", "transcript"),
    (".srt", "transcript"),
    (".transcript.html", "transcript"),
    (".transcript.json", "transcript"),
    (".transcript.txt", "transcript"),
    (".epub", "book"),
    (".lpf", "book"),
)
"""Ending of a sidecar → what it is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished episode.

    Attributes:
        entry: What the catalogue will say of it.
        sources: For each published file, in their order, where its bytes are.
    """

    entry: Entry
    sources: tuple[tuple[Posted, Path], ...]


def made(session: Session, looked: Looked, report: Report, key: str) -> Made:
    """What a render made, for the catalogue and the feed."""
    narrated = narration.from_source(session, report.script, keep=False)
    known = identity.identify(session, narrated)
    tags = dress(session, narrated, known)
    session.take_warnings()  # the render has told them
    base = f"episodes/{report.name}/{_folder(report)}"
    first = report.episode.renditions[0]
    script = file_at(report.script, f"{report.name}.script.txt", SCRIPT_TYPE)
    language = narrated.script.language
    files = [(_posted(base, one.file, "audio"), report.directory / one.file.path) for one in report.episode.renditions]
    for file in report.episode.sidecars:
        role = role_of(file.path)
        posted = _posted(base, file, role, language if role == "transcript" else "")
        files.append((posted, report.directory / file.path))
    files.append((_posted(base, script, "script"), report.script))
    notes = next((path for posted, path in files if posted.path.endswith(".shownotes.html")), None)
    source = looked.found.source
    item = Item(
        name=report.name,
        guid=known.guid,
        title=tags.title,
        number=tags.number or known.number,
        season=tags.season,
        published=known.published,
        link=tags.link or (source if is_address(source) and "#" not in source else ""),
        description=" ".join(narrated.script.meta.description.split()),
        notes=notes.read_text(encoding="utf-8") if notes else "",
        authors=tags.authors,
        language=language,
        licence=tags.licence or session.show.licence,
        narrator=tags.narrator,
        explicit=tags.explicit,
        duration_ms=ms_from_samples(first.timeline.length, first.timeline.sample_rate_hz),
        files=tuple(posted for posted, _ in files),
    )
    voices = session.voices(narrated.script, report.script).values()
    entry = Entry(
        item=item,
        source=source,
        source_digest=looked.found.digest,
        key=key,
        uses=looked.uses,
        made_by=made_by(session, {calibration.lock_name(voice) for voice in voices}),
    )
    return Made(entry=entry, sources=tuple(files))


def made_by(session: Session, voices: set[str]) -> dict[str, str]:
    """What makes episodes now: versions, and the fingerprint of each voice as it is locked."""
    locked = locking.load(session.workspace.lock_path).voices
    heard = {f"voice {name}": locked[name].fingerprint for name in sorted(voices) if name in locked}
    return {"articlecast": program(), "rules": rules(), **heard}


def role_of(path: str) -> str:
    """What a sidecar is for."""
    if "-daisy202/" in path:
        return "book" if path.endswith("/ncc.html") else "other"
    if ".readalong" in path and path.endswith(".html"):
        return "page"
    return next((role for ending, role in _ROLES if path.endswith(ending)), "other")


def _posted(base: str, file: File, role: str, language: str = "") -> Posted:
    return Posted(
        path=f"{base}/{file.path}",
        media_type=file.media_type,
        bytes=file.bytes,
        sha256=file.sha256,
        role=role,
        language=language,
    )


def _folder(report: Report) -> str:
    """Another name wherever an audio file changed: apps fetch an enclosure again only from a new address."""
    digests = "\n".join(one.file.sha256 for one in report.episode.renditions)
    return hashlib.sha256(digests.encode()).hexdigest()[:_FOLDER_LENGTH]
