"""In which language a page is, and in which its own words are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.publish.sidecars._article_html import escape
from pipeline.text.page_words import language_for, words

if TYPE_CHECKING:
    from pipeline.model.episode import Edition
    from pipeline.text.page_words import Words


def language_of(edition: Edition) -> str:
    """BCP 47 tag of the page."""
    known = (edition.document.language, edition.script.language, edition.tags.language)
    return next((one for one in known if one and one != "und"), "und")


def words_of(edition: Edition) -> Words:
    """What the page says itself, as text."""
    return words(language_for(language_of(edition)))


def own_language(edition: Edition) -> str:
    """The attribute that a page's own words need among those of the article, where they are English; else nothing."""
    language = language_for(language_of(edition))
    same = language_of(edition).partition("-")[0].lower() == language
    return "" if same else f' lang="{escape(language)}" dir="ltr"'


def synthetic(edition: Edition) -> bool:
    """Whether a voice that is no person's says anything."""
    return any(cue.timing != "recording" for cue in edition.timeline.cues if cue.spoken)
