"""What a wording wants said, as utterances: normalised, short enough for one breath, with an id."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.model.script import Part, SpanMap, Utterance
from pipeline.narrate.languages import Told, declared, differing, within
from pipeline.narrate.lexicon import pronounced
from pipeline.narrate.memo import Memo
from pipeline.text.parts import settled, text_of
from pipeline.text.sentences import breath
from pipeline.text.spans import within as claims_within
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.contracts import Claim, Said
    from pipeline.narrate.ids import Ids
    from pipeline.narrate.languages import Tongue
    from pipeline.text.lexicon_match import Matcher

_STOPS = (".", "!", "?", "…", ":", ";", ",")
_CLOSING = "\"'”’»)]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounded:
    """What is said, how the written text maps to it, and its pieces by language."""

    spoken: str
    spans: tuple[SpanMap, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterer:
    """Makes the utterances of one script.

    Attributes:
        language: BCP 47 tag of the narration.
        ids: Gives the ids.
        lexicon: Words that are said in their own way.
        memo: Sentences that were normalised before.
    """

    language: str
    ids: Ids
    lexicon: Matcher | None = None
    memo: Memo = field(default_factory=Memo)

    def utter(self, said: Said) -> Iterator[Utterance]:
        """The utterances of ``said``, usually one; none where nothing in it can be pronounced."""
        if not said.written:
            spoken = _joined(self._own(said.before), self._own(said.after))
            if has_words(spoken):
                yield self._utterance(said, "", Sounded(spoken=spoken))
            return
        lines = []
        place = 0
        for piece in breath(said.written):
            start = said.written.find(piece, place)
            place = max(place, start + len(piece))
            end = start + len(piece)
            found = within(_tongues(said, self.language), start, end) if start >= 0 else ()
            given = claims_within(said.claims, start, end) if start >= 0 else ()
            sounded = self._sounded(piece, found, given)
            if has_words(sounded.spoken):
                lines.append((piece, sounded))
        for index, (piece, sounded) in enumerate(lines):
            before = self._own(said.before) if index == 0 else ""
            after = self._own(said.after) if index == len(lines) - 1 else ""
            told = sounded if before or index else _begun(sounded, piece)
            yield self._utterance(said, piece, _framed(before, told, after))

    def title(self, said: Said) -> Utterance | None:
        """The utterance that says a chapter's title, where it is not said as it is written."""
        sounded = self._sounded(said.written, _tongues(said, self.language))
        if (sounded.spoken == said.written and not sounded.parts) or not has_words(sounded.spoken):
            return None
        return self._utterance(said, said.written, _begun(sounded, said.written))

    def _own(self, text: str) -> str:
        """The narrator's own words: "1:" is "One:"."""
        if not text:
            return ""
        return _opened(self.memo.normalise(text, language=self.language, lexicon=self.lexicon).spoken, text)

    def _sounded(self, text: str, found: Sequence[Tongue], given: Sequence[Claim] = ()) -> Sounded:
        """``text`` as it is said, each piece by what its marks say, then by the rules of its language."""
        if not found:
            normal = self.memo.normalise(text, language=self.language, given=given, lexicon=self.lexicon)
            parts = list(pronounced(normal.spoken, normal.sounds))
            return Sounded(spoken=normal.spoken, spans=normal.spans, parts=settled(parts))
        parts = []
        spans: list[SpanMap] = []
        length, blank = 0, False
        for start, end, language in _pieces(text, found):
            marks = claims_within(given, start, end)
            own = language or self.language
            normal = self.memo.normalise(text[start:end], language=own, given=marks, lexicon=self.lexicon)
            blank = blank or text[start].isspace()
            if not normal.spoken:
                continue
            if blank and length:
                parts.append(Part(text=" "))
                length += 1
            spans += (_moved(span, written=start, spoken=length) for span in normal.spans)
            parts += pronounced(normal.spoken, normal.sounds, language=language)
            length += len(normal.spoken)
            blank = text[end - 1].isspace()
        return Sounded(spoken=text_of(parts), spans=tuple(spans), parts=settled(parts))

    def _utterance(self, said: Said, written: str, sounded: Sounded) -> Utterance:
        return Utterance(
            id=self.ids.utterance(said.role, written or sounded.spoken),
            written=written,
            spoken=sounded.spoken,
            spans=sounded.spans,
            parts=sounded.parts,
            voice=said.voice,
            role=said.role,
            origin=said.position,
        )


def _tongues(said: Said, narration: str) -> tuple[Tongue, ...]:
    """The languages of ``said.written``, which a wording may have put more words around."""
    if not isinstance(said, Told):
        return tuple(differing(said.written, declared(said.text), narration))
    if not said.tongues:
        return ()
    shift = said.written.find(said.sentence)
    return (
        () if shift < 0 else tuple(replace(one, start=one.start + shift, end=one.end + shift) for one in said.tongues)
    )


def _pieces(text: str, found: Sequence[Tongue]) -> Iterator[tuple[int, int, str]]:
    """(start, end, language) of all pieces of ``text``, those in between having no language."""
    place = 0
    for one in found:
        if place < one.start:
            yield place, one.start, ""
        yield one.start, one.end, one.language
        place = one.end
    if place < len(text):
        yield place, len(text), ""


def _framed(before: str, told: Sounded, after: str) -> Sounded:
    """``told`` between the narrator's own words; words that follow an unfinished sentence get a stop in front."""
    fore = before + _between(before, told.spoken)
    behind = _between(told.spoken, after) + after
    whole = told.parts or (Part(text=told.spoken),)
    return Sounded(
        spoken=f"{fore}{told.spoken}{behind}",
        spans=tuple(_moved(span, spoken=len(fore)) for span in told.spans),
        parts=settled((Part(text=fore), *whole, Part(text=behind))),
    )


def _begun(told: Sounded, written: str) -> Sounded:
    """``told`` with a capital at its beginning, where that is called for."""
    spoken = _opened(told.spoken, written)
    parts = told.parts
    if spoken != told.spoken and parts:
        parts = (replace(parts[0], text=spoken[0] + parts[0].text[1:]), *parts[1:])
    return replace(told, spoken=spoken, parts=parts)


def _opened(spoken: str, written: str) -> str:
    """``spoken`` with a capital where the sentence begins with a number or a sign: "4 boats" is "Four boats"."""
    capital = spoken[:1].upper()
    return capital + spoken[1:] if len(capital) == 1 and not written[:1].isalpha() else spoken


def _joined(first: str, second: str) -> str:
    """Two texts as one."""
    return first + _between(first, second) + second


def _between(first: str, second: str) -> str:
    """What parts two texts: words that follow an unfinished sentence get a stop in front."""
    if not (first and second):
        return ""
    return " " if first.rstrip(_CLOSING).endswith(_STOPS) else ". "


def _moved(span: SpanMap, *, written: int = 0, spoken: int = 0) -> SpanMap:
    return _span(span.start + written, span.end + written, span.spoken_start + spoken, span.spoken_end + spoken)


@lru_cache(maxsize=4096)
def _span(start: int, end: int, spoken_start: int, spoken_end: int) -> SpanMap:
    """One value for all sentences: most of an article's words are at places where others have some, too."""
    return SpanMap(start=start, end=end, spoken_start=spoken_start, spoken_end=spoken_end)
