"""What the read-along page is driven with; all but the browser's player waits for the script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipeline.publish.sidecars._article_html import escape
from pipeline.publish.sidecars._page_words import own_language, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model.episode import Edition
    from pipeline.text.page_words import Words

_RATES = ("0.5", "0.6", "0.7", "0.8", "0.9", "1", "1.1", "1.25", "1.5", "1.75", "2", "2.5", "3")
_BUTTONS = (  # what it does, the key of what it shows, the key of what it is called where that is another
    ("play", "play", ""),
    ("back", "back", ""),
    ("on", "forward", ""),
    ("before", "sentence_back", "previous_sentence"),
    ("after", "sentence_on", "next_sentence"),
    ("above", "paragraph_back", "previous_paragraph"),
    ("below", "paragraph_on", "next_paragraph"),
)
_COMPACT = 3
"""Buttons of the embedded page."""
_MINUTES = (5, 15, 30)
_KEYS = (
    ("k", "key_play"),
    ("j", "key_back"),
    ("l", "key_forward"),
    (",", "key_before"),
    (".", "key_after"),
    ("[", "key_above"),
    ("]", "key_below"),
    ("+", "key_faster"),
    ("-", "key_slower"),
)
_CHECKS = (("plain", "plain"), ("follow", "follow"), ("words", "mark_words"), ("keys", "keys"))
_TOLD = ("play", "pause", "speed", "no_timer", "timer_set", "asleep", "page_end")
"""What the script says."""


def controls(edition: Edition, player: str, *, compact: bool = False) -> str:
    """The player with buttons and settings.

    Args:
        edition: Tells the language.
        player: The browser's own.
        compact: Only what an embedded page has room for.
    """
    words = {key: escape(said) for key, said in words_of(edition).items()}
    buttons = "".join(
        f'<button type="button" data-do="{act}"' + (f' aria-label="{words[name]}"' if name else "") + f">{words[shown]}"
        "</button>"
        for act, shown, name in _BUTTONS[: _COMPACT if compact else None]
    )
    rate = _select("rate", words["speed"], ((rate, f"{rate} ×") for rate in _RATES))
    # each sentence is heard: only what the buttons do is told
    told = '<p id="told" role="status"></p>'
    said = escape(json.dumps({key: words_of(edition)[key] for key in _TOLD}, ensure_ascii=False))
    return (
        f'<section class="player" aria-label="{words["player"]}"{own_language(edition)} data-words="{said}">{player}'
        f'<div class="row" data-live hidden>{buttons}{rate}</div>'
        f"{'' if compact else _settings(words)}{told}</section>"
    )


def _settings(words: Words) -> str:
    """What a reader may choose, and which keys there are."""
    themes = (("", "as_system"), ("light", "light"), ("dark", "dark"), ("contrast", "contrast"))
    sleep = (
        ("", words["off"]),
        *((str(minutes), words["minutes"].replace("{}", str(minutes))) for minutes in _MINUTES),
        ("60", words["hour"]),
        ("chapter", words["chapter_end"]),
    )
    keys = ", ".join(f"<kbd>{key}</kbd> {words[what]}" for key, what in _KEYS)
    return (
        f'<details data-live hidden><summary>{words["settings"]}</summary><div class="row">'
        + _select("size", words["size"], ((str(size), f"{size} %") for size in (80, 100, 125, 150, 175, 200, 250, 300)))
        + _select("lead", words["spacing"], ((str(lead), f"{lead / 100:g}") for lead in (130, 160, 200, 250)))
        + _select("theme", words["colours"], ((value, words[key]) for value, key in themes))
        + f'<label>{words["sleep"]} <select id="sleep">{_options(sleep)}</select></label>'
        + "".join(_check(name, words[key]) for name, key in _CHECKS)
        + f"</div><p>{words['help'].replace('{}', '<kbd>Enter</kbd>')} {words['anywhere']} {keys}.</p></details>"
    )


def _select(name: str, label: str, options: Iterable[tuple[str, str]]) -> str:
    return f'<label>{label} <select data-set="{name}">{_options(options)}</select></label>'


def _options(options: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<option value="{value}">{shown}</option>' for value, shown in options)


def _check(name: str, label: str) -> str:
    return f'<label><input type="checkbox" data-set="{name}"> {label}</label>'
