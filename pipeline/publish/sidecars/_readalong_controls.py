"""What the read-along page is driven with; all but the browser's player waits for the script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.publish.sidecars._page import english

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model.episode import Edition

_RATES = ("0.5", "0.6", "0.7", "0.8", "0.9", "1", "1.1", "1.25", "1.5", "1.75", "2", "2.5", "3")
_BUTTONS = (
    ("play", "Play", ""),
    ("back", "Back 15 s", ""),
    ("on", "Forward 15 s", ""),
    ("before", "‹ Sentence", "Previous sentence"),
    ("after", "Sentence ›", "Next sentence"),
    ("above", "« Paragraph", "Previous paragraph"),
    ("below", "Paragraph »", "Next paragraph"),
)
_COMPACT = 3
"""Buttons of the embedded page."""
_SLEEP = (
    ("", "off"),
    ("5", "5 minutes"),
    ("15", "15 minutes"),
    ("30", "30 minutes"),
    ("60", "1 hour"),
    ("chapter", "end of chapter"),
)
_THEMES = (("", "as the system"), ("light", "light"), ("dark", "dark"), ("contrast", "high contrast"))
_KEYS = (
    ("k", "play, pause"),
    ("j", "back 15 s"),
    ("l", "forward 15 s"),
    (",", "sentence before"),
    (".", "sentence after"),
    ("[", "paragraph before"),
    ("]", "paragraph after"),
    ("+", "faster"),
    ("-", "slower"),
)


def controls(edition: Edition, player: str, *, compact: bool = False) -> str:
    """The player with buttons and settings.

    Args:
        edition: Tells the language around it.
        player: The browser's own.
        compact: Only what an embedded page has room for.
    """
    buttons = "".join(
        f'<button type="button" data-do="{act}"' + (f' aria-label="{label}"' if label else "") + f">{shown}</button>"
        for act, shown, label in _BUTTONS[: _COMPACT if compact else None]
    )
    rate = _select("rate", "Speed", ((rate, f"{rate} ×") for rate in _RATES))
    sleep = f'<label>Sleep timer <select id="sleep">{_options(_SLEEP)}</select></label>'
    # each sentence is heard: only what the buttons do is told
    told = '<p id="told" role="status"></p>'
    settings = (
        '<details data-live hidden><summary>Settings and keys</summary><div class="row">'
        + _select("size", "Text size", ((str(size), f"{size} %") for size in (80, 100, 125, 150, 175, 200, 250, 300)))
        + _select("lead", "Line spacing", ((str(lead), f"{lead / 100:g}") for lead in (130, 160, 200, 250)))
        + _select(
            "theme",
            "Colours",
            (("", "as the system"), ("light", "light"), ("dark", "dark"), ("contrast", "high contrast")),
        )
        + sleep
        + _check("plain", "Letters easy to tell apart")
        + _check("follow", "Scroll with the voice")
        + _check("words", "Mark words")
        + _check("keys", "Keys")
        + "</div><p>Tab to a sentence, then: arrow keys move, <kbd>Enter</kbd> reads it. Anywhere: "
        + ", ".join(f"<kbd>{key}</kbd> {what}" for key, what in _KEYS)
        + ".</p></details>"
    )
    return (
        f'<section class="player" aria-label="Player"{english(edition)}>{player}'
        f'<div class="row" data-live hidden>{buttons}{rate}</div>'
        f"{'' if compact else settings}{told}</section>"
    )


def _select(name: str, label: str, options: Iterable[tuple[str, str]]) -> str:
    return f'<label>{label} <select data-set="{name}">{_options(options)}</select></label>'


def _options(options: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<option value="{value}">{shown}</option>' for value, shown in options)


def _check(name: str, label: str) -> str:
    return f'<label><input type="checkbox" data-set="{name}"> {label}</label>'
