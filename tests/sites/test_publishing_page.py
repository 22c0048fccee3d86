"""What ``docs/publishing.md`` shows for other programs is what these programs, or our own, take."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from pipeline import config, plugins
from pipeline.serve.hooks import SECRET, Hooks
from pipeline.sites.mkdocs import Settings
from tests.serve.running import listening

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
KEY = "0123456789abcdef0123456789abcdef"


def blocks(kind: str, name: str = "") -> list[str]:
    return [text for found, named, text in FENCE.findall(PAGE) if (found, named) == (kind, name)]


def answered(headers: dict[str, str], body: bytes) -> int:
    started_earlier = Hooks(KEY, lambda: "runs", clock=lambda: time.time() - 60)
    with listening(lambda _: started_earlier.app()) as client:
        return client.ask("/sync", "POST", headers=headers, body=body).status


def test_the_hook_in_python_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET, KEY)
    (text,) = blocks("python", "hook.py")
    names: dict[str, Any] = {}
    exec(text, names)
    request = names["request"]
    assert request.get_method() == "POST"
    assert answered(dict(request.header_items()), request.data) == 202
    assert answered(dict(request.header_items()), request.data + b" ") == 401


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not on every machine")
def test_the_hook_in_shell_is_believed(tmp_path: Path) -> None:
    (text,) = blocks("sh", "hook.sh")
    curl = tmp_path / "curl"
    curl.write_text('#!/bin/sh\nfor one in "$@"; do printf "%s\\n" "$one"; done\n', encoding="utf-8")
    curl.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", SECRET: KEY}
    done = subprocess.run(["sh", "-eu", "-c", text], capture_output=True, text=True, env=env, check=True)
    told = done.stdout.splitlines()
    headers = dict(one.split(": ", 1) for one in told if one.startswith("X-Articlecast-"))
    assert len(headers) == 2
    assert answered(headers, told[told.index("--data") + 1].encode()) == 202


def test_the_show_has_no_mistakes(tmp_path: Path) -> None:
    (text,) = [one for one in blocks("toml") if "sitemap" in one]
    (tmp_path / "articles").mkdir()
    (tmp_path / "cover.jpg").write_bytes(b"")
    (tmp_path / "show.toml").write_text(text, encoding="utf-8")
    show = config.load(tmp_path / "show.toml")
    assert set(show.sidecars) <= set(plugins.names("sidecars"))
    assert set(show.formats) <= set(plugins.names("encoders"))


def test_the_workflow_syncs_keeps_and_deploys_in_this_order() -> None:
    (text,) = [one for one in blocks("yaml") if "workflow_dispatch" in one]
    workflow = yaml.safe_load(text)
    steps = workflow["jobs"]["sync"]["steps"]
    told = [step.get("uses", step.get("run", "")) for step in steps]
    order = (
        *("checkout", "setup-python", "cache/restore", "pip install", "articlecast sync", "cache/save"),
        *("git commit", "upload-pages", "deploy-pages", "exit"),
    )
    found = [next(at for at, one in enumerate(told) if word in one) for word in order]
    assert found == sorted(found)
    assert workflow["permissions"] == {"contents": "write", "pages": "write", "id-token": "write"}
    (restored, saved) = [step["with"] for step in steps if "cache" in step.get("uses", "")]
    assert ".cache-articlecast" in restored["path"]
    assert (restored["path"], restored["key"]) == (saved["path"], saved["key"])


@pytest.mark.skipif(shutil.which("bash") is None, reason="the workflow's shell")
def test_the_workflow_goes_on_where_a_person_is_needed(tmp_path: Path) -> None:
    (text,) = [one for one in blocks("yaml") if "workflow_dispatch" in one]
    steps = yaml.safe_load(text)["jobs"]["sync"]["steps"]
    (run,) = [step["run"] for step in steps if step.get("id") == "sync"]
    ours = tmp_path / "articlecast"
    ours.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    ours.chmod(0o755)
    told = tmp_path / "output"
    env = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "GITHUB_OUTPUT": str(told)}
    subprocess.run(["bash", "-e", "-c", run], env=env, check=True)
    assert told.read_text(encoding="utf-8") == "code=3\n"


def test_the_table_of_the_mkdocs_plug_in_is_complete() -> None:
    table = PAGE.partition("| option | what it says | default |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`(\w+)`", "".join(line.split("|")[1] for line in table.splitlines() if "|" in line)))
    assert named == {name for name, _ in Settings._schema}
    (text,) = [one for one in blocks("yaml") if one.startswith("# mkdocs.yml")]
    ours = yaml.safe_load(text.replace("!ENV ", ""))["plugins"][1]["articlecast"]
    assert set(ours) <= named
