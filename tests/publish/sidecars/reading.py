"""Editions made of any article, for the tests of pages: narrated by the rules, each letter as long as any other."""

from __future__ import annotations

import struct
import wave
from typing import TYPE_CHECKING

from pipeline.assemble.room import Placed, assemble
from pipeline.model.clip import Word
from pipeline.model.document import (
    Aside,
    Break,
    Code,
    Document,
    Figure,
    Footnote,
    Heading,
    Item,
    List,
    Meta,
    Omission,
    Paragraph,
    Position,
    Quote,
    Span,
    Table,
)
from pipeline.model.episode import Edition, File, Rendition, Tags
from pipeline.model.show import Pauses
from pipeline.narrate.room import narrate
from pipeline.text.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.document import Block
    from pipeline.model.script import Script

RATE_HZ = 8_000
_LETTER = 500  # samples


def _p(*text: str | Span, line: int = 0) -> Paragraph:
    spans = tuple(Span(text=one) if isinstance(one, str) else one for one in text)
    return Paragraph(text=spans, position=Position(line=line, end_line=line))


def _cells(*texts: str) -> tuple[tuple[Span, ...], ...]:
    return tuple((Span(text=text),) for text in texts)


BLOCKS: tuple[Block, ...] = (
    _p(
        "The sea ",
        Span(text="rises", emphasis="emphasis"),
        " twice a day. About 1,200 people came to the ",
        Span(text="harbour & quay", href="https://example.org/?a=1&b=2"),
        ".",
        Span(text="1", note="n1"),
        line=3,
    ),
    Heading(level=2, text=(Span(text="What it takes"),), position=Position(line=5, end_line=5)),
    _p("The French call it ", Span(text="marée haute", language="fr"), ". It needs three things:", line=6),
    List(
        ordered=True,
        start=3,
        items=(
            Item(blocks=(_p("A moon.", line=8),)),
            Item(blocks=(_p("Some water.", line=9),)),
            Item(blocks=(_p("Time, and patience.", line=10),)),
        ),
        position=Position(line=8, end_line=10),
    ),
    Table(
        caption=(Span(text="High water"),),
        header=_cells("Place", "Rise", "Time"),
        rows=(_cells("Dover", "6 m", "06:12"), _cells("Fundy", "16 m", "07:40")),
        row_header=True,
        position=Position(line=12, end_line=16),
    ),
    Figure(
        source="bulge.png",
        alt="Two bulges of water.",
        caption=(Span(text="Drawn too large."),),
        position=Position(line=18, end_line=18),
    ),
    Figure(source="https://example.org/clip.mp4", kind="video", alt="The tide in a minute."),
    Heading(level=4, text=(Span(text="In other words"),), position=Position(line=20, end_line=20)),
    Quote(blocks=(_p("Time and tide wait for nobody.", line=21),), cite=(Span(text="A proverb"),)),
    Code(text='if sea > land:\n    print("wet  feet")', language="python", position=Position(line=24, end_line=26)),
    Aside(role="warning", blocks=(_p("Never turn your back on the sea.", line=28),)),
    Break(),
    _p("That is all.", line=30),
    Footnote(id="n1", label="1", blocks=(_p("Counted at the gate.", line=32),)),
)
"""One of everything that an article may hold."""


def edition_of(
    blocks: tuple[Block, ...] = BLOCKS, *, title: str = "How the sea breathes", language: str = "en-GB"
) -> Edition:
    """The edition of an article with these blocks."""
    meta = Meta(
        description="Why the sea goes out, and comes back.", link="https://example.org/sea", licence="CC BY 4.0"
    )
    document = Document(
        title=title,
        language=language,
        authors=("The harbour office",),
        published="2026-11-22",
        meta=meta,
        blocks=blocks,
        omitted=(Omission(what="newsletter box", why="it is not part of the article"),),
    )
    script = narrate(document, language=language)
    timeline = assemble(script, _lengths(script), sample_rate_hz=RATE_HZ, pauses=Pauses())
    name = "how-the-sea-breathes"
    return Edition(
        name=name,
        document=document,
        script=script,
        timeline=timeline,
        tags=Tags(
            title=title,
            show="Slow Reading",
            authors=document.authors,
            date=document.published,
            language=language,
            comment=meta.description,
            link=meta.link,
            licence=meta.licence,
            narrator="tone (synthetic voice)",
        ),
        renditions=(
            Rendition(
                file=File(path=f"{name}.wav", media_type="audio/wav", bytes=1, sha256="0" * 64),
                timeline=timeline,
                loudness_lufs=-16.0,
                true_peak_dbtp=-1.5,
            ),
        ),
    )


def write_sound(edition: Edition, folder: Path) -> None:
    """Write the enclosure: soft noise as long as the timeline."""
    with wave.open(str(folder / edition.renditions[0].file.path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        period = struct.pack("<16h", *(300 if index < 8 else -300 for index in range(16)))
        file.writeframes((period * (edition.timeline.length // 16 + 1))[: 2 * edition.timeline.length])


def _lengths(script: Script) -> dict[str, Placed]:
    found = {}
    for one in script.utterances():
        spoken = tuple(
            Word(start=start, end=end, start_sample=start * _LETTER, end_sample=end * _LETTER)
            for start, end in words(one.spoken)
        )
        found[one.id] = Placed(length=len(one.spoken) * _LETTER, words=spoken, timing="estimated", voice=one.voice)
    return found
