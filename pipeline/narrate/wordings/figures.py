"""Images: what they show and what stands below them; decorative ones and file names are silent and reported."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model.document import Figure, Span, plain
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Said, Teller
    from pipeline.model.document import Inline

BLOCKS = (Figure,)

_MARKS = {
    "en": ("Image:", "Caption:"),
    "de": ("Bild:", "Bildunterschrift:"),
    "fr": ("Image :", "Légende :"),
    "es": ("Imagen:", "Pie de foto:"),
}
_FILE = re.compile(r"\S+\.(?:jpe?g|png|gif|svg|webp|avif|tiff?)|(?:img|dsc|image)[-_ ]?\d+", re.IGNORECASE)


def say(block: Figure, teller: Teller) -> Iterator[Said]:
    """The alternative text, then the caption where it has other words."""
    image, caption = _MARKS.get(teller.language.partition("-")[0].lower(), ("", ""))
    what = f"image {block.source}".strip()
    alt = block.alt.strip()
    if block.decorative:
        teller.omit(what, "it is decorative", block.position)
    elif not has_words(alt) or _FILE.fullmatch(alt):
        teller.omit(what, "it has no description (alternative text)", block.position)
    elif _same(alt, plain(block.caption)):
        alt = ""  # the caption says it
    else:
        yield from _marked((Span(text=alt),), image, block, teller)
    yield from _marked(block.caption, caption, block, teller)


def _marked(text: Inline, mark: str, block: Figure, teller: Teller) -> Iterator[Said]:
    for index, said in enumerate(teller.sentences(text, role="caption", position=block.position)):
        yield said if index else replace(said, before=mark)


def _same(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())
