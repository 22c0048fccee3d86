"""Makes ``.venv`` beside the package and installs the hash-locked dependencies: standard library only.

``python -m pipeline.bootstrap`` for what running needs, ``python -m pipeline.bootstrap dev`` for what working on it
needs. A second call does nothing until a lock file changes.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
RUN = ROOT / "requirements.txt"
DEV = ROOT / "requirements-dev.txt"
OLDEST = (3, 11)


def run_inside(lock: Path) -> None:
    """Go on in ``.venv``: returns when this process runs there, else runs the same command there and ends."""
    if not lock.exists():
        return
    install(lock)
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    python = _python()
    arguments = [str(python), "-m", "pipeline", *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.run(arguments, check=False).returncode)
    os.execv(python, arguments)  # noqa: S606 - our own interpreter, no shell


def install(lock: Path) -> None:
    """Make ``.venv`` and install what ``lock`` names, unless that was done already."""
    if sys.version_info < OLDEST:
        sys.exit(f"articlecast needs Python {'.'.join(map(str, OLDEST))} or newer; this is {sys.version.split()[0]}")
    if _done(lock):
        return
    try:
        if not _python().exists():
            print(f"making {VENV.name}/ …", file=sys.stderr, flush=True)
            subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        print(f"installing what {lock.name} names …", file=sys.stderr, flush=True)
        pip = [str(_python()), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        subprocess.run([*pip, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(lock)], check=True)
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
    except (subprocess.CalledProcessError, OSError) as error:
        sys.exit(f"the installation failed: {error}\nrun the same command again, or remove {VENV} first")
    _stamp(lock).write_text("")


def _done(lock: Path) -> bool:
    """Whether ``lock``, or the larger lock that contains it, is installed as it stands."""
    return _python().exists() and (_stamp(lock).exists() or _stamp(DEV).exists())


def _stamp(lock: Path) -> Path:
    digest = hashlib.sha256(lock.read_bytes() if lock.exists() else b"")
    digest.update(RUN.read_bytes() if RUN.exists() else b"")
    return VENV / f".{lock.stem}-{digest.hexdigest()[:16]}"


def _python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


if __name__ == "__main__":
    install(DEV if sys.argv[1:] == ["dev"] else RUN)
