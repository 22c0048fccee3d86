"""Images and what is embedded: what they show and what stands below them.

Decorative images and file names are silent and reported; a video or a recording is announced even without a title, so
that nobody misses it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.document import Figure, Span, plain
from pipeline.text.telling import framed, phrases
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Teller
    from pipeline.model.document import Inline
    from pipeline.model.script import Pause

BLOCKS = (Figure,)

_CAPTION = {
    "en": "Caption:",
    "de": "Bildunterschrift:",
    "fr": "Légende :",
    "es": "Pie de foto:",
    "it": "Didascalia:",
}
_END = {
    "en": "End of image.",
    "de": "Ende der Bildbeschreibung.",
    "fr": "Fin de l'image.",
    "es": "Fin de la imagen.",
    "it": "Fine dell'immagine.",
}
_KINDS = {
    "en": {"image": "Image:", "video": "Video:", "audio": "Recording:", "post": "Post:", "page": "Embedded page:"},
    "de": {
        "image": "Bild:",
        "video": "Video:",
        "audio": "Aufnahme:",
        "post": "Beitrag:",
        "page": "Eingebettete Seite:",
    },
    "fr": {
        "image": "Image :",
        "video": "Vidéo :",
        "audio": "Enregistrement :",
        "post": "Publication :",
        "page": "Page intégrée :",
    },
    "es": {
        "image": "Imagen:",
        "video": "Vídeo:",
        "audio": "Grabación:",
        "post": "Publicación:",
        "page": "Página insertada:",
    },
    "it": {
        "image": "Immagine:",
        "video": "Video:",
        "audio": "Registrazione:",
        "post": "Post:",
        "page": "Pagina incorporata:",
    },
}
_EMPTY = re.compile(
    r".+\.(?:jpe?g|png|gif|svg|webp|avif|tiff?)|(?:img|dsc|image)[-_ ]?\d+"
    r"|(?:an? )?(?:image|picture|photo|graphic|icon|figure|line|divider|spacer|bild|foto|linie|imagen|immagine)",
    re.IGNORECASE,
)
"""File names and words that describe nothing."""


def say(block: Figure, teller: Teller) -> Iterator[Said | Pause]:
    """The alternative text or the title, then the caption where it has other words."""
    caption = block.caption
    if teller.profile.captions == "skip" and caption:
        teller.omit(
            f"caption of the {block.kind} {block.source}".strip(), "the profile leaves them out", block.position
        )
        caption = ()
    yield from (_image if block.kind == "image" else _embedded)(block, caption, teller)


def _image(block: Figure, caption: Inline, teller: Teller) -> Iterator[Said | Pause]:
    mark, label, what = _words(block, teller)
    alt = block.alt.strip()
    if block.decorative:
        teller.omit(what, "it is decorative", block.position)
    elif teller.profile.figures == "announce":
        teller.omit(f"description of the {what}", "the profile only announces images", block.position)
        if not caption:
            yield from _alone(mark, block)
        label = mark
    elif not has_words(alt) or _EMPTY.fullmatch(alt):
        teller.omit(what, "it has no description (alternative text)", block.position)
    elif not _same(alt, plain(caption)):  # else the caption says it
        end = phrases(_END, teller.language, "") if teller.profile.signposts == "all" else ""
        yield from _marked((Span(text=alt),), block, teller, before=mark, after=end)
    yield from _marked(caption, block, teller, before=label)


def _embedded(block: Figure, caption: Inline, teller: Teller) -> Iterator[Said | Pause]:
    mark, label, what = _words(block, teller)
    alt = block.alt.strip()
    if teller.profile.embeds == "announce":
        teller.omit(f"title of the {what}", "the profile only announces what is embedded", block.position)
        yield from _marked(caption, block, teller, before=mark) if caption else _alone(mark, block)
        return
    # The caption of a video is what is said about it: it takes the place of a title that is not there.
    text = (Span(text=alt),) if has_words(alt) and not _same(alt, plain(caption)) else caption
    yield from _marked(text, block, teller, before=mark)
    if text is not caption:
        yield from _marked(caption, block, teller, before=label)
    elif not has_words(plain(text)):
        teller.omit(what, "it has no title", block.position)
        yield from _alone(mark, block)


def _words(block: Figure, teller: Teller) -> tuple[str, str, str]:
    """What is said in front of the description and of the caption, and the name for a report."""
    mark = phrases(_KINDS, teller.language, {}).get(block.kind, "")
    return mark, phrases(_CAPTION, teller.language, ""), f"{block.kind} {block.source}".strip()


def _alone(mark: str, block: Figure) -> Iterator[Said]:
    if mark:
        yield Said(before=f"{mark.rstrip(' :')}.", role="announcement", position=block.position)


def _marked(text: Inline, block: Figure, teller: Teller, *, before: str, after: str = "") -> Iterator[Said | Pause]:
    yield from framed(teller.sentences(text, role="caption", position=block.position), before=before, after=after)


def _same(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())
