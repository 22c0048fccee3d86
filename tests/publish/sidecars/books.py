"""What the tests of talking books share: a book's files, its clips, and the sound of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile

import numpy as np

from pipeline.audio.decode import decode_file
from tests.publish.sidecars.sounding import LOUD

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = (".html", ".xhtml", ".smil", ".opf", ".json", ".css", ".xml")


def unzipped(path: Path) -> dict[str, bytes]:
    """The files of a zip by name, in its order; nothing in it is compressed or has a date."""
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        for info in archive.infolist():
            assert info.compress_type == ZIP_STORED
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
        return {name: archive.read(name) for name in archive.namelist()}


def as_text(files: dict[str, bytes]) -> str:
    """All files in one text; the digest of a sound depends on the encoder, so it is left out."""
    pieces = []
    for name, data in files.items():
        shown = data.decode("utf-8") if name.endswith(_TEXT) or name == "mimetype" else "(bytes)\n"
        pieces.append(f"=== {name}\n{shown.rstrip()}\n")
    return re.sub(r'(mp3",(?:\s*"(?!integrity)[^\n]*)*\s*"integrity": "sha256-)[^"]+', r"\1…", "\n".join(pieces))


def check_clips(clips: list[tuple[str, float, float]], sounds: dict[str, bytes], folder: Path) -> None:
    """Clips (sound file, begin and end in seconds) fill their files without a gap, and each holds one tone."""
    heard = {}
    for name, data in sounds.items():
        (folder / "one.mp3").write_bytes(data)
        heard[name] = decode_file(folder / "one.mp3")
    ends = dict.fromkeys(sounds, 0.0)
    for name, begin, end in clips:
        assert begin == ends[name], "no gap and no overlap"
        assert end > begin
        ends[name] = end
        samples, rate = heard[name]
        inside = np.abs(samples[round(begin * rate) : round(end * rate)])
        assert len(inside) < rate // 100 or inside.max() > LOUD / 2, f"nothing is heard in {name} at {begin}"
        assert np.abs(samples[round(end * rate) - 480 : round(end * rate)]).max() < 0.01, "it ends in silence"
    for name, end in ends.items():
        samples, rate = heard[name]
        assert 0 <= len(samples) / rate - end < 0.001
