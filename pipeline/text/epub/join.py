"""A chapter's heading that is spread over several lines (“Chapter 1” / “The Sea”) → one line of words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.dom.source import Element, one_line, raw_text
from pipeline.text.epub.lines import bare, is_number
from pipeline.text.epub.page import drop

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = re.compile(r"\s*[.:;,–—|·-]*\s*")
"""What a label may put between two parts of a heading; quotation marks belong to the parts."""

_HERE = "\ue000"
"""A character for private use, which stands in no book."""


def matching(label: str, lines: Sequence[Element]) -> int:
    """How many of ``lines``, taken together from the first one, say what ``label`` says; 0 where none do."""
    wanted, said = bare(label), ""
    for number, line in enumerate(lines, 1):
        said += bare(one_line(line))
        if said == wanted:
            return number if wanted else 0
    return 0


def join(lines: Sequence[Element], label: str) -> Element:
    """Make one heading of ``lines``, which stand behind each other; its marks are those of ``label`` where it helps.

    Everything in the lines stays: emphasis, language, references to notes, ids.
    """
    first = lines[0]
    first.tag = "h2"
    _unbreak(first, label)
    for line in lines[1:]:
        _unbreak(line, label)
        joint = _joint(one_line(first), label)
        drop(line)
        line.tag = "span"
        if len(first):
            first[-1].tail = (first[-1].tail or "").rstrip() + joint
        else:
            first.text = (first.text or "").rstrip() + joint
        first.append(line)
    return first


def rename(line: Element, label: str) -> Element:
    """Make a heading of ``line`` that says ``label``, which says more; a reference to a note in it stays."""
    line.tag = "h2"
    line.text = label
    for child in list(line):
        child.tail = None
        if next(child.iter("a"), None) is None:
            line.remove(child)
    return line


def _unbreak(line: Element, label: str) -> None:
    for line_break in list(line.iter("br")):
        before = _text_before(line_break, line)
        parent, previous, joint = line_break.getparent(), line_break.getprevious(), _joint(before, label)
        if parent is not None and previous is not None:
            previous.tail = (previous.tail or "").rstrip() + joint
        elif parent is not None:
            parent.text = (parent.text or "").rstrip() + joint
        line_break.tail = (line_break.tail or "").lstrip() or None
        drop(line_break)


def _text_before(place: Element, line: Element) -> str:
    """The words in ``line`` before the empty element ``place``."""
    tail = place.tail
    place.tail = _HERE
    before = raw_text(line).partition(_HERE)[0]
    place.tail = tail
    return " ".join(before.split())


def _joint(before: str, label: str) -> str:
    """What stands between ``before`` and the rest of a heading: what ``label`` has there, else a blank or a colon."""
    if not before:
        return ""
    wanted, length = bare(label), len(bare(before))
    if before[-1].isalnum() and wanted.startswith(bare(before)):
        passed = 0
        for at, character in enumerate(label, 1):
            passed += len(bare(character))
            if passed >= length:
                found = _MARKS.match(label, at)
                if found and found[0].strip():
                    return found[0]
                break
    return ": " if before[-1].isalnum() and is_number(before) else " "
