"""How well headings are found where no markup tells them: P, R and F1 on pages stripped of it, and on plain articles.

``python -m benchmarks.plain_headings`` takes the pages of the material (``ARTICLECAST_MATERIAL``, by default
``../shared``) to pieces with the HTML reader, lays the words out as plain text in five ways, reads that, and compares
the headings; then it does the same with the project's own articles (``tests/gold/headings``).

Lines that are a matter of taste are not counted on either side: titles, headings that the material calls optional or
that are longer than any heading's length (standfirsts), and paragraphs that are bold from end to end.
"""

from __future__ import annotations

import json
import os
import re
import textwrap
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.model.document import Aside, Code, Figure, Footnote, Heading, List, Paragraph, Quote, Table, plain, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.model.document import Block, Inline

GOLD = Path(__file__).parent.parent / "tests" / "gold" / "headings"
_LONGEST = 16
"""Words of the longest heading."""
_PARAGRAPH = 25
"""Words from which a paragraph is running text."""
_PROSE = 0.6
"""Share of an article's words in such paragraphs from which it is clean prose."""
_LINKED = 0.1
"""Share of words in paragraphs that are mostly links beyond which it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A block of text without its look.

    Attributes:
        kind: ``heading``, ``bold``, ``paragraph``, ``item``, ``row`` or ``code``.
        mark: Bullet or number of an item.
        linked: Whether most of its words are links.
    """

    kind: str
    text: str
    mark: str = ""
    linked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text and its headings; ``neutral`` lines count on neither side."""

    title: str
    lines: tuple[Line, ...]
    headings: tuple[str, ...]
    neutral: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether it is an article of running paragraphs without tables, code and lists of links."""
        words = {line: len(line.text.split()) for line in self.lines}
        total = sum(words.values())
        prose = sum(count for line, count in words.items() if line.kind == "paragraph" and count >= _PARAGRAPH)
        linked = sum(count for line, count in words.items() if line.linked)
        plain_only = not any(line.kind in ("row", "code") for line in self.lines)
        return plain_only and prose >= _PROSE * total and linked < _LINKED * total


def spaced(article: Article) -> str:
    """Blank lines between blocks, items marked and below one another."""
    parts = [article.title, *(f"{line.mark}{line.text}" for line in article.lines)]
    kinds = ["", *(line.kind for line in article.lines)]
    joints = ["\n" if one == other and one in ("item", "row") else "\n\n" for one, other in pairwise(kinds)]
    return parts[0] + "".join(joint + part for joint, part in zip(joints, parts[1:], strict=True)) + "\n"


def wrapped(article: Article) -> str:
    """As `spaced`, lines broken at 72 characters."""
    lines = (line if len(line) <= 72 else textwrap.fill(line, 72) for line in spaced(article).split("\n"))
    return "\n".join(lines)


def unmarked(article: Article) -> str:
    """Blank lines between blocks, items without marks."""
    return "\n\n".join([article.title, *(line.text for line in article.lines)]) + "\n"


def tight(article: Article) -> str:
    """A block a line, items marked."""
    return "\n".join([article.title, *(f"{line.mark}{line.text}" for line in article.lines)]) + "\n"


def tight_unmarked(article: Article) -> str:
    """A block a line, items without marks."""
    return "\n".join([article.title, *(line.text for line in article.lines)]) + "\n"


LAYOUTS: tuple[Callable[[Article], str], ...] = (spaced, wrapped, unmarked, tight, tight_unmarked)


@dataclass(slots=True, kw_only=True)
class Tally:
    """Headings that are right, said and wanted."""

    hits: int = 0
    said: int = 0
    wanted: int = 0

    def add(self, other: Tally) -> None:
        """Add the counts of ``other``."""
        self.hits, self.said, self.wanted = self.hits + other.hits, self.said + other.said, self.wanted + other.wanted

    def __str__(self) -> str:
        precision = self.hits / self.said if self.said else 1.0
        recall = self.hits / self.wanted if self.wanted else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({self.hits} of {self.wanted}, {self.said} said)"


def score(article: Article, text: str) -> Tally:
    """How many headings of ``article`` are found in ``text``."""
    document = plugins.load("readers", "plaintext").read(text.encode(), uri="article.txt")
    skip = {_bare(line) for line in (article.title, document.title, *article.neutral, "")}
    titles = (plain(block.text) for block in document.blocks if isinstance(block, Heading))
    said = Counter(bare for title in titles if (bare := _bare(title)) not in skip)
    wanted = Counter(bare for title in article.headings if (bare := _bare(title)) not in skip)
    return Tally(hits=(said & wanted).total(), said=said.total(), wanted=wanted.total())


def pages(root: Path) -> Iterator[Article]:
    """The scored pages of the material as their reader reads them, with the headings that the material tells."""
    for page in json.loads((root / "expected.json").read_text(encoding="utf-8"))["pages"]:
        path = root / "html" / f"{page['page']}.html"
        if page["synthetic"] or page["not_article"] or page["duplicate_of"] or not path.is_file():
            continue
        document = plugins.load("readers", "html").read(path.read_bytes(), uri=path.name)
        lines = tuple(line for line in _lines(document.blocks) if line.text)
        there = {_bare(line.text) for line in lines}
        optional = tuple(
            bare
            for text in (*page["optional"], *(head["text"] for head in page["headings"] if head.get("optional")))
            if (bare := _bare(text))
        )
        heads = [head["text"] for head in page["headings"] if _bare(head["text"]) in there]
        wanted = tuple(text for text in heads if len(text.split()) <= _LONGEST and not _bare(text).startswith(optional))
        sure = {_bare(text) for text in wanted}
        neutral = [line.text for line in lines if line.kind in ("heading", "bold") and _bare(line.text) not in sure]
        neutral += [line.text for line in lines if optional and _bare(line.text).startswith(optional)]
        yield Article(title=document.title, lines=lines, headings=wanted, neutral=(*neutral, *page["titles"]))


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s?]", "", unicodedata.normalize("NFKC", text).casefold()).split())


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    for block in blocks:
        match block:
            case Heading():
                yield Line(kind="heading", text=plain(block.text))
            case Paragraph():
                bold = _is_bold(block.text)
                yield Line(kind="bold" if bold else "paragraph", text=plain(block.text), linked=_is_linked(block.text))
            case List():
                yield from _items(block)
            case Quote() | Aside() | Footnote():
                yield from _lines(block.blocks)
            case Table():
                for row in (block.header, *block.rows):
                    yield Line(kind="row", text="    ".join(map(plain, row)).strip())
            case Code():
                yield Line(kind="code", text=block.text)
            case Figure():
                yield Line(kind="caption", text=plain(block.caption))
            case _:
                pass


def _items(block: List) -> Iterator[Line]:
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.ordered else "- "
        for text in filter(None, (*map(plain, item.terms), *texts(item.blocks))):
            linked = all(_is_linked(inner.text) for inner in item.blocks if isinstance(inner, Paragraph))
            yield Line(kind="item", text=text, mark=mark, linked=linked)
            mark = "  "


def _is_bold(text: Inline) -> bool:
    spans = [span for span in text if any(map(str.isalnum, span.text))]
    return all(span.emphasis == "strong" for span in spans) and len(plain(text).split()) <= _LONGEST


def _is_linked(text: Inline) -> bool:
    linked = sum(len(span.text.split()) for span in text if span.href)
    return 2 * linked >= len(plain(text).split()) > 0


def report(name: str, articles: list[Article]) -> None:
    """Print a line for each layout and one for all."""
    total = Tally()
    for layout in LAYOUTS:
        tally = Tally()
        for article in articles:
            tally.add(score(article, layout(article)))
        print(f"{name:<24} {layout.__name__:<16} {tally}")
        total.add(tally)
    print(f"{name:<24} {'all layouts':<16} {total}  {len(articles)} articles")


def main() -> None:
    """Print the figures."""
    root = Path(os.environ.get("ARTICLECAST_MATERIAL", "../shared")) / "pages"
    if (root / "expected.json").is_file():
        articles = list(pages(root))
        report("stripped pages", articles)
        report("stripped clean prose", [article for article in articles if article.clean])
    else:
        print("stripped pages           not run: no material")
    tally, packed = Tally(), Tally()
    started, size = time.perf_counter(), 0
    for path in sorted(GOLD.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        lines = path.with_suffix(".headings").read_text(encoding="utf-8").splitlines()
        headings = tuple(line.lstrip("# ") for line in lines)
        own = Article(title="", lines=(), headings=headings)
        tally.add(score(own, text))
        packed.add(score(own, re.sub(r"\n{2,}", "\n", text)))
        size += 2 * len(text)
    print(f"{'own articles':<24} {'as written':<16} {tally}")
    print(f"{'own articles':<24} {'packed':<16} {packed}")
    print(f"{size / 1000 / (time.perf_counter() - started):.0f} thousand characters a second")


if __name__ == "__main__":
    main()
