"""Regular expressions that are compiled when they are first used: rules have hundreds, a sentence needs a few."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


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
