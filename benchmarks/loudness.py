"""Loudness and true peak of finished files, for every voice and every format.

``python -m benchmarks.loudness [--python PYTHON] [VOICE …]``, a voice being ``hibari``, ``espeak:de``, ``mixed`` … .

Each voice reads articles in its own language: the examples in English, those of ``benchmarks.loudness_texts`` in the
others. They are rendered in all five formats, then decoded and measured by others: by ffmpeg (its program, filter
``ebur128``), and by pyloudnorm where an interpreter that has it is given (or ``make validate`` has installed one), else
by our own meter on the same samples. True peaks are ffmpeg's.

*mixed* is one episode in which several voices say the same sentences in turn; what each of them says is cut out of the
decoded file and measured by itself.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.loudness_texts import TEXTS
from pipeline import api
from pipeline.audio.loudness import energies, integrated
from pipeline.errors import PipelineError
from pipeline.model.script import Chapter, Script, Utterance
from pipeline.narrate import dumps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipeline.api import Options, Report

ROOT = Path(__file__).parent.parent
EXAMPLES = ("sleep-well.txt", "why-bread-rises.md", "how-tides-work.html")
FORMATS = ("mp3", "m4b", "opus", "flac", "wav")
VOICES = ("hibari", "espeak:en", "system:en", "piper", *(f"espeak:{language}" for language in TEXTS), "mixed")
SLOW = {"piper": 1}
"""How many of the examples a voice reads that takes minutes for one."""
TARGET_LUFS, OFF_LU, APART_LU, MOST_DBTP = -16.0, 0.5, 0.5, -1.0
MIXED = {"narrator": "hibari", "quote": "espeak", "guide": "piper", "note": "system"}
"""Name → engine of the voices of one episode."""
SENTENCES = 24
PAUSE_MS = 400
RATE_HZ = 24_000

_PYLOUDNORM = """
import io, json, subprocess, sys
import pyloudnorm, soundfile
for path in sys.argv[1:]:
    wav = ["ffmpeg", "-v", "error", "-i", path, "-f", "wav", "-c:a", "pcm_f32le", "-"]
    samples, rate = soundfile.read(io.BytesIO(subprocess.run(wav, capture_output=True, check=True).stdout))
    print(json.dumps(pyloudnorm.Meter(rate).integrated_loudness(samples)))
"""


def main() -> int:
    """Measure the voices that are named, or all; 1 where one is outside of its limits."""
    parser = argparse.ArgumentParser(description="loudness and true peak of finished files")
    parser.add_argument("--python", default=str(ROOT / ".tools/venv/bin/python"), help="an interpreter with pyloudnorm")
    parser.add_argument("voices", nargs="*", default=VOICES, metavar="VOICE", help=", ".join(VOICES))
    given = parser.parse_args()
    second = given.python if Path(given.python).exists() else ""
    print(f"{'voice':<12}{'text':<18}{'format':<7}{'s':>6}{'ffmpeg':>9}{'second':>9}{'peak':>7}", flush=True)
    bad = 0
    for voice in given.voices:
        with tempfile.TemporaryDirectory() as scratch:
            try:
                bad += mixed(Path(scratch), second) if voice == "mixed" else alone(voice, Path(scratch), second)
            except PipelineError as error:
                print(f"{voice:<12}not measured: {error}", flush=True)
    print(f"{bad} outside of {TARGET_LUFS:g} ± {OFF_LU} LUFS or over {MOST_DBTP:g} dBTP" if bad else "all within")
    return 1 if bad else 0


def alone(voice: str, root: Path, second: str) -> int:
    """Measure what one voice reads; how many files are outside."""
    engine, _, language = voice.partition(":")
    if language in TEXTS:
        article = root / f"lighthouse-{language}.txt"
        article.write_text(TEXTS[language], encoding="utf-8")
        articles = [article]
    else:
        articles = [ROOT / "examples" / name for name in EXAMPLES][: SLOW.get(engine, len(EXAMPLES))]
    bad = 0
    for article in articles:
        report = api.render(article, replace(_options(root), voice=engine, language=language))
        bad += _told(voice, report, second)
    return bad


def mixed(root: Path, second: str) -> int:
    """Measure an episode of several voices, and each voice in it; how many files or voices are outside."""
    tables = (f'[voices.{name}]\nengine = "{engine}"\nlanguage = "en-US"\n' for name, engine in MIXED.items())
    (root / "show.toml").write_text("\n".join(tables), encoding="utf-8")
    (root / "scripts").mkdir()
    script = root / "scripts/in-turn.txt"
    script.write_text(dumps(_in_turn()), encoding="utf-8")
    report = api.render(script, replace(_options(root), show=root / "show.toml"))
    bad = _told("mixed", report, second)
    for rendition in report.episode.renditions:
        sound, timeline = _decoded(report.directory / rendition.file.path), rendition.timeline
        heard = {}
        for name, engine in MIXED.items():
            wanted = "" if name == "narrator" else name
            pieces = [
                sound[cue.start : cue.end + PAUSE_MS * RATE_HZ // 1000]
                for cue in timeline.cues
                if (cue.voice if cue.voice != "narrator" else "") == wanted
            ]
            heard[engine] = float(integrated(energies(np.concatenate(pieces), RATE_HZ)))
        apart = max(heard.values()) - min(heard.values())
        bad += apart > APART_LU
        each = ", ".join(f"{engine} {lufs:.2f}" for engine, lufs in heard.items())
        print(f"{'':<12}{rendition.file.path}: {each}: {apart:.2f} LU apart{_mark(apart > APART_LU)}", flush=True)
    return bad


def _in_turn() -> Script:
    """Sentences of an example, each said by all voices in turn."""
    text = (ROOT / "examples/sleep-well.txt").read_text(encoding="utf-8")
    sentences = [one for one in re.split(r"(?<=[.!?])\s+", text) if 30 < len(one) < 140 and "\n\n" not in one]
    lines = [
        Utterance(id=f"u{name}{number:03}", written="", spoken=" ".join(sentence.split()), voice=voice)
        for number, sentence in enumerate(sentences[:SENTENCES])
        for name, voice in ((name, "" if name == "narrator" else name) for name in MIXED)
    ]
    chapter = Chapter(id="cturn", title="Taking turns", lines=tuple(lines))
    return Script(title="Taking turns", language="en-US", chapters=(chapter,))


def _options(root: Path) -> Options:
    return api.Options(
        output=root / "output", scripts=root / "scripts", store=str(root / "store"), formats=FORMATS, executor="inline"
    )


def _told(voice: str, report: Report, second: str) -> int:
    """Print what the files of an episode measure; how many are outside."""
    paths = [report.directory / one.file.path for one in report.episode.renditions]
    others = list(_others(paths, second))
    bad = 0
    for path, other in zip(paths, others, strict=True):
        loudness, peak = _ffmpeg(path)
        out = abs(loudness - TARGET_LUFS) > OFF_LU or abs(other - TARGET_LUFS) > OFF_LU or peak > MOST_DBTP
        bad += out
        seconds = report.episode.renditions[0].timeline.length / RATE_HZ
        row = f"{voice:<12}{report.name[:17]:<18}{path.suffix[1:]:<7}{seconds:>6.0f}{loudness:>9.2f}{other:>9.2f}"
        print(f"{row}{peak:>7.2f}{_mark(out)}", flush=True)
    return bad


def _mark(out: bool) -> str:
    return "  OUTSIDE" if out else ""


def _ffmpeg(path: Path) -> tuple[float, float]:
    """(integrated loudness in LUFS, true peak in dBTP) as ffmpeg's program finds them, the first to 0.001."""
    measure = "ebur128=peak=true:metadata=1,ametadata=print:key=lavfi.r128.I:file=-"
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(path), "-af", measure, "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loudness = re.findall(r"lavfi\.r128\.I=(-?[\d.]+)", done.stdout)[-1]
    peak = re.findall(r"Peak:\s+(-?[\d.]+) dBFS", done.stderr)[-1]
    return float(loudness), float(peak)


def _others(paths: Sequence[Path], second: str) -> Iterator[float]:
    """Integrated loudness by another meter: pyloudnorm, or our own."""
    if second:
        command = [second, "-c", _PYLOUDNORM, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            yield from map(json.loads, done.stdout.split())
            return
    for path in paths:
        yield float(integrated(energies(_decoded(path), RATE_HZ)))


def _decoded(path: Path) -> NDArray[np.float32]:
    """The sound as ffmpeg's program decodes it, at 24 kHz."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "1", "-ar", str(RATE_HZ), "-"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, "<f4")


if __name__ == "__main__":
    sys.exit(main())
