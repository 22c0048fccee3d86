"""A step of the build that can be cached."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from pipeline.model.codec import canonical_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What a room is asked to do.

    Attributes:
        room: Name of the room (``"speak"``, ``"encode"``).
        schema: Raised when our code's meaning changes, so that old results are not taken for new ones.
        inputs: Plain data: everything that can change the result, and nothing else.
    """

    room: str
    schema: int
    inputs: dict[str, Any]
    _key: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    def key(self) -> str:
        """The sha256 of the canonical JSON, hex; worked out once."""
        if not self._key:
            text = canonical_json({"room": self.room, "schema": self.schema, "inputs": self.inputs})
            self._key.append(hashlib.sha256(text.encode()).hexdigest())
        return self._key[0]
