"""What the report on an episode draws, gathered from its render and the checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.build import finished as episodes
from pipeline.errors import UsageError
from pipeline.store.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.build.checking import Inspected
    from pipeline.build.finished import Fault, Finished


def write(finished: Finished, looked: Inspected, faults: Sequence[Fault], path: Path) -> None:
    """Write the report as one HTML page.

    Raises:
        UsageError: ``path`` is a folder.
        WriteError: It cannot be written.
    """
    from pipeline.publish import report

    if path.is_dir():
        raise UsageError("the report is one HTML file; this is a folder", str(path))
    lines = episodes.lines(finished)
    spoken = finished.told.spoken if finished.told else None
    page = report.Page(
        title=finished.script.title or finished.name,
        language=finished.script.language,
        target_lufs=finished.session.show.audio.target_lufs,
        files=tuple(
            report.FileRow(
                path=one.path,
                bytes=one.bytes,
                duration_s=one.duration_s,
                loudness_lufs=one.loudness_lufs,
                true_peak_dbtp=one.true_peak_dbtp,
                decoded=one.measured is not None,
                clips=one.clips,
                furthest_ms=one.furthest_ms,
            )
            for one in looked.audio
        ),
        timeline=looked.audio[0].timeline,
        measured=looked.audio[0].measured,
        problems=(
            *((one.path, f"{one.path} {one.what}", None, 0) for one in faults),
            *map(report.row, looked.problems),
        ),
        notes=looked.notes,
        spoken=spoken,
        lines=lines,
    )
    write_atomic(path, report.html(page).encode())
