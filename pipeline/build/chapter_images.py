"""Which of the article's pictures stands for which chapter."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

from pipeline.build.pictures import pictures
from pipeline.model.action import Action
from pipeline.model.clip import Ref
from pipeline.model.codec import to_plain
from pipeline.model.document import Footnote
from pipeline.narrate.ids import Ids
from pipeline.publish.chapter_image import MOST_BYTES, SIDE_PX, chapter_image
from pipeline.read import is_address
from pipeline.store.blobs import digest
from pipeline.text.figures import figures

if TYPE_CHECKING:
    from pipeline.build.narration import Narrated
    from pipeline.build.session import Session
    from pipeline.model.document import Document
    from pipeline.model.episode import Picture
    from pipeline.model.script import Script
    from pipeline.store.store import Store

SCHEMA = 1
"""Raised when `pipeline.publish.chapter_image` makes other bytes of a picture."""
MOST_BYTES_IN_ALL = 500_000
"""The tag precedes the audio: a player fetches all chapters' images before the first word."""
ICON_PX = 200
"""A picture with a shorter side is an icon, a line or a counting pixel."""


def chapter_images(session: Session, narrated: Narrated) -> dict[str, bytes]:
    """A JPEG for each chapter in which a picture stands that can be used, by the chapter's id.

    It is the first picture of the chapter that its author did not call decorative, that lies in the article's folder,
    and that is no icon. Where all of them together would be larger than `MOST_BYTES_IN_ALL`, the later chapters have
    none.
    """
    if not _lasts(session, narrated.script):
        return {}
    seen = pictures(session, narrated)
    usable = {one.source: one for one in seen if min(one.width_px, one.height_px) >= ICON_PX}
    if not usable:
        return {}
    sources = _sources(narrated.script, narrated.document, session.show.chapter_level)
    found: dict[str, bytes] = {}
    left = MOST_BYTES_IN_ALL
    for chapter in narrated.script.chapters:
        named = (usable[source] for source in sources.get(chapter.id, ()) if source in usable)
        image = next(filter(None, (_made(one, session.store) for one in named)), b"")
        left -= len(image)
        if left < 0:
            session.warnings.append(
                f"{narrated.name}: images of chapters take at most {MOST_BYTES_IN_ALL // 1000} kB of a tag; those from "
                f"“{chapter.title}” on are left out"
            )
            break
        if image:
            found[chapter.id] = image
    return found


def _lasts(session: Session, script: Script) -> bool:
    """Whether the article's file will be found again when the script is rendered alone: both must give one episode."""
    uri = script.source.uri if script.source else ""
    return bool(uri) and not is_address(uri) and (session.workspace.root / uri).is_file()


def _sources(script: Script, document: Document, chapter_level: int) -> dict[str, tuple[str, ...]]:
    """The pictures of each chapter, as the article names them, by the chapter's id.

    A script file does not know places in the article. But a chapter's id is made from its heading (`narrate.ids`) and
    survives all that a person does to the chapter; so the ids are made again from the article's headings. What a person
    has added has no pictures.
    """
    from pipeline.narrate.outline import sections  # brings in all of the narration

    document = replace(document, title=script.title)  # another than the article's may have been asked for
    parts = sections(document, chapter_level=chapter_level, omitted=[])
    ids = Ids()
    found = {
        ids.chapter(part.title): tuple(
            one.source
            for one in figures(block for block in part.blocks if not isinstance(block, Footnote))
            if one.kind == "image" and not one.decorative
        )
        for part in parts
    }
    if parts and script.chapters and not parts[0].heading:
        # the title has been changed since the script's first chapter got its id from it
        own, first = next(iter(found)), script.chapters[0].id
        if first not in found and all(chapter.id != own for chapter in script.chapters):
            found[first] = found.pop(own)
    return found


def _made(picture: Picture, store: Store) -> bytes:
    """The JPEG, drawn once; empty where none can be made."""
    inputs = {
        "picture": picture.sha256,
        "side_px": SIDE_PX,
        "most_bytes": MOST_BYTES,
        "pillow": _pillow(),
    }
    action = Action(room="chapter_image", schema=SCHEMA, inputs=inputs)
    known = store.value(action, Ref)
    image = store.get(known) if known is not None else None
    if image is None:
        try:
            data = picture.path.read_bytes()
        except OSError:  # it was there a moment ago
            return b""
        if digest(data) != picture.sha256:
            return b""
        image = chapter_image(data)
        store.remember(action, to_plain(store.blobs.put(image)))
    return image


@cache
def _pillow() -> str:
    """Its version: looking for it takes longer than looking for an image that is known."""
    return metadata.version("pillow")
