"""The program that most people would write: pyttsx3 speaks, pydub joins and exports, mutagen tags.

``python -m benchmarks.peers.straightforward LINES.json OUT.mp3``: one ``save_to_file`` for each line, one ``+=`` for
each piece of sound, one ``export``. It has no chapters, no level, no cache, and speaks everything anew each time.

One thing is mended, since a program that loses sentences could not be compared: pyttsx3 comes back without having
written a file now and then, the first one of a process above all. So each file is looked at, and asked for again until
it is there. ``export`` needs the program ffmpeg; where there is none, pydub gives its samples to LAME through lameenc.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

PAUSE_MS = 250
BIT_RATE_KBPS = 64
TRIES = 5
LEAST_S_A_CHARACTER = 0.02
"""Speech that takes less has left something out: espeak takes three times as long at its usual pace."""


def read_aloud(lines: Sequence[str], target: Path) -> dict[str, Any]:
    """Speak ``lines`` into the MP3 file ``target``.

    Returns:
        Seconds of sound, how many files had to be asked for again, and which encoder wrote the file.

    Raises:
        RuntimeError: A line could not be spoken.
    """
    from pydub import AudioSegment

    engine = _engine()
    sound, pause, lost = AudioSegment.empty(), AudioSegment.silent(PAUSE_MS), 0
    with tempfile.TemporaryDirectory() as folder:
        for number, line in enumerate(lines):
            path = Path(folder) / f"{number}.wav"
            for _ in range(TRIES):
                engine.save_to_file(line, str(path))
                engine.runAndWait()
                if path.exists() and _long_enough(path, line):
                    break
                lost += 1
                path.unlink(missing_ok=True)
            else:
                raise RuntimeError(f"line {number} was lost {TRIES} times: {line}")
            sound += AudioSegment.from_wav(path) + pause
    encoder = _export(sound, target)
    _tag(target)
    return {"sounds_s": len(sound) / 1000, "lost": lost, "encoder": encoder}


def _engine() -> Any:
    """pyttsx3, with the same espeak-ng that ours has where the system has no other voice."""
    if sys.platform not in ("darwin", "win32"):
        import espeakng_loader

        ctypes.CDLL(espeakng_loader.get_library_path() + ".1", mode=ctypes.RTLD_GLOBAL)
        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    import pyttsx3

    return pyttsx3.init()


def _long_enough(path: Path, line: str) -> bool:
    from pydub import AudioSegment

    return bool(len(AudioSegment.from_wav(path)) >= 1000 * LEAST_S_A_CHARACTER * len(line))


def _export(sound: Any, target: Path) -> str:
    if shutil.which("ffmpeg"):
        sound.export(target, format="mp3", bitrate=f"{BIT_RATE_KBPS}k")
        return "pydub's export with ffmpeg"
    import lameenc

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(sound.frame_rate)
    encoder.set_bit_rate(BIT_RATE_KBPS)
    target.write_bytes(bytes(encoder.encode(sound.raw_data)) + bytes(encoder.flush()))
    return "lameenc, since there is no ffmpeg"


def _tag(target: Path) -> None:
    id3: Any = importlib.import_module("mutagen.id3")
    tags = id3.ID3()
    for frame in (id3.TIT2(text="The long read"), id3.TALB(text="The long read"), id3.TPE1(text="A voice")):
        tags.add(frame)
    tags.save(target)


def main() -> None:
    """Do it, and tell the cost as JSON; what pyttsx3 prints goes to standard error."""
    started = time.monotonic()
    lines, target = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2])
    with contextlib.redirect_stdout(sys.stderr):
        told = read_aloud(lines, target)
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told["wall_s"] = time.monotonic() - started
    told["cpu_s"] = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    told["peak_mb"] = usages[0].ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
