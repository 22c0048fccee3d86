"""One process at a time, for what two renders must not do at once."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold ``path`` (a file or folder that need not exist) against other processes of this machine.

    The operating system lets go of the hold when its process ends, however it ends. The lock files lie in the folder
    for temporary files, so that nothing of them is seen beside scripts and episodes.
    """
    import getpass

    from filelock import FileLock

    folder = Path(tempfile.gettempdir()) / f"articlecast-locks-{getpass.getuser()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:24]
    with FileLock(folder / f"{name}.lock"):
        yield
