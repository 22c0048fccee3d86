"""A warm run: few questions to the store, and nothing loaded that it does not need."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pipeline import api
from tests.conftest import make_workbench

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Workbench

MOST_REQUESTS = 20
SENTENCES = 60
HEAVY = (
    "PIL",
    "aiohttp",
    "av",
    "cattrs",
    "feedparser",
    "fsspec",
    "hibari",
    "kitten_text_processing",
    "lxml",
    "mammoth",
    "markdown_it",
    "num2words",
    "onnxruntime",
    "py3langid",
    "pydub",
    "scipy",
    "sentencex",
    "soxr",
    "trafilatura",
)


class Requests:
    """What a file system was asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from fsspec.implementations.memory import MemoryFileSystem

        self.asked: list[str] = []
        for name in ("cat_file", "pipe_file", "rm_file", "info", "ls", "exists", "open", "find", "mkdir", "makedirs"):
            monkeypatch.setattr(MemoryFileSystem, name, self._counted(name, getattr(MemoryFileSystem, name)))

    def _counted(self, name: str, act: Any) -> Any:
        def counted(*args: Any, **named: Any) -> Any:
            self.asked.append(name)
            return act(*args, **named)

        return counted


def long_article(sentences: int) -> str:
    lines = ["---", "language: en", "---", "# The long day"]
    for number in range(sentences):
        lines += [f"## Hour {number // 20}"] if number % 20 == 0 else []
        lines.append(f"The keeper writes line {number}.")
    return "\n\n".join(lines).replace("\n\n---", "\n---").replace("---\n\n", "---\n") + "\n"


@pytest.mark.parametrize("sentences", [SENTENCES, 3])
def test_a_warm_plan_asks_the_store_a_few_times_however_long_the_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sentences: int
) -> None:
    bench = make_workbench(tmp_path / "bench", long_article(sentences))
    bench.options = replace(bench.options, store=f"memory://warm-{tmp_path.name}", sidecars=("all",))
    bench.render()
    requests = Requests(monkeypatch)
    assert api.status(bench.article, bench.options).speak == 0
    assert 0 < len(requests.asked) <= MOST_REQUESTS // 2, requests.asked
    requests.asked.clear()
    assert bench.render().spoken == 0
    assert 0 < len(requests.asked) <= MOST_REQUESTS, requests.asked


def loaded(bench: Workbench, what: str) -> set[str]:
    """Modules that a command has loaded in a process of its own."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom pipeline import Options, render, status\n"
        f"root = Path({str(bench.root)!r})\n"
        "options = Options(output=root / 'output', scripts=root / 'scripts', store=str(root / 'store'), voice='tone')\n"
        f"{what}\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "what",
    ["assert status(root / 'tides.md', options).speak == 0", "assert render(root / 'tides.md', options).spoken == 0"],
    ids=["status", "render"],
)
def test_a_warm_run_loads_nothing_heavy(bench: Workbench, what: str) -> None:
    loaded(bench, "render(root / 'tides.md', options)")
    assert sorted(loaded(bench, what) & set(HEAVY)) == []


def test_an_edit_loads_no_model_of_languages(bench: Workbench) -> None:
    loaded(bench, "render(root / 'tides.md', options)")
    bench.edit("Most people never ask why.", "Few people ask why.")
    found = loaded(bench, "assert render(root / 'tides.md', options).spoken == 1")
    assert "markdown_it" in found
    unwanted = {"py3langid", "trafilatura", "cattrs", "fsspec", "onnxruntime", "scipy", "PIL"}
    assert sorted(found & unwanted) == []


def test_an_edit_with_the_neural_voice_needs_no_scipy(bench: Workbench) -> None:
    ours = (
        "from dataclasses import replace\noptions = replace(options, voice='hibari', formats=('mp3', 'm4b', 'opus'))\n"
    )
    loaded(bench, f"{ours}render(root / 'tides.md', options)")
    bench.edit("Most people never ask why.", "Few people ask why.")
    found = loaded(bench, f"{ours}assert render(root / 'tides.md', options).spoken == 1")
    assert {"onnxruntime", "av"} <= found
    assert "scipy" not in found


def test_an_edit_is_planned_once(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.build import plan

    bench.render()
    planned = []
    make = plan.make

    def counted(*given: Any) -> plan.Plan:
        planned.append(given)
        return make(*given)

    monkeypatch.setattr(plan, "make", counted)
    bench.edit("Most people never ask why.", "Few people ask why.")
    assert bench.render().spoken == 1
    assert len(planned) == 1
