"""What a cold render costs beside the speaking and the encoding that nobody can do without.

``python -m benchmarks.speech [--minutes N] [--rounds N] [ENGINE …]``. An article that takes about so long to read
aloud is made out of the examples, all sentences different. Then, each in a process of its own and each round in turn:

* *bare*: a loop over the engine's ``speak`` for the very lines that the script holds, and LAME for what comes back, by
  one encoder with the show's settings: no level, no limiter, no measuring, no cache, no tags;
* *inline*: ``render`` to MP3 in one process, with an empty store and no voice calibrated;
* *processes*: the same in as many workers as the machine has cores.

CPU is that of each whole process and its children, interpreter and imports among it, the least of all rounds. Of wall
times the least counts too; start-up is what the same render of one sentence takes (interpreter, imports, calibration
of the voice, workers, models), and is taken off both before they are compared. On a busy machine only ratios of CPU
are worth reading.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EXAMPLES = Path(__file__).parent.parent / "examples"
LANGUAGE = "en-US"
WORDS_A_MINUTE = 160
PARAGRAPH, CHAPTER = 4, 40
"""Sentences in each."""
OPENINGS = (
    "On page {n} of the notes we read this: ",
    "As entry {n} of the log has it, ",
    "In {n} of a thousand cases the answer is short: ",
    "After {n} minutes somebody adds: ",
    "Number {n} on the list is plain: ",
    "Some {n} miles further on, the guide repeats: ",
    "The year was {n}, and it was still true: ",
)
MOST_CPU = {"hibari": 1.25, "espeak": 1.6}
LEAST_SPEED_UP = 1.6
MOST_PARENT_MB = 250

_END = """
def cpu():
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
def tell(**more):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    print(json.dumps({"cpu_s": cpu(), "wall_s": time.monotonic() - started, "peak_mb": peak, **more}))
"""
_BARE = f"""
import json, resource, sys, time
started = time.monotonic()
{_END}
import lameenc
import numpy as np
from pipeline import plugins
from pipeline.model.show import AudioFormat, Voice
lines, name, out = json.load(open(sys.argv[1])), sys.argv[2], open(sys.argv[3], "wb")
engine, voice, encoder, sounds_s = plugins.load("engines", name), Voice(engine=name, language={LANGUAGE!r}), None, 0.0
for line in lines:
    speech = engine.speak(line, voice)
    if encoder is None:
        audio = AudioFormat()
        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_channels(1)
        encoder.set_in_sample_rate(speech.sample_rate_hz)
        encoder.set_out_sample_rate(audio.sample_rate_hz)
        encoder.set_bit_rate(audio.bit_rate_kbps)
        encoder.set_quality(plugins.load("encoders", "mp3").codec(audio).quality)
    sounds_s += len(speech.samples) / speech.sample_rate_hz
    out.write(encoder.encode((speech.samples * 32767).astype(np.int16).tobytes()))
out.write(encoder.flush())
tell(sounds_s=sounds_s, stages={{}})
"""
_RENDER = f"""
import json, resource, sys, time
from pathlib import Path
started = time.monotonic()
{_END}
def main():
    from pipeline import Options, render
    article, name, executor, root = Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4])
    stages, last = {{}}, ["start", 0.0]
    def listen(event):
        if event.stage != last[0]:
            now = cpu()
            stages[last[0]] = stages.get(last[0], 0.0) + now - last[1]
            last[:] = [event.stage, now]
    options = Options(output=root / "output", scripts=root / "scripts", store=str(root / "store"), voice=name,
        formats=("mp3",), language={LANGUAGE!r}, executor=executor)
    report = render(article, options, listen)
    stages[last[0]] = stages.get(last[0], 0.0) + cpu() - last[1]
    tell(sounds_s=0.0, stages=stages)
if __name__ == "__main__":
    main()
"""
_LINES = f"""
import json, sys
from pathlib import Path
from pipeline.api import Options, narrate
options = Options(scripts=Path(sys.argv[2]), voice="tone", language={LANGUAGE!r})
print(json.dumps([utterance.spoken for utterance in narrate(Path(sys.argv[1]), options).script.utterances()]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a process told of itself; ``stages`` holds its own CPU in seconds by stage of the render."""

    cpu_s: float
    wall_s: float
    peak_mb: float
    sounds_s: float
    stages: dict[str, float]


def sentences() -> tuple[str, ...]:
    """The full sentences of the running text of the examples."""
    from pipeline.api import read
    from pipeline.model.document import Paragraph, plain
    from pipeline.text.sentences import split

    documents = [read(path) for path in sorted(EXAMPLES.iterdir()) if path.suffix in (".md", ".html", ".txt")]
    texts = [plain(block.text) for document in documents for block in document.blocks if isinstance(block, Paragraph)]
    found = (sentence for text in texts for sentence in split(text, language=LANGUAGE))
    return tuple(one for one in found if re.fullmatch(r"[A-Z][a-z].{30,250}[.?]", one))


def article(minutes: float) -> str:
    """Markdown that takes about ``minutes`` to read aloud; no sentence stands in it twice."""
    lines, words = ["# The long read"], 0.0
    for number, sentence in enumerate(_varied(sentences())):
        if words >= minutes * WORDS_A_MINUTE:
            break
        if number % CHAPTER == 0:
            lines.append(f"\n## Part {number // CHAPTER + 1}")
        if number % PARAGRAPH == 0:
            lines.append("")
        lines.append(sentence)
        words += len(sentence.split())
    return "\n".join(lines) + "\n"


def _varied(found: Sequence[str]) -> Iterator[str]:
    """``found`` as they are, then again and again, each time behind other words and another number."""
    yield from found
    number = 0
    while True:
        for sentence in found:
            number += 1
            yield OPENINGS[number % len(OPENINGS)].format(n=number) + sentence


def run(code: str, *arguments: object) -> str:
    """What ``code`` prints in a Python of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def render(text: Path, engine: str, executor: str) -> Cost:
    """A cold render."""
    with tempfile.TemporaryDirectory() as root:
        # the code stands in a file: workers of some platforms import their parent's main module again
        program = Path(root) / "program.py"
        program.write_text(_RENDER, encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(EXAMPLES.parent), *sys.path))}
        command = [sys.executable, str(program), str(text), engine, executor, root]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
        return Cost(**json.loads(done.stdout))


def compare(engine: str, text: Path, rounds: int) -> None:
    """Measure one engine and print."""
    folder = text.parent
    lines, short = folder / "lines.json", folder / "short.md"
    lines.write_text(run(_LINES, text, folder / "scripts"), encoding="utf-8")
    short.write_text("# One\n\nOne sentence is enough.\n", encoding="utf-8")
    bare: list[Cost] = []
    renders: dict[tuple[str, Path], list[Cost]] = {}
    for _ in range(rounds):
        bare.append(Cost(**json.loads(run(_BARE, lines, engine, folder / "bare.mp3"))))
        for executor in ("inline", "processes"):
            for length in (short, text):
                renders.setdefault((executor, length), []).append(render(length, engine, executor))

    def cpu_s(costs: Sequence[Cost]) -> float:
        return min(cost.cpu_s for cost in costs)

    def working_s(executor: str) -> float:
        whole, start = (min(cost.wall_s for cost in renders[executor, length]) for length in (text, short))
        return whole - start

    inline, processes = renders["inline", text], renders["processes", text]
    sounds_s, base_s = bare[0].sounds_s, cpu_s(bare)
    print(f"\n{engine}: {len(json.loads(lines.read_text(encoding='utf-8')))} lines, {sounds_s / 60:.1f} min of speech")
    print(f"  {'':<28}{'CPU s':>8}{'× real time':>13}{'× bare':>9}   target")
    for name, costs in (("bare speak + bare LAME", bare), ("render, inline", inline), ("render, processes", processes)):
        target = f"≤ {MOST_CPU.get(engine, 1.6)}" if costs is inline else ""
        used_s = cpu_s(costs)
        print(f"  {name:<28}{used_s:>8.2f}{sounds_s / used_s:>13.0f}{used_s / base_s:>9.2f}   {target}".rstrip())
    speed_up = working_s("inline") / working_s("processes")
    print(f"  {f'{os.cpu_count()} workers against one, wall':<49}{speed_up:>9.2f}   ≥ {LEAST_SPEED_UP}")
    peak_mb = min(cost.peak_mb for cost in processes)
    print(f"  {'peak memory of the parent, MB':<49}{peak_mb:>9.0f}   ≤ {MOST_PARENT_MB}")
    least = min(inline, key=lambda cost: cost.cpu_s)
    told = ", ".join(f"{stage} {used:.2f}" for stage, used in least.stages.items())
    print(f"  CPU s of the inline render by stage: {told}; peak {least.peak_mb:.0f} MB")


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("engines", nargs="*", default=["hibari", "espeak"], help="engines; default: hibari espeak")
    asked.add_argument("--minutes", type=float, default=60, help="length of the article, read aloud; default: 60")
    asked.add_argument("--rounds", type=int, default=3, help="how often each is measured; default: 3")
    given = asked.parse_args()
    for engine in given.engines:
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder) / "long.md"
            text.write_text(article(given.minutes), encoding="utf-8")
            compare(engine, text, given.rounds)


if __name__ == "__main__":
    main()
