"""Blocks of code: the language and the number of lines; symbols are for the eye, and reported.

Where a profile has code read, its lines follow as they stand, each a sentence of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.document import Code
from pipeline.text.telling import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Teller

BLOCKS = (Code,)

_PHRASES = {
    "en": ("Code", "in {}", ("line", "lines")),
    "de": ("Programmcode", "in {}", ("Zeile", "Zeilen")),
    "fr": ("Code", "en {}", ("ligne", "lignes")),
    "es": ("Código", "en {}", ("línea", "líneas")),
    "it": ("Codice", "in {}", ("riga", "righe")),
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
    """One announcement: "Code in Python, 12 lines."; then, if need be, the lines."""
    lines = block.text.strip("\n").split("\n")
    count = len(lines)
    read = teller.profile.code in ("read", "end")
    if not read:
        teller.omit(f"code of {count} line{'s' if count != 1 else ''}", "code is for the eye", block.position)
    code, inside, words = phrases(_PHRASES, teller.language, ("", "", ("", "")))
    if code and block.text.strip():
        name = block.language.strip().lower()
        named = "" if name in _NO_LANGUAGE else " " + inside.format(_NAMES.get(name, block.language.strip()))
        told = f"{code}{named}, {count} {words[count != 1]}."
        yield Said(before=told, role="announcement", position=block.position)
    for line in filter(str.strip, lines) if read else ():
        yield Said(written=" ".join(line.split()), position=block.position)
