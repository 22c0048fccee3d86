"""A small edition for the tests of sidecars, with everything that is hard to write down."""

from __future__ import annotations

from pipeline.model.clip import Word
from pipeline.model.document import Document
from pipeline.model.episode import Edition, Tags
from pipeline.model.script import Chapter, Play, Script, Utterance
from pipeline.model.timeline import ChapterMark, Cue, Timeline

_RATE_HZ = 24_000

_LINES = (  # id, chapter, start in samples, length, spoken, voice, role
    ("c2m4aaaa", 0, 7_200, 30_000, "Why the sea breathes", "", "heading"),
    ("play:bell.wav", 0, 50_000, 24_000, "", "", "recording"),
    ("u7k2qdaa", 0, 80_013, 96_000, "On the fourth of July, about one thousand two hundred people came.", "", "body"),
    ("u9d1xaaa", 0, 190_000, 24_000, "Salt & water --> a < b, said the sign.", "guide <2>", "quote"),
    ("c5n8aaaa", 1, 250_001, 24_007, "Ebb  and\nflow", "", "heading"),
    ("u3f0aaaa", 1, 300_000, 5, "Yes.", "narrator", "body"),
    (
        "u4g1aaaa",
        1,
        310_000,
        160_000,
        "The water rises for about six hours, stands still for a while, and falls again for about six hours, "
        "so that a harbour sees two high waters and two low waters in a little more than a day.",
        "",
        "body",
    ),
    ("u5h2aaaa", 1, 480_000, 90_000, "潮は月の引力によって満ち引きする。" * 5, "", "body"),
    ("u6j3aaaa", 1, 580_000, 24_000, "Smile, 👋 they wave.", "", "body"),
)


def edition(name: str = "why-the-sea-breathes") -> Edition:
    """The edition; its title, its chapters and its lines hold markup, arrows, and letters of several scripts."""
    cues = tuple(
        Cue(
            id=id,
            chapter=chapter,
            start=start,
            length=length,
            written=spoken,
            spoken=spoken,
            voice=voice,
            role=role,
            words=(Word(start=0, end=len(spoken.split()[0]), start_sample=0, end_sample=length),) if spoken else (),
            timing="estimated",
        )
        for id, chapter, start, length, spoken, voice, role in _LINES
    )
    title = "Why the sea breathes, & how"
    chapters = (
        ChapterMark(id="c2m4aaaa", title="Why the sea breathes", level=1, start=0, end=250_001),
        ChapterMark(id="c5n8aaaa", title="Ebb and “flow” 潮", level=2, start=250_001, end=628_000),
    )
    script = Script(
        title=title,
        language="en-GB",
        chapters=tuple(
            Chapter(
                id=mark.id,
                title=mark.title,
                lines=tuple(
                    Utterance(id=cue.id, written=cue.written, spoken=cue.spoken, voice=cue.voice, role=cue.role)
                    if cue.spoken
                    else Play(path="bell.wav")
                    for cue in cues
                    if cue.chapter == number and cue.id != mark.id
                ),
                level=mark.level,
            )
            for number, mark in enumerate(chapters)
        ),
    )
    return Edition(
        name=name,
        document=Document(title=title, language="en-GB"),
        script=script,
        timeline=Timeline(sample_rate_hz=_RATE_HZ, length=628_000, cues=cues, chapters=chapters),
        tags=Tags(
            title=title,
            show="Slow Reading",
            authors=("The harbour office", "The weather desk"),
            date="2026-11-22",
            language="en-GB",
            genre="Podcast",
            comment="What makes the tides,\nand who counts them.",
            link="https://example.org/tides",
            licence="CC BY 4.0",
            narrator="tone (synthetic voice)",
            explicit=False,
            transcript="Why the sea breathes\nYes.",
            cover=b"",
        ),
    )
