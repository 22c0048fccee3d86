"""How long the files beside the audio take: an episode of an hour, all sidecars, before and after one sentence changed.

``python -m benchmarks.sidecars [--minutes N]`` renders an article with headings, lists, tables, notes and a picture by
the tone voice, then writes every sidecar of it several times over, as a render does, and after that those of the same
article with one word more in one sentence, which moves all times behind it. The least processor time of each is
printed, and beside the sums how many runs of a fixed piece of work they are worth, which other machines can be compared
by. Aims: all within 2 s; after the edit, those that a show makes without being asked within 0.3 s, and each other one.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from pipeline import Options, plugins, render
from pipeline.build import output
from pipeline.model.show import Show
from pipeline.publish import write_sidecars

if TYPE_CHECKING:
    from pipeline.model.episode import Edition, File

MOST_S, MOST_EDITED_S = 2.0, 0.3
RUNS = 3
SENTENCES_A_MINUTE = 8
"""Of the tone voice, roughly, pauses included."""


def article(minutes: int, *, edited: bool = False) -> str:
    """An article that takes about so long, every sentence of it different."""
    blocks = ["# The long watch", "![The lighthouse at night, its beam to the west.](light.png)"]
    paragraph: list[str] = []
    count = minutes * SENTENCES_A_MINUTE
    for number in range(count):
        more = "once more " if edited and number == count // 2 else ""
        said = f"At {number % 12 + 1}:15 the keeper {more}writes line {number} of *the log* and looks at the sea again"
        paragraph.append(f"{said}, as [the rules](https://example.org/{number}) want it.")
        if number % 5 == 4:
            blocks.append(" ".join(paragraph))
            paragraph.clear()
        if number % 25 == 9:
            blocks.append(f"- The wind was {number} hours old.\n- The lamp was lit.")
            blocks.append(f"| Hour | Wind |\n| --- | --- |\n| {number} | {number % 9} knots |")
        if number % 25 == 24:
            blocks.append(f"## Hour {number // 25 + 1}")
    return "\n\n".join((*blocks, "The watch is over.")) + "\n"


def editions(root: Path, minutes: int) -> tuple[Edition, Edition]:
    """The edition, and that of the edited article, as the hall hands them to the sidecars; their audio stays."""
    from PIL import Image

    Image.effect_noise((1600, 900), 60).save(root / "light.png")
    options = Options(output=root / "output", scripts=root / "scripts", store=str(root / "store"), voice="tone")
    found: list[Edition] = []

    def note(names: tuple[str, ...], edition: Edition, folder: Path) -> tuple[File, ...]:
        found.append(edition)
        return write_sidecars(names, edition, folder)

    for name, edited in (("watch", False), ("watch-edited", True)):
        (root / f"{name}.md").write_text(article(minutes, edited=edited), encoding="utf-8")
        render(root / f"{name}.md", options)
        with mock.patch.object(output, "write_sidecars", note):
            render(root / f"{name}.md", options)  # where the audio stays: nothing of it is made again
    before, after = found
    return before, after


def timed(edition: Edition, out: Path) -> dict[str, float]:
    """The least processor seconds of each sidecar of `RUNS`; they follow each other as in a render."""
    best: dict[str, float] = {}
    for _ in range(RUNS):
        for name in plugins.names("sidecars"):
            started = time.process_time()
            write_sidecars((name,), edition, out)
            best[name] = min(best.get(name, 1e9), time.process_time() - started)
    return best


def yardstick() -> float:
    """Processor seconds of a fixed piece of work in pure Python, the least of `RUNS`."""
    found = []
    for _ in range(RUNS):
        started = time.process_time()
        sum(len(str(number)) for number in range(1_000_000))
        found.append(time.process_time() - started)
    return min(found)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="times the sidecars of a long episode")
    parser.add_argument("--minutes", type=int, default=60)
    minutes = parser.parse_args().minutes
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        os.environ["XDG_CACHE_HOME"] = str(root / "cache")
        before, after = editions(root, minutes)
        (root / "out").mkdir()
        cold, edited = (timed(one, root / "out") for one in (before, after))
    length_s = before.timeline.length / before.timeline.sample_rate_hz
    print(f"{length_s / 60:.0f} min, {len(before.timeline.cues)} cues, {len(before.timeline.chapters)} chapters")
    for name, seconds in cold.items():
        print(f"{name:<16} {seconds:6.3f} s   after the edit {edited[name]:6.3f} s")
    unit, total, most = yardstick(), sum(cold.values()), max(edited.values())
    usual = sum(edited[name] for name in Show().sidecars)
    print(f"all              {total:6.3f} s   (aim {MOST_S} s; {total / unit:.1f} yardsticks of {unit:.3f} s)")
    print(f"usual, edited    {usual:6.3f} s   (aim {MOST_EDITED_S} s; {usual / unit:.1f} yardsticks)")
    print(f"slowest, edited  {most:6.3f} s   (aim {MOST_EDITED_S} s; {most / unit:.1f} yardsticks)")


if __name__ == "__main__":
    main()
