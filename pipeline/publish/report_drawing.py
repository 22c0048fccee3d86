"""The drawings of the report: waveform and loudness as inline SVG, coloured by the page's style."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.publish.measure import short_term
from pipeline.units import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from pipeline.model.timeline import Cue, Timeline
    from pipeline.publish.measure import Measured

LEFT, WIDTH, RIGHT = 40, 1140, 20
WAVE_HEIGHT, LOUD_HEIGHT, FOOT = 160, 180, 24
LOWEST_LUFS, HIGHEST_LUFS = -40.0, -5.0
TICKS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
MOST_TICKS = 12


def waveform(measured: Measured, timeline: Timeline, new: Sequence[Cue], problems_s: Iterable[float]) -> str:
    """Peaks in columns, chapters, what was spoken anew, and where problems are.

    Args:
        measured: The sound.
        timeline: The file's own.
        new: Cues that were spoken in the last render.
        problems_s: Where something is wrong, in seconds.
    """
    middle = WAVE_HEIGHT / 2 + 14
    top, bottom = 14, 14 + WAVE_HEIGHT
    across = _Across(timeline)
    parts = []
    for cue in new:
        left, right = across.at(cue.start), across.at(cue.end)
        wide = max(1.5, right - left)
        parts.append(f'<rect class="new" x="{left:.1f}" y="{top}" width="{wide:.1f}" height="{WAVE_HEIGHT}"/>')
        parts.append(f'<rect class="newtop" x="{left:.1f}" y="{top}" width="{wide:.1f}" height="3"/>')
    columns = _columns(measured.peaks, WIDTH) * (WAVE_HEIGHT / 2)
    upper = " ".join(f"{LEFT + x},{middle - max(0.4, y):.1f}" for x, y in enumerate(columns))
    lower = " ".join(f"{LEFT + x},{middle + max(0.4, y):.1f}" for x, y in reversed(list(enumerate(columns))))
    parts.append(f'<polygon class="wave" points="{upper} {lower}"/>')
    parts += _chapters(timeline, across, top, bottom)
    for at_s in problems_s:
        x = across.at(round(at_s * timeline.sample_rate_hz))
        parts.append(f'<path class="bad" d="M{x - 6:.1f} 1h12l-6 11z"/>')
    parts += _axis(timeline, across, bottom)
    told = f"{len(timeline.chapters)} chapters; {len(new)} sentences marked as new"
    return _svg(bottom + FOOT, "Waveform of the episode", told, parts)


def loudness(measured: Measured, timeline: Timeline, target_lufs: float) -> str:
    """Short-term loudness over time, and the target."""
    top, bottom = 8, 8 + LOUD_HEIGHT
    across = _Across(timeline)

    def down(level: float) -> float:
        part = (min(max(level, LOWEST_LUFS), HIGHEST_LUFS) - LOWEST_LUFS) / (HIGHEST_LUFS - LOWEST_LUFS)
        return bottom - part * LOUD_HEIGHT

    high, low = down(target_lufs + 1), down(target_lufs - 1)
    parts = [f'<rect class="band" x="{LEFT}" y="{high:.1f}" width="{WIDTH}" height="{low - high:.1f}"/>']
    for level in range(int(LOWEST_LUFS), int(HIGHEST_LUFS), 5):
        y = down(level)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">−{-level}</text>')
    y = down(target_lufs)
    parts.append(f'<line class="target" x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
    columns = _columns(np.maximum(short_term(measured.energies), LOWEST_LUFS), WIDTH)
    points = " ".join(f"{LEFT + x},{down(float(level)):.1f}" for x, level in enumerate(columns))
    parts.append(f'<polyline class="loud" points="{points}"/>')
    parts += _chapters(timeline, across, top, bottom)
    parts += _axis(timeline, across, bottom)
    told = f"Integrated {measured.loudness_lufs:.2f} LUFS, target {target_lufs:g} LUFS"
    return _svg(bottom + FOOT, "Short-term loudness in LUFS over time", told, parts)


class _Across:
    """From samples of the timeline to places in the drawing."""

    def __init__(self, timeline: Timeline) -> None:
        self.scale = WIDTH / max(1, timeline.length)

    def at(self, sample: int) -> float:
        return LEFT + sample * self.scale


def _columns(values: NDArray[np.floating], count: int) -> NDArray[np.float64]:
    """The largest of the values in each of ``count`` columns."""
    if not len(values):
        return np.zeros(count)
    edges = np.linspace(0, len(values), count + 1)
    firsts = np.minimum(edges[:-1].astype(np.int64), len(values) - 1)
    lasts = np.maximum(np.ceil(edges[1:]).astype(np.int64), firsts + 1)
    return np.array([values[first:last].max() for first, last in zip(firsts, lasts, strict=True)], np.float64)


def _chapters(timeline: Timeline, across: _Across, top: int, bottom: int) -> Iterator[str]:
    end = 0.0
    for number, mark in enumerate(timeline.chapters, start=1):
        x = across.at(mark.start)
        yield f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>'
        if x >= end:  # numbers that would stand on each other are left out
            yield f'<text x="{x + 3:.1f}" y="{top + 11}">{number}</text>'
            end = x + 24


def _axis(timeline: Timeline, across: _Across, bottom: int) -> Iterator[str]:
    seconds = timeline.length / timeline.sample_rate_hz
    step = next((one for one in TICKS_S if seconds / one <= MOST_TICKS), TICKS_S[-1] * 2)
    for second in range(0, int(seconds) + 1, step):
        x = across.at(second * timeline.sample_rate_hz)
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{bottom}" y2="{bottom + 5}"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{clock(1000 * second)}</text>'


def _svg(height: int, title: str, told: str, parts: Sequence[str]) -> str:
    whole = LEFT + WIDTH + RIGHT
    return (
        f'<svg role="img" viewBox="0 0 {whole} {height}" aria-label="{title}. {told}. The tables on this page say it '
        f'in numbers.">{"".join(parts)}</svg>'
    )
