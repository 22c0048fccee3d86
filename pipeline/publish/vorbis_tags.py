"""Vorbis comments with chapters, as Opus holds them in a packet and FLAC in blocks.

Sources: "Ogg Vorbis I format specification: comment field", wiki.xiph.org/Chapter_Extension, RFC 9639 § 8.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from pipeline.units import ms_from_samples, timecode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.model.episode import ChapterTags
    from pipeline.model.timeline import Timeline

MOST_CHAPTERS = 999
"""Chapters are counted with three digits, from 001; a file with more has its first 999 only."""
_FRONT_COVER = 3
_COMMENTS_BLOCK, _PICTURE_BLOCK = 4, 6


def render(
    rows: Iterable[tuple[str, tuple[str, ...]]], cover: bytes, timeline: Timeline, chapters: Sequence[ChapterTags]
) -> bytes:
    """The comments of an Opus file: all behind ``OpusTags``.

    Args:
        rows: Names and their values.
        cover: JPEG bytes; empty for none.
        timeline: Its chapters, on the file's own frame grid.
        chapters: What some of them say beside their titles; images have no place here.
    """
    comments = _comments(rows, timeline, chapters)
    if cover:
        comments.append(("METADATA_BLOCK_PICTURE", base64.b64encode(_picture(cover)).decode("ascii")))
    return _bytes(comments)


def render_flac(
    rows: Iterable[tuple[str, tuple[str, ...]]], cover: bytes, timeline: Timeline, chapters: Sequence[ChapterTags]
) -> bytes:
    """The same for a FLAC file: a block of comments, and one of the cover. Neither is the file's last block."""
    blocks = _block(_COMMENTS_BLOCK, _bytes(_comments(rows, timeline, chapters)))
    return blocks + (_block(_PICTURE_BLOCK, _picture(cover)) if cover else b"")


def _mutagen() -> Any:
    """The module of FLAC's metadata: mutagen has no types, so it comes in through one door."""
    import mutagen.flac

    return mutagen.flac


def _comments(rows: Iterable[tuple[str, tuple[str, ...]]], timeline: Timeline, chapters: Sequence[ChapterTags]) -> Any:
    """The list of comments as mutagen has it: itself a list of pairs."""
    comments = _mutagen().VCFLACDict()
    comments.extend((name, value) for name, values in rows for value in values)
    comments.extend(_marks(timeline, {one.id: one.link for one in chapters}))
    return comments


def _marks(timeline: Timeline, links: dict[str, str]) -> Iterator[tuple[str, str]]:
    for number, mark in enumerate(timeline.chapters[:MOST_CHAPTERS], start=1):
        name = f"CHAPTER{number:03}"
        yield name, timecode(ms_from_samples(mark.start, timeline.sample_rate_hz))
        yield f"{name}NAME", mark.title
        if link := links.get(mark.id):
            yield f"{name}URL", link


def _bytes(comments: Any) -> bytes:
    data: bytes = comments.write(framing=False)
    return data


def _picture(jpeg: bytes) -> bytes:
    picture = _mutagen().Picture()
    picture.type, picture.mime, picture.data = _FRONT_COVER, "image/jpeg", jpeg
    data: bytes = picture.write()
    return data


def _block(kind: int, content: bytes) -> bytes:
    return bytes((kind,)) + len(content).to_bytes(3, "big") + content
