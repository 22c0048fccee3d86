"""Scripts for the laws: as `loads` could give them, and as people edit them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from pipeline.model.document import Meta
from pipeline.model.script import ROLES, Bed, BedEnd, Chapter, Line, Part, Pause, Play, Script, Source, Utterance
from pipeline.narrate.ids import Ids
from pipeline.text.parts import settled, text_of
from pipeline.text.spans import align

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

LINES = (
    "The sea breathes.",
    "On 4 July, c. 1,200 people came.",
    "Why?",
    "The moon pulls at the water.",
    "The sun pulls too.",
    "High water comes twice a day.",
    "It is late by 50 min. each day.",
    "A bay may amplify it.",
)
"""Sentences of an article: few, so that two drawn scripts have lines in common."""
TITLES = ("Why the sea breathes", "The moon", "Harbours", "10 tips")
STAGES: tuple[Line, ...] = (Pause(duration_ms=900), Play(path="gulls.wav"), Bed(path="waves.mp3"), BedEnd())

any_text = st.text(st.characters(codec="utf-8"), max_size=8).map(
    lambda text: text.replace("\r", "").replace("\n", "").strip(" \t")
)
stages = st.one_of(
    st.integers(200, 600_000).map(lambda ms: Pause(duration_ms=ms)),
    any_text.filter(bool).map(lambda path: Play(path=path)),
    st.builds(Bed, path=any_text.filter(bool), level_db=st.integers(-40, 0)),
    st.just(BedEnd()),
)


_TONGUES = ("", "", "fr", "pt-BR")
_pieces = st.builds(
    Part,
    text=any_text,
    voice=st.sampled_from(("", "", "guide", "narrator")),
    language=st.sampled_from(_TONGUES),
    ipa=st.sampled_from(("", "", "ˈsiːkwəl", "déʒa vy")),
)


takes = st.one_of(
    st.integers(1, 3).map(lambda take: (take, "")), st.sampled_from(((1, "takes/one.wav"), (1, "zwei=2.FLAC")))
)
"""Number and file of a take."""


@st.composite
def marked(draw: DrawFn) -> tuple[str, tuple[Part, ...]]:
    """What an utterance says, and its parts."""
    pieces = draw(st.lists(_pieces, min_size=1, max_size=4))
    blanks = draw(st.lists(st.sampled_from(("", " ", "\\", " {")), min_size=len(pieces), max_size=len(pieces)))
    pieces = [replace(piece, text=piece.text + blank) for piece, blank in zip(pieces, blanks, strict=True)]
    pieces[-1] = replace(pieces[-1], text=pieces[-1].text.rstrip(" ") or ".")
    spoken = text_of(pieces)
    return (spoken, settled(pieces)) if spoken == spoken.strip(" \t") else ("Why?", ())


@st.composite
def any_scripts(draw: DrawFn) -> Script:
    """Scripts with any characters in any place that the file has for them."""
    ids = Ids()
    chapters = []
    for title in draw(st.lists(any_text, max_size=2)):
        lines: list[Line] = []
        plain = any_text.filter(bool).map(lambda text: (text, ()))
        for spoken, parts in draw(st.lists(st.one_of(plain, marked()), max_size=3)):
            written, role = draw(any_text), draw(st.sampled_from(ROLES))
            take, recording = draw(takes)
            lines.append(
                Utterance(
                    id=ids.utterance(role, written or spoken),
                    written=written,
                    spoken=spoken,
                    spans=align(written, spoken) if written else (),
                    parts=parts,
                    voice=draw(st.sampled_from(("", "guide", "espeak:en-gb"))),
                    rate_percent=draw(st.sampled_from((100, 90))),
                    take=take,
                    recording=recording,
                    role=role,
                )
            )
            lines += draw(st.lists(stages, max_size=2))
        chapters.append(Chapter(id=ids.chapter(title), title=title, lines=tuple(lines), level=draw(st.integers(1, 6))))
    words = {name: draw(any_text) for name in ("description", "link", "image", "licence", "site")}
    digest = draw(st.sampled_from(("", "0123abcd" * 8)))
    uri = draw(any_text.filter(bool).filter(lambda text: "sha256:" not in text))
    return Script(
        title=draw(any_text),
        language=draw(st.sampled_from(("en", "en-GB", "und"))),
        chapters=tuple(chapters),
        authors=tuple(draw(st.lists(any_text.filter(bool), max_size=2))),
        published=draw(st.sampled_from(("", "2024-05-01"))),
        meta=Meta(
            **words,
            explicit=draw(st.sampled_from((None, True, False))),
            season=draw(st.none() | st.integers(1, 9999)),
            number=draw(st.none() | st.integers(1, 9999)),
        ),
        source=draw(st.sampled_from((None, Source(uri=uri, digest=digest)))),
    )


@st.composite
def machine_scripts(draw: DrawFn) -> Script:
    """Scripts as the narrator makes them of versions of one article under changing rules."""
    ids = Ids()
    chapters = []
    for title in draw(st.lists(st.sampled_from(TITLES), min_size=1, max_size=3)):
        lines: list[Line] = []
        for index, written in enumerate(draw(st.lists(st.sampled_from(LINES), max_size=4))):
            if index and draw(st.booleans()):
                lines.append(Pause(duration_ms=650))
            spoken = written.replace("4", draw(st.sampled_from(("four", "fourth", "4"))))
            word = draw(st.sampled_from(("no such word", "moon", "people")))
            parts = _marked(spoken, word, draw(st.sampled_from((Part(text="", language="fr"), Part(text="", ipa="x")))))
            lines.append(Utterance(id=ids.utterance("body", written), written=written, spoken=spoken, parts=parts))
        chapters.append(Chapter(id=ids.chapter(title), title=title, lines=tuple(lines)))
    return Script(
        title=draw(st.sampled_from(("Tides", "How tides work"))),
        language="en",
        chapters=tuple(chapters),
        authors=draw(st.sampled_from(((), ("Harbour office",)))),
        meta=Meta(site=draw(st.sampled_from(("", "Coast")))),
    )


@st.composite
def edited(draw: DrawFn, script: Script) -> Script:
    """``script`` after a person has worked on it: lines changed, deleted, added, moved; pauses and recordings too."""
    flat: list[Chapter | Line] = []
    one: Chapter | Line
    for chapter in script.chapters:
        flat += [replace(chapter, lines=()), *chapter.lines]
    taken = [one.id for one in flat if isinstance(one, (Chapter, Utterance))]
    ids = Ids(taken)
    for _ in range(draw(st.integers(0, 5))):
        place = draw(st.integers(0, len(flat)))
        action = draw(st.sampled_from(("change", "delete", "add", "move", "chapter", "stage")))
        if action == "add":
            spoken = draw(st.sampled_from(("Mind the rocks.", "Ask the harbour office.")))
            flat.insert(place, Utterance(id=ids.added(spoken), written="", spoken=spoken))
        elif action == "chapter":
            flat.insert(place, Chapter(id=ids.chapter("A word of thanks"), title="A word of thanks"))
        elif action == "stage":
            flat.insert(place, draw(st.sampled_from(STAGES)))
        elif place < len(flat):
            line = flat.pop(place)
            if action == "move":
                flat.insert(draw(st.integers(0, len(flat))), line)
            elif action == "change":
                flat.insert(place, _changed(draw, line))
    chapters: list[Chapter] = []
    for one in flat:
        if isinstance(one, Chapter):
            chapters.append(one)
        else:
            if not chapters:
                chapters.append(Chapter(id=ids.chapter(""), title=""))
            chapters[-1] = replace(chapters[-1], lines=(*chapters[-1].lines, one))
    title = draw(st.sampled_from((script.title, "The breath of the sea")))
    return replace(script, title=title, chapters=tuple(chapters))


def _changed(draw: DrawFn, line: Chapter | Line) -> Chapter | Line:
    if isinstance(line, Chapter):
        if draw(st.booleans()):
            return replace(line, recording="takes/all.wav")
        return replace(line, title=line.title + ", retold")
    if isinstance(line, Utterance):
        longer = (*(line.parts or (Part(text=line.spoken),)), Part(text=" Indeed."))
        whole = (Part(text=line.spoken, language="de"),)
        change: dict[str, Any] = draw(
            st.sampled_from(
                (
                    {"spoken": text_of(longer), "parts": settled(longer)},
                    {"parts": whole},
                    {"parts": _marked(line.spoken, "water", Part(text="", voice="guide"))},
                    {"voice": "guide"},
                    {"take": line.take + 1},
                    {"recording": "takes/mine.wav"},
                )
            )
        )
        return replace(line, **change)
    return Pause(duration_ms=300)


def _marked(spoken: str, word: str, part: Part) -> tuple[Part, ...]:
    """The parts of a line one word of which is marked."""
    before, found, after = spoken.partition(word)
    return settled((Part(text=before), replace(part, text=found), Part(text=after)))
