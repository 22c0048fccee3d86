"""A render of several articles that is killed at any moment loses nothing but time."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import api
from tests.conftest import ARTICLE, Workbench, make_workbench

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")

ARTICLES = 3
KILLS = 5


def _archive(root: Path) -> Workbench:
    bench = make_workbench(root)
    for article in range(ARTICLES):
        gauges = "\n\n".join(f"The gauge at mile {article}{mile} tells its story." for mile in range(40))
        (root / f"gauges-{article}.md").write_text(f"{ARTICLE}\n\n{gauges}\n", encoding="utf-8")
    return bench


def _render(bench: Workbench) -> int:
    reports = list(api.render_all(api.survey([bench.root], bench.options), bench.options))
    assert all(isinstance(report, api.Report) for report in reports)
    return sum(report.spoken for report in reports if isinstance(report, api.Report))


def _command(bench: Workbench, executor: str) -> list[str]:
    code = (
        "from pathlib import Path\nfrom pipeline import Options, api\n"
        f"root = Path({str(bench.root)!r})\n"
        "options = Options(output=root / 'output', scripts=root / 'scripts', store=str(root / 'store'), voice='tone',\n"
        f"    executor={executor!r})\n"
        "for report in api.render_all(api.survey([root], options), options):\n"
        "    assert isinstance(report, api.Report)\n"
    )
    return [sys.executable, "-c", code]


@pytest.mark.parametrize("executor", ["inline", "processes"])
def test_killed_renders_go_on_where_they_were(tmp_path: Path, executor: str) -> None:
    clean = _archive(tmp_path / "clean")
    started = time.monotonic()
    subprocess.run(_command(clean, executor), check=True)
    whole_s = time.monotonic() - started
    bench = _archive(tmp_path / "killed")
    chance = random.Random(20261122)
    for _ in range(KILLS):
        process = subprocess.Popen(_command(bench, executor))
        time.sleep(chance.uniform(0, whole_s))
        process.send_signal(signal.SIGKILL)
        process.wait()
    kept, total = _clips(bench), _clips(clean)
    spoken = _render(bench)
    calibration = total - len({line for path in clean.root.glob("*.md") for line in _said(clean, path)})
    assert spoken <= total - kept <= spoken + calibration
    assert bench.files() == clean.files()
    kept_files = sorted(path.relative_to(clean.root) for path in clean.root.glob("scripts/**/*.txt"))
    for name in (*kept_files, Path("show.lock.toml")):
        assert (bench.root / name).read_bytes() == (clean.root / name).read_bytes()
    assert not list((bench.root / "output").rglob(".articlecast-*"))


def _clips(bench: Workbench) -> int:
    return sum('"pcm"' in path.read_text() for path in (bench.root / "store").glob("actions/*/*.json"))


def _said(bench: Workbench, article: Path) -> set[str]:
    script = bench.root / "scripts" / f"{article.stem}.txt"
    return {line for line in script.read_text(encoding="utf-8").splitlines() if line and line[0] not in "% (|"}
