"""The graph of a Piper voice, rewired: its noise comes in as inputs, and the durations of its phonemes go out.

Such a network (VITS) draws noise within its graph, from a generator that goes on from call to call and cannot be set
for one; and it rounds up how many frames each phoneme id lasts, on an inner wire. Both are changed in the serialized
model, in protobuf's own terms: fields of a message may be left out, put in, or follow at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = "articlecast_first"
"""An input that is always [0]: a slice in ONNX takes its borders from tensors."""
_MODEL_GRAPH, _GRAPH_NODE, _GRAPH_INPUT, _GRAPH_OUTPUT = 7, 1, 11, 12
_NODE_INPUT, _NODE_OUTPUT, _NODE_TYPE, _NODE_ATTRIBUTE = 1, 2, 4, 5
"""Numbers of fields in onnx.proto3."""
_FLOAT, _INT64 = 1, 7
"""TensorProto.DataType."""


def rewired(model: bytes) -> tuple[bytes, tuple[str, ...], bool]:
    """A serialized ONNX model whose noise comes in and whose durations, if it has any, go out as its last output.

    Returns:
        The model, the names of the inputs for noise (float32, shape (n,), n as large as the noise drawn or larger),
        and whether there are durations.
    """
    data = memoryview(model)
    graph = b""
    around: list[bytes | memoryview] = []
    for number, whole, content in _fields(data):
        if number == _MODEL_GRAPH:
            graph += content
        else:
            around.append(whole)
    kept: list[bytes | memoryview] = []
    noises: list[str] = []
    durations: list[bytes] = []
    for number, whole, content in _fields(memoryview(graph)):
        node = list(_fields(content)) if number == _GRAPH_NODE else []
        kind = b"".join(value for field, _, value in node if field == _NODE_TYPE)
        attributes = [bytes(value) for field, _, value in node if field == _NODE_ATTRIBUTE]
        plain = [one for one in attributes if not one.startswith(_field(1, b"dtype"))]
        if kind == b"Ceil":
            durations += [bytes(value) for field, _, value in node if field == _NODE_OUTPUT]
        if kind == b"RandomNormalLike" and not plain:
            shape_of = next(bytes(value) for field, _, value in node if field == _NODE_INPUT)
            drawn = next(bytes(value) for field, _, value in node if field == _NODE_OUTPUT)
            noises.append(f"articlecast_noise_{len(noises)}")
            kept += _given(noises[-1].encode(), shape_of, drawn)
        else:
            kept.append(whole)
    if noises:
        kept += [_value(_GRAPH_INPUT, name.encode(), _FLOAT) for name in noises]
        kept.append(_value(_GRAPH_INPUT, FIRST.encode(), _INT64))
    timed = len(durations) == 1
    if timed:
        kept.append(_value(_GRAPH_OUTPUT, durations[0], _FLOAT))
    return b"".join([*around, _field(_MODEL_GRAPH, b"".join(kept))]), tuple(noises), timed


def _given(noise: bytes, shape_of: bytes, drawn: bytes) -> list[bytes]:
    """Nodes that make the first of ``noise`` as ``drawn`` in the shape of ``shape_of``."""
    shape, count, flat = (drawn + end for end in (b"_shape", b"_count", b"_flat"))
    return [
        _node(b"Shape", [shape_of], shape),
        _node(b"ReduceProd", [shape], count),
        _node(b"Slice", [noise, FIRST.encode(), count], flat),
        _node(b"Reshape", [flat, shape], drawn),
    ]


def _node(kind: bytes, inputs: list[bytes], output: bytes) -> bytes:
    content = [*(_field(_NODE_INPUT, one) for one in inputs), _field(_NODE_OUTPUT, output), _field(_NODE_TYPE, kind)]
    return _field(_GRAPH_NODE, b"".join(content))


def _value(number: int, name: bytes, element: int) -> bytes:
    """A ValueInfoProto: a tensor of ``element`` and any shape."""
    return _field(number, _field(1, name) + _field(2, _field(1, bytes((1 << 3, element)))))


def _fields(data: memoryview) -> Iterator[tuple[int, memoryview, memoryview]]:
    """Number, all bytes, and content of each field of a protobuf message."""
    place = 0
    while place < len(data):
        start = place
        key, place = _varint(data, place)
        number, wire = key >> 3, key & 7
        if wire == 0:
            content = place
            _, place = _varint(data, place)
        elif wire == 2:
            size, content = _varint(data, place)
            place = content + size
        elif wire in {1, 5}:
            content = place
            place += 8 if wire == 1 else 4
        else:
            raise ValueError("it is no ONNX model")
        if place > len(data):
            raise ValueError("it is cut short")
        yield number, data[start:place], data[content:place]


def _varint(data: memoryview, place: int) -> tuple[int, int]:
    """A number and the place after it."""
    value = shift = 0
    while True:
        if place >= len(data) or shift > 63:
            raise ValueError("it is no ONNX model")
        byte = data[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value, place


def _field(number: int, content: bytes) -> bytes:
    """A length-delimited field."""
    size, length = bytearray(), len(content)
    while length > 127:
        size.append(length & 127 | 128)
        length >>= 7
    size.append(length)
    return bytes((number << 3 | 2,)) + bytes(size) + content
