"""What a wording wants said, as utterances: normalised, short enough for one breath, with an id."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.model.script import SpanMap, Utterance
from pipeline.narrate.normalise import normalise
from pipeline.text.sentences import breath
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Said
    from pipeline.narrate.ids import Ids

_STOPS = (".", "!", "?", "…", ":", ";", ",")
_CLOSING = "\"'”’»)]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterer:
    """Makes the utterances of one script.

    Attributes:
        language: BCP 47 tag of the narration.
        ids: Gives the ids.
    """

    language: str
    ids: Ids

    def utter(self, said: Said) -> Iterator[Utterance]:
        """The utterances of ``said``, usually one; none where nothing in it can be pronounced."""
        if not said.written:
            spoken = _joined(self._own(said.before), self._own(said.after))
            if has_words(spoken):
                yield self._utterance(said, "", spoken, ())
            return
        pieces = breath(said.written)
        lines = []
        for piece in pieces:
            normal = normalise(piece, language=self.language)
            if has_words(normal.spoken):
                lines.append((piece, normal))
        for index, (piece, normal) in enumerate(lines):
            before = self._own(said.before) if index == 0 else ""
            after = self._own(said.after) if index == len(lines) - 1 else ""
            told = normal.spoken if before or index else _opened(normal.spoken, piece)
            shift = len(before) + 1 if before else 0
            spans = tuple(_shifted(span, shift) for span in normal.spans)
            yield self._utterance(said, piece, _joined(before, _joined(told, after)), spans)

    def title(self, said: Said) -> Utterance | None:
        """The utterance that says a chapter's title, where it is not said as it is written."""
        normal = normalise(said.written, language=self.language)
        if normal.spoken == said.written or not has_words(normal.spoken):
            return None
        return self._utterance(said, said.written, _opened(normal.spoken, said.written), normal.spans)

    def _own(self, text: str) -> str:
        """The narrator's own words: "1:" is "One:"."""
        return _opened(normalise(text, language=self.language).spoken, text) if text else ""

    def _utterance(self, said: Said, written: str, spoken: str, spans: tuple[SpanMap, ...]) -> Utterance:
        return Utterance(
            id=self.ids.utterance(said.role, written or spoken),
            written=written,
            spoken=spoken,
            spans=spans,
            role=said.role,
            origin=said.position,
        )


def _opened(spoken: str, written: str) -> str:
    """``spoken`` with a capital where the sentence begins with a number or a sign: "4 boats" is "Four boats"."""
    capital = spoken[:1].upper()
    return capital + spoken[1:] if len(capital) == 1 and not written[:1].isalpha() else spoken


def _joined(first: str, second: str) -> str:
    """Two texts as one; words that follow an unfinished sentence get a stop in front."""
    if first and second and not first.rstrip(_CLOSING).endswith(_STOPS):
        return f"{first}. {second}"
    return f"{first} {second}".strip()


def _shifted(span: SpanMap, by: int) -> SpanMap:
    return replace(span, spoken_start=span.spoken_start + by, spoken_end=span.spoken_end + by)
