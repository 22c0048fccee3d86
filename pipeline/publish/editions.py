"""The files of an episode as people call them: what to listen to, what to read, what to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.publish.feed_item import AUDIO, word_by_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.publication import Item, Posted

TEXTS = {
    "text/html": "Transcript",
    "text/plain": "Transcript, plain text",
    "text/vtt": "Subtitles (WebVTT)",
    "application/x-subrip": "Subtitles (SRT)",
    "application/json": "Transcript (JSON)",
}
BOOKS = {
    "application/epub+zip": "Book with narration (EPUB 3)",
    "application/lpf+zip": "Audiobook (LPF)",
    "application/zip": "Talking book (DAISY 2.02)",
}
WORDS = "Subtitles, word by word (WebVTT)"


def embeddable(item: Item) -> Posted | None:
    """The read-along page that is made for a frame; None where there is none."""
    return next((file for file in item.of_role("page") if _for_a_frame(file)), None)


def readable(item: Item) -> Posted | None:
    """The read-along page; where it has several, the first, which leads to the others."""
    return next((file for file in item.of_role("page") if not _for_a_frame(file)), None)


def named(item: Item) -> Iterator[tuple[str, Posted]]:
    """Every file that is of use alone, and what people call it, the most wanted first; not the read-along page."""
    for file in item.of_role("audio"):
        yield AUDIO.get(file.media_type, (file.media_type, ""))[0], file
    for kinds, role in ((TEXTS, "transcript"), (BOOKS, "book")):
        found = [file for file in item.of_role(role) if file.media_type in kinds]
        order = list(kinds)
        for file in sorted(found, key=lambda file: (order.index(file.media_type), word_by_word(file))):
            yield WORDS if word_by_word(file) else kinds[file.media_type], file
    for file in item.of_role("script"):
        yield "Narration script", file


def _for_a_frame(file: Posted) -> bool:
    return file.path.endswith(".embed.html")
