"""Rules of the house that import-linter cannot say: who may use which library, and who knows the shelves."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pipeline import plugins

ROOT = Path(plugins.__file__).parent
LIBRARIES = {
    "av": ("audio", "publish/encoders"),
    "click": ("cli",),
    "espeakng_loader": ("speak/engines",),
    "fsspec": ("store",),
    "hibari": ("speak/engines",),
    "jinja2": ("sites",),
    "lameenc": ("audio", "publish/encoders"),
    "mkdocs": ("sites",),
    "mutagen": ("publish",),
    "onnxruntime": ("speak/engines",),
    "paramiko": ("store",),
    "pydub": ("assemble",),
    "pyttsx3": ("speak/engines",),
    "scipy": (),
    "socket": ("read/refusals.py", "read/wire.py", "serve/server.py", "speak/engines/_wire.py"),
    "ssl": ("read/refusals.py", "read/wire.py", "speak/engines/_wire.py"),
    "starlette": ("serve",),
    "urllib.request": (),
    "uvicorn": ("serve",),
    "http": ("read/fetch.py", "read/refusals.py", "read/wire.py", "speak/engines/_wire.py"),
}
"""Library → the only folders and files that may import it."""
SHELVES = {name.removeprefix("pipeline.").replace(".", "/"): name for name in plugins.SHELVES.values()}
FLOOR = ("pipeline.model", "pipeline.contracts", "pipeline.units", "pipeline.errors", "pipeline.audio", "pipeline.text")
"""What a plug-in may see of ours."""


WIRE = ("pipeline.speak.engines._wire", "pipeline.speak.engines._download", "pipeline.speak.engines._patience")
"""The engines' way to the network."""


def imports(path: Path) -> set[str]:
    """Full names of everything that a module imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


MODULES = {path.relative_to(ROOT).as_posix(): imports(path) for path in sorted(ROOT.rglob("*.py"))}


def _within(name: str, parent: str) -> bool:
    return name == parent or name.startswith(f"{parent}.")


@pytest.mark.parametrize("library", sorted(LIBRARIES))
def test_a_library_stays_in_its_folders(library: str) -> None:
    users = {path for path, names in MODULES.items() if any(_within(name, library) for name in names)}
    strays = {path for path in users if not any(f"{path}/".startswith(f"{place}/") for place in LIBRARIES[library])}
    assert not strays


def test_nobody_imports_a_shelf() -> None:
    for path, names in MODULES.items():
        for folder, shelf in SHELVES.items():
            if not path.startswith(f"{folder}/"):
                assert not [name for name in names if _within(name, shelf)], path


@pytest.mark.parametrize("folder", sorted(SHELVES))
def test_a_plugin_sees_only_its_floor(folder: str) -> None:
    for path, names in MODULES.items():
        if path.startswith(f"{folder}/"):
            ours = {name for name in names if _within(name, "pipeline")}
            own = path.removesuffix(".py").replace("/", ".")
            # a module of the shelf whose name begins with _ is no plug-in, but what several of them share
            shared = f"{SHELVES[folder]}._"
            strays = {
                name
                for name in ours
                if not any(_within(name, floor) for floor in FLOOR) and own not in name and not name.startswith(shared)
            }
            assert not strays, path


def test_an_engine_that_speaks_by_the_network_says_so() -> None:
    for name in plugins.names("engines"):
        path = ROOT / "speak/engines" / f"{name}.py"
        body = ast.parse(path.read_text(encoding="utf-8")).body
        loaded = {node.module for node in body if isinstance(node, ast.ImportFrom)}
        said = [node for node in body if isinstance(node, ast.Assign) and ast.unparse(node) == "NETWORK = True"]
        assert bool(loaded & set(WIRE)) == bool(said), path


def test_a_voice_is_fetched_by_nothing_but_a_persons_wish() -> None:
    users = {path for path, names in MODULES.items() if names & set(WIRE)}
    engines = {path for path in users if not path.startswith("speak/engines/_")}
    assert users - engines == {f"speak/engines/_{name}.py" for name in ("download", "hibari_voices", "patience")}
    assert engines == {"speak/engines/http.py"}
    calls = {
        path
        for path in MODULES
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"api.fetch_voice", "choose.fetch"}
    }
    assert calls == {"api.py", "cli/inspecting.py"}


def test_print_is_for_the_command_line() -> None:
    for path in ROOT.rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("cli/") or name == "bootstrap.py":
            continue
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        assert not [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"], name
