"""What is said around an article: who made it, after the title; that it is over, at the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model.document import Document
    from pipeline.model.show import Profile

_OPENING = {
    "en": ("By {authors}.", "From {site}.", "Published on {date}."),
    "de": ("Von {authors}.", "Quelle: {site}.", "Veröffentlicht am {date}."),
    "fr": ("Par {authors}.", "Source : {site}.", "Publié le {date}."),
    "es": ("Por {authors}.", "Fuente: {site}.", "Publicado el {date}."),
    "it": ("Di {authors}.", "Fonte: {site}.", "Pubblicato il {date}."),
}
_CLOSING = {
    "en": "End of {title}.",
    "de": "Ende von: {title}.",
    "fr": "Fin de : {title}.",
    "es": "Fin de: {title}.",
    "it": "Fine di: {title}.",
}
_AND = {"en": "and", "de": "und", "fr": "et", "es": "y", "it": "e"}
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def opening(document: Document, profile: Profile, *, language: str) -> tuple[str, bool]:
    """What is said at the beginning, and whether that says the title; empty for nothing beside the title."""
    if profile.opening == "skip":
        return "", False
    text = profile.opening_text
    if not text:
        sentences = _OPENING.get(language.partition("-")[0].lower(), ())
        text = " ".join(sentences if profile.signposts == "all" else sentences[:1])
    return _filled(text, document, language), "{title}" in text and bool(document.title.strip())


def closing(document: Document, profile: Profile, *, language: str) -> str:
    """What is said at the end; empty for nothing."""
    if profile.closing == "skip":
        return ""
    text = profile.closing_text or _CLOSING.get(language.partition("-")[0].lower(), "")
    return _filled(text, document, language)


def _filled(text: str, document: Document, language: str) -> str:
    """``text`` with what its fields name; a sentence that names something the article does not tell is left out."""
    values = {
        "title": " ".join(document.title.split()),
        "authors": _listed(document.authors, language),
        "date": document.published,
        "site": " ".join(document.meta.site.split()),
    }
    missing = [f"{{{name}}}" for name, value in values.items() if not value]
    said = (sentence for sentence in _SENTENCE.split(text) if not any(field in sentence for field in missing))
    # A title may end with a stop of its own: "End of Why do they rise?".
    return " ".join(re.sub(r"([.!?…])\.$", r"\1", sentence.format_map(values)) for sentence in said)


def _listed(names: tuple[str, ...], language: str) -> str:
    *others, last = names or ("",)
    joint = f" {_AND.get(language.partition('-')[0].lower(), '')} ".replace("  ", ", ")
    return f"{', '.join(others)}{joint}{last}" if others else last
