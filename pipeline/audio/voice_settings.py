"""The settings of a Piper voice, its ``.onnx.json``: looked at before they are believed."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 4_000_000
"""Bytes of a settings file; those of 900 speakers have 40,000."""
_SCALES = {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8}
"""Of the networks' two noises and of time, with Piper's own defaults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a voice's ``.onnx.json`` says, looked at before it is believed.

    Attributes:
        plain: All of it.
        language: BCP 47 tag.
        speakers: Numbers by name; empty for a voice of one speaker.
        crowd: How many speakers there are, for people; empty for one.
    """

    plain: dict[str, Any]
    language: str
    sample_rate_hz: int
    speakers: dict[str, int]
    crowd: str


def settings_of(path: Path) -> Settings:
    """The settings in the file ``path``.

    Raises:
        OSError: There is no such file.
        UsageError: Piper or its network would stumble over them.
    """
    known = path.stat()
    return _settings(path, known.st_size, known.st_mtime_ns)


@lru_cache(maxsize=256)
def _settings(path: Path, size: int, _: int) -> Settings:
    try:
        if size > _LARGEST:
            raise ValueError("it is far too large")
        return _looked_at(json.loads(path.read_bytes()))
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError) as error:
        reason = f"it has no {error}" if isinstance(error, KeyError) else str(error)
        raise UsageError(f"not the settings of a Piper voice: {reason}", str(path)) from error


def _looked_at(plain: dict[str, Any]) -> Settings:
    speakers = plain.get("speaker_id_map") or {}
    inference = plain.setdefault("inference", {})
    numbers = [plain["num_speakers"], plain["num_symbols"], plain["audio"]["sample_rate"], *speakers.values()]
    numbers += [plain.get("hop_length", 256), plain.get("default_speaker_id", 0)]
    ids = plain["phoneme_id_map"]
    numbers += [number for some in ids.values() for number in some]
    if not all(type(number) is int and 0 <= number < 2**31 for number in numbers):
        raise ValueError("a number is not a whole one")
    scales = [inference.setdefault(name, usual) for name, usual in _SCALES.items()]
    if not all(type(scale) in {int, float} and math.isfinite(scale) and 0 <= scale <= 10 for scale in scales):
        raise ValueError("a scale is out of reach")
    if not all(ids.get(mark) for mark in "_^$"):
        raise ValueError("it has no ids for the marks _ ^ $")
    kind = plain.get("phoneme_type", "espeak")
    if kind not in {"espeak", "text"}:
        raise ValueError(f"its phonemes are of the kind {kind!r}, which needs a program that is not included")
    sample_rate_hz, espeak = plain["audio"]["sample_rate"], plain["espeak"]["voice"]
    if not 8_000 <= sample_rate_hz <= 192_000 or not inference["length_scale"]:
        raise ValueError("its rate is out of reach")
    if not re.fullmatch(r"[A-Za-z0-9_+-]{1,40}", espeak):
        raise ValueError(f"{espeak!r} is no voice of espeak")
    clusters = plain.get("vowel_clusters") or []
    if not all(isinstance(cluster, list) and all(isinstance(one, str) for one in cluster) for cluster in clusters):
        raise ValueError("its vowel_clusters are none")
    tag = str((plain.get("language") or {}).get("code") or espeak).replace("_", "-")
    first, *rest = tag.split("-")
    tag = "-".join([first.lower(), *(one.upper() if len(one) == 2 else one for one in rest)])
    count = plain["num_speakers"]
    return Settings(
        plain=plain,
        language=tag if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) else "und",
        sample_rate_hz=sample_rate_hz,
        speakers=speakers,
        crowd=f" of {count} speakers" if count > 1 else "",
    )
