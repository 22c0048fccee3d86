"""What an article's marks say about how its words are spoken: formulas, abbreviations explained out of sight, code.

The answer is claims on the sentence. A claim that stands between two characters adds the narrator's own words there:
"the WHO" is "the World Health Organization, W H O," the first time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.contracts import Claim
from pipeline.narrate import formulas
from pipeline.narrate.normalise import normalise
from pipeline.text.lay import places
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.model.document import Inline, Span
    from pipeline.model.show import Profile

LONGEST_CODE = 24
"""Characters of code in running text that are read; of what is longer only when it is mostly letters."""
_SHORT_FORM = re.compile(r"(?=(?:.*[A-ZÀ-Þ]){2}|\w\.)[\w.&/-]{2,12}")
_EXPANSION = re.compile(r"[^\W\d_][^\d_<>{}|@#/\\]{4,78}")
_CODE = {"en": "a piece of code", "de": "ein Stück Code", "fr": "un bout de code", "es": "un fragmento de código"}
_CODE["it"] = "un frammento di codice"


@dataclass(slots=True, kw_only=True)
class Markup:
    """The claims of one narration's marks.

    Attributes:
        language: BCP 47 tag of the narration.
        profile: Whether formulas and explanations are said.
        omit: Takes (what, why) for what is not said.
        explained: Abbreviations that have been explained.
    """

    language: str
    profile: Profile
    omit: Callable[[str, str], None]
    explained: set[str] = field(default_factory=set)

    def claims(self, text: Inline) -> Iterator[Claim]:
        """How the marked pieces of a laid sentence are said."""
        line = "".join(span.text for span in text if not span.note)
        for start, end, span in places(text):
            if span.formula:
                yield from self._formula(start, end, span)
            elif span.code:
                yield from self._code(start, end, span)
            elif span.expansion and self.profile.abbreviations == "read":
                yield from self._explained(start, end, span, line)

    def _formula(self, start: int, end: int, span: Span) -> Iterator[Claim]:
        if not has_words(span.text) and len(span.text.strip()) < 2:
            return  # a sign alone, which the rules know
        spoken = None
        if self.profile.maths == "read":
            spoken = formulas.said(span.text, language=self.language, number=self._number)
        if spoken is None:
            spoken = "" if self.profile.maths == "skip" else formulas.unread(self.language)
            if self.profile.maths == "read":
                why = "it is too complex to be read" if spoken else "the narrator reads none in this language"
            else:
                why = f"the profile {'leaves formulas out' if self.profile.maths == 'skip' else 'only announces them'}"
            self.omit(f"formula {span.text.strip()}", why)
        yield Claim(start=start, end=end, spoken=_spaced(span.text, spoken))

    def _number(self, digits: str) -> str:
        return normalise(digits, language=self.language).spoken

    def _code(self, start: int, end: int, span: Span) -> Iterator[Claim]:
        code = span.text.strip()
        signs = sum(not (c.isalnum() or c in " .,-_") for c in code)
        told = _CODE.get(self.language.partition("-")[0].lower())
        if told and len(code) > LONGEST_CODE and signs * 8 > len(code):
            self.omit(f"code {code}", "its signs are for the eye")
            yield Claim(start=start, end=end, spoken=_spaced(span.text, told))

    def _explained(self, start: int, end: int, span: Span, line: str) -> Iterator[Claim]:
        short, expansion = span.text.strip(), " ".join(span.expansion.split())
        if short in self.explained or not _SHORT_FORM.fullmatch(short) or not _EXPANSION.fullmatch(expansion):
            return
        self.explained.add(short)
        if expansion.casefold() in line.casefold():
            return  # the article says it itself
        start += len(span.text) - len(span.text.lstrip())
        end -= len(span.text) - len(span.text.rstrip())
        yield Claim(start=start, end=start, spoken=f"{expansion}, ")
        if line[end : end + 1].isspace():
            yield Claim(start=end, end=end, spoken=",")


def _spaced(written: str, spoken: str) -> str:
    """``spoken`` with the blanks that ``written`` has at its ends."""
    return " " * written[:1].isspace() + spoken + " " * written[-1:].isspace()
