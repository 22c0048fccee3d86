"""A Piper voice, made in a moment: each phoneme is a tone with the network's noise on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

HOP = 256
FRAMES = 4
"""How long each phoneme id lasts at 100 %."""


def write_voice(path: Path, *, speakers: int = 1, drawn: str = "RandomNormalLike", **settings: Any) -> Path:
    """A voice at ``path``, in which speakers differ in level; ``settings`` replace those beside it."""
    numbers: dict[str, NDArray[Any]] = {
        "period": np.sin(2 * np.pi * 4 * np.arange(HOP) / HOP).astype(np.float32).reshape(1, HOP) * np.float32(0.3),
        "soft": np.array([0.01], np.float32),
        "half": np.array([0.5], np.float32),
        "frames": np.array([FRAMES], np.float32),
        "marks": np.array([3.5], np.float32),
        "column": np.array([-1, 1], np.int64),
        "row": np.array([1, -1], np.int64),
        "sound": np.array([1, 1, 1, -1], np.int64),
        "zero": np.array([0], np.int64),
        "one": np.array([1], np.int64),
        "two": np.array([2], np.int64),
    }
    nodes = [
        helper.make_node("Cast", ["input"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("Greater", ["floats", "marks"], ["sounding"]),  # pads, stops and blanks are silent
        helper.make_node("Cast", ["sounding"], ["gates"], to=TensorProto.FLOAT),
        helper.make_node("Reshape", ["gates", "column"], ["gate"]),
        helper.make_node("MatMul", ["gate", "period"], ["tones"]),
        helper.make_node("Slice", ["scales", "zero", "one"], ["noise_scale"]),
        helper.make_node("Slice", ["scales", "one", "two"], ["length_scale"]),
        helper.make_node("Mul", ["length_scale", "frames"], ["exact"]),
        helper.make_node("Mul", ["gates", "zero_float"], ["nothing"]),
        helper.make_node("Add", ["nothing", "exact"], ["lasts"]),
        helper.make_node("Ceil", ["lasts"], ["durations"]),
        helper.make_node("Ceil" if drawn == "two ceilings" else "Round", ["exact"], ["some"]),
        helper.make_node("Cast", ["some"], ["times"], to=TensorProto.INT64),
        helper.make_node("Concat", ["one", "times"], ["repeats"], axis=0),
        helper.make_node("Tile", ["tones", "repeats"], ["long"]),
        helper.make_node("Reshape", ["long", "row"], ["clean"]),
        helper.make_node("RandomNormalLike", ["clean"], ["noise"], mean=1.0 if drawn == "shifted" else None),
        helper.make_node("Mul", ["noise", "noise_scale"], ["loud"]),
        helper.make_node("Mul", ["loud", "soft"], ["noisy"]),
        helper.make_node("Add", ["clean", "noisy"], ["mixed"]),
    ]
    numbers["zero_float"] = np.array([0], np.float32)
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "n"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers > 1:
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, [1]))
        nodes.append(helper.make_node("Cast", ["sid"], ["who"], to=TensorProto.FLOAT))
        nodes.append(helper.make_node("Pow", ["half", "who"], ["level"]))
        nodes.append(helper.make_node("Mul", ["mixed", "level"], ["levelled"]))
    nodes.append(helper.make_node("Reshape", ["levelled" if speakers > 1 else "mixed", "sound"], ["output"]))
    graph = helper.make_graph(
        nodes,
        "tiny",
        inputs,
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "samples"])],
        [onnx.numpy_helper.from_array(value, name) for name, value in numbers.items()],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8), path)
    usual: dict[str, Any] = {
        "audio": {"sample_rate": 22050},
        "espeak": {"voice": "en-us"},
        "language": {"code": "en_US"},
        "num_symbols": 256,
        "num_speakers": speakers,
        "speaker_id_map": {f"speaker-{n}": n for n in range(speakers)} if speakers > 1 else {},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
    }
    path.with_name(f"{path.name}.json").write_text(json.dumps(usual | settings), encoding="utf-8")
    return path
