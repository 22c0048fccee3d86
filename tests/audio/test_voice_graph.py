"""The graph of a voice, rewired: still a model that onnx accepts, with the same sound for the same noise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper

from pipeline.audio.voice_graph import FIRST, rewired

if TYPE_CHECKING:
    from collections.abc import Sequence


def model(nodes: Sequence[Any]) -> bytes:
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["a", "b"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    return bytes(made.SerializeToString())


def drawing(**attributes: float) -> list[Any]:
    return [
        helper.make_node("Ceil", ["x"], ["durations"]),
        helper.make_node("RandomNormalLike", ["x"], ["noise"], dtype=1, **attributes),  # type: ignore[arg-type]
        helper.make_node("Add", ["durations", "noise"], ["y"]),
    ]


def run(data: bytes, **inputs: Any) -> list[Any]:
    import onnxruntime

    return list(onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"]).run(None, inputs))


def test_the_noise_comes_in_and_the_durations_go_out() -> None:
    data, noises, timed = rewired(model(drawing()))
    assert timed
    x = np.array([[0.5, 1.5, 2.5], [3.5, 4.5, 5.5]], np.float32)
    noise = np.arange(100, dtype=np.float32)
    y, durations = run(data, x=x, **{noises[0]: noise, FIRST: np.zeros(1, np.int64)})
    assert np.array_equal(durations, np.ceil(x))
    assert np.array_equal(y, np.ceil(x) + noise[:6].reshape(2, 3))


def test_noise_of_another_mean_is_left_alone() -> None:
    data, noises, timed = rewired(model(drawing(mean=3.0)))
    assert (noises, timed) == ((), True)
    assert len(run(data, x=np.zeros((1, 2), np.float32))) == 2


def test_two_ceilings_tell_no_durations() -> None:
    nodes = [*drawing(), helper.make_node("Ceil", ["noise"], ["other"])]
    assert rewired(model(nodes))[1:] == (("articlecast_noise_0",), False)


def test_a_model_without_both_stays_what_it_is() -> None:
    plain = model([helper.make_node("Neg", ["x"], ["y"])])
    data, noises, timed = rewired(plain)
    assert (noises, timed) == ((), False)
    assert onnx.load_from_string(data) == onnx.load_from_string(plain)


@given(data=st.binary(max_size=60))
@settings(deadline=None)
def test_other_bytes_are_refused_or_kept(data: bytes) -> None:
    try:
        rewired(data)
    except ValueError:
        return


@pytest.mark.parametrize("cut", [1, 10, 50])
def test_a_model_that_is_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(ValueError, match=r"cut short|no ONNX model"):
        rewired(model(drawing())[:-cut])
