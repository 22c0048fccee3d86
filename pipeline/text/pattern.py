"""Regular expressions that are compiled when they are first used: rules have hundreds, a sentence needs a few."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


_TOKEN = re.compile(
    r"\\(?:x..|u....|U.{8}|N\{[^}]*\}|\d+|.)|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:<?[=!]|P<\w+>|:|)|[()|]"
    r"|[*+?]\??|\{\d*(?:,\d*)?\}\??|.",
    re.DOTALL,
)
_DIGIT = re.compile(r"\\d|[0-9]|\[(?:\\d|[0-9-])+\]")
_PLAIN_GROUPS = re.compile(r"\(|\(\?:|\(\?P<\w+>")


class Pattern:
    """A regular expression; the methods are those of `re.Pattern`."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source = source
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.source, self.flags)

    @cached_property
    def named(self) -> bool:
        """Whether it has a group called ``claim``."""
        return "claim" in self.compiled.groupindex

    @cached_property
    def digits(self) -> bool:
        """Whether it can match only where there is a decimal digit; False where that is not easily seen.

        Told from the source, without compiling it: half of what rules look for is not there in most sentences.
        """
        return not self.flags & re.VERBOSE and "(?(" not in self.source and _needs_digit(self.source)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """First match in ``text[start:end]``."""
        return self.compiled.search(text, start, len(text) if end is None else end)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Match that begins at ``start``."""
        return self.compiled.match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Match of all of ``text``."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, from left to right."""
        return self.compiled.finditer(text)

    def findall(self, text: str) -> list[str]:
        """What all matches matched; only for expressions without groups."""
        return self.compiled.findall(text)


def _needs_digit(source: str) -> bool:
    """Whether a digit stands in every way through ``source``.

    What looks around does not count, nor do kinds of group that are rare.
    """
    around: list[tuple[bool, bool, str]] = []  # of the groups that are open: all ways so far, this way, how it began
    every, this, last, group = True, False, False, "("  # `last`: what a quantifier behind it may make optional
    for piece in _TOKEN.findall(source):
        if piece[0] == "(":
            around.append((every, this or last, group))
            every, this, last, group = True, False, False, piece
        elif piece == "|":
            every, this, last = every and (this or last), False, False
        elif piece == ")":
            found = every and (this or last) and _PLAIN_GROUPS.fullmatch(group) is not None
            every, this, group = around.pop()
            last = found
        elif piece[0] in "*?" or (piece[0] == "{" and piece[1:2] in ("0", ",")):
            last = False
        elif piece[0] not in "+{" or piece == "{":
            this, last = this or last, _DIGIT.fullmatch(piece) is not None
    return every and (this or last)
