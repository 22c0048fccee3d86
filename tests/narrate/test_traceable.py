"""Every spoken word comes from the article or is marked as the narrator's own, and no word of the article is lost.

What an utterance speaks has three parts: the narrator's words in front (`Said.before`), what is said for the written
words, the narrator's words behind (`Said.after`). The map of spans tells them apart: all words of the middle part stand
in spans, and an empty written side marks an addition of the narrator's, such as the expansion of an abbreviation.

The articles are the examples, the gold pages, and the pages of the folder that ``ARTICLECAST_MATERIAL`` names.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline import plugins
from pipeline.model.document import Aside, Code, Figure, Footnote, Heading, List, Paragraph, Quote, Table
from pipeline.model.script import Utterance
from pipeline.model.show import PROFILES
from pipeline.narrate import narrate
from pipeline.narrate.normalise import normalise
from pipeline.narrate.utter import Utterer
from pipeline.text.lay import laid
from pipeline.text.sentences import split
from pipeline.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.contracts import Said
    from pipeline.model.document import Block, Document, Inline, Position

ROOT = Path(__file__).resolve().parents[2]
MATERIAL = os.environ.get("ARTICLECAST_MATERIAL", "")
PAGES = [
    *sorted((ROOT / "examples").glob("*.[mht]*")),
    *sorted((ROOT / "tests" / "gold" / "pages").glob("*.html")),
    *(sorted((Path(MATERIAL) / "pages" / "html").glob("*.html")) if MATERIAL else ()),
]
READERS = {".md": "markdown", ".html": "html", ".txt": "plaintext"}
LONGEST_TABLE = 10


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Said, tuple[Utterance, ...]]]:
    """Everything that the narrations of a test say, and the utterances that became of it."""
    found: list[tuple[Said, tuple[Utterance, ...]]] = []
    utter = Utterer.utter

    def recorded(self: Utterer, said: Said) -> Iterator[Utterance]:
        utterances = tuple(utter(self, said))
        found.append((said, utterances))
        yield from utterances

    monkeypatch.setattr(Utterer, "utter", recorded)
    return found


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_word_is_invented_and_none_is_lost(
    path: Path, profile: str, told: list[tuple[Said, tuple[Utterance, ...]]]
) -> None:
    document = read(path)
    language = document.language if document.language != "und" else "en"
    script = narrate(document, language=language, profile=PROFILES[profile])
    for said, utterances in told:
        for index, utterance in enumerate(utterances):
            front = said.before if index == 0 else ""
            behind = said.after if index == len(utterances) - 1 else ""
            assert invented(utterance, front, behind, language) == [], utterance
    for utterance in script.utterances():
        assert utterance.written or utterance.role in ("announcement", "heading"), utterance
        assert unsaid(utterance) == [], utterance
    if profile != "brief":
        missing = lost(document, list(script.utterances()), {one.position for one in script.omitted}, script.omitted)
        assert missing == []


def read(path: Path) -> Document:
    document: Document = plugins.load("readers", READERS[path.suffix]).read(path.read_bytes(), uri=path.name)
    return replace(document, blocks=document.blocks[:150])


def invented(utterance: Utterance, front: str, behind: str, language: str) -> list[str]:
    """Words that are spoken though neither the article nor the wording has them."""
    spoken, spans = utterance.spoken, utterance.spans
    if not utterance.written:
        return differing(said_words(spoken), own(f"{front} {behind}", language))
    first = spans[0].spoken_start if spans else len(spoken)
    last = max((span.spoken_end for span in spans), default=len(spoken))
    inside = [
        spoken[start:end]
        for start, end in words(spoken)
        if first <= start < last and not any(span.spoken_start <= start < span.spoken_end for span in spans)
    ]
    return [
        *inside,
        *differing(said_words(spoken[:first]), own(front, language)),
        *differing(said_words(spoken[last:]), own(behind, language)),
    ]


def unsaid(utterance: Utterance) -> list[str]:
    """Words of the written sentence that no span maps to what is said; signs alone may be silent."""
    return [
        utterance.written[start:end]
        for start, end in words(utterance.written)
        if utterance.spans and not any(span.start <= start < span.end for span in utterance.spans)
    ]


def lost(
    document: Document, utterances: list[Utterance], places: set[Position], omitted: Iterable[object]
) -> list[str]:
    """Runs of the article's words that are neither said, in order, nor reported."""
    said = letters(" ".join(utterance.written for utterance in utterances))
    reported = [letters(str(getattr(one, "what", ""))) for one in omitted]
    missing = []
    at = 0
    for text, ordered, place in runs(document.blocks):
        for sentence in [text] if letters(text) in said else split(text, language=document.language):
            needle = letters(sentence)
            found = said.find(needle, at) if ordered else said.find(needle)
            if found < 0 and place not in places and not any(needle in one for one in reported if one):
                missing.append(sentence)
            elif found >= 0 and ordered:
                at = found  # not behind it: a heading may be said by the sentence that begins with it
    return missing


def runs(blocks: Iterable[Block], *, ordered: bool = True) -> Iterator[tuple[str, bool, Position]]:
    """The article's words in runs: whether they keep their order (notes and cells do not), and where they stand."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield line(block.text), ordered, block.position
            case List():
                for item in block.items:
                    yield from ((line(term), ordered, item.position) for term in item.terms)
                    yield from runs(item.blocks, ordered=ordered)
            case Quote():
                yield from runs(block.blocks, ordered=ordered)
                yield line(block.cite), ordered, block.position
            case Table() if len(block.rows) <= LONGEST_TABLE:
                cells = (cell for row in block.rows for cell in row)
                yield from ((line(cell), False, block.position) for cell in (block.caption, *block.header, *cells))
            case Figure():
                yield from ((text, False, block.position) for text in (block.alt, line(block.caption)))
            case Footnote():
                yield from runs(block.blocks, ordered=False)
            case Aside() if block.role != "pullquote":
                yield from runs(block.blocks, ordered=ordered)
            case Code() | _:
                pass


def line(text: Inline) -> str:
    return laid(text)[0]


def letters(text: str) -> str:
    """The words of a text run together: long ones may be cut where the breath ends."""
    return "".join(text[start:end] for start, end in words(text)).casefold()


def said_words(text: str) -> list[str]:
    return [text[start:end].casefold() for start, end in words(text)]


def own(text: str, language: str) -> list[str]:
    """The narrator's own words as they are said."""
    return said_words(normalise(text, language=language).spoken)


def differing(one: list[str], other: list[str]) -> list[str]:
    return [] if one == other else [*one, "!=", *other]
