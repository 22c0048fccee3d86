"""Spans of text ↔ the line that they make: where each span stands in it, and the spans of a piece of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.document import Inline, Span

_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def laid(text: Inline) -> tuple[str, Inline]:
    """The words of ``text`` as a line, and its spans as they stand in that line.

    White space is folded, marks of notes are silent, raised digits stay raised (10² is not 102). Joined, the texts of
    the spans (those of note marks aside) are the line.
    """
    spans: list[Span] = []
    blank = True  # nothing yet, or the last character is one
    for span in text:
        if span.note:
            spans.append(span)
            continue
        shown = _raised(span)
        words = " ".join(shown.split())
        fore = " " if shown[:1].isspace() and not blank else ""
        aft = " " if words and shown[-1:].isspace() else ""
        if piece := fore + words + aft:
            spans.append(replace(span, text=piece))
            blank = piece[-1] == " "
    for index in range(len(spans) - 1, -1, -1):
        if not spans[index].note:
            if blank and (short := spans[index].text.rstrip(" ")) != spans[index].text:
                spans[index : index + 1] = [replace(spans[index], text=short)] if short else []
            break
    line = "".join(span.text for span in spans if not span.note)
    return line, tuple(spans)


def places(text: Inline) -> Iterator[tuple[int, int, Span]]:
    """(start, end, span) of each span of laid ``text`` in its line; a note's mark takes no place."""
    at = 0
    for span in text:
        end = at + (0 if span.note else len(span.text))
        yield at, end, span
        at = end


def piece(text: Inline, start: int, end: int) -> Inline:
    """The spans of ``line[start:end]``, cut where they reach beyond; marks of notes at its end belong to it.

    A mark at the very start belongs to what stands in front, unless nothing does.
    """
    return tuple(
        span if span.note else replace(span, text=span.text[max(0, start - first) : end - first])
        for first, last, span in places(text)
        if (start < first <= end or first == start == 0 if span.note else first < end and last > start)
    )


def _raised(span: Span) -> str:
    raised = span.text.translate(_RAISED)
    return raised if span.shift == "super" and not raised.isascii() else span.text
