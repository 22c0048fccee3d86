"""A Kokoro model and its voices, made in a moment: each phoneme is a tone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SPEAKERS = ("af_heart", "bm_george", "ff_siwi", "jf_alpha", "zm_yunxi", "my_own")
PHONEME = 2400
"""Samples that the model gives each token at 100 %."""


def write_model(path: Path, *, tokens: str = "tokens", timed: bool = False) -> None:
    """A model with Kokoro's inputs and outputs: each token sounds for 0.1 s, as loud as the style's first number."""
    numbers: dict[str, NDArray[Any]] = {
        "period": np.sin(2 * np.pi * 150 * np.arange(PHONEME) / 24_000).astype(np.float32).reshape(1, PHONEME),
        "one": np.array([1], np.int64),
        "all": np.array([-1], np.int64),
        "zero": np.array([0], np.int64),
        "column": np.array([-1, 1], np.int64),
    }
    nodes = [
        helper.make_node("Cast", [tokens], ["float"], to=TensorProto.FLOAT),
        helper.make_node("Sign", ["float"], ["on"]),  # the pads are silent
        helper.make_node("Reshape", ["on", "column"], ["gates"]),
        helper.make_node("MatMul", ["gates", "period"], ["tones"]),
        helper.make_node("Reshape", ["tones", "all"], ["sound"]),
        helper.make_node("Slice", ["style", "zero", "one", "one"], ["level"]),
        helper.make_node("Reshape", ["level", "one"], ["loud"]),
        helper.make_node("Mul", ["sound", "loud"], ["full"]),
        helper.make_node("Shape", ["full"], ["count"]),
        helper.make_node("Cast", ["count"], ["many"], to=TensorProto.FLOAT),
        helper.make_node("Div", ["many", "speed"], ["some"]),
        helper.make_node("Cast", ["some"], ["end"], to=TensorProto.INT64),
        helper.make_node("Slice", ["full", "zero", "end"], ["audio"]),
    ]
    outputs = [helper.make_tensor_value_info("audio", TensorProto.FLOAT, ["samples"])]
    if timed:
        nodes.append(helper.make_node("Abs", [tokens], ["sized"]))
        nodes.append(helper.make_node("Mul", ["sized", "zero"], ["nothing"]))
        nodes.append(helper.make_node("Add", ["nothing", "one"], ["duration"]))
        outputs.append(helper.make_tensor_value_info("duration", TensorProto.INT64, [1, "tokens"]))
    graph = helper.make_graph(
        nodes,
        "tiny",
        [
            helper.make_tensor_value_info(tokens, TensorProto.INT64, [1, "n"]),
            helper.make_tensor_value_info("style", TensorProto.FLOAT, [1, 256]),
            helper.make_tensor_value_info("speed", TensorProto.FLOAT, [1]),
        ],
        outputs,
        [onnx.numpy_helper.from_array(value, name) for name, value in numbers.items()],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)


def write_voices(path: Path, speakers: tuple[str, ...] = SPEAKERS) -> None:
    style = np.full((510, 1, 256), 0.5, np.float32)
    style[:, 0, 0] = np.linspace(0.4, 0.6, 510)
    with path.open("wb") as file:
        np.savez(file, **dict.fromkeys(speakers, style))  # type: ignore[arg-type]
