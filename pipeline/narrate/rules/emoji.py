"""Emoji and emoticons are not said; a heart between a person and what they love is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.numerals import cardinal
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_HEART = Pattern(r"\b(?:I|[Ww]e|[Yy]ou|[Tt]hey) ?(?P<claim>❤️?|♥️?|💜|💙|💚|🧡|💛) ?(?=\w)")
_EMOJI = Pattern(
    "(?:[\U0001f000-\U0001faff\u2600-\u2712\u2715\u2716\u2719-\u27bf\u2b1b\u2b1c\u2b50\u2b55\u231a\u231b\u23e9-\u23f3]"
    "|[\ufe0f\u200d\u20e3\U000e0020-\U000e007f])+"
)
_EMOTICON = Pattern(
    r"(?:(?<=\s)|(?<=^)|(?<=[.!?]))(?:[:;=]['’]?-?[)(DPpO|/\\]|<3+|\^_?\^|[xX]D|¯\\_\(ツ\)_/¯)(?=\s|$|[.,!?])"
)

_STAR = Pattern("(?<=\\d) ?[★⭐](?![★☆⭐])\ufe0f?")
_STARS = Pattern("(?<!\\d)[★⭐]{2,10}☆{0,9}|[★⭐]☆{1,9}")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims silence for pictures."""
    if not english(language):
        return ()
    return claimed(
        sentence,
        (
            (_STARS, _stars),
            (_STAR, lambda m: " star"),
            (_HEART, lambda m: "love"),
            (_EMOJI, lambda m: ""),
            (_EMOTICON, lambda m: ""),
        ),
    )


def _stars(match: re.Match[str]) -> str:
    """A mark in stars: ★★★☆☆ is "three out of five stars"."""
    full = len(match[0].replace("☆", ""))
    of = f" out of {cardinal(len(match[0]))}" if full < len(match[0]) else ""
    return f"{cardinal(full)}{of} stars"
