"""Which cases of other people's sets are not counted, and why: ``benchmarks/waivers.tsv``, readable as it is."""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).with_suffix(".tsv")
_REASON = "# reason: "


def waivers() -> dict[tuple[str, str], str]:
    """(class, written) → the reason."""
    found: dict[tuple[str, str], str] = {}
    reason = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(_REASON):
            reason = line.removeprefix(_REASON)
        elif not line.startswith("#"):
            kind, written = line.split("\t")
            found[kind, written.strip()] = reason
    return found
