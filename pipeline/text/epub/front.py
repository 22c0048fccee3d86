"""What a book holds for the eye or the page-turning hand only: cover, title page, contents, index, copyright page.

The decision about each is made here, once. Left out, and reported: whatever only leads through the book (contents,
landmarks, lists of pages and illustrations, index), the cover, a title page that says no more than the announcement
will, and a copyright page that is marked as one. Kept: dedication, epigraph, forewords, notes, bibliography, and a
copyright page that nobody marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.document import Omission, Position
from pipeline.text.dom.page import PART
from pipeline.text.dom.source import Element, line_of, one_line, tag
from pipeline.text.epub.lines import bare
from pipeline.text.epub.page import drop, kinds
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from pipeline.text.epub.book import Book
    from pipeline.text.epub.meta import Said

_REASONS = (
    ("table of contents", "toc toc-brief doc-toc other.toc"),
    ("list of landmarks", "landmarks"),
    ("list of pages", "page-list doc-pagelist"),
    ("list of illustrations or tables", "loi lot loa lov"),
    ("index of words", "index doc-index"),
)
_WHY = {kind: why for why, words in _REASONS for kind in words.split()}
_COVER = terms("cover cover-page coverpage doc-cover frontcover backcover")
_TITLE_PAGE = terms("titlepage title-page halftitlepage half-title-page halftitle fulltitle")
_COPYRIGHT = terms("copyright-page copyright copyrightpage imprint colophon doc-colophon")
_COVER_LETTERS = 200
"""Letters up to which a page marked as the cover is nothing else."""
_TITLE_LETTERS = 500
"""Letters up to which a page marked as the title page is nothing else."""
_COPYRIGHT_LETTERS = 10_000
"""Letters up to which a page marked as the copyright page is nothing else."""
_FRONT = 8
"""Files at the beginning among which an unmarked title page is looked for."""
_SMALL_WORDS = terms(
    "a and by edited edition et first de der des die du herausgegeben illustrated illustrations ill le la par pictures "
    "publisher published second the third translated und von with written übersetzt illustriert verlag por y di e van"
)
"""What stands between the names on a title page."""
_SHOWN = 60


def leave_out(book: Book, said: Said, guide: dict[str, str], nav: str, cover: str) -> None:
    """Take out of ``book`` what no listener needs, and report it.

    Args:
        book: The merged book.
        said: What the book says about itself.
        guide: Name of a file → its part in the book, as the package or the landmarks tell.
        nav: Name of the navigation document; empty without one.
        cover: Name of the cover's image; empty without one.
    """
    for number, (part, section) in enumerate(list(book.starts.items())):
        marks = kinds(section) | frozenset(guide.get(part, "").split())
        marks |= _only_child(section)
        letters = len(bare(one_line(section))) if marks or number < _FRONT or part == nav else 0
        why = ""
        if (marks & _COVER and letters <= _COVER_LETTERS) or (cover and _shows_only(section, cover)):
            why = "cover"
        elif marks & _TITLE_PAGE and letters <= _TITLE_LETTERS:
            why = "title page"
        elif marks & _COPYRIGHT and letters <= _COPYRIGHT_LETTERS:
            why = "copyright page"
        elif part == nav and letters == _letters_of_navs(section):
            why = "navigation document"
        elif number < _FRONT and 0 < letters <= _TITLE_LETTERS and _only_repeats(section, said):
            why = "title page"
        if why:
            _take_out(section, why, book)
    for section in list(book.starts.values()):
        marked = [(element, why) for element in section.iter() if (why := _why(element))]
        for element, why in marked:
            if any(up is section for up in (element, *element.iterancestors())):  # still there
                _take_out(element, why, book)


def report(element: Element, why: str, book: Book) -> None:
    """Say that ``element`` is left out."""
    words = " ".join(" ".join(map(str, element.itertext())).split())
    holder = next((up for up in (element, *element.iterancestors()) if up.get(PART)), element)
    part = holder.get(PART) or ""
    what = words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"
    place = Position(line=line_of(element), end_line=line_of(element), part=part)
    book.omitted.append(Omission(what=what or part, why=why, position=place))


def _take_out(element: Element, why: str, book: Book) -> None:
    report(element, why, book)
    part = element.get(PART)
    drop(element)
    if part is not None:
        book.starts.pop(part, None)


def _why(element: Element) -> str:
    name = tag(element)
    if not name or name in ("a", "span"):
        return ""
    marked = next((_WHY[kind] for kind in kinds(element) if kind in _WHY), "")
    return marked or ("navigation" if name == "nav" else "")


def _only_child(section: Element) -> frozenset[str]:
    """What is said of the one element that holds the whole file; publishers mark either."""
    children = [child for child in section if tag(child)]
    return kinds(children[0]) if len(children) == 1 and not (section.text or "").strip() else frozenset()


def _shows_only(section: Element, image: str) -> bool:
    sources = [element.get("src") for element in section.iter("img")]
    return sources == [image] and not one_line(section)


def _letters_of_navs(section: Element) -> int:
    outer = [nav for nav in section.iter("nav") if next(nav.iterancestors("nav"), None) is None]
    heads = [head for head in section.iter("h1", "h2", "h3") if next(head.iterancestors("nav"), None) is None]
    return sum(len(bare(one_line(element))) for element in (*outer, *heads))


def _only_repeats(section: Element, said: Said) -> bool:
    """Whether ``section`` holds the title, and beside it names, dates and little words only."""
    rest, found = f" {_words(' '.join(map(str, section.itertext())))} ", False
    for known in sorted({*map(_words, said.titles), *map(_words, said.names)} - {""}, key=len, reverse=True):
        if f" {known} " in rest:
            found = found or known in map(_words, said.titles)
            rest = rest.replace(f" {known} ", " ")
    return found and all(word in _SMALL_WORDS or word[0].isdecimal() for word in rest.split())


def _words(text: str) -> str:
    """``text`` as lower-case words with one blank between them, without punctuation."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
