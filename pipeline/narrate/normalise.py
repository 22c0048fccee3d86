"""A written sentence as a narrator says it: every rule claims spans, the first claim in the list wins."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.text import spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.contracts import Claim
    from pipeline.model.script import SpanMap

DEFAULT_RULES = (
    "emoji",
    "notes",
    "addresses",
    "phone",
    "streets",
    "verses",
    "dates",
    "times",
    "money",
    "percent",
    "measures",
    "fractions",
    "years",
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
    """

    spoken: str
    spans: tuple[SpanMap, ...]
    claims: tuple[tuple[str, Claim], ...]


def normalise(sentence: str, *, language: str, rules: Sequence[str] = DEFAULT_RULES) -> Normalised:
    """``sentence`` as it is said.

    Args:
        sentence: As written; any white space counts as a blank.
        language: BCP 47 tag.
        rules: Names of rule plug-ins in order of priority.

    Raises:
        ValueError: A rule claims something outside the sentence (a mistake of the rule).
        UsageError: There is no such rule.
    """
    # Blanks of all kinds become spaces one for one: rules see one kind, and offsets stay.
    line = "".join(" " if c.isspace() else c for c in sentence)
    made: list[tuple[str, Claim]] = []
    for name in rules:
        for claim in plugins.load("rules", name).claims(line, language=language):
            if not 0 <= claim.start <= claim.end <= len(line):
                raise ValueError(
                    f"rule {name} claims {claim.start}:{claim.end} of a sentence of {len(line)} characters"
                )
            made.append((name, claim))
    won = [made[index] for index in spans.settle([claim for _, claim in made])]
    won = [(name, _with_stop(line, claim)) for name, claim in won]
    spoken, mapped = spans.apply(line, [claim for _, claim in won])
    return Normalised(spoken=spoken, spans=mapped, claims=tuple(won))


def _with_stop(sentence: str, claim: Claim) -> Claim:
    """The claim, saying the sentence's last stop where it took it: "5 p.m." ends with one, "5 P M" would not."""
    if not claim.spoken.strip():
        return claim
    stop = _STOP.search(sentence, claim.end - 1, len(sentence)) if claim.end else None
    if stop is None or stop.end() != claim.end or claim.spoken.rstrip().endswith((".", "!", "?", "…")):
        return claim
    return replace(claim, spoken=claim.spoken.rstrip() + stop[0])
