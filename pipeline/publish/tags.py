"""What an audio file says about itself: one table of our fields and of how each container spells them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.publish import id3, mp4_tags, vorbis_tags
from pipeline.publish.languages import iso_639_2

if TYPE_CHECKING:
    from pipeline.model.episode import Tags
    from pipeline.model.timeline import ChapterMark, Timeline

TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "title": {"id3": ("TIT2",), "mp4": ("©nam",), "vorbis": ("TITLE",)},
    "show": {"id3": ("TALB",), "mp4": ("©alb",), "vorbis": ("ALBUM",)},
    "authors": {"id3": ("TPE1",), "mp4": ("©ART",), "vorbis": ("ARTIST",)},
    # audiobook players show the composer as the one who reads; Vorbis has a name for it
    "narrator": {"id3": ("TCOM", "TXXX:NARRATOR"), "mp4": ("©wrt", "©nrt"), "vorbis": ("PERFORMER", "NARRATOR")},
    "date": {"id3": ("TDRC",), "mp4": ("©day",), "vorbis": ("DATE",)},  # ID3v2.3 has no TDRC: saved as TYER and TDAT
    "language": {"id3": ("TLAN",), "mp4": ("----:LANGUAGE",), "vorbis": ("LANGUAGE",)},
    "genre": {"id3": ("TCON",), "mp4": ("©gen",), "vorbis": ("GENRE",)},
    "comment": {"id3": ("COMM",), "mp4": ("desc", "ldes", "©cmt"), "vorbis": ("DESCRIPTION", "COMMENT")},
    # the first says what it is, the second is what players show
    "link": {"id3": ("WOAS", "WXXX"), "mp4": ("----:WWW", "©url"), "vorbis": ("URL",)},
    # ID3's second where the licence is an address
    "licence": {"id3": ("TCOP", "WCOP"), "mp4": ("cprt", "----:LICENSE"), "vorbis": ("LICENSE", "COPYRIGHT")},
    "explicit": {"id3": ("TXXX:ITUNESADVISORY",), "mp4": ("rtng",), "vorbis": ("ITUNESADVISORY",)},
    "season": {"id3": ("TPOS", "TXXX:SEASON"), "mp4": ("tvsn",), "vorbis": ("DISCNUMBER", "SEASON")},
    "number": {"id3": ("TRCK", "TXXX:EPISODE"), "mp4": ("trkn", "tves"), "vorbis": ("TRACKNUMBER", "EPISODE")},
    "transcript": {"id3": ("USLT",), "mp4": ("©lyr",), "vorbis": ("LYRICS",)},
    "cover": {"id3": ("APIC",), "mp4": ("covr",), "vorbis": ("METADATA_BLOCK_PICTURE",)},
    "chapters": {"id3": ("CHAP",), "mp4": (), "vorbis": ("CHAPTER001",)},  # MP4: a track of its own, with titles only
}
"""Field of `Tags` → spelling → its names there, all of them written.

After a colon stands the description that tells frames of one name apart. A new spelling is a new column here, a
module like `pipeline.publish.id3` and a line in `_CONTAINERS`.
"""

_CONTAINERS = {
    "id3": ("id3", id3.render),
    "mp4": ("mp4", mp4_tags.render),
    "opus": ("vorbis", vorbis_tags.render),
    "flac": ("vorbis", vorbis_tags.render_flac),
}
"""`pipeline.contracts.Encoder.TAGS` → column of `TABLE`, and what makes bytes of it."""


def render(container: str, tags: Tags, timeline: Timeline) -> bytes:
    """``tags`` and the chapters of ``timeline`` as bytes that an encoder puts into its file.

    The same values give the same bytes.

    Args:
        container: A key of `_CONTAINERS`.
        tags: Empty fields are left out.
        timeline: On the file's own frame grid.

    Raises:
        UsageError: There is no such container.
    """
    if container not in _CONTAINERS:
        raise UsageError(f"no spelling of tags is called {container!r}; there are: {', '.join(sorted(_CONTAINERS))}")
    spelling, make = _CONTAINERS[container]
    texts = _texts(tags)
    rows = [(name, texts[field]) for field, names in TABLE.items() if field in texts for name in names[spelling]]
    timeline = replace(timeline, chapters=marks(timeline))
    chapters = tuple(replace(chapter, link=_clean(chapter.link)) for chapter in tags.chapters)
    return make(rows, tags.cover, timeline, chapters)


def marks(timeline: Timeline) -> tuple[ChapterMark, ...]:
    """The chapters with titles that any container takes."""
    return tuple(replace(mark, title=_clean(mark.title)) for mark in timeline.chapters)


def _texts(tags: Tags) -> dict[str, tuple[str, ...]]:
    """The fields that are text, as values that any container takes; nothing to say is an empty tuple."""
    date = re.match(r"\d{4}(-\d\d(-\d\d)?)?(?!\d)", tags.date)
    texts = {
        "title": (tags.title,),
        "show": (tags.show,),
        "authors": tags.authors,
        "date": (date.group() if date else "",),
        "language": (iso_639_2(tags.language),),
        "genre": (tags.genre,),
        "comment": (tags.comment,),
        "link": (tags.link,),
        "licence": (tags.licence,),
        "narrator": (tags.narrator,),
        "season": ("" if tags.season is None else str(tags.season),),
        "number": ("" if tags.number is None else str(tags.number),),
        "explicit": ({True: "1", False: "2", None: ""}[tags.explicit],),  # 1 explicit, 2 clean: as iTunes counts
        "transcript": (tags.transcript,),
    }
    return {field: tuple(filter(None, map(_clean, values))) for field, values in texts.items()}


def _clean(text: str) -> str:
    """``text`` without what ends or breaks a string in a container: control characters and lone surrogates."""
    return re.sub(r"[^\n\t\x20-\ud7ff\ue000-\U0010ffff]", "", text).strip()
