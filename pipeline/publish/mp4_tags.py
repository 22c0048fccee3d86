"""The tags of an M4B: the ``meta`` box that iTunes invented. Chapters are tracks of the file, not tags."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model.episode import ChapterTags
    from pipeline.model.timeline import Timeline

_FREE = "----:com.apple.iTunes:"
_NUMBERS = ("rtng", "tvsn", "tves")
_PAIRS = ("trkn",)  # a number and the total, 0 for unknown
_MOST = {"rtng": 0xFF, "trkn": 0xFFFF}
_AUDIOBOOK = 2
_BOX_HEAD = 8


def render(
    rows: Iterable[tuple[str, tuple[str, ...]]], cover: bytes, _timeline: Timeline, _chapters: Sequence[ChapterTags]
) -> bytes:
    """The ``meta`` box, to stand under ``udta``.

    Args:
        rows: Names of atoms, ``----:NAME`` for one of a free name, and the values they hold.
        cover: JPEG bytes; empty for none.
    """
    mutagen = _mutagen()
    tags = mutagen.MP4Tags()
    tags["stik"] = [_AUDIOBOOK]
    for name, values in rows:
        if values and (made := _made(name, values)):
            tags[name.replace("----:", _FREE)] = made
    if cover:
        tags["covr"] = [mutagen.MP4Cover(cover, imageformat=mutagen.MP4Cover.FORMAT_JPEG)]
    # mutagen writes into files only: into the smallest one that it takes, out of which the box is cut.
    file = BytesIO(_BOX_HEAD.to_bytes(4, "big") + b"moov")
    tags.save(file, padding=lambda _: 0)
    return file.getvalue()[2 * _BOX_HEAD :]  # moov and udta are nothing but heads around it


def _mutagen() -> Any:
    """The module of atoms: mutagen has no types, so it comes in through one door."""
    import mutagen.mp4

    return mutagen.mp4


def _made(name: str, values: tuple[str, ...]) -> list[Any]:
    """What mutagen takes for an atom; nothing where a number is larger than its place."""
    if name in _NUMBERS or name in _PAIRS:
        number = int(values[0])
        if not 0 <= number <= _MOST.get(name, 0x7FFFFFFF):
            return []
        return [(number, 0)] if name in _PAIRS else [number]
    if name.startswith("----:"):
        return [value.encode() for value in values]
    return [", ".join(values)]  # most readers see the first text of an atom only
