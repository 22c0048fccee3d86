"""The neural voice is kept on a short lead: no network, no file but its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import plugins
from pipeline.errors import UsageError
from pipeline.model.show import Voice

pytestmark = pytest.mark.model

# Speaks with hibari in a fresh process and reports what it touched, from before hibari is imported until it has
# spoken a word that is in no dictionary (which loads its second model). onnxruntime comes first: on being imported it
# looks at the name of the operating system.
WATCHED = """
import json, sys
import onnxruntime
from pipeline import plugins
from pipeline.model.show import Voice

hibari = plugins.load("engines", "hibari")
events = []
def watch(event, args):
    if event == "open":
        events.append([event, str(args[0]), str(args[1]) if len(args) > 1 else ""])
    elif event.partition(".")[0] in ("socket", "subprocess", "urllib", "shutil", "tempfile") or event in (
        "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.mkdir", "os.remove", "os.rename", "os.symlink",
    ):
        events.append([event, str(args), ""])
sys.addaudithook(watch)
speech = hibari.speak("The blorfing tide, they say, waits for nobody in Grzmollnax.", Voice(engine="hibari"))
assert len(speech.samples)
print(json.dumps(events))
"""

MODULES = (".py", ".pyc", ".so", ".pyd", ".dll", ".dylib", ".pth")


@pytest.fixture(scope="module")
def events() -> list[tuple[str, str, str]]:
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", WATCHED], capture_output=True, text=True, env=environment, check=True)
    return [(event, what, mode) for event, what, mode in json.loads(done.stdout)]


def test_the_watch_sees_something(events: list[tuple[str, str, str]]) -> None:
    assert any(what.endswith("hibari.onnx") for _, what, _ in events)
    assert any(what.endswith("vocab.json") for _, what, _ in events)


def test_hibari_opens_no_socket_and_starts_nothing(events: list[tuple[str, str, str]]) -> None:
    assert [event for event in events if event[0] != "open"] == []


def test_hibari_opens_no_file_outside_its_package(events: list[tuple[str, str, str]]) -> None:
    import hibari

    package = Path(hibari.__file__).resolve().parent
    data = [Path(what) for event, what, _ in events if event == "open" and not what.endswith(MODULES)]
    assert [path for path in data if not path.resolve().is_relative_to(package)] == []


def test_hibari_writes_no_file(events: list[tuple[str, str, str]]) -> None:
    assert [event for event in events if event[0] == "open" and set(event[2]) & set("wax+")] == []


@pytest.mark.parametrize("speaker", ["emma", "fenrir", "fable", "kore"])
def test_hibaris_other_voices_are_refused_even_where_their_files_lie_ready(
    speaker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path))
    engine = plugins.load("engines", "hibari")
    for call in (engine.fingerprint, lambda voice: engine.speak("Hello.", voice)):
        with pytest.raises(UsageError, match="not included"):
            call(Voice(engine="hibari", speaker=speaker))
    assert list(tmp_path.iterdir()) == []


def test_hibaris_code_that_downloads_is_never_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    import urllib.request

    import hibari.voices

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("hibari's way to the network was taken")

    monkeypatch.setattr(hibari.voices, "download", refuse)
    monkeypatch.setattr(hibari.voices, "voice_path", refuse)
    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    engine = plugins.load("engines", "hibari")
    engine._model.cache_clear()
    assert len(engine.speak("Good morning.", Voice(engine="hibari")).samples)
