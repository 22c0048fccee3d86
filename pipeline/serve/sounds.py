"""Sounds of single sentences as files, so that a browser can ask for pieces of them; gone when the server ends."""

from __future__ import annotations

import hashlib
import tempfile
import threading
from pathlib import Path

MOST = 100
"""Sentences kept; the one that was heard longest ago goes first."""


class Sounds:
    """A folder of the last sounds that were asked for."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="articlecast-serve-", ignore_cleanup_errors=True)
        self._kept: dict[str, Path] = {}
        self._lock = threading.Lock()

    def keep(self, data: bytes) -> Path:
        """The file that holds ``data``."""
        key = hashlib.sha256(data).hexdigest()[:32]
        with self._lock:
            path = self._kept.pop(key, None) or Path(self._folder.name) / f"{key}.wav"
            if not path.exists():
                path.write_bytes(data)
            self._kept[key] = path
            while len(self._kept) > MOST:
                oldest = next(iter(self._kept))
                self._kept.pop(oldest).unlink(missing_ok=True)
        return path

    def close(self) -> None:
        """Remove them all."""
        self._folder.cleanup()
