"""A first look at a Word file as a whole: its language, and whether it is typed in one typewriter's face throughout."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.text.docx.names import W, local, value
from pipeline.text.docx.styles import PLAIN, is_monospace, look_of
from pipeline.text.plain_language import guess_language
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from pipeline.text.docx.styles import Look, Styles
    from pipeline.text.dom.source import Element

_SAMPLE = 20_000
"""Letters from which the language is guessed."""
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_EAST = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_OWN_SCRIPT = terms("zh ja ko ar he fa ur yi ps sd ug dv syr ckb")
"""Languages that are not written in Latin letters; some programs name them in the place for those."""
_LETTER = re.compile(r"[^\W\d_]")
_LONG = 60
"""Letters from which a run's text is asked whether it really is in the language that it is marked with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What the whole text tells.

    Attributes:
        language: BCP 47 tag, or ``"und"``.
        typed: Whether most letters stand in a monospaced face, so that the face says nothing.
    """

    language: str
    typed: bool


def survey(body: Element, styles: Styles, given: str) -> Survey:
    """Look at all runs of ``body``; ``given`` is the language that the file's metadata name, or empty."""
    languages: Counter[str] = Counter()
    letters = typed = 0
    sample: list[str] = []
    for paragraph in body.iter(f"{W}p"):
        style = styles.find("paragraph", value(paragraph.find(f"{W}pPr/{W}pStyle")))
        base = styles.look.under(style.look)
        for run in paragraph.iterchildren(f"{W}r", f"{W}hyperlink", f"{W}ins", f"{W}sdt"):
            text = "".join(part.text or "" for part in run.iter(f"{W}t"))
            count = sum(map(str.isalpha, text))
            if not count:
                continue
            look = base.under(own_look(run, styles)) if local(run) == "r" else base
            languages[language_of(text, look)] += count
            typed += count if is_monospace(look.font) or style.kind == "typed" else 0
            if letters < _SAMPLE:
                sample.append(text)
            letters += count
        sample.append("\n")
    marked = [tag for tag, _ in languages.most_common() if tag]
    guess = guess_language("".join(sample))
    if guess != "und":  # the words know better than the keyboard they were typed on
        marked = [tag for tag in marked if primary(tag) == primary(guess)] or [guess]
    named = given.replace("_", "-")
    language = named if _TAG.fullmatch(named) else next(iter(marked), "")
    return Survey(language=language or "und", typed=2 * typed > letters)


def own_look(run: Element, styles: Styles) -> Look:
    """How a run looks by its character style and its own properties."""
    properties = run.find(f"{W}rPr")
    if properties is None or not len(properties):
        return PLAIN
    name = value(properties.find(f"{W}rStyle"))
    look = look_of(properties)
    return styles.find("character", name).look.under(look) if name else look


def language_of(text: str, look: Look) -> str:
    """The language tag that holds for the letters of ``text``; empty where none does."""
    script = "eastAsia" if _EAST.search(text) else "bidi" if _RIGHT_TO_LEFT.search(text) else "val"
    tag = look.language.get("val", "")
    if script != "val" and primary(tag) not in _OWN_SCRIPT:
        tag = look.language.get(script, "") or tag
    tag = tag.replace("_", "-")
    return tag if _TAG.fullmatch(tag) else ""


def foreign(text: str, look: Look, language: str) -> str:
    """The language tag of ``text`` where it differs from the document's by more than the country.

    Word marks much text wrongly (a colleague's keyboard, a pasted line), so a long one is asked itself.
    """
    tag = language_of(text, look)
    if not tag or not _LETTER.search(text) or primary(tag) == primary(language):
        return ""
    if len(text) >= _LONG and primary(guess_language(text)) == primary(language):
        return ""
    return tag


def primary(tag: str) -> str:
    """The language of a tag without script and country."""
    return tag.partition("-")[0].lower()
