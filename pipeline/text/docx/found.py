"""What is found in a Word file on the way to HTML and does not fit into the HTML itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.model.document import Omission, Position

if TYPE_CHECKING:
    from pipeline.text.docx.numbering import Entry
    from pipeline.text.dom.source import Element

_SHOWN = 60
"""Characters by which the report shows what was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is known about a paragraph beside its words.

    Attributes:
        number: Its number in the document, from 1; of a paragraph of a note: that of the reference.
        kind: As in `pipeline.text.docx.style_names.Meaning`, or ``"entry"`` (of a list), or empty.
        level: Of a heading, from 1; of an entry, from 0.
        words: A programming language, or the kind of a box.
        entry: Its place in a list, where it is an entry; its number too, where it is a numbered heading.
        inside: Levels of lists whose last entries it goes on with.
        checked: Whether a task is done; None unless it is a task.
        indent: Left indent in twentieths of a point.
        box: Number of the text box that holds it; 0 for none.
    """

    number: int
    kind: str = ""
    level: int = 0
    words: str = ""
    entry: Entry | None = None
    inside: int = 0
    checked: bool | None = None
    indent: int = 0
    box: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """What is known about a table: its first and last paragraph, its rows of headings, its text box."""

    number: int
    last: int
    header_rows: int
    row_header: bool
    box: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Something shown: an image, or a video.

    Attributes:
        source: Path in the archive, or address; empty where only words are left.
        alt: Its words; None where the author gave none, empty where that was on purpose.
        kind: ``"image"`` or ``"video"``.
    """

    source: str
    alt: str | None
    kind: str = "image"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote or endnote that the text refers to.

    Attributes:
        id: Its id in the document.
        label: Its mark as shown.
        body: The element that holds its text.
        kind: ``"footnotes"`` or ``"endnotes"``.
        number: Number of the paragraph that refers to it first.
        index: Its place among all notes, from 0.
    """

    id: str
    label: str
    body: Element
    kind: str
    number: int
    index: int


@dataclass(slots=True)
class Found:
    """All of that, by the numbers that the HTML's anchors carry.

    Attributes:
        notes: By kind and id of the file, in the order in which the text refers to them.
        counted: How many notes of each kind that are.
        hrefs: Targets of links → names of their relationships.
        targets: The same, the other way round.
        languages: Foreign languages of the text → names of our styles for them.
        paragraph: Number of the current paragraph.
        keys: The last number given to an anchor.
    """

    lines: dict[int, Line] = field(default_factory=dict)
    grids: dict[int, Grid] = field(default_factory=dict)
    pictures: dict[int, Picture] = field(default_factory=dict)
    notes: dict[tuple[str, str], Note] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    hrefs: dict[str, str] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    omitted: list[Omission] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)
    paragraph: int = 0
    keys: int = 0

    def link(self, href: str) -> str:
        """The name of the relationship that leads to ``href``."""
        if href not in self.hrefs:
            self.hrefs[href] = f"r{len(self.hrefs)}"
            self.targets[self.hrefs[href]] = href
        return self.hrefs[href]

    def key(self) -> int:
        """A new number for an anchor."""
        self.keys += 1
        return self.keys

    def omit(self, what: str, why: str) -> None:
        """Report that ``what``, which stands in the current paragraph, is not part of the article."""
        what = " ".join(what.split())
        if what:
            what = what if len(what) <= _SHOWN else what[: _SHOWN - 1].rstrip() + "…"
            place = Position(line=self.paragraph, end_line=self.paragraph)
            self.omitted.append(Omission(what=what, why=why, position=place))
