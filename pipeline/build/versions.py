"""What reading and narrating are done by — our code, libraries, plug-ins of others — for the keys of what they made.

A number that somebody must raise would be forgotten; so the code itself is the number: a quarter of a thousand small
files, read in five milliseconds.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LIBRARIES = frozenset(
    (
        "charset_normalizer",
        "cobble",
        "courlan",
        "feedparser",
        "feedparser_sgmllib",
        "htmldate",
        "justext",
        "kitten_text_processing",
        "lxml",
        "mammoth",
        "markdown_it_py",
        "mdit_py_plugins",
        "mdurl",
        "num2words",
        "numpy",
        "py3langid",
        "sentencex",
        "trafilatura",
    )
)
"""Packages, ours to ask for or asked for by those, that can change what is read in an article or said for it."""

_PLACES = ("contracts.py", "errors.py", "plugins.py", "units.py", "model", "narrate", "read", "text")
"""Our own code that can."""
_GROUPS = ("[articlecast.readers]", "[articlecast.rules]", "[articlecast.wordings]")


def program() -> str:
    """The version of articlecast; what imports the whole package would stand above this floor."""
    from importlib import import_module

    return f"{import_module('pipeline').__version__}"


@cache
def fingerprint() -> str:
    """The sha256 of everything beside an article, its lexicons and its show that can change its script, hex."""
    digest = hashlib.sha256(repr((sys.implementation.name, sys.version_info[:3])).encode())
    root = Path(__file__).parent.parent
    for place in _PLACES:
        _add(digest, root / place)
    installed = sorted(_installed())
    for folder, name, version in installed:
        if name in LIBRARIES:
            digest.update(f"{name} {version}\n".encode())
        else:
            for line in _offers(folder):
                digest.update(f"{name} {version} {line}\n".encode())
                _add(digest, _home(line))
    for name in sorted(LIBRARIES - {name for _, name, _ in installed}):
        digest.update(f"{name} {_version(name)}\n".encode())  # installed in a way of its own
    return digest.hexdigest()


def _installed() -> Iterator[tuple[str, str, str]]:
    """Folder, name and version of what is installed, told by the names of folders: opening each takes ten times longer.

    Of a package that is there twice the first counts, as it does for an import.
    """
    seen = set()
    for place in sys.path:
        try:
            entries = os.listdir(place or ".")  # noqa: PTH208 - sys.path holds strings
        except OSError:
            continue  # a zip file, or a folder that is gone
        for entry in entries:
            stem, _, ending = entry.rpartition(".")
            if ending in ("dist-info", "egg-info"):
                name, _, version = stem.partition("-")
                name = re.sub(r"[-_.]+", "_", name).lower()
                if name not in seen:
                    seen.add(name)
                    yield f"{place or '.'}/{entry}", name, version


def _offers(folder: str) -> list[str]:
    """The lines in which a package offers plug-ins that read or narrate."""
    try:
        with open(f"{folder}/entry_points.txt", encoding="utf-8") as file:  # noqa: PTH123 - a hundred of them
            text = file.read()
    except (OSError, ValueError):
        return []
    if not any(group in text for group in _GROUPS):
        return []
    return [line for line in text.splitlines() if "=" in line]


def _home(line: str) -> Path | None:
    """The folder of the module that an entry point names; who writes a plug-in does not raise its version each time."""
    from importlib.util import find_spec

    module = line.partition("=")[2].partition(":")[0].strip()
    try:
        found = find_spec(module)
    except (ImportError, ValueError):
        return None
    return Path(found.origin).parent if found and found.origin and found.has_location else None


def _add(digest: hashlib._Hash, place: Path | None) -> None:
    """Add names and bytes of the files at ``place`` and below."""
    if place is None:
        return
    if place.is_file():
        digest.update(place.read_bytes())
        return
    for folder, folders, files in os.walk(place):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for file in sorted(files):
            if not file.endswith(".pyc"):
                with open(os.path.join(folder, file), "rb", buffering=0) as opened:  # noqa: PTH118, PTH123 - quick
                    digest.update(f"\n{file}\n".encode(errors="surrogateescape"))
                    digest.update(opened.read())


def _version(name: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
