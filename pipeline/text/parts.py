"""Parts of an utterance: put into their usual form, cut, and carried over to other words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model.script import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PLAIN = Part(text="")


def is_plain(part: Part) -> bool:
    """Whether the part is in the utterance's own voice and language, and pronounced as usual."""
    return replace(part, text="") == _PLAIN


def settled(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts in their usual form: equal neighbours joined, no empty ones; none at all where all is plain.

    Two parts with a pronunciation each are never one, whatever they share. Blanks alone have no voice or language.
    """
    found: list[Part] = []
    for given in parts:
        part = given
        if not part.text:
            continue
        if not part.text.strip() and not is_plain(part):
            part = replace(found[-1], text=part.text, ipa="") if found else Part(text=part.text)
            if found and found[-1].ipa:
                found[-1] = replace(found[-1], text=found[-1].text + part.text)
                continue
        if found and not part.ipa and replace(found[-1], text="") == replace(part, text=""):
            found[-1] = replace(part, text=found[-1].text + part.text)
        else:
            found.append(part)
    return () if all(map(is_plain, found)) else tuple(found)


def text_of(parts: Iterable[Part]) -> str:
    """What the parts say together."""
    return "".join(part.text for part in parts)


def line_language(parts: Sequence[Part]) -> str:
    """The language that the whole line is in: the first part's where none is in the script's own; else ``""``."""
    return parts[0].language if parts and all(part.language for part in parts) else ""


def carried(parts: Sequence[Part], spoken: str) -> tuple[Part, ...] | None:
    """``parts`` of another line as parts of ``spoken``; None where a piece that is marked is not said in it.

    A language of the whole line stays one. Other pieces must be found in their order, as whole words.
    """
    base = line_language(parts)
    made: list[Part] = []
    place = 0
    for part in parts:
        if is_plain(replace(part, language="" if part.language == base else part.language)):
            continue
        found = re.compile(rf"(?<!\w){re.escape(part.text.strip())}(?!\w)").search(spoken, place)
        if found is None:
            return None
        made += [Part(text=spoken[place : found.start()], language=base), replace(part, text=found[0])]
        place = found.end()
    return settled([*made, Part(text=spoken[place:], language=base)])
