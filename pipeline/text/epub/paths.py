"""Addresses inside a book: what an ``href`` in one of its files points at, never outside the archive."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from pipeline.errors import ReadError
from pipeline.text.xml_safe import parse_xml

if TYPE_CHECKING:
    from pipeline.text.archive import Archive
    from pipeline.text.dom.source import Element

MAX_TAGS = 1_000_000
"""Tags in all pages of a book; ten megabytes of prose with notes hold 0.3 million, and each costs a kilobyte."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A place in a book: a file, and an id in it or nothing.

    Attributes:
        part: Name of the file in the archive, whether or not it is there.
        fragment: Id in the file; empty for the whole of it.
    """

    part: str
    fragment: str = ""


class Files:
    """The archive of a book, which finds its files as sloppy books name them too."""

    def __init__(self, archive: Archive, where: str) -> None:
        """Wrap ``archive``, which came from ``where``."""
        self._archive = archive
        self._where = where
        self._tags_left = MAX_TAGS
        self._folded: dict[str, str] = {}
        for name in archive.names:
            self._folded.setdefault(_folded(name), name)

    def find(self, name: str) -> str:
        """The name as the archive has it, whatever its case and Unicode form; empty where there is no such file."""
        return name if name in self._archive else self._folded.get(_folded(name), "")

    def resolve(self, href: str, base: str) -> Target | None:
        """What ``href``, written in the file ``base``, points at; None for what is not in the book.

        An address that begins with a slash counts from the root of the archive, as reading systems take it.
        """
        href = href.strip()
        if _OUTSIDE.match(href):
            return None
        try:
            address = urlsplit(href.replace("\\", "/"))
        except ValueError:
            return None
        fragment, path = unquote(address.fragment), unquote(address.path)
        if _UNPRINTABLE.search(path):
            return None
        if not path:
            return Target(part=base, fragment=fragment)
        folder = "" if path.startswith("/") else posixpath.dirname(base)
        part = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        return None if part.startswith("..") else Target(part=self.find(part) or part, fragment=fragment)

    def ending(self, suffix: str) -> tuple[str, ...]:
        """Names of the files with this ending, lower case."""
        return tuple(name for name in self._archive.names if name.lower().endswith(suffix))

    def place(self, name: str) -> str:
        """The file ``name`` for messages."""
        return f"{self._where}: {name}" if self._where else name

    def data(self, name: str) -> bytes:
        """What the file ``name`` holds.

        Raises:
            ReadError: There is no such file, it is damaged, or too much was read already.
        """
        return self._archive.read(name)

    def page(self, name: str) -> bytes:
        """What the page ``name`` holds; the tags in all pages are counted.

        Raises:
            ReadError: As `data` does, or there are more tags than a book can have.
        """
        data = self.data(name)
        self._tags_left -= data.count(b"<")
        if self._tags_left < 0:
            raise self.error(f"the pages of this book hold more than {MAX_TAGS:,} tags: it may be a bomb")
        return data

    def xml(self, name: str) -> Element:
        """The root of an XML file.

        Raises:
            ReadError: As `data` does, or it is not safe or not well-formed.
        """
        return parse_xml(self.data(name), self.place(name))

    def error(self, message: str, name: str = "") -> ReadError:
        """The error that says ``message`` of the book, or of its file ``name``."""
        return ReadError(message, self.place(name) if name else self._where)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
