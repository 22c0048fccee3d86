"""Frames of utterances that were encoded alone and joined, against one encode of the whole; and where clips are heard.

``python -m benchmarks.splice [--voice ENGINE] [FORMAT …]``. Two tables are printed:

* *splice*: sentences of an example, spoken by a voice, levelled, with pauses between them: every sentence encoded alone
  and joined, and the whole by one encoder. Either file is decoded by ffmpeg's program and by a second decoder (mpg123,
  faad, opusdec, flac), where it is installed, and compared with what went in: length, signal to noise, the largest lag
  of a sentence, the largest sample around a joint.
* *places*: an example rendered in all formats; each clip is looked for in the decoded file by cross-correlation. How
  far is it from where the rendition's own frames are counted to be (2 ms at most), and how far is that from the common
  timeline (half a frame at most)?

A decoder that knows nothing of a container's edit list plays the encoder's delay too; that is told, and taken off.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline import api, plugins
from pipeline.audio.level import calibrate, level
from pipeline.audio.pcm import float_from_bytes, float_from_int16, int16_from_float
from pipeline.audio.resample import resample
from pipeline.build import finished as episodes
from pipeline.model.show import AudioFormat, Voice
from pipeline.publish.encode import encode_clip
from pipeline.units import amplitude_from_db

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from pipeline.contracts import Codec

    Sound = NDArray[np.float32]

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples/sleep-well.txt"
FORMATS = ("mp3", "m4b", "opus", "flac", "wav")
SECOND: dict[str, tuple[str, ...]] = {
    "mp3": ("mpg123", "-q", "-w", "{out}", "{file}"),
    "m4b": ("faad", "-q", "-o", "{out}", "{file}"),
    "opus": ("opusdec", "--quiet", "--rate", "48000", "{file}", "{out}"),
    "flac": ("flac", "-s", "-f", "-d", "-o", "{out}", "{file}"),
}
SENTENCES, GAP_S, RATE_HZ = 24, 0.3, 24_000
MOST_SNR_DB, MOST_JOINT, MOST_LAG_MS = 0.1, 1e-3, 2.0
REACH_MS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Sentences on a codec's frames: the file of their runs, that of one encode, and what both should sound like."""

    said: Sound
    places: tuple[int, ...]
    splice: Path
    whole: Path


def main() -> int:
    """Print both tables; 1 where a figure is outside."""
    parser = argparse.ArgumentParser(description="frames joined, against one encode; and where clips are heard")
    parser.add_argument("--voice", default="hibari")
    parser.add_argument("formats", nargs="*", default=FORMATS)
    given = parser.parse_args()
    clips = tuple(_clips(given.voice))
    seconds = sum(map(len, clips)) / RATE_HZ
    print(f"splice: {len(clips)} sentences, {seconds:.0f} s, by {given.voice}")
    print(f"{'format':<7}{'decoder':<9}{'samples':>18}{'SNR dB':>16}{'lag':>6}{'joint':>9}{'delay':>7}", flush=True)
    bad = 0
    with tempfile.TemporaryDirectory() as scratch:
        for name in given.formats:
            codec = plugins.load("encoders", name).codec(AudioFormat())
            joined = _joined(codec, clips, Path(scratch))
            for decoder, decode in decoders(name):
                bad += _compared(name, decoder, decode, codec, joined, clips)
        print(f"places: {EXAMPLE.name} by {given.voice}")
        print(
            f"{'format':<7}{'decoder':<9}{'clips':>6}{'ms from its frames':>20}{'frames from common':>20}", flush=True
        )
        bad += _placed(given.voice, given.formats, Path(scratch))
    print(f"{bad} outside" if bad else "all within")
    return 1 if bad else 0


def decoders(name: str) -> Iterator[tuple[str, Callable[[Path], Sound]]]:
    """Decoders of a format that are installed: their names, and what gives a file's sound at 24 kHz."""
    yield "ffmpeg", _by_ffmpeg
    command = SECOND.get(name, ())
    if command and shutil.which(command[0]):
        yield command[0], lambda path: _by(command, path)


def _by_ffmpeg(path: Path) -> Sound:
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "wav", "-c:a", "pcm_f32le", "-"]
    return _sound(subprocess.run(command, capture_output=True, check=True).stdout)


def _by(command: Sequence[str], path: Path) -> Sound:
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out.wav"
        filled = [one.format(out=out, file=path) for one in command]
        subprocess.run(filled, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        return _sound(out.read_bytes())


def _sound(wav: bytes) -> Sound:
    """The samples of a WAV file of one channel, at 24 kHz; written to a pipe it does not know its length."""
    start = wav.index(b"fmt ")
    kind, channels = (int.from_bytes(wav[start + 8 + at :][:2], "little") for at in (0, 2))
    rate, bits = int.from_bytes(wav[start + 12 :][:4], "little"), int.from_bytes(wav[start + 22 :][:2], "little")
    begin = wav.index(b"data", start) + 8
    data = wav[begin : begin + int.from_bytes(wav[begin - 4 : begin], "little")]
    data = data[: len(data) // (channels * bits // 8) * (channels * bits // 8)]
    is_float = kind == 3 or (bits == 32 and kind == 0xFFFE)
    samples = np.frombuffer(data, "<f4") if is_float else np.frombuffer(data, "<i2") / np.float32(32768)
    one = samples.reshape(-1, channels)[:, 0].astype(np.float32)
    return resample(one, rate, RATE_HZ)


def _clips(voice: str) -> Iterator[NDArray[np.int16]]:
    """Sentences, spoken and levelled."""
    text = EXAMPLE.read_text(encoding="utf-8")
    sentences = [
        " ".join(one.split()) for one in re.split(r"(?<=[.!?])\s+", text) if "\n\n" not in one and len(one) > 20
    ]
    engine, speaks = plugins.load("engines", voice), Voice(engine=voice, language="en")
    spoken = [engine.speak(sentence, speaks) for sentence in sentences[:SENTENCES]]
    gain_db = calibrate([(one.samples, one.sample_rate_hz) for one in spoken], audio=AudioFormat())
    for one in spoken:
        yield level(one.samples, one.sample_rate_hz, to_hz=RATE_HZ, gain_db=gain_db, ceiling_dbfs=-2.0)


def _joined(codec: Codec, clips: Sequence[NDArray[np.int16]], folder: Path) -> Joined:
    runs: list[bytes | int] = []
    places: list[int] = []
    sounds: list[bytes] = []
    frames, gap = 0, round(GAP_S * RATE_HZ / codec.frame)
    for clip in clips:
        run = encode_clip(codec, clip)
        runs += [gap, run.frames]
        sounds.append(run.frames)
        places.append((frames + gap + codec.lead) * codec.frame)
        frames += gap + run.count
    length = frames * codec.frame
    said = np.zeros(length, np.float32)
    for clip, place in zip(clips, places, strict=True):
        said[place : place + len(clip)] = float_from_int16(clip)
    joined = Joined(said=said, places=tuple(places), splice=folder / "splice", whole=folder / "whole")
    codec.join(joined.splice, runs, length=length)
    trimmed = int16_from_float(said * np.float32(amplitude_from_db(codec.trim_db)))
    codec.join(joined.whole, [codec.encode(trimmed)], length=length)
    return joined


def _compared(
    name: str,
    decoder: str,
    decode: Callable[[Path], Sound],
    codec: Codec,
    joined: Joined,
    clips: Sequence[NDArray[np.int16]],
) -> int:
    splice, whole = decode(joined.splice), decode(joined.whole)
    lengths = len(splice), len(whole)
    first = _lag(splice, float_from_int16(clips[0]), joined.places[0], 2 * codec.delay + RATE_HZ * REACH_MS // 1000)
    late = first if decoder != "ffmpeg" else 0  # what a decoder leaves in front that the container says to leave out
    length = len(joined.said)
    splice, whole = (np.pad(one[late:], (0, length))[:length] for one in (splice, whole))
    snr = _snr_db(joined.said, splice), _snr_db(joined.said, whole)
    reach = RATE_HZ * REACH_MS // 1000
    lags = [
        _lag(splice, float_from_int16(clip), place, reach) for clip, place in zip(clips, joined.places, strict=True)
    ]
    starts = [place - codec.lead * codec.frame for place in joined.places]
    # where nothing is encoded in front of a sentence, its own first sample may be loud
    ends = [one + codec.frame if codec.lead else one for one in starts]
    joint = max(float(np.abs(splice[max(0, one - 480) : end]).max()) for one, end in zip(starts, ends, strict=True))
    lag = max(map(abs, lags))
    near = abs(snr[0] - snr[1]) < MOST_SNR_DB or min(snr) > 80
    bad = lengths[0] != lengths[1] or not near or lag > 0 or joint >= MOST_JOINT or late not in {0, codec.delay}
    row = (
        f"{name:<7}{decoder:<9}{lengths[0]:>9}{lengths[1]:>9}{snr[0]:>8.2f}{snr[1]:>8.2f}{lag:>6}{joint:>9.0e}{late:>7}"
    )
    print(row + ("  OUTSIDE" if bad else ""), flush=True)
    return bad


def _placed(voice: str, formats: Sequence[str], root: Path) -> int:
    options = api.Options(
        output=root / "output",
        scripts=root / "scripts",
        store=str(root / "store"),
        voice=voice,
        formats=tuple(formats),
        executor="inline",
    )
    report = api.render(EXAMPLE, options)
    known = episodes.find(options, report.directory)
    common = episodes.laid(known).runs
    clips: dict[str, Sound] = {}
    for cue in common.cues:
        one = episodes.clip(known, cue.id)
        data = known.session.store.get(one.pcm)
        assert data is not None
        clips[cue.id] = resample(float_from_bytes(data), one.sample_rate_hz, RATE_HZ)
    bad = 0
    for name, rendition in zip(formats, report.episode.renditions, strict=True):
        codec = plugins.load("encoders", name).codec(AudioFormat())
        own, path = rendition.timeline, report.directory / rendition.file.path
        away = max(abs(cue.start - other.start) for cue, other in zip(own.cues, common.cues, strict=True)) / codec.frame
        for decoder, decode in decoders(name):
            sound = decode(path)
            reach = codec.delay + RATE_HZ * REACH_MS // 1000
            lags = [_lag(sound, clips[cue.id], cue.start, reach) for cue in own.cues]
            late = codec.delay if decoder != "ffmpeg" and codec.delay and min(lags) > codec.delay // 2 else 0
            off_ms = 1000 * max(abs(lag - late) for lag in lags) / RATE_HZ
            out = off_ms > MOST_LAG_MS or away > (0.5 if codec.frame > 1 else 1)
            bad += out
            row = f"{name:<7}{decoder:<9}{len(lags):>6}{off_ms:>20.2f}{away:>20.2f}"
            print(row + ("  OUTSIDE" if out else ""), flush=True)
    return bad


def _lag(sound: Sound, clip: Sound, start: int, reach: int) -> int:
    """Samples by which ``clip`` is later in ``sound`` than at ``start``, by normalised cross-correlation."""
    first = max(0, start - reach)
    window = sound[first : start + len(clip) + reach].astype(np.float64)
    size = 1 << (len(window) + len(clip)).bit_length()
    product = np.fft.irfft(np.fft.rfft(window, size) * np.conj(np.fft.rfft(clip, size)), size)
    squares = np.concatenate([[0.0], np.cumsum(window**2)])
    places = len(window) - len(clip) + 1
    if places < 1:
        return reach
    energy = squares[len(clip) :][:places] - squares[:places]
    likeness = product[:places] / np.sqrt(np.maximum(energy, 1e-9))
    return int(np.argmax(likeness)) + first - start


def _snr_db(said: Sound, heard: Sound) -> float:
    noise = float(np.sum((said.astype(np.float64) - heard) ** 2))
    return float(10 * np.log10(np.sum(said.astype(np.float64) ** 2) / max(noise, 1e-12)))


if __name__ == "__main__":
    sys.exit(main())
