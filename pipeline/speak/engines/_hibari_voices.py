"""Hibari's voices that are not in its package: which there are, where they lie, how they come; not a plug-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_ADDRESS = "https://huggingface.co/maureesewilliams/hibari/resolve/main/voices/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetchable:
    """A voice that is not in the package: its file as hibari 0.2.1 knows it, looked at when that was pinned."""

    file: str
    size: int
    sha256: str
    language: str
    gender: str


FETCHABLE = {
    "emma": Fetchable(
        file="bf_emma.int8.onnx",
        size=7_936_868,
        sha256="f709f0488ee63b583a22189a955aaf4257b9806dd330be3490661e53af0a89c1",
        language="en-GB",
        gender="female",
    ),
    "fable": Fetchable(
        file="bm_fable.int8.onnx",
        size=7_936_868,
        sha256="c28529302f2d27cd12f62625c24425888c4e3c2675583100ec530259136b8bc6",
        language="en-GB",
        gender="male",
    ),
    "fenrir": Fetchable(
        file="am_fenrir_v2.int8.onnx",
        size=8_031_158,
        sha256="f59fbd87908c91f827bc21b1b89443757b9a8580db9eee20aa948deb731321f4",
        language="en-US",
        gender="male",
    ),
    "kore": Fetchable(
        file="af_kore.int8.onnx",
        size=7_936_868,
        sha256="346885752673e45d42f9864c9e2432094bc4b6385df060d4b83273da764d2fa9",
        language="en-US",
        gender="female",
    ),
}


def place_of(speaker: str) -> Path:
    """Where a voice lies once it was fetched."""
    from platformdirs import user_data_path

    return user_data_path("articlecast", appauthor=False) / "voices" / "hibari" / FETCHABLE[speaker].file


def fetched(speaker: str, address: str = "") -> Path:
    """The file of a voice, which is downloaded unless it is there; `pipeline.contracts` tells what may go wrong.

    Args:
        speaker: Name of the voice.
        address: Of the folder of voices, where it is not hibari's own.
    """
    from pipeline.speak.engines._download import download, is_file_of

    if speaker not in FETCHABLE:
        raise UsageError(f"the engine 'hibari' has no voice {speaker!r} to fetch; there are: {', '.join(FETCHABLE)}")
    one, path = FETCHABLE[speaker], place_of(speaker)
    if not is_file_of(path, size=one.size, sha256=one.sha256):
        download((address or _ADDRESS) + one.file, path, size=one.size, sha256=one.sha256)
    return path
