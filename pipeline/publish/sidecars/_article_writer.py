"""The tree of an article as HTML or XHTML, its cues and words as elements of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.publish.sidecars._article_look import escape, marked, opening
from pipeline.publish.sidecars._article_places import Line
from pipeline.publish.sidecars._article_tree import Element, safe
from pipeline.publish.sidecars._article_words import Timed, heard, maps, spoken, tongues
from pipeline.text.lay import piece
from pipeline.units import clock, ms_from_samples, seconds_from_samples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.model.document import Inline, Span
    from pipeline.model.script import Utterance
    from pipeline.model.timeline import Cue
    from pipeline.publish.sidecars._article_look import Look
    from pipeline.publish.sidecars._article_places import Found

_VOID = {"hr", "img"}


@dataclass(slots=True, kw_only=True)
class Writer:
    """Writes elements.

    Attributes:
        look: What is wanted.
        names: By a cue's identity the id of its element.
        notes: Number of each footnote in the article.
        utterances: By id.
        rate_hz: The timeline's.
    """

    look: Look
    names: Mapping[int, str]
    notes: Mapping[str, int]
    utterances: Mapping[str, Utterance]
    rate_hz: int
    referred: set[int] = field(default_factory=set)
    stamps: list[Timed] = field(default_factory=list)
    """The words of what is being written, one for each of their elements."""
    linked: bool = False
    """Whether what is being written has a link to its moment."""

    def element(self, element: Element) -> str:
        """An element with all that is in it."""
        given = dict(element.attributes)
        before = len(self.stamps)
        inside = "".join(
            self.element(one) if isinstance(one, Element) else self._line(one) if isinstance(one, Line) else escape(one)
            for one in element.inside
        )
        if element.row is not None and element.row.cue is not None:
            given |= self._marks(element.row.cue, before)
        if self.look.xml and given.get("role") == "doc-footnote":
            given["epub:type"] = "footnote"
        begin = opening(element.tag, given)
        if element.tag in _VOID:
            return begin + ("/>" if self.look.xml else ">")
        return f"{begin}>{inside}</{element.tag}>"

    def _marks(self, cue: Cue, before: int) -> dict[str, str]:
        """What tells which cue an element is, and when it is heard; takes the stamps of its words."""
        marks = {"class": "s", "id": self.names[id(cue)]}
        words = self.stamps[before:]
        del self.stamps[before:]
        if self.look.times:
            start, end = (seconds_from_samples(at, self.rate_hz) for at in (cue.start, cue.end))
            marks["data-t"] = f"{start:.3f} {end:.3f}"
            if words:
                ms = (ms_from_samples(at, self.rate_hz) for word in words for at in word[2:])
                marks["data-w"] = " ".join(map(str, ms))
        return marks

    def _line(self, line: Line) -> str:
        out = []
        at = 0
        length = sum(len(span.text) for span in line.spans if not span.note)
        for found in line.found:
            out.append(self._runs(line.spans, at, found.start))
            at = length if line.whole else found.end
            out.append(self._found(line, found, at))
        out.append(self._runs(line.spans, at, length))
        return "".join(out)

    def _found(self, line: Line, found: Found, end: int) -> str:
        """A cue, or what a cell has of it."""
        cue, utterance = found.cue, self.utterances.get(found.cue.id)
        before = len(self.stamps)
        words, languages = ((), ()) if line.whole else self._parts(found, utterance)
        first = line.row is None or next(one for one in line.row.cells if one.found) is line
        moment = self.look.moment(cue) if self.look.moment and first else ""
        self.linked = False
        inner = self._runs(line.spans, found.start, end, words, languages, moment)
        if moment and not self.linked:  # all of it is somebody's link
            shown = clock(ms_from_samples(cue.start, self.rate_hz))
            inner += f" {opening('a', {'class': 'm', 'href': moment})}>{shown}</a>"
        return inner if line.row else f"{opening('span', self._marks(cue, before))}>{inner}</span>"

    def _parts(
        self, found: Found, utterance: Utterance | None
    ) -> tuple[Sequence[Timed], Sequence[tuple[int, int, str]]]:
        """Words and foreign passages at their places in the line."""
        cue = found.cue
        if found.at < 0:
            return (spoken(cue) if self.look.words else ()), ()
        foreign = utterance is not None and any(part.language for part in utterance.parts)
        if not (self.look.words or foreign):
            return (), ()
        spans = maps(cue, utterance)
        shift, last = found.start - found.at, found.at + found.end - found.start
        timed = heard(cue, spans) if self.look.words else ()
        words = [(a + shift, b + shift, since, until) for a, b, since, until in timed if a >= found.at and b <= last]
        return words, [(a + shift, b + shift, name) for a, b, name in tongues(utterance, spans)]

    def _runs(
        self,
        text: Inline,
        start: int,
        end: int,
        words: Sequence[Timed] = (),
        languages: Sequence[tuple[int, int, str]] = (),
        moment: str = "",
    ) -> str:
        """``line[start:end]`` with its marks; spans that lead to one address are one link."""
        out = []
        at = start
        for (address, note), group in groupby(piece(text, start, end) if end > start else (), _target):
            spans = tuple(group)
            inner = []
            for span in spans:
                if note:
                    inner.append(self._note(span))
                    continue
                inner.append(self._span(span, at, words, languages))
                at += len(span.text)
            run = "".join(inner)
            if address:
                run = f"{opening('a', {'href': address})}>{run}</a>"
            elif moment and not self.linked and not note and any(c.isalnum() for span in spans for c in span.text):
                run = f"{opening('a', {'class': 'm', 'href': moment})}>{run}</a>"
                self.linked = True
            out.append(run)
        return "".join(out)

    def _span(self, span: Span, at: int, words: Sequence[Timed], languages: Sequence[tuple[int, int, str]]) -> str:
        """A span that begins at ``at`` in its line."""
        end = at + len(span.text)
        out = []
        place = at
        for first, last, language in (*languages, (end, end, "")) if not span.language else ((end, end, ""),):
            first, last = max(place, min(first, end)), min(last, end)
            if first > place:
                out.append(self._cut(span.text[place - at : first - at], place, words))
            if last > first:
                inner = self._cut(span.text[first - at : last - at], first, words)
                out.append(f"{opening('span', self.look.tongue(language))}>{inner}</span>")
            place = max(place, last)
        shown = marked("".join(out), span)
        return f"{opening('span', self.look.tongue(span.language))}>{shown}</span>" if span.language else shown

    def _cut(self, text: str, at: int, words: Sequence[Timed]) -> str:
        """Text that begins at ``at`` in its line, its words as elements."""
        if not words:
            return escape(text)
        out = []
        place = 0
        for word in words:
            first, last = max(place, word[0] - at), min(len(text), word[1] - at)
            if first < last:
                out.append(f'{escape(text[place:first])}<span class="w">{escape(text[first:last])}</span>')
                self.stamps.append(word)
                place = last
        return "".join(out) + escape(text[place:])

    def _note(self, span: Span) -> str:
        """The mark of a note; the first one can be come back to."""
        number = self.notes.get(span.note)
        if number is None:
            return f"<sup>{escape(span.text)}</sup>"
        given = {"href": f"#note-{number}", "role": "doc-noteref"}
        if number not in self.referred:
            given["id"] = f"mark-{number}"
            self.referred.add(number)
        if self.look.xml:
            given["epub:type"] = "noteref"
        return f"<sup>{opening('a', given)}>{escape(span.text)}</a></sup>"


def _target(span: Span) -> tuple[str, bool]:
    return ("" if span.note else safe(span.href)), bool(span.note)
