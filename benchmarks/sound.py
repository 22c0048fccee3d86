"""Sound, promised and measured: an edit, a render from cached sound, memory, and the straightforward program.

``python -m benchmarks.sound [--minutes N] [edit] [cached] [memory] [peer]``; without names, all four, one after the
other. The article is that of ``benchmarks.speech``. Everything is done by processes of their own, whose wall-clock
time, CPU and peak memory the operating system tells, children included; nothing else should run meanwhile.

* *edit*: an hour read by hibari is rendered to MP3, M4B and Opus; then, three times, a word is put into a sentence and
  the same is rendered again by a new process. Frames before and after are compared one by one, silent ones aside, whose
  number between two sentences follows the frame grid.
* *cached*: the clips of that hour are known, its MP3 frames are not; one process makes the MP3.
* *memory*: ten minutes and ten hours, all sentences different, to MP3 by workers in processes; espeak's voice and the
  quickest encoding, which need no less memory than others do. (Joins of other formats write as they read.)
* *peer*: ``benchmarks.peers.straightforward`` and our render, both by espeak-ng, of the same lines.

Before all that, one sentence is rendered by either voice, so that Python's bytecode is there, as it is beside a program
that is installed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import speech

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parent.parent
FORMATS = ("mp3", "m4b", "opus")
EDITS = 3
MOST_EDIT_S, MOST_EDIT_SHARE = 2.5, 0.03
LEAST_CACHED = 200
MOST_GROWTH, MOST_MB = 1.25, 300
LEAST_FASTER, MOST_PEER_MEMORY = 4, 0.5

FRAMES_A_SECOND = {"mp3": 42, "m4b": 24, "opus": 50}
"""At 24 kHz."""
LONGEST_SENTENCE_S = 25

_RENDER = """
import json, sys
from pathlib import Path
def main():
    from pipeline import Options, render
    wish = json.loads(sys.argv[1])
    root = Path(wish["root"])
    show = Path(wish["show"]) if wish["show"] else None
    options = Options(show=show, output=root / "output", scripts=root / "scripts", store=str(root / "store"),
        voice=wish["voice"], formats=tuple(wish["formats"]), language="en-US", executor=wish["executor"])
    report = render(Path(wish["text"]), options)
    told = {"spoken": report.spoken, "encoded": report.encoded, "scipy": "scipy" in sys.modules}
    told["sounds_s"] = max(one.timeline.length / one.timeline.sample_rate_hz for one in report.episode.renditions)
    print(json.dumps(told))
if __name__ == "__main__":
    main()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a process and its children took.

    Attributes:
        parent_mb: Peak memory of the process itself.
        tree_mb: Peak of it and its children together; pages that several share count in part.
        told: What it printed.
    """

    wall_s: float
    cpu_s: float
    parent_mb: float
    tree_mb: float
    told: dict[str, Any]

    @property
    def peak_mb(self) -> float:
        """Peak of all: the tree is looked at five times a second, which may miss what the parent alone reached."""
        return max(self.parent_mb, self.tree_mb)


def measured(command: Sequence[str]) -> Cost:
    """Run ``command``, which prints JSON at its end.

    Raises:
        SystemExit: It failed.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    watch = _Watch(process.pid)
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall_s = time.monotonic() - started
    tree_mb, parent_mb = watch.end()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)[:300]} failed")
    return Cost(
        wall_s=wall_s,
        cpu_s=usage.ru_utime + usage.ru_stime,
        parent_mb=parent_mb,
        tree_mb=tree_mb,
        told=json.loads(printed.splitlines()[-1]),
    )


class _Watch:
    """Looks at the memory of a process and its children, five times a second (Linux; elsewhere it tells 0)."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._tree_kb = self._parent_kb = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._done.wait(0.2):
            family, found = {self._pid}, {self._pid}
            while found:
                found = {child for pid in found for child in _children(pid)} - family
                family |= found
            self._tree_kb = max(self._tree_kb, sum(_memory_kb(pid, "smaps_rollup", "Pss") for pid in family))
            self._parent_kb = max(self._parent_kb, _memory_kb(self._pid, "status", "VmHWM"))

    def end(self) -> tuple[float, float]:
        """Peak MB of all together and of the parent."""
        self._done.set()
        self._thread.join()
        return self._tree_kb / 1024, self._parent_kb / 1024


def _children(pid: int) -> list[int]:
    try:
        texts = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:  # it has ended
        return []
    return [int(child) for text in texts for child in text.split()]


def _memory_kb(pid: int, file: str, name: str) -> int:
    try:
        found = re.search(rf"^{name}:\s*(\d+) kB", Path(f"/proc/{pid}/{file}").read_text(), re.MULTILINE)
    except OSError:  # it has ended
        return 0
    return int(found[1]) if found else 0


def render(
    text: Path, root: Path, voice: str, formats: Sequence[str] = FORMATS, executor: str = "inline", show: str = ""
) -> Cost:
    """Our render of ``text``; the store in ``root`` may know some of it."""
    root.mkdir(exist_ok=True)
    program = root / "program.py"  # workers of some platforms import their parent's main module again
    program.write_text(_RENDER, encoding="utf-8")
    wish = {
        "text": str(text),
        "root": str(root),
        "voice": voice,
        "formats": formats,
        "executor": executor,
        "show": show,
    }
    return measured((sys.executable, str(program), json.dumps(wish)))


def say(what: str, figure: str, target: str = "", *, met: bool | None = None) -> None:
    """One line of the report."""
    mark = {True: "ok", False: "MISSED", None: ""}[met]
    print(f"  {what:<52}{figure:>24}   {target:<12}{mark}".rstrip(), flush=True)


# ── the parts ────────────────────────────────────────────────────────────────────────────────────────────────────────


def edit(folder: Path, minutes: float) -> None:
    """One sentence of an hour, three formats."""
    text, root = hour(folder, minutes)
    cold = render(text, root, "hibari")
    print(
        f"\n(a) edit: {minutes:g} minutes asked for, {cold.told['sounds_s'] / 60:.1f} of speech, hibari, three formats"
    )
    say("cold render: wall s, CPU s", f"{cold.wall_s:.1f}, {cold.cpu_s:.1f}")
    costs: list[Cost] = []
    for number in range(EDITS):
        before = {name: packets(root, name) for name in FORMATS}
        changed(text, (number + 1) / (EDITS + 1))
        costs.append(render(text, root, "hibari", executor="auto"))  # as the command line does it
        say(f"edit {number + 1}: wall s, CPU s", f"{costs[-1].wall_s:.2f}, {costs[-1].cpu_s:.2f}")
        if costs[-1].told["spoken"] != 1 or costs[-1].told["encoded"] != len(FORMATS):
            say("more than one sentence was spoken", str(costs[-1].told["spoken"]), met=False)
        for name in FORMATS:
            compare(name, before[name], packets(root, name))
    wall_s, cpu_s = min(cost.wall_s for cost in costs), min(cost.cpu_s for cost in costs)
    say("best edit, wall s", f"{wall_s:.2f}", f"≤ {MOST_EDIT_S}", met=wall_s <= MOST_EDIT_S)
    share = cpu_s / cold.cpu_s
    say("… CPU against the cold render", f"{share:.1%}", f"≤ {MOST_EDIT_SHARE:.0%}", met=share <= MOST_EDIT_SHARE)
    say("scipy imported", str(any(cost.told["scipy"] for cost in costs)), met=not any(c.told["scipy"] for c in costs))


def warm_up(folder: Path) -> None:
    """Have Python's bytecode written."""
    text = folder / "one.md"
    text.write_text("# One\n\nOne sentence is enough.\n", encoding="utf-8")
    for voice in ("hibari", "espeak"):
        render(text, folder / f"one-{voice}", voice)


def hour(folder: Path, minutes: float) -> tuple[Path, Path]:
    """The long article, and the folder that it is rendered in."""
    text = folder / "long.md"
    if not text.exists():
        text.write_text(speech.article(minutes), encoding="utf-8")
    return text, folder / "hibari"


def changed(text: Path, where: float) -> None:
    """Put a word into the sentence at ``where`` (0 to 1)."""
    lines = text.read_text(encoding="utf-8").split("\n")
    places = [number for number, line in enumerate(lines) if len(line) > 60]
    place = places[int(where * len(places))]
    words = lines[place].split(" ")
    lines[place] = " ".join((*words[:3], "certainly", *words[3:]))
    text.write_text("\n".join(lines), encoding="utf-8")


def packets(root: Path, name: str) -> list[bytes]:
    """The frames of the rendition, as ffmpeg's demuxer finds them: not the Info frame, not the header packets."""
    import av

    (path,) = (root / "output" / "long").glob(f"*.{name}")
    with av.open(path) as container:
        return [bytes(packet) for packet in container.demux(container.streams.audio[0]) if packet.size]


def compare(name: str, before: Sequence[bytes], after: Sequence[bytes]) -> None:
    """Which frames are others than before: those of one sentence, in one place, are allowed."""
    silent = Counter(before).most_common(1)[0][0]
    old, new = ([packet for packet in packets if packet != silent] for packets in (before, after))
    most = min(len(old), len(new))
    front = next((place for place in range(most) if old[place] != new[place]), most)
    back = next((place for place in range(most - front) if old[-1 - place] != new[-1 - place]), most - front)
    own = len(new) - front - back
    pauses = (len(after) - len(new)) - (len(before) - len(old))
    longest = LONGEST_SENTENCE_S * FRAMES_A_SECOND[name]
    figure = f"{front + back:,}; {own}"
    say(
        f"  {name}: of {len(after):,} frames, {pauses:+d} silent, the same; anew",
        figure,
        f"≤ {longest}",
        met=0 < own <= longest,
    )


def cached(folder: Path, minutes: float) -> None:
    """MP3 from known clips."""
    text, root = hour(folder, minutes)
    if not (root / "output").exists():
        render(text, root, "hibari", ("mp3",))
    show = folder / "show.toml"
    # another bit rate for the same sound: every clip is known, no frame is
    show.write_text("[audio]\nbit_rate_kbps = 80\n", encoding="utf-8")
    cost = render(text, root, "hibari", ("mp3",), show=str(show))
    print(f"\n(b) from cached sound: {cost.told['spoken']} utterances spoken, {cost.told['encoded']} encoded")
    speed = cost.told["sounds_s"] / cost.cpu_s
    say("CPU s of the whole process", f"{cost.cpu_s:.1f}")
    say("MP3, × real time per core", f"{speed:.0f}", f"≥ {LEAST_CACHED}", met=speed >= LEAST_CACHED)


def memory(folder: Path, minutes: float) -> None:
    """Ten minutes and ten hours."""
    short, long = folder / "short.md", folder / "ten.md"
    short.write_text(speech.article(minutes / 6), encoding="utf-8")
    long.write_text(speech.article(minutes * 10), encoding="utf-8")
    show = folder / "quick.toml"
    show.write_text('[audio]\nquality = "fast"\n', encoding="utf-8")
    costs = {}
    print("\n(c) memory: espeak, MP3, workers in processes")
    for text in (short, long):
        cost = costs[text] = render(text, folder / f"memory-{text.stem}", "espeak", ("mp3",), "processes", str(show))
        figure = f"{cost.parent_mb:.0f}, {cost.tree_mb:.0f}"
        say(f"{cost.told['sounds_s'] / 3600:.2f} hours: peak MB of the parent, with workers", figure)
    for name in ("parent_mb", "tree_mb"):
        growth = getattr(costs[long], name) / getattr(costs[short], name)
        say(f"growth, {name.partition('_')[0]}", f"{growth:.2f}", f"≤ {MOST_GROWTH}", met=growth <= MOST_GROWTH)
    peak_mb = costs[long].tree_mb
    say("all processes of the longer one, MB", f"{peak_mb:.0f}", f"≤ {MOST_MB}", met=peak_mb <= MOST_MB)


def peer(folder: Path, minutes: float) -> None:
    """The straightforward program and ours."""
    text = folder / "peer.md"
    text.write_text(speech.article(minutes), encoding="utf-8")
    lines = folder / "lines.json"
    lines.write_text(speech.run(speech._LINES, text, folder / "scripts"), encoding="utf-8")
    theirs = measured((sys.executable, "-m", "benchmarks.peers.straightforward", str(lines), str(folder / "peer.mp3")))
    ours = render(text, folder / "peer", "espeak", ("mp3",), executor="auto")
    told = theirs.told
    print(f"\n(d) peer: {len(json.loads(lines.read_text(encoding='utf-8')))} lines, espeak-ng; {told['encoder']}")
    say("files that pyttsx3 lost, asked for again", str(told["lost"]))
    for name, cost in (("straightforward", theirs), ("ours, default executor", ours)):
        sounds = f"{cost.told['sounds_s'] / 60:.0f} min; {cost.wall_s:.1f}, {cost.cpu_s:.1f}, {cost.peak_mb:.0f}"
        say(f"{name}: sound; wall s, CPU s, peak MB", sounds)
    faster, share = theirs.wall_s / ours.wall_s, ours.peak_mb / theirs.peak_mb
    say("× faster", f"{faster:.1f}", f"≥ {LEAST_FASTER}", met=faster >= LEAST_FASTER)
    say("memory against theirs, all processes", f"{share:.2f}", f"≤ {MOST_PEER_MEMORY}", met=share <= MOST_PEER_MEMORY)


PARTS: dict[str, Callable[[Path, float], None]] = {"edit": edit, "cached": cached, "memory": memory, "peer": peer}


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; default: all")
    asked.add_argument("--minutes", type=float, default=65, help="length of the article; 65 make an hour")
    given = asked.parse_args()
    wrong = [name for name in given.parts if name not in PARTS]
    if wrong:
        asked.error(f"there is no part {wrong[0]!r}; there are: {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        warm_up(Path(folder))
        for name in given.parts or PARTS:
            PARTS[name](Path(folder), given.minutes)


if __name__ == "__main__":
    main()
