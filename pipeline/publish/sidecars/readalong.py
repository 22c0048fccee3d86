"""The read-along page: the article lights up sentence by sentence and word by word while it is heard.

One file with its style and script inside and the audio beside it; it opens from a folder as well as from a server, asks
nobody for anything, and without JavaScript is the article with the browser's player and links to every chapter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.contracts import Written
from pipeline.publish.sidecars._article_html import Look, article, escape
from pipeline.publish.sidecars._page import about, asset, chapter_list, page, player
from pipeline.publish.sidecars._page_words import own_language, words_of
from pipeline.publish.sidecars._pictures import beside
from pipeline.publish.sidecars._readalong_controls import controls
from pipeline.units import seconds_from_samples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.model.episode import Edition
    from pipeline.model.timeline import ChapterMark
    from pipeline.publish.sidecars._article_html import Section

MEDIA_TYPE = "text/html"
LONGEST = 2000
"""Sentences in one page; a longer episode has a page for each chapter."""


def write(edition: Edition, out: Path) -> tuple[Written, ...]:
    """Write ``NAME.readalong.html`` and, for other sites to embed, ``NAME.embed.html``.

    Where there are more than `LONGEST` sentences, ``NAME.readalong.html`` is the first chapter, the others follow in
    ``NAME.readalong-002.html`` and so on, and the embedded page has the chapters instead of the article. Pictures lie
    in ``NAME-images/``, for the transcript too: inside the pages they would have to be there several times over.
    """
    images, files = beside(edition, out)
    look = Look(words=True, times=True, images=images, undescribed=words_of(edition)["undescribed"])
    sections = article(edition, look)
    split = len(edition.timeline.cues) > LONGEST and len(sections) > 1
    groups = [(one,) for one in sections] if split else [sections]
    names = [_name(edition, number) for number in range(len(groups))]
    pages = {name: _page(edition, groups, names, number) for number, name in enumerate(names)}
    pages[f"{edition.name}.embed.html"] = _embedded(edition, groups, names)
    for name, text in pages.items():
        (out / name).write_text(text, encoding="utf-8", newline="\n")
    return (*(Written(path=name, media_type=MEDIA_TYPE) for name in pages), *files)


def _name(edition: Edition, number: int) -> str:
    return f"{edition.name}.readalong{f'-{number + 1:03}' if number else ''}.html"


def _page(edition: Edition, groups: Sequence[Sequence[Section]], names: Sequence[str], number: int) -> str:
    group = groups[number]
    places = list(_places(edition, groups, names, number))
    marks = edition.timeline.chapters
    title = marks[group[0].chapter].title if number and group[0].chapter < len(marks) else ""
    own, words = own_language(edition), words_of(edition)
    turn = "".join(
        f'<a id="{id}" href="{escape(quote(names[other]))}" rel="{id}">{escape(words[key])}</a> '
        for id, key, other in (("prev", "previous_chapter", number - 1), ("next", "next_chapter", number + 1))
        if 0 <= other < len(names)
    )
    body = "\n".join(
        (
            f'<a class="skip" href="#article"{own}>{escape(words["skip"])}</a>',
            # the article's own heading is on its first page
            f"<header>{_heading(edition) if number else ''}{about(edition)}</header>",
            chapter_list(edition, places) if len(places) > 1 else "",
            f'<main id="article" tabindex="-1"{_bounds(edition, groups, number)}>',
            *(one.body for one in group),
            "</main>",
            f'<nav aria-label="{escape(words["pages"])}"{own}><p>{turn}</p></nav>' if turn else "",
            controls(edition, player(edition)) if edition.renditions else "",
        )
    )
    return page(
        edition,
        body,
        style=asset("_page.css") + asset("_readalong.css"),
        script=asset("_readalong.js"),
        title=title,
        marks=f' data-name="{escape(edition.name)}"',
    )


def _heading(edition: Edition) -> str:
    return f"<h1>{escape(edition.tags.title or edition.name)}</h1>"


def _embedded(edition: Edition, groups: Sequence[Sequence[Section]], names: Sequence[str]) -> str:
    own = own_language(edition)
    whole = len(groups) == 1
    shown = "\n".join(one.body for one in groups[0]) if whole else _heading(edition)
    places = list(_places(edition, groups, names, 0 if whole else -1))
    body = "\n".join(
        (
            f'<main id="article" tabindex="0" aria-label="{escape(edition.tags.title or edition.name)}">',
            shown,
            "" if whole or len(places) < 2 else chapter_list(edition, places),
            "</main>",
            controls(edition, player(edition), compact=True) if edition.renditions else "",
            f'<footer{own}><a href="{escape(quote(names[0]))}" target="_top">'
            f"{escape(words_of(edition)['whole_page'])}</a></footer>",
        )
    )
    return page(
        edition,
        body,
        style=asset("_page.css") + asset("_readalong.css"),
        script=asset("_readalong.js"),
        marks=f' class="embed" data-name="{escape(edition.name)}"',
    )


def _places(
    edition: Edition, groups: Sequence[Sequence[Section]], names: Sequence[str], here: int
) -> Iterator[tuple[ChapterMark, str, str]]:
    """Each chapter, the address of its text, and the id there if it is on page ``here``."""
    marks = edition.timeline.chapters
    for number, group in enumerate(groups):
        for one in group:
            if one.cues and one.chapter < len(marks):
                id = one.cues[0][0]
                page_name = "" if number == here else quote(names[number])
                yield marks[one.chapter], f"{page_name}#{id}", id if number == here else ""


def _bounds(edition: Edition, groups: Sequence[Sequence[Section]], number: int) -> str:
    """When the page begins and ends, where others come before and after it."""
    given = []
    for name, at in (("start", number), ("end", number + 1)):
        heard = [one for group in groups[at:] for one in group if one.cues]
        if at and heard:
            start = min(cue.start for _, cue in heard[0].cues)
            given.append(f' data-{name}="{seconds_from_samples(start, edition.timeline.sample_rate_hz):.3f}"')
    return "".join(given)
