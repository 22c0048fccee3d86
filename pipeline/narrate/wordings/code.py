"""Blocks of code: the language and the number of lines; symbols are for the eye, and reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.document import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Teller

BLOCKS = (Code,)

_PHRASES = {
    "en": ("Code", "in {}", ("line", "lines")),
    "de": ("Programmcode", "in {}", ("Zeile", "Zeilen")),
    "fr": ("Code", "en {}", ("ligne", "lignes")),
    "es": ("Código", "en {}", ("línea", "líneas")),
}
_NAMES = {
    "bash": "Bash",
    "c": "C",
    "c#": "C sharp",
    "c++": "C plus plus",
    "console": "the shell",
    "cpp": "C plus plus",
    "cs": "C sharp",
    "csharp": "C sharp",
    "css": "CSS",
    "go": "Go",
    "html": "HTML",
    "java": "Java",
    "javascript": "JavaScript",
    "js": "JavaScript",
    "json": "JSON",
    "py": "Python",
    "python": "Python",
    "rb": "Ruby",
    "rs": "Rust",
    "ruby": "Ruby",
    "rust": "Rust",
    "sh": "shell",
    "sql": "SQL",
    "toml": "TOML",
    "ts": "TypeScript",
    "typescript": "TypeScript",
    "xml": "XML",
    "yaml": "YAML",
    "yml": "YAML",
}
"""Names of languages as the source writes them → as they are said; others are said as written."""
_NO_LANGUAGE = ("", "text", "txt", "plain", "plaintext", "none")


def say(block: Code, teller: Teller) -> Iterator[Said]:
    """One announcement: "Code in Python, 12 lines."."""
    lines = len(block.text.strip("\n").split("\n"))
    teller.omit(f"code of {lines} line{'s' if lines != 1 else ''}", "code is for the eye", block.position)
    phrases = _PHRASES.get(teller.language.partition("-")[0].lower())
    if phrases and block.text.strip():
        code, inside, words = phrases
        name = block.language.strip().lower()
        named = "" if name in _NO_LANGUAGE else " " + inside.format(_NAMES.get(name, block.language.strip()))
        told = f"{code}{named}, {lines} {words[lines != 1]}."
        yield Said(before=told, role="announcement", position=block.position)
