"""The review page: every sentence with a button to hear it and one to change it; one editor goes where it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.serve.markup import NOTHING, Html, fill
from pipeline.serve.pages import lang, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.build.reviewing import Reviewed, Section, Sentence

OPEN = 200
"""Sentences up to which all chapters stand open; of a longer script the first one, so that Tab reaches the rest."""

_HEAD = """
<meta name="token" content="{token}">
<script src="/static/review.js" defer></script>"""

_SENTENCE = """
<li id="{id}" data-heard="{heard}" data-known="{known}"{odd}>
<p class="spoken"{lang}>{spoken}</p>{written}
<p class="facts">{facts}</p>
<p class="acts">{play}<button type="button" data-do="edit" aria-expanded="false" aria-label="Edit sentence {number}">\
Edit</button></p>
</li>"""

_EDITOR = """
<form id="editor" class="editor" autocomplete="off" aria-label="Edit the sentence" hidden>
<div class="field"><label for="words">What the voice says</label>
<textarea id="words" rows="3" maxlength="5000" aria-describedby="hint wrong" spellcheck="true"{lang}></textarea>
<p id="hint" class="hint">Another language: <code>{{fr: déjà vu}}</code>. Escape closes this without saving.</p>
</div>
<p class="acts"><button type="submit" class="main">Save and hear</button>
<button type="button" data-do="undo">Back to the machine’s words</button>
<button type="button" data-do="cancel">Close</button></p>
<fieldset><legend>Say a word differently, everywhere</legend>
<div class="fields">
<div class="field"><label for="grapheme">The word as written</label><input id="grapheme" maxlength="100"{lang}></div>
<div class="field"><label for="alias">Say it as</label><input id="alias" maxlength="300"{lang}></div>
<div class="field"><label for="ipa">or in IPA</label><input id="ipa" maxlength="300"></div>
<div class="field"><label for="scope">In</label><select id="scope"><option value="show">this show</option>
<option value="article">this episode</option></select></div>
</div>
<p class="acts"><button type="button" data-do="pronounce">Add to the lexicon and hear</button></p>
</fieldset>
<p id="wrong" class="problem" role="status"></p>
</form>"""

_BAR = """
<div id="bar" class="bar" role="region" aria-label="Sound and progress">
<p id="told" role="status"></p>
<div class="row">
<audio id="sound" controls preload="none" aria-label="The sentence"></audio>
<label><input type="checkbox" id="on"> Play on to the next</label>
<button type="button" id="render">Render the episode</button>{approve}
<progress id="progress" max="1" value="0" aria-label="Rendering" hidden></progress>
</div>
</div>"""


def review(found: Reviewed, *, show: str, token: str, approval: str = "") -> str:
    """The review page of a script.

    Args:
        found: The script.
        show: Title of the show.
        token: What changes must bring along.
        approval: ``"approved"`` or ``"waiting"``; empty where scripts are not approved here.
    """
    title = found.title or found.name
    above = [("/", show), (f"/episodes/{quote(found.name, safe='')}/", "Files and sound")]
    if not found.sections:
        body = fill("<h1>{title}</h1>{trouble}", title=title, trouble=_trouble(found))
        return page(f"Review: {title}", body, way=above)
    count = sum(len(section.sentences) for section in found.sections)
    numbers = iter(range(1, count + 1))
    sections = tuple(
        _section(section, found.language, numbers, is_open=count <= OPEN or not place)
        for place, section in enumerate(one for one in found.sections if one.sentences)
    )
    body = fill(
        "<h1>Review: <span{lang}>{title}</span></h1>"
        '<noscript><p class="problem">To hear and change sentences, this page needs JavaScript; the script file can be '
        "edited without it.</p></noscript>{trouble}"
        '<p id="summary">{summary}</p>'
        '<p class="filter"><label><input type="checkbox" id="only"> Only sentences that changed or that a person '
        "edited</label></p>"
        '<div id="script" data-name="{name}" data-digest="{digest}">{sections}</div>{editor}',
        lang=lang(found.language),
        title=title,
        trouble=_trouble(found),
        summary=f"{count} sentence{'' if count == 1 else 's'} in {found.path.name}. Every change is written there.",
        name=quote(found.name, safe=""),
        digest=found.digest,
        sections=sections,
        editor=fill(_EDITOR, lang=lang(found.language)),
    )
    head, foot = fill(_HEAD, token=token), fill(_BAR, approve=_approval(approval))
    return page(f"Review: {title}", body, way=above, head=head, foot=foot)


def facts(one: Sentence) -> str:
    """What else is to be known of a sentence, in words."""
    return " · ".join(_facts(one))


def _facts(one: Sentence) -> Iterator[str]:
    if one.role != "body":
        yield {"announcement": "narrator’s own words", "cell": "table"}.get(one.role, one.role)
    if one.voice:
        yield f"voice {one.voice}"
    if one.recorded:
        yield "a person’s recording"
    if one.machine:
        yield "edited by a person"
    if one.changed:
        yield "not rendered yet"
    if one.duration_ms:
        yield f"{one.duration_ms / 1000:.1f} s"


def _section(section: Section, language: str, numbers: Iterator[int], *, is_open: bool) -> Html:
    rows = tuple(_sentence(one, language, next(numbers)) for one in section.sentences)
    return fill(
        '<details class="chapter"{is_open}><summary><h2><span{lang}>{title}</span> '
        '<span class="count">{count}</span></h2></summary><ol>{rows}</ol></details>',
        is_open=Html(" open") if is_open else NOTHING,
        lang=lang(language) if section.title else NOTHING,
        title=section.title or "Before the first chapter",
        count=f"{len(rows)} sentence{'' if len(rows) == 1 else 's'}",
        rows=rows,
    )


def _sentence(one: Sentence, language: str, number: int) -> Html:
    written = (
        fill(
            '\n<p class="written"><span class="label">Written:</span> <span{lang}>{words}</span></p>',
            lang=lang(language),
            words=one.written,
        )
        if one.written and one.written != one.spoken
        else NOTHING
    )
    play = fill(
        '<button type="button" data-do="play" aria-label="Play sentence {number}">Play</button> ', number=number
    )
    marks = [f"data-{name}" for name, is_so in (("changed", one.changed), ("edited", bool(one.machine))) if is_so]
    return fill(
        _SENTENCE,
        id=one.id,
        heard="yes" if one.heard else "no",
        known="yes" if one.known else "no",
        odd=Html("".join(f" {mark}" for mark in marks)),
        lang=lang(language),
        spoken=one.spoken,
        written=written,
        facts=facts(one),
        play=play if one.heard else NOTHING,
        number=number,
    )


def _trouble(found: Reviewed) -> Html:
    if not found.trouble:
        return NOTHING
    words = f"A person must decide. {found.trouble}" if found.conflict else found.trouble
    return fill('<p class="problem">{words}</p>', words=words)


def _approval(approval: str) -> Html:
    if not approval:
        return NOTHING
    words = "Approved" if approval == "approved" else "Approve this script"
    return fill(
        '\n<button type="button" id="approve" data-state="{state}">{words}</button>', state=approval, words=words
    )
