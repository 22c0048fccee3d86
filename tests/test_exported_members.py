"""The public list is complete, sorted, and cheap to import."""

from __future__ import annotations

import subprocess
import sys

import pipeline
from pipeline import api, errors


def test_the_list_is_sorted_and_every_name_is_there() -> None:
    assert pipeline.__all__ == sorted(pipeline.__all__)
    for name in pipeline.__all__:
        assert getattr(pipeline, name) is not None


def test_the_list_is_complete() -> None:
    raised = {name for name, value in vars(errors).items() if isinstance(value, type)}
    rooms = {"narrate", "read"}
    shown = {name for name in api.__all__ if name not in rooms | {"PluginInfo"}}
    assert set(pipeline.__all__) == raised | shown | {"Show", "SyncReport", "__version__"}


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, pipeline, pipeline.cli\n"
        "heavy = {'onnxruntime', 'av', 'scipy', 'numpy', 'lxml', 'trafilatura', 'PIL', 'pydub', 'fsspec', 'mutagen'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_rendering_a_warm_episode_loads_no_engine(tmp_path: object) -> None:
    from pathlib import Path

    from tests.conftest import make_workbench

    assert isinstance(tmp_path, Path)
    bench = make_workbench(tmp_path / "bench")
    bench.render(voice="hibari")
    code = (
        "import sys\nfrom pathlib import Path\nfrom pipeline import Options, render\n"
        f"root = Path({str(bench.root)!r})\n"
        "report = render(root / 'tides.md', Options(output=root / 'output', scripts=root / 'scripts',\n"
        "    store=str(root / 'store'), voice='hibari'))\n"
        "assert report.spoken == 0, report\n"
        "heavy = {'onnxruntime', 'hibari', 'scipy', 'PIL', 'pydub', 'trafilatura', 'av'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
