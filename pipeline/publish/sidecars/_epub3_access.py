"""What an EPUB says of itself to readers with one sense or another: true for this article, and nothing beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pipeline.publish.sidecars._book import clean, hazards, reader, recordings, sufficient
from pipeline.publish.sidecars._pictures import moving, undescribed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.episode import Edition

_SUMMARY = (
    "{text} is read aloud by {narrator}, and each sentence is marked while it is heard.{but} Chapters and headings can "
    "be reached from the table of contents, and footnotes can be skipped. {pictures}, and no page numbers."
)
_BUT = " Some parts of it, such as code, are shown only."
_NO_PICTURES = "There are no images beside the cover"
_DESCRIBED = "Images that tell something have a description"
_UNDESCRIBED = "There are images without a description"


def access(edition: Edition, *, complete: bool) -> Iterator[str]:
    """The elements of the metadata.

    That there is sound is no access mode of its own, since it says nothing that the text does not.

    Args:
        edition: The book's.
        complete: Whether all words are heard.
    """
    narrator, pictures, lacking = clean(edition.tags.narrator), bool(edition.pictures), undescribed(edition)
    if narrator:
        yield f'<meta property="media:narrator">{escape(narrator)}</meta>'
    for mode in ("textual", "visual") if pictures else ("textual",):
        yield f'<meta property="schema:accessMode">{mode}</meta>'
    for senses in sufficient(complete=complete, pictures=pictures, undescribed=lacking):
        yield f'<meta property="schema:accessModeSufficient">{",".join(senses)}</meta>'
    for feature in (
        *(("alternativeText",) if pictures and not lacking else ()),
        "displayTransformability",
        "readingOrder",
        "structuralNavigation",
        "synchronizedAudioText",
        "tableOfContents",
    ):
        yield f'<meta property="schema:accessibilityFeature">{feature}</meta>'
    for hazard in hazards(recordings=recordings(edition), moving=moving(edition)):
        yield f'<meta property="schema:accessibilityHazard">{hazard}</meta>'
    summary = _SUMMARY.format(
        text="All text" if complete else "The text",
        narrator=reader(edition),
        but="" if complete else _BUT,
        pictures=_UNDESCRIBED if lacking else _DESCRIBED if pictures else _NO_PICTURES,
    )
    yield f'<meta property="schema:accessibilitySummary" xml:lang="en">{escape(summary)}</meta>'
