"""The transcript as a web page: the article with its own structure, every sentence a link to its moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.contracts import Written
from pipeline.publish.sidecars._article_html import Look, article
from pipeline.publish.sidecars._page import about, asset, chapter_list, moment, page, player
from pipeline.publish.sidecars._page_words import words_of
from pipeline.publish.sidecars._pictures import beside

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.episode import Edition
    from pipeline.model.timeline import Cue

MEDIA_TYPE = "text/html"


def write(edition: Edition, out: Path) -> tuple[Written, ...]:
    """Write ``NAME.transcript.html``, without a script; its links open the audio beside it at their moment.

    Pictures lie in ``NAME-images/``.
    """

    def address(cue: Cue) -> str:
        return moment(edition, cue.start)

    images, files = beside(edition, out)
    sections = article(
        edition,
        Look(
            moment=address if edition.renditions else None,
            images=images,
            undescribed=words_of(edition)["undescribed"],
        ),
    )
    marks = edition.timeline.chapters
    places = [
        (marks[one.chapter], f"#{one.cues[0][0]}", one.cues[0][0])
        for one in sections
        if one.cues and one.chapter < len(marks)
    ]
    body = "\n".join(
        (
            f"<header>{about(edition)}{player(edition)}</header>",
            chapter_list(edition, places) if len(places) > 1 else "",
            '<main id="article">',
            *(one.body for one in sections),
            "</main>",
        )
    )
    name = f"{edition.name}.transcript.html"
    text = page(edition, body, style=asset("_page.css"))
    (out / name).write_text(text, encoding="utf-8", newline="\n")
    return (Written(path=name, media_type=MEDIA_TYPE), *files)
