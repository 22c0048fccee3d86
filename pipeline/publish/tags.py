"""What an audio file says about itself: one table of our fields and of how each container spells them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import UsageError, WriteError
from pipeline.publish import id3
from pipeline.publish.languages import iso_639_2

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.episode import Tags
    from pipeline.model.timeline import Timeline

TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "title": {"id3": ("TIT2",)},
    "show": {"id3": ("TALB",)},
    "authors": {"id3": ("TPE1",)},
    "date": {"id3": ("TDRC",)},  # saved as TYER and TDAT: ID3v2.3 has no TDRC
    "language": {"id3": ("TLAN",)},
    "genre": {"id3": ("TCON",)},
    "comment": {"id3": ("COMM",)},
    "link": {"id3": ("WOAS", "WXXX")},  # the first says what it is, the second is what players show
    "licence": {"id3": ("TCOP", "WCOP")},  # the second where the licence is an address
    "narrator": {"id3": ("TXXX:NARRATOR",)},
    "explicit": {"id3": ("TXXX:ITUNESADVISORY",)},
    "transcript": {"id3": ("USLT",)},
    "cover": {"id3": ("APIC",)},
}
"""Field of `Tags` → kind of container (`pipeline.contracts.Encoder.TAGS`) → its names there, all of them written.

After a colon stands the description that tells frames of one name apart. A new container is a new column here, a
module like `pipeline.publish.id3` and a line in `_WRITERS`.
"""

_WRITERS = {"id3": id3.write}


def write(path: Path, spelling: str, tags: Tags, timeline: Timeline) -> None:
    """Write ``tags`` and the chapters of ``timeline`` into a finished audio file, in place of those it has.

    The same values give the same bytes.

    Args:
        path: An audio file without open writers.
        spelling: How its container spells tags: a column of `TABLE`.
        tags: Empty fields are left out.
        timeline: On this file's own frame grid.

    Raises:
        UsageError: There is no such spelling.
        WriteError: The file cannot be written.
    """
    if spelling not in _WRITERS:
        raise UsageError(f"no spelling of tags is called {spelling!r}; there are: {', '.join(sorted(_WRITERS))}")
    from mutagen import MutagenError

    texts = _texts(tags)
    rows = [(name, texts[field]) for field, names in TABLE.items() if field in texts for name in names[spelling]]
    try:
        _WRITERS[spelling](path, rows, tags.cover, timeline)
    except (MutagenError, OSError) as error:
        raise WriteError(f"the tags cannot be written: {error}", str(path)) from error


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
        "explicit": ({True: "1", False: "2", None: ""}[tags.explicit],),  # 1 explicit, 2 clean: as iTunes counts
        "transcript": (tags.transcript,),
    }
    return {field: tuple(filter(None, values)) for field, values in texts.items()}
