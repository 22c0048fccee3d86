"""A workbench in whose episode people are heard: intro, outro, jingles, a bed, takes of a sentence and a chapter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import api
from tests.build.test_recordings import MOON, note, sound

if TYPE_CHECKING:
    from tests.conftest import Workbench

SENTENCE = "Most people never ask why."
"""What a person says."""
CHAPTER = "# The shape of the coast"
"""The title of what a person recorded as a whole."""
SHOW = """\
[show]
title = "Tides"

[recordings]
intro = "sounds/intro.wav"
jingle = "sounds/jingle.wav"
outro = "sounds/outro.wav"
"""


def furnish(bench: Workbench) -> None:
    """Give the workbench a show, recordings, and a script that asks for them; nothing is rendered."""
    (bench.root / "show.toml").write_text(SHOW, encoding="utf-8")
    for number, name in enumerate(("intro", "jingle", "outro")):
        sound(bench.root / f"sounds/{name}.wav", 2, 400 + 110 * number)
    bench.options = replace(bench.options, show=bench.root / "show.toml")
    api.narrate(bench.article, bench.options)
    for name, seconds, pitch_hz in (("music", 5, 330), ("own", 3, 220), ("chapter", 12, 260)):
        sound(bench.root / f"scripts/{name}.wav", seconds, pitch_hz)
    bench.edit(f"\n{MOON}\n", f"\n(bed music.wav -18 dB)\n\n{MOON}\n", bench.script)
    bench.edit("\nA second heap surprises", "\n(bed end)\n\nA second heap surprises", bench.script)
    note(bench, "take=own.wav", SENTENCE)
    note(bench, "take=chapter.wav", CHAPTER)
