"""A title for an article that gives none: its file's name, made readable."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit


def title_from(uri: str) -> str:
    """``notes/how-tides_work.md`` → ``How tides work``; ``Untitled`` where the name holds no letter."""
    try:
        path = unquote(urlsplit(uri).path) if re.match(r"[a-z][a-z0-9+.-]+://", uri) else uri
    except ValueError:
        path = uri
    name = re.split(r"[\\/]", path.rstrip("\\/"))[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{1,8}$", "", name)
    words = " ".join(re.sub(r"[-_.+]+", " ", stem).split())
    if not any(character.isalpha() for character in words):
        return "Untitled"
    return words[0].upper() + words[1:]
