"""The language of a book: its package and its files may disagree, for tools leave their own default in either."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.text.dom.inline import same_language
from pipeline.text.plain_language import guess_language

if TYPE_CHECKING:
    from pipeline.text.epub.book import Book

_SAMPLE = 5000
"""Pieces of text that are looked at."""


def settle_language(book: Book, declared: str) -> str:
    """The language of ``book``; empty where nothing tells it.

    Where every file says the same and the package something else, the words decide. A mark on the files that the
    words belie is taken off, or else every sentence would be read by the wrong voice.

    Args:
        book: The merged book.
        declared: What the package says; may be empty.
    """
    common = next((language for language, _ in Counter(book.languages.values()).most_common(1)), "")
    unanimous = len(set(book.languages.values())) == 1 and book.languages.keys() >= book.starts.keys()
    if not declared or not unanimous or same_language(declared, common):
        return declared or common
    guess = guess_language(" ".join(islice(map(str, book.root.itertext()), _SAMPLE)))
    if same_language(guess, common):
        return common
    if same_language(guess, declared):
        for section in book.starts.values():
            section.attrib.pop("lang", "")
    return declared
