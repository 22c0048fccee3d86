from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audio.packets import PacketCodec, flow, pack, packets, unpack
from pipeline.errors import EncodeError

PACKETS = st.lists(st.binary(max_size=300), max_size=12)


@settings(deadline=None)
@given(PACKETS, PACKETS)
def test_runs_one_after_the_other_are_a_run(one: list[bytes], other: list[bytes]) -> None:
    assert list(packets(pack(one) + pack(other))) == one + other


@given(PACKETS.filter(bool), st.data())
def test_a_run_that_is_cut_short_is_refused(given_: list[bytes], data: st.DataObject) -> None:
    run = pack(given_)
    cut = data.draw(st.integers(1, len(run) - 1))
    with pytest.raises(EncodeError, match="cut short"):
        list(unpack(run[:cut]))


@given(st.lists(st.one_of(st.integers(0, 9000), PACKETS), max_size=5), st.integers(0, 9000))
def test_a_flow_is_its_runs_in_order_filled_up_with_silence(given_: list[int | list[bytes]], rest: int) -> None:
    meant: list[bytes] = []
    for item in given_:
        meant += [b"--"] * item if isinstance(item, int) else item
    meant += [b"--"] * rest
    runs = [item if isinstance(item, int) else pack(item) for item in given_]
    sizes: list[int] = []
    body = b""
    for more_sizes, more in flow(runs, pack([b"--"]), len(meant)):
        assert len(more_sizes) <= 4096
        sizes += more_sizes.tolist()
        body += more
    assert sizes == [len(packet) for packet in meant]
    assert body == b"".join(meant)


def test_a_flow_longer_than_its_file_is_refused() -> None:
    with pytest.raises(EncodeError, match="longer than the file"):
        list(flow([3, pack([b"a", b"b"])], pack([b"-"]), 4))


def _codec(**changes: object) -> PacketCodec:
    settings = {"name": "flac", "decoder": "flac", "sample_format": "s16", "sample_rate_hz": 24_000, **changes}
    return PacketCodec(**settings)  # type: ignore[arg-type]  # wrong on purpose in some tests


def test_how_the_sound_is_cut_does_not_matter() -> None:
    samples = np.random.default_rng(0).integers(-9000, 9000, 30_000).astype(np.int16)
    whole = list(_codec().stream([samples]))
    cuts = [0, 1, 1, 777, 5000, 29_000, 30_000]
    pieces = [samples[first:end] for first, end in pairwise(cuts)]
    assert list(_codec().stream(pieces)) == whole


def test_what_an_encoder_refuses_is_one_clear_error() -> None:
    with pytest.raises(EncodeError, match="libopus at 44100 Hz refuses"):
        _codec(name="libopus", sample_rate_hz=44_100).encode(np.zeros(10, np.int16))


def test_broken_packets_are_one_clear_error() -> None:
    with pytest.raises(EncodeError, match="flac cannot be decoded"):
        _codec().decode([b"no packet at all"], b"")


def test_nothing_decodes_to_nothing() -> None:
    _, header = _codec().encode(np.zeros(0, np.int16))
    assert len(_codec().decode([], header)) == 0
