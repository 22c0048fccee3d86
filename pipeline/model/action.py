"""A step of the build that can be cached."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
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

    def key(self) -> str:
        """sha256 of the canonical JSON, hex."""
        text = canonical_json({"room": self.room, "schema": self.schema, "inputs": self.inputs})
        return hashlib.sha256(text.encode()).hexdigest()
