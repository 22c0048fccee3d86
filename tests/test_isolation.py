"""Rendering opens no socket, and the neural voice opens no file outside its package."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import Workbench

_CODE = """
import json, sys
from pathlib import Path

root = Path(sys.argv[1])
seen = {"sockets": [], "from_hibari": []}

def watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        seen["sockets"].append(event)
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_globals.get("__name__", "").partition(".")[0] == "hibari":
                seen["from_hibari"].append(str(arguments[0]))
                break
            frame = frame.f_back

sys.addaudithook(watch)

from pipeline import Options, render

report = render(root / "tides.md", Options(output=root / "output", scripts=root / "scripts",
    store=str(root / "store"), voice="hibari", executor="inline"))
assert report.spoken == report.utterances, report
import hibari

package = str(Path(hibari.__file__).parent)
libraries = (package, sys.prefix, sys.base_prefix)
code = (".py", ".pyc", ".so", ".pyd", ".pth")
seen["outside"] = [path for path in seen["from_hibari"]
    if not path.startswith(package) and not (path.startswith(libraries) and path.endswith(code))]
seen["inside"] = sum(path.startswith(package) for path in seen["from_hibari"])
print(json.dumps(seen))
"""


@pytest.mark.model
def test_rendering_opens_no_socket_and_the_voice_stays_in_its_package(bench: Workbench) -> None:
    done = subprocess.run([sys.executable, "-c", _CODE, str(bench.root)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["sockets"] == []
    assert seen["outside"] == []
    assert seen["inside"] > 0, "the test must see the voice's own files"
