"""A written sentence as a narrator says it: every rule claims spans, the first claim in the list wins."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.narrate import lexicon as lexicons
from pipeline.text import spans
from pipeline.text.english import english
from pipeline.text.leftovers import BLOT
from pipeline.text.lookalikes import blanks, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.contracts import Claim
    from pipeline.model.script import SpanMap
    from pipeline.text.ipa import Sound
    from pipeline.text.lexicon_match import Matcher

DEFAULT_RULES = (
    "emoji",
    "notes",
    "addresses",
    "phone",
    "streets",
    "verses",
    "dates",
    "periods",
    "times",
    "money",
    "percent",
    "primes",
    "measures",
    "fractions",
    "years",
    "chemistry",
    "maths",
    "ranges",
    "roman",
    "codes",
    "titles",
    "abbreviations",
    "acronyms",
    "numbers",
    "symbols",
    "dashes",
    "slips",
    "other_web",
    "other_dates",
    "other_roman",
    "other_marks",
    "other_numbers",
    "other_short",
    "general",
)
"""Names of the rules in order of priority: special before general."""

_STOP = re.compile(r"[.!?…](?=[\"'”’»)\]]*\s*$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """A sentence ready to be spoken.

    Attributes:
        spoken: One line, white space folded.
        spans: How the written sentence maps to ``spoken``, in order.
        claims: Which rule said what: (rule name, claim), in the order of the sentence.
        sounds: Where in ``spoken`` the lexicon gives sounds, in order.
    """

    spoken: str
    spans: tuple[SpanMap, ...]
    claims: tuple[tuple[str, Claim], ...]
    sounds: tuple[Sound, ...] = ()


def normalise(
    sentence: str,
    *,
    language: str,
    rules: Sequence[str] = DEFAULT_RULES,
    given: Sequence[Claim] = (),
    lexicon: Matcher | None = None,
) -> Normalised:
    """``sentence`` as it is said.

    Args:
        sentence: As written; any white space counts as a blank.
        language: BCP 47 tag.
        rules: Names of rule plug-ins in order of priority.
        given: Claims that the article's marks make, such as how a formula is said; they come before all rules.
        lexicon: Words that are said as it says; it comes before all rules, too.

    Raises:
        ValueError: A rule claims something outside the sentence (a mistake of the rule).
        UsageError: There is no such rule.
    """
    # One for one, so that offsets stay. Elsewhere a full-width comma is the right comma.
    line = fold(sentence) if english(language) else blanks(sentence)
    made: list[tuple[str, Claim]] = [("markup", claim) for claim in given]
    known: tuple[lexicons.Ruling, ...] = ()
    if lexicon:

        def usual(word: str) -> str:
            return normalise(word, language=language, rules=rules).spoken

        known = lexicons.rulings(lexicon, line, language=language, usual=usual)
        made += [(lexicons.NAME, ruling.claim) for ruling in known]
    for name in rules:
        rule = plugins.load("rules", name)
        seen = _left(line, made) if getattr(rule, "LEFTOVERS", False) else line
        for claim in rule.claims(seen, language=language):
            if not 0 <= claim.start <= claim.end <= len(line):
                raise ValueError(
                    f"rule {name} claims {claim.start}:{claim.end} of a sentence of {len(line)} characters"
                )
            made.append((name, claim))
    won = [made[index] for index in spans.settle([claim for _, claim in made])]
    won = [(name, _with_stop(line, claim)) for name, claim in won]
    spoken, mapped = spans.apply(line, [claim for _, claim in won])
    sounds = lexicons.sounds([claim for name, claim in won if name == lexicons.NAME], known, spoken, mapped)
    return Normalised(spoken=spoken, spans=mapped, claims=tuple(won), sounds=sounds)


def _left(line: str, made: Sequence[tuple[str, Claim]]) -> str:
    """The line with what has been claimed blotted out: a rule for leftovers learns where, not by whom or how."""
    left = list(line)
    for index in spans.settle([claim for _, claim in made]):
        claim = made[index][1]
        left[claim.start : claim.end] = BLOT * (claim.end - claim.start)
    return "".join(left)


def _with_stop(sentence: str, claim: Claim) -> Claim:
    """The claim, saying the sentence's last stop where it took it: "5 p.m." ends with one, "5 P M" would not."""
    if not claim.spoken.strip():
        return claim
    stop = _STOP.search(sentence, claim.end - 1, len(sentence)) if claim.end else None
    if stop is None or stop.end() != claim.end or claim.spoken.rstrip().endswith((".", "!", "?", "…")):
        return claim
    return replace(claim, spoken=claim.spoken.rstrip() + stop[0])
