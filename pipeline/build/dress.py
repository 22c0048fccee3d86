"""What an episode says about itself: tags and cover."""

from __future__ import annotations

from dataclasses import replace
from importlib import metadata
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from pipeline import plugins
from pipeline.build.chapter_images import chapter_images
from pipeline.model.action import Action
from pipeline.model.clip import Ref
from pipeline.model.codec import to_plain
from pipeline.model.episode import ChapterTags, Tags
from pipeline.model.script import Play, Utterance
from pipeline.model.show import Credit
from pipeline.publish import make_cover
from pipeline.publish.vorbis_tags import MOST_CHAPTERS
from pipeline.store.blobs import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.build.narration import Narrated
    from pipeline.build.plan import Plan
    from pipeline.build.session import Session
    from pipeline.model.script import Script
    from pipeline.store.lock import LockedEpisode

TRANSCRIPT_BYTES = 64 * 1024
"""A longer transcript does not go into the tag: players read the whole tag before they play."""
COVER_SCHEMA = 1
_MAX_IMAGE_BYTES = 20_000_000


def dress(session: Session, narrated: Narrated, identity: LockedEpisode) -> Tags:
    """The episode's tags, from the script first, then from the show."""
    script, show = narrated.script, session.show
    transcript = "\n".join(utterance.spoken for utterance in script.utterances())
    explicit = script.meta.explicit if session.options.explicit is None else session.options.explicit
    title = script.title or narrated.name
    images = chapter_images(session, narrated)
    session.warnings.extend(_limits(session, narrated))
    return Tags(
        title=title,
        show=show.title or script.meta.site or title,
        authors=script.authors or show.authors,
        date=identity.published,
        language=script.language,
        genre=show.category or "Podcast",
        comment=script.meta.description or show.description,
        link=script.meta.link,
        licence=script.meta.licence or show.licence,
        narrator=_narrator(session, narrated),
        explicit=show.explicit if explicit is None else explicit,
        transcript=transcript if len(transcript.encode()) <= TRANSCRIPT_BYTES else "",
        season=script.meta.season,
        number=script.meta.number or identity.number,
        chapters=tuple(_chapters(script, images)),
        cover=_cover(session, narrated, title, show.title or script.meta.site),
    )


def _narrator(session: Session, narrated: Narrated) -> str:
    """The voices that speak; nothing where people have recorded every sentence."""
    script = narrated.script
    chapters = tuple(
        replace(
            chapter,
            lines=tuple(one for one in chapter.lines if isinstance(one, Utterance) and not one.recording),
        )
        for chapter in script.chapters
        if not chapter.recording
    )
    script = replace(script, chapters=chapters)
    if next(script.utterances(), None) is None:
        return ""
    speaking = session.voices(script, narrated.script_path).values()
    voices = dict.fromkeys(f"{voice.engine} {voice.speaker}".strip() for voice in speaking)
    return f"{', '.join(voices)} (synthetic voice)"


def credited(session: Session, plan: Plan) -> tuple[Credit, ...]:
    """Where the recordings that are heard come from, in their order, each once.

    A person's own take of a sentence or a chapter is named only where ``show.toml`` tells something of it.
    """
    root = session.workspace.root.resolve()
    told = {(root / credit.path).resolve(): credit for credit in session.show.credits}
    found: dict[Path, Credit] = {}
    for step in plan.clips:
        if step.file is None:
            continue
        if step.file in told:
            found.setdefault(step.file, told[step.file])
        elif isinstance(step.line, Play):
            inside = step.file.is_relative_to(root)
            name = step.file.relative_to(root).as_posix() if inside else step.file.name
            found.setdefault(step.file, Credit(path=name))
    return tuple(found.values())


def _chapters(script: Script, images: Mapping[str, bytes]) -> Iterator[ChapterTags]:
    """A link for each chapter to its heading on the article's page, and its image.

    The link is a text fragment, which needs no anchor there.
    """
    page = script.meta.link.partition("#")[0]
    for number, chapter in enumerate(script.chapters):
        link = page if chapter.title else ""
        if link and number:
            link = f"{page}#:~:text={quote(chapter.title, safe='')}"
        image = images.get(chapter.id, b"")
        if link or image:
            yield ChapterTags(id=chapter.id, link=link, image=image)


def _limits(session: Session, narrated: Narrated) -> Iterator[str]:
    """Where a container has no room for all chapters; told with the episode's name, for several may be dressed."""
    from pipeline.audio.mp4 import NERO_CHAPTERS  # here, since it brings numpy

    chapters = len(narrated.script.chapters)
    containers = {plugins.load("encoders", name).TAGS for name in session.show.formats}
    if chapters > NERO_CHAPTERS and "mp4" in containers:
        yield (
            f"{narrated.name}: {chapters:,} chapters; in the M4B, players that read Nero's list see the first "
            f"{NERO_CHAPTERS}, those that read the QuickTime track see all"
        )
    if chapters > MOST_CHAPTERS and containers & {"opus", "flac"}:
        yield f"{narrated.name}: {chapters:,} chapters; Opus and FLAC hold the first {MOST_CHAPTERS}"


def _cover(session: Session, narrated: Narrated, title: str, show_title: str) -> bytes:
    """The cover, drawn once: drawing costs more than all of an edit's other work."""
    image = _image(session, narrated)
    inputs = {
        "image": "" if image is None else digest(image),
        "title": title,
        "show": show_title,
        "pillow": metadata.version("pillow"),
    }
    action = Action(room="cover", schema=COVER_SCHEMA, inputs=inputs)
    known = session.store.value(action, Ref)
    data = session.store.get(known) if known is not None else None
    if data is None:
        data = make_cover(image, title=title, show=show_title)
        session.store.remember(action, to_plain(session.store.blobs.put(data)))
    return data


def _image(session: Session, narrated: Narrated) -> bytes | None:
    """The bytes of the article's lead image, or of the show's cover.

    An article may be hostile: only files inside its own folder are looked at, never an address. A saved page names its
    lead image by a whole address; where the page says its own, the file that lay beside it there is looked for here.
    """
    article = narrated.folder.resolve() if narrated.folder else None
    meta = narrated.script.meta
    place = meta.link.partition("?")[0].partition("#")[0].rpartition("/")[0]
    lead = meta.image.removeprefix(f"{place}/") if "://" in place else meta.image
    for name, base in ((lead, article), (session.show.cover, session.workspace.root.resolve())):
        data = _read(name, base) if base else None
        if data is not None:
            return data
    return None


def _read(name: str, base: Path) -> bytes | None:
    """The file inside ``base`` that is called ``name``, as it is written or as an address spells it."""
    for one in dict.fromkeys((name, unquote(name.partition("?")[0]))):
        if not one or "://" in one:
            continue
        try:
            path = (base / one).resolve()
            if path.is_relative_to(base) and path.is_file() and path.stat().st_size <= _MAX_IMAGE_BYTES:
                return path.read_bytes()
        except (OSError, ValueError):  # no name that a file could have, or none that may be read
            continue
    return None
