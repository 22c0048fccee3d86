"""How well and how fast real pages are read: title, headings and words of each, and pages a second.

``python -m benchmarks.reading`` reads the project's own pages (``tests/gold/pages``) and those of the material
(``ARTICLECAST_MATERIAL``, by default ``../shared``): pages/s are measured against bare trafilatura in the same run.
"""

from __future__ import annotations

import json
import os
import re
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.errors import ReadError
from pipeline.model.document import Heading, plain
from pipeline.text.plain_words import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.document import Document

GOLD = Path(__file__).parent.parent / "tests" / "gold" / "pages"
_ROUNDS = 3
_NEAR = 0.1
"""Difference in words, as a share of the truth, up to which a page counts as read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a page holds.

    Attributes:
        name: The page's name.
        data: The page.
        titles: Accepted titles.
        headings: (level, text) of the sections.
        optional: Beginnings of headings that may be there or not.
        words: Words of the article.
        facts: Other lines of the expectation: name → values.
    """

    name: str
    data: bytes
    titles: tuple[str, ...]
    headings: tuple[tuple[int, str], ...]
    words: int
    optional: tuple[str, ...] = ()
    facts: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a page was read.

    Attributes:
        name: The page's name.
        title: Whether the title is one of the accepted ones.
        found: Headings that are expected and there.
        got: Headings that are there.
        wanted: Headings that are expected.
        ratio: Words read per word of the article.
    """

    name: str
    title: bool
    found: int
    got: int
    wanted: int
    ratio: float

    @property
    def near(self) -> bool:
        """Whether the number of words is right within a tenth."""
        return abs(self.ratio - 1) <= _NEAR


def gold() -> tuple[Truth, ...]:
    """The project's own pages; beside each stands a text file with what it holds."""
    return tuple(_gold(path) for path in sorted(GOLD.glob("*.html")))


def _gold(path: Path) -> Truth:
    facts: dict[str, list[str]] = {}
    headings = []
    for line in path.with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            level, _, text = line.partition(" ")
            headings.append((len(level), text))
        elif line:
            name, _, value = line.partition(": ")
            facts.setdefault(name, []).append(value)
    return Truth(
        name=path.stem,
        data=path.read_bytes(),
        titles=tuple(facts.pop("title")),
        headings=tuple(headings),
        words=int(facts.pop("words")[0]),
        facts={name: tuple(values) for name, values in facts.items()},
    )


def material() -> tuple[Truth, ...]:
    """The scored pages of the material; none where it is not there."""
    root = Path(os.environ.get("ARTICLECAST_MATERIAL", "../shared")) / "pages"
    if not (root / "expected.json").is_file():
        return ()
    pages = json.loads((root / "expected.json").read_text(encoding="utf-8"))["pages"]
    kept = [page for page in pages if not (page["synthetic"] or page["not_article"] or page["duplicate_of"])]
    return tuple(
        Truth(
            name=page["page"],
            data=(root / "html" / f"{page['page']}.html").read_bytes(),
            titles=tuple(page["titles"] or [page["title"]]),
            headings=tuple((heading["level"], heading["text"]) for heading in page["headings"]),
            optional=(
                *(folded(text) for text in page["optional"] or ()),
                *(folded(heading["text"]) for heading in page["headings"] if heading.get("optional")),
            ),
            words=page["n_words"],
            facts={},
        )
        for page in kept
    )


def folded(text: str) -> str:
    """``text`` for comparison: case, quotation marks, dashes, blanks and editing links are all one."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"[‘’‚‛′`´]", "'", text)
    text = re.sub(r"[“”„«»″]", '"', text)
    text = re.sub(r"[‐-―−]", "-", text)
    text = re.sub(r"[\u200b-\u200f\ufeff\u00ad¶#]", "", text)
    return re.sub(r"\s*\[edit\]$", "", " ".join(text.split())).strip(" .:")


def score(truth: Truth, document: Document | None) -> Score:
    """Compare; None is a page that could not be read. Headings that repeat a title or are optional do not count."""
    blocks = document.blocks if document else ()
    title = document.title if document else ""
    read = [plain(block.text) for block in blocks if isinstance(block, Heading)]
    skip = {folded(text) for text in (*truth.titles, title)} | {""}
    wanted, got = (
        Counter(
            text for text in map(folded, side) if text not in skip and not text.startswith(truth.optional or ("\0",))
        )
        for side in ([text for _, text in truth.headings], read)
    )
    return Score(
        name=truth.name,
        title=folded(title) in {folded(text) for text in truth.titles},
        found=(wanted & got).total(),
        got=got.total(),
        wanted=wanted.total(),
        ratio=count_words(blocks) / truth.words,
    )


def read(truth: Truth) -> Document | None:
    """The page as our reader sees it."""
    try:
        document: Document = plugins.load("readers", "html").read(truth.data, uri=f"{truth.name}.html")
    except ReadError as error:
        print(f"  not read: {error}")
        return None
    return document


def f1(scores: Sequence[Score]) -> tuple[float, float, float]:
    """Precision, recall and F1 of all headings together."""
    found, got, wanted = (sum(getattr(one, name) for one in scores) for name in ("found", "got", "wanted"))
    precision, recall = found / got if got else 1.0, found / wanted if wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if found else 0.0


def speed(truths: Sequence[Truth]) -> tuple[float, float]:
    """Pages a second of processor time of our reader and of bare trafilatura, page by page in turn."""
    import trafilatura  # takes half a second, and only this needs it

    ours = theirs = 0.0
    for number in range(_ROUNDS + 1):
        if number == 1:
            ours = theirs = 0.0  # the first round only warmed up
        for truth in truths:
            started = time.process_time()
            read(truth)
            between = time.process_time()
            trafilatura.bare_extraction(truth.data)
            ours += between - started
            theirs += time.process_time() - between
    return _ROUNDS * len(truths) / ours, _ROUNDS * len(truths) / theirs


def report(name: str, truths: Sequence[Truth]) -> None:
    """Print a line a page, and the sums."""
    print(name)
    scores = [score(truth, read(truth)) for truth in truths]
    for one in scores:
        marks = "" if one.title and one.near and one.found == one.got == one.wanted else "  <"
        title = "title" if one.title else "TITLE WRONG"
        print(f"  {one.name:28.28} {title}, headings {one.found}/{one.got}/{one.wanted}, words x{one.ratio:.2f}{marks}")
    precision, recall, both = f1(scores)
    right, near = (sum(getattr(one, what) for one in scores) for what in ("title", "near"))
    print(
        f"  {len(scores)} pages: title {right / len(scores):.3f}, "
        f"headings P {precision:.3f} R {recall:.3f} F1 {both:.3f}, "
        f"words within 10 % on {near}"
    )
    ours, theirs = speed(truths)
    print(f"  {ours:.1f} pages/s, bare trafilatura {theirs:.1f}: ratio {ours / theirs:.2f}")


def main() -> None:
    """Print the figures."""
    report("the project's own pages", gold())
    pages = material()
    if pages:
        report("the material's pages", pages)
    else:
        print("the material's pages: not run: no material")


if __name__ == "__main__":
    main()
