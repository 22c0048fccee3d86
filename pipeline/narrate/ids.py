"""Ids of utterances and chapters: made from what was written, so that they survive edits of what is said.

An id is ``u`` or ``c`` and at least eight digits of Crockford's base 32 (``0``-``9`` and the lower-case letters without
``i l o u``), taken from the sha256 of the class of the line, its written text and its occurrence number.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LENGTH = 8
"""Digits of an id unless two lines of a script would then share one."""

_CROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghjkmnpqrstvwxyz")
_CLASSES = {"heading": "heading", "subheading": "heading", "announcement": "announcement"}


class Ids:
    """Gives out the ids of one script, each once, in the order of the script.

    Args:
        taken: Ids that are in use already.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._seen: Counter[tuple[str, str]] = Counter()

    def utterance(self, role: str, text: str) -> str:
        """Id of an utterance.

        Roles that can change without the words changing (a paragraph becomes an item) share a class, so that such an
        utterance keeps its id.

        Args:
            role: One of `pipeline.model.script.ROLES`.
            text: The written text; for the narrator's own words, which nobody wrote, what the machine says.
        """
        return self._new("u", _CLASSES.get(role, "text"), text)

    def added(self, text: str) -> str:
        """Id of a line that a person added to a script without giving it one."""
        return self._new("u", "added", text)

    def chapter(self, title: str) -> str:
        """Id of a chapter."""
        return self._new("c", "chapter", title)

    def _new(self, letter: str, kind: str, text: str) -> str:
        self._seen[kind, text] += 1
        digits = _digits(kind, text, self._seen[kind, text])
        length = LENGTH
        while letter + digits[:length] in self._taken:
            if length >= len(digits):
                return self._new(letter, kind, text)
            length += 1
        self._taken.add(letter + digits[:length])
        return letter + digits[:length]


def _digits(kind: str, text: str, occurrence: int) -> str:
    """The digest as 51 base-32 digits; the parts cannot run into each other because each is on its own line."""
    digest = hashlib.sha256(f"{kind}\n{occurrence}\n{text}".encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest).decode("ascii").rstrip("=").translate(_CROCKFORD)
