"""How well written cases are spoken, and how fast: ``python -m benchmarks.normalise [CASES.tsv ...]``.

Prints per set and class the cases, "heard" and "clean" %, then sentences a second and the memory that the rules take.
Without arguments it takes the sets beside this repository (``../shared/cases``) and our own in ``tests/gold``. The
judge is the ``score_norm.py`` beside the sets (it needs libespeak-ng); where there is none, letters alone are compared.
"""

from __future__ import annotations

import importlib.util
import re
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.waivers import waivers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "cases"
TARGETS = {"nemo": 93.0, "EngConf": 80.0, "narration": 95.0, "GoogleTN": 93.0, "LibriTTS": 95.0}
"""Least share of heard and clean cases, by how the set's name begins."""
SIGN = re.compile(r"[^\w\s.,;:!?'\"()\[\]‐-―‘-”„«»…´`-]|[\d_²³¹⁰-⁹₀-₉½¼¾]")

Verdict = tuple[bool, bool]


def rows(path: Path) -> list[tuple[str, str, list[str]]]:
    """(class, written, accepted readings)."""
    cells = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("# ")]
    return [(row[0], row[1], row[2].split(" || ")) for row in cells if len(row) == 3]


def letters(text: str) -> str:
    """What is compared without a voice."""
    return re.sub(r"[\W_]+", "", re.sub(r"\band\b", " ", text.lower().replace("’", "'")))


def by_letters(kind: str, spoken: str, readings: Sequence[str]) -> Verdict:
    """Heard and clean, judged by the letters alone."""
    heard = letters(spoken) in map(letters, readings)
    return heard, heard and not set(SIGN.findall(spoken)) - set(SIGN.findall(readings[0]))


def by_voice(judge: ModuleType) -> Callable[[str, str, Sequence[str]], Verdict]:
    """The same by phonemes, as ``score_norm.py`` counts them."""

    def verdict(kind: str, spoken: str, readings: Sequence[str]) -> Verdict:
        signs = judge.symbols(spoken)
        heard = spoken in readings or (
            kind != "acronym"
            and any(judge.let(spoken) == judge.let(x) and not signs - judge.symbols(x) for x in readings)
        )
        heard = heard or any(judge.hv(spoken) & judge.hv(x) for x in readings)
        return heard, heard and not signs - judge.symbols(readings[0])

    return verdict


def judge() -> Callable[[str, str, Sequence[str]], Verdict]:
    """The best judge that is here."""
    spec = importlib.util.spec_from_file_location("score_norm", SHARED / "score_norm.py")
    if spec is None or spec.loader is None or not (SHARED / "score_norm.py").exists():
        print("no score_norm.py beside the sets: letters are compared")
        return by_letters
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except OSError:
        print("no libespeak-ng here: letters are compared")
        return by_letters
    return by_voice(module)


def peak_mb() -> float:
    """The most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def speak(cases: list[tuple[str, str, str]]) -> tuple[list[str], float, float]:
    """What is said for (set, class, written); seconds of processor time, MiB taken."""
    before = peak_mb()
    from pipeline.narrate.normalise import normalise  # here, so that its memory is counted

    start = time.process_time()
    spoken = [normalise(text, language="en-GB" if "en-GB" in name else "en-US").spoken for name, _, text in cases]
    return spoken, time.process_time() - start, peak_mb() - before


def report(name: str, wanted: float | None, cases: list[tuple[str, Verdict]]) -> bool:
    """Print one set; whether it reaches what is wanted."""
    counts, heard, clean = Counter[str](), Counter[str](), Counter[str]()
    for kind, (is_heard, is_clean) in cases:
        for key in (kind, ""):
            counts[key] += 1
            heard[key] += is_heard
            clean[key] += is_clean
    for kind in sorted(counts):
        share = f"heard {100 * heard[kind] / counts[kind]:5.1f} %  clean {100 * clean[kind] / counts[kind]:5.1f} %"
        if kind and len(counts) > 2:
            print(f"  {kind:24} {counts[kind]:5}  {share}")
    reached = 100 * clean[""] / counts[""]
    told = "" if wanted is None else f"  (wanted {wanted:.0f})"
    print(f"{name:26} {counts['']:5}  heard {100 * heard[''] / counts['']:5.1f} %  clean {reached:5.1f} %{told}")
    return wanted is None or reached >= wanted


def main(arguments: Sequence[str]) -> int:
    """Speak and judge all sets; 0 where each reaches its target."""
    paths = [Path(text) for text in arguments]
    paths = paths or [*sorted(SHARED.glob("*.tsv")), *sorted((ROOT / "tests" / "gold").glob("spoken_*.tsv"))]
    cases = [(path.stem, *row) for path in paths for row in rows(path)]
    spoken, seconds, memory_mb = speak([(name, kind, written) for name, kind, written, _ in cases])
    verdict, waived = judge(), waivers()
    good = True
    for name in dict.fromkeys(case[0] for case in cases):
        judged = [
            (kind, written, verdict(kind, said, readings))
            for (owner, kind, written, readings), said in zip(cases, spoken, strict=True)
            if owner == name
        ]
        wanted = next((share for start, share in TARGETS.items() if name.startswith(start)), None)
        kept = [(kind, found) for kind, written, found in judged if (kind, written.strip()) not in waived]
        if len(kept) < len(judged):
            print(f"{name}: {len(judged) - len(kept)} of {len(judged)} waived (benchmarks/waivers.tsv)")
        good &= report(name, wanted, kept)
    print(f"{len(cases) / seconds:.0f} sentences/s on one core, first time through; {memory_mb:.0f} MB of memory")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
