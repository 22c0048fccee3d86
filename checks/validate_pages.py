"""Pages and cues, judged by the W3C's WebVTT parser, chromium, vnu, html-validate, axe and pa11y."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools import NODE, ROOT
from verdicts import absent, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from verdicts import Verdict

CHECKS = ROOT / "checks"
KINDS = ("readalong", "embed", "transcript", "shownotes")
MANY = 4
"""Pages of one kind that go into the browser: a book's pages are alike, so its first ones and its last one do."""
AROUND = """\
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Show notes</title></head>
<body><main><h1>Show notes</h1>
{notes}
</main></body>
</html>
"""


def checks(episode: Path) -> Iterator[Callable[[], Verdict]]:
    """What is checked of an episode's cues and pages."""
    name = episode.name
    yield from absent(episode, (f"{name}.vtt", f"{name}.words.vtt", *(f"*.{kind}.html" for kind in KINDS)))
    for cues in sorted(episode.glob("*.vtt")):
        yield judge(
            f"{cues.name}: the W3C's WebVTT parser, and chromium",
            ["node", "chromium", NODE / "webvtt-parser", NODE / "puppeteer-core"],
            ["node", CHECKS / "check_vtt.mjs", cues],
        )
    pages = {kind: _pages(episode, kind) for kind in KINDS}
    files = [page for kind in KINDS for page in pages[kind]]
    vnu = NODE / "vnu-jar/build/dist/vnu.jar"
    yield judge(f"{name}: {len(files)} pages, vnu", ["java", vnu], ["java", "-jar", vnu, "--errors-only", *files])
    command = NODE / ".bin/html-validate"
    yield judge(f"{name}: {len(files)} pages, html-validate", ["node", command], [command, *files])
    for kind in KINDS:
        looked = pages[kind] if len(pages[kind]) <= MANY else [*pages[kind][: MANY - 1], pages[kind][-1]]
        yield judge(
            f"{name}: {kind} ({len(looked)} of {len(pages[kind])} pages): axe (WCAG 2.2 AA), pa11y, Tab, 320 px",
            ["node", "chromium", NODE / "axe-core", NODE / "pa11y", NODE / "puppeteer-core"],
            ["node", CHECKS / "check_pages.mjs", *looked],
        )


def _pages(episode: Path, kind: str) -> list[Path]:
    """The pages of a kind; show notes are part of another's page and get one around them."""
    # a book's first page has no number and comes first
    pages = sorted(episode.glob(f"*.{kind}*.html"), key=lambda path: (len(path.name), path.name))
    if kind != "shownotes" or not pages:
        return pages
    (notes,) = pages
    whole = episode.parent / f"{episode.name}.shownotes.page.html"
    whole.write_text(AROUND.format(notes=notes.read_text(encoding="utf-8")), encoding="utf-8")
    return [whole]
