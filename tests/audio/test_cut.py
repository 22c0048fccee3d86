"""Pieces of an MP3 are heard as that stretch of the whole, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import plugins
from pipeline.audio.cut import LEAD_FRAMES, cut
from pipeline.audio.decode import decode_file
from pipeline.audio.pcm import int16_from_float
from pipeline.errors import EncodeError
from pipeline.model.show import AudioFormat
from tests.audio.signals import speech

if TYPE_CHECKING:
    from pathlib import Path

TAG = b"ID3\3\0\0\0\0\1\0" + bytes(128)
"""An empty tag of 128 bytes: its length is written seven bits a byte."""


def _book(path: Path, audio: AudioFormat, *, clips: int = 5, tag: bytes = b"") -> list[int]:
    """Write a file of a few sentences, each encoded alone; the answer is where they begin."""
    codec = plugins.load("encoders", "mp3").codec(audio)
    assert codec.lead == LEAD_FRAMES
    runs: list[bytes | int] = []
    places, frames = [], 0
    for number in range(clips):
        samples = int16_from_float(speech(0.4 + 0.17 * number, audio.sample_rate_hz, seed=number))
        body = -(-len(samples) // codec.frame)
        padded = np.zeros((codec.lead + body + codec.tail) * codec.frame, np.int16)
        padded[codec.lead * codec.frame :][: len(samples)] = samples
        gap = 5 + 3 * number
        runs += [gap, codec.encode(padded)]
        places.append((frames + gap + codec.lead) * codec.frame)
        frames += gap + len(padded) // codec.frame
    codec.join(path, runs, length=(frames + 7) * codec.frame + 123, tags=tag)
    return places


@pytest.mark.parametrize(
    ("rate_hz", "kbps"), [(24_000, 64), (24_000, 32), (22_050, 64), (44_100, 96), (48_000, 128), (16_000, 24)]
)
@pytest.mark.parametrize("which", [(0,), (0, 2), (0, 1, 2, 3, 4)])
def test_the_pieces_are_the_whole(rate_hz: int, kbps: int, which: tuple[int, ...], tmp_path: Path) -> None:
    path = tmp_path / "whole.mp3"
    places = _book(path, AudioFormat(sample_rate_hz=rate_hz, bit_rate_kbps=kbps), tag=TAG)
    whole, _ = decode_file(path)
    pieces = list(cut(path, [places[number] for number in which]))
    assert pieces[0].start == 0
    end = 0
    for number, piece in enumerate(pieces):
        alone = tmp_path / f"{number}.mp3"
        alone.write_bytes(piece.data)
        heard, rate = decode_file(alone)
        assert (rate, len(heard)) == (rate_hz, piece.length)
        assert piece.start == end
        end += piece.length
        assert np.abs(heard - whole[piece.start : end]).max() < 1e-4
    assert end == len(whole)


def test_a_sentence_begins_just_after_its_piece_does(tmp_path: Path) -> None:
    places = _book(tmp_path / "whole.mp3", AudioFormat())
    pieces = list(cut(tmp_path / "whole.mp3", places))
    assert [place - piece.start for place, piece in zip(places, pieces, strict=True)][1:] == [2 * 576] * 4


def test_a_place_inside_a_run_is_cut_before_the_run(tmp_path: Path) -> None:
    """As in front of a chapter whose first sentence is said over music."""
    places = _book(tmp_path / "whole.mp3", AudioFormat())
    at, inside = (
        next(iter(list(cut(tmp_path / "whole.mp3", [0, place]))[1:])) for place in (places[3], places[3] + 5760)
    )
    assert 0 <= inside.start - at.start < 2 * 576
    whole, _ = decode_file(tmp_path / "whole.mp3")
    (tmp_path / "one.mp3").write_bytes(inside.data)
    heard, _ = decode_file(tmp_path / "one.mp3")
    assert np.abs(heard - whole[inside.start :]).max() < 1e-4


def test_places_without_silence_between_or_out_of_order_are_refused(tmp_path: Path) -> None:
    places = _book(tmp_path / "whole.mp3", AudioFormat())
    for wrong in ([0, places[3], places[1]], [0, places[3], places[3] + 5760]):
        with pytest.raises(EncodeError, match="no silence before sample"):
            list(cut(tmp_path / "whole.mp3", wrong))


def test_a_file_of_another_encoder_is_refused(tmp_path: Path) -> None:
    codec = plugins.load("encoders", "mp3").codec(AudioFormat())
    (tmp_path / "bare.mp3").write_bytes(codec.silence() * 20)
    with pytest.raises(EncodeError, match="no Info frame"):
        list(cut(tmp_path / "bare.mp3", [0]))
