"""The preview's pages: the episodes of the show, and one episode with its files."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.serve.files import media_type
from pipeline.serve.markup import NOTHING, Html, fill

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.build.standing import Standing

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/pages.css">{head}
</head>
<body>
<a class="skip" href="#main">Skip to the main part</a>
<header><nav aria-label="Where you are"><ul class="way">{way}</ul></nav></header>
<main id="main" tabindex="-1">
{body}
</main>
{foot}
</body>
</html>
"""

STATES = {
    "fresh": "rendered, up to date",
    "changed": "changed since the last render",
    "never rendered": "never rendered",
    "conflict": "a conflict waits for you",
    "broken": "the script cannot be read",
    "waiting": "waits for approval",
}


def page(
    title: str, body: Html, *, way: Sequence[tuple[str, str]] = (), head: Html = NOTHING, foot: Html = NOTHING
) -> str:
    """A whole page.

    Args:
        title: Of the page; the last step of the way too.
        body: The main part.
        way: (address, words) of the pages above this one.
        head: More for the head.
        foot: Behind the main part.
    """
    steps = tuple(fill('<li><a href="{to}">{words}</a></li>', to=to, words=words) for to, words in way)
    here = fill('<li aria-current="page">{title}</li>', title=title)
    return fill(_PAGE, title=title, way=(*steps, here), body=body, head=head, foot=foot)


def episodes(show: str, every: Sequence[Standing], *, language: str, has_feed: bool, problem: str = "") -> str:
    """The list of episodes."""
    rows = tuple(
        fill(
            '<li class="episode"><h2{lang}>{title}</h2>'
            '<p class="state {kind}"><span class="mark" aria-hidden="true"></span>{state}{why}</p>'
            '<p class="ways"><a href="/review/{address}" aria-label="Review the script: {title}">Review the script</a> '
            '<a href="/episodes/{address}/" aria-label="Files and sound: {title}">Files and sound</a></p></li>',
            title=one.title,
            lang=lang(language),
            kind=one.state.replace(" ", "-"),
            state=STATES.get(one.state, one.state),
            why=f": {one.why}" if one.why else "",
            address=quote(one.name, safe=""),
        )
        for one in every
    )
    listed = fill('<ol class="episodes">{rows}</ol>', rows=rows) if rows else Html(_NONE)
    feed = Html('<p><a href="/feed.xml">The feed, for a podcast app on this machine</a></p>') if has_feed else NOTHING
    told = fill('<p class="problem">{problem}</p>', problem=problem) if problem else NOTHING
    count = f"{len(every)} episode{'' if len(every) == 1 else 's'}"
    body = fill(
        "<h1>{show}</h1>{told}<p>{count}; a preview on this machine, for nobody else.</p>{feed}{listed}",
        show=show,
        told=told,
        count=count,
        feed=feed,
        listed=listed,
    )
    return page(show, body)


_NONE = (
    "<p>There is no narration script yet. Run <code>articlecast narrate ARTICLE</code>, then load this page again.</p>"
)


def episode(one: Standing, files: Mapping[str, int], *, show: str, language: str) -> str:
    """One episode: its sound, its page to read along, its files with their sizes in bytes."""
    sound = next((name for name in files if media_type(name).startswith("audio/")), "")
    along = next((name for name in files if name.endswith(".readalong.html")), "")
    player = (
        fill('<audio controls preload="metadata" src="{to}" aria-label="The episode"></audio>', to=quote(sound))
        if sound
        else Html("<p>There is no sound yet: render it from the review page.</p>")
    )
    reading = (
        fill('<p><a class="main" href="{to}">Read along while it plays</a></p>', to=quote(along)) if along else NOTHING
    )
    rows = tuple(
        fill(
            '<tr><th scope="row"><a href="{to}">{name}</a></th><td>{kind}</td><td class="size">{size}</td></tr>',
            to=quote(name),
            name=name,
            kind=media_type(name),
            size=f"{size:,}",
        )
        for name, size in files.items()
    )
    table = (
        fill(
            '<h2 id="files">Files</h2><div class="wide" role="region" aria-labelledby="files" tabindex="0"><table>'
            "<thead><tr><th>Name</th><th>Kind</th><th>Bytes</th></tr></thead><tbody>{rows}</tbody></table></div>",
            rows=rows,
        )
        if rows
        else NOTHING
    )
    body = fill(
        '<h1{lang}>{title}</h1><p class="state {kind}"><span class="mark" aria-hidden="true"></span>{state}{why}</p>'
        '{player}{reading}<p><a href="/review/{address}">Review the script</a></p>{table}',
        lang=lang(language),
        title=one.title,
        kind=one.state.replace(" ", "-"),
        state=STATES.get(one.state, one.state),
        why=f": {one.why}" if one.why else "",
        player=player,
        reading=reading,
        address=quote(one.name, safe=""),
        table=table,
    )
    return page(one.title, body, way=(("/", show),))


def message(title: str, words: str) -> str:
    """A page that says what is the matter."""
    body = fill('<h1>{title}</h1><p class="problem">{words}</p>', title=title, words=words)
    return page(title, body, way=(("/", "All episodes"),))


def lang(tag: str) -> Html:
    """The attributes of a text in another language than the page's English; none where that is not known."""
    if not tag or tag == "und":
        return NOTHING
    rtl = tag.partition("-")[0].lower() in ("ar", "arc", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi")
    return fill(' lang="{tag}"{turned}', tag=tag, turned=Html(' dir="rtl"') if rtl else NOTHING)
