"""The tag of an MP3, and of a WAV: ID3v2.3 with chapters."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pipeline.units import ms_from_samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.model.episode import ChapterTags
    from pipeline.model.timeline import Timeline

_MAX_CHILDREN = 255  # a CTOC frame counts its children in one byte (ID3v2 Chapter Frame Addendum 1.0, § 3.2)
_TOP_LEVEL, _ORDERED = 2, 1  # flags of a CTOC frame, same place
_NO_OFFSET = 0xFFFFFFFF  # "ignore the byte offset, use the time", same place, § 3.1
_LATIN1, _UTF16 = 0, 1  # text encodings; UTF-16 with its byte order mark is what every ID3v2.3 reader takes
_FRONT_COVER, _OTHER_PICTURE = 3, 0  # ID3v2.3 § 4.15
_UNKNOWN_LANGUAGE = "XXX"  # ID3v2.4 structure, § 4
_HEADER_BYTES = 10  # of the tag and of each frame


def render(
    rows: Iterable[tuple[str, tuple[str, ...]]], cover: bytes, timeline: Timeline, chapters: Sequence[ChapterTags]
) -> bytes:
    """The tag, without padding.

    Args:
        rows: Names of frames, after a colon their description, and the values they hold.
        cover: JPEG bytes; empty for none.
        timeline: Its chapters, on the file's own frame grid.
        chapters: What some of them say beside their titles.
    """
    tag = _mutagen().ID3()
    values_of = dict(rows)
    language = next(iter(values_of.get("TLAN", ())), _UNKNOWN_LANGUAGE)
    for name, values in values_of.items():
        for frame in _frames(name, values, language):
            tag.add(frame)
    if cover:
        tag.add(_picture(_FRONT_COVER, cover))
    for frame in _chapters(timeline, {one.id: one for one in chapters}):
        tag.add(frame)
    if not tag:
        return b""
    tag.update_to_v23()
    file = BytesIO()
    tag.save(file, v1=0, v2_version=3, padding=lambda _: 0)
    # mutagen lays frames by size; players that ignore CTOC, ffmpeg among them, list chapters as they lie.
    data = file.getvalue()
    return data[:_HEADER_BYTES] + _in_time_order(data[_HEADER_BYTES:])


def _mutagen() -> Any:
    """The module of frames: mutagen has no types, so it comes in through one door."""
    import mutagen.id3

    return mutagen.id3


def _picture(kind: int, jpeg: bytes) -> Any:
    return _mutagen().APIC(encoding=_LATIN1, mime="image/jpeg", type=kind, desc="", data=jpeg)


def _frames(name: str, values: tuple[str, ...], language: str) -> Iterator[Any]:
    """The frames called ``name`` for ``values``; none where there is nothing to say."""
    values = tuple(filter(None, values))
    kind, _, description = name.partition(":")
    make = getattr(_mutagen(), kind)
    if not values:
        return
    if kind in {"COMM", "USLT"}:
        yield make(encoding=_UTF16, lang=language, desc=description, text="\n".join(values))
    elif kind.startswith("W"):
        # An address in a tag is Latin-1; what is only a name ("CC BY 4.0") is no address.
        for address in (quote(value, safe=":/?#[]@!$&'()*+,;=%~") for value in values if "://" in value):
            yield make(encoding=_UTF16, desc=description, url=address) if kind == "WXXX" else make(url=address)
    elif kind == "TXXX":
        yield make(encoding=_UTF16, desc=description, text=list(values))
    else:
        yield make(encoding=_UTF16, text=list(values))


def _chapters(timeline: Timeline, more: Mapping[str, ChapterTags]) -> Iterator[Any]:
    """CHAP frames and the CTOC frames that name them; the element ids of each kind sort in time order."""
    ids = [f"chapter{number:05}" for number in range(1, len(timeline.chapters) + 1)]
    for element, mark in zip(ids, timeline.chapters, strict=True):
        sub_frames = list(_frames("TIT2", (mark.title,), _UNKNOWN_LANGUAGE))
        if extra := more.get(mark.id):
            sub_frames += _frames("WXXX", (extra.link,), _UNKNOWN_LANGUAGE)
            sub_frames += [_picture(_OTHER_PICTURE, extra.image)] if extra.image else []
        yield _mutagen().CHAP(
            element_id=element,
            start_time=ms_from_samples(mark.start, timeline.sample_rate_hz),
            end_time=ms_from_samples(mark.end, timeline.sample_rate_hz),
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=sub_frames,
        )
    if ids:
        yield from _contents(ids)


def _contents(children: Sequence[str]) -> Iterator[Any]:
    """The top-level CTOC over ``children``, through as many CTOCs in between as that takes."""
    make, parts = _mutagen().CTOC, 0
    while len(children) > _MAX_CHILDREN:
        parents = []
        for first in range(0, len(children), _MAX_CHILDREN):
            parts += 1
            parents.append(f"part{parts:05}")
            under = list(children[first : first + _MAX_CHILDREN])
            yield make(element_id=parents[-1], flags=_ORDERED, child_element_ids=under, sub_frames=[])
        children = parents
    yield make(element_id="contents", flags=_TOP_LEVEL | _ORDERED, child_element_ids=list(children), sub_frames=[])


def _in_time_order(body: bytes) -> bytes:
    """The frames of ``body`` with the chapters' behind all others: CTOC, then CHAP, each by element id."""

    def place(frame: bytes) -> tuple[int, bytes]:
        late = {b"CTOC": 1, b"CHAP": 2}.get(frame[:4], 0)
        return late, frame[_HEADER_BYTES : frame.index(0, _HEADER_BYTES)] if late else b""

    frames: list[bytes] = []
    start = 0
    while start < len(body):
        end = start + _HEADER_BYTES + int.from_bytes(body[start + 4 : start + 8], "big")
        frames.append(body[start:end])
        start = end
    frames.sort(key=place)
    return b"".join(frames)
