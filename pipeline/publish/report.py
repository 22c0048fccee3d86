"""The report on an episode: one HTML page that asks nothing of the network and needs no script.

All that is drawn stands in tables too, for those who do not see the drawing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from pipeline.publish import report_drawing as drawing
from pipeline.units import clock, ms_from_samples, seconds_from_samples, timecode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.model.timeline import Timeline
    from pipeline.publish.inspect import Problem
    from pipeline.publish.measure import Measured

    Row = tuple[str, str, float | None, int]

PAUSES_MS = (200, 300, 400, 500, 700, 1000, 1500, 2000)
"""Pauses are counted between these."""

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #57606a; --line: #c4ccd4; --wave: #2f6db5;
  --new: #b45309; --newback: #fde9cf; --band: #e3efe3; --target: #1a7f37; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --paper: #14181d; --soft: #a3adb8; --line: #434c56;
  --wave: #79b0ef; --new: #f0b060; --newback: #4a3312; --band: #1e3324; --target: #6cc787; --bad: #ff8f85; } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto;
  max-width: 76rem; padding: 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
p { margin: .4rem 0; } .soft, figcaption { color: var(--soft); } figure { margin: 0; }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline: 3px solid var(--wave); }
svg { display: block; width: 100%; min-width: 44rem; height: auto; font: 12px system-ui, sans-serif; }
.wave { fill: var(--wave); } .new { fill: var(--newback); } .newtop { fill: var(--new); }
.band { fill: var(--band); } .target { stroke: var(--target); stroke-width: 1.5; stroke-dasharray: 6 4; }
.loud { fill: none; stroke: var(--wave); stroke-width: 1.5; } .grid { stroke: var(--line); }
.mark { stroke: var(--soft); stroke-dasharray: 2 3; } .bad { fill: var(--bad); } svg text { fill: var(--ink); }
table { border-collapse: collapse; } caption { text-align: left; color: var(--soft); padding-bottom: .2rem; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .8rem .25rem 0; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; } .n { text-align: right; font-variant-numeric: tabular-nums;
  overflow-wrap: normal; white-space: nowrap; } thead th { overflow-wrap: normal; }
.verdict { border-left: .4rem solid var(--target); padding-left: .8rem; } .verdict.no { border-color: var(--bad); }
summary { cursor: pointer; padding: .2rem 0; min-height: 24px; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """An audio file in the report.

    Attributes:
        decoded: Whether its figures were measured on the decoded sound.
        clips: How many clips were found in it.
        furthest_ms: How far the worst of them is from its place.
    """

    path: str
    bytes: int
    duration_s: float
    loudness_lufs: float
    true_peak_dbtp: float
    decoded: bool
    clips: int
    furthest_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the report shows.

    Attributes:
        timeline: Of the first audio file.
        measured: Its sound; None where it could not be decoded.
        problems: (path, what, seconds or None, line of the script or 0).
        spoken: Ids of what the last render spoke; None where that is not known.
        lines: Line of the script by id.
    """

    title: str
    language: str
    target_lufs: float
    files: tuple[FileRow, ...]
    timeline: Timeline
    measured: Measured | None
    problems: tuple[Row, ...]
    notes: tuple[str, ...]
    spoken: tuple[str, ...] | None
    lines: Mapping[str, int]


def row(problem: Problem) -> Row:
    """A problem as the report has it."""
    return problem.path, f"{problem.path}: {problem.what}", problem.at_s, problem.line


def html(page: Page) -> str:
    """The page."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>Report: {escape(page.title)}</title><style>{_STYLE}</style></head><body>",
        f'<header><h1 lang="{escape(page.language)}">{escape(page.title)}</h1>{_head(page)}</header><main>',
        *_problems(page),
        *_files(page),
        *(
            _drawings(page)
            if page.measured
            else ["<p>The sound could not be decoded, so there is nothing to draw.</p>"]
        ),
        *_chapters(page),
        *_spoken(page),
        *_pauses(page),
        *(_minutes(page) if page.measured else ()),
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _head(page: Page) -> str:
    timeline = page.timeline
    seconds = seconds_from_samples(timeline.length, timeline.sample_rate_hz)
    counts = f"{len(timeline.chapters)} chapters, {len(timeline.cues)} sentences"
    return f'<p class="soft">{clock(round(seconds * 1000))}, {counts}</p>'


def _problems(page: Page) -> Iterator[str]:
    count = len(page.problems)
    if not count:
        yield '<section class="verdict"><h2>No problems found</h2>'
    else:
        yield f'<section class="verdict no"><h2>{count} problem{"s" if count > 1 else ""} found</h2><ul>'
        for _, what, at_s, line in page.problems:
            where = [f"at {timecode(round(at_s * 1000))}"] if at_s is not None else []
            where += [f"script line {line}"] if line else []
            place = f" ({', '.join(where)})" if where else ""
            yield f"<li>{escape(what + place)}</li>"
        yield "</ul>"
    yield from (f"<p>Note: {escape(note)}</p>" for note in page.notes)
    yield "</section>"


def _files(page: Page) -> Iterator[str]:
    rows = [
        (
            escape(one.path),
            clock(round(one.duration_s * 1000)),
            f"{one.bytes / 1e6:.2f}",
            _number(one.loudness_lufs),
            _number(one.true_peak_dbtp),
            "decoded" if one.decoded else "clip by clip",
            str(one.clips) if one.decoded else "",
            f"{one.furthest_ms:.2f}" if one.decoded and one.clips else "",
        )
        for one in page.files
    ]
    names = ("File", "Length", "Size, MB", "LUFS", "Peak, dBTP", "Measured", "Clips found", "Furthest off, ms")
    caption = f"Target: {_number(page.target_lufs)} LUFS"
    yield f"<section><h2>Audio files</h2>{_table(caption, names, rows)}</section>"


def _drawings(page: Page) -> Iterator[str]:
    assert page.measured is not None
    timeline = page.timeline
    new = [cue for cue in timeline.cues if page.spoken and cue.id in set(page.spoken)]
    every = len(new) == len(timeline.cues)
    marks = [one[2] for one in page.problems if one[2] is not None]
    yield "<section><h2>Waveform</h2>"
    told = "" if every or not new else ", what the last render spoke with a coloured ground"
    caption = f"Peaks of {escape(page.files[0].path)}; dotted lines begin chapters{told}."
    yield _figure("waveform", drawing.waveform(page.measured, timeline, () if every else new, marks), caption)
    yield "</section><section><h2>Loudness</h2>"
    caption = (
        f"Short-term loudness (3 s); dashed: the target, {_number(page.target_lufs)} LUFS, which the whole must meet; "
        "the ground: 1 LU around it. Sentence by sentence it goes up and down; table below."
    )
    yield _figure("loudness", drawing.loudness(page.measured, timeline, page.target_lufs), caption)
    yield "</section>"


def _figure(name: str, svg: str, caption: str) -> str:
    scroll = f'<div class="scroll" tabindex="0" role="group" aria-label="Drawing: {name}">{svg}</div>'
    return f"<figure>{scroll}<figcaption>{caption}</figcaption></figure>"


def _chapters(page: Page) -> Iterator[str]:
    timeline = page.timeline
    counts = [0] * len(timeline.chapters)
    for cue in timeline.cues:
        counts[cue.chapter] += 1
    rows = []
    for number, mark in enumerate(timeline.chapters):
        length_s = seconds_from_samples(mark.end - mark.start, timeline.sample_rate_hz)
        rows.append(
            (
                str(number + 1),
                timecode(ms_from_samples(mark.start, timeline.sample_rate_hz)),
                clock(round(length_s * 1000)),
                str(counts[number]),
                _number(_between(page, mark.start, mark.end)),
                f'<span lang="{escape(page.language)}">{escape(mark.title)}</span>',
            )
        )
    names = ("No.", "Begins", "Length", "Sentences", "LUFS", "Title")
    yield f"<section><h2>Chapters</h2>{_table('In the first audio file', names, rows, last_is_text=True)}</section>"


def _between(page: Page, start: int, end: int) -> float:
    """Integrated loudness of a part."""
    if page.measured is None:
        return math.nan
    from pipeline.audio.loudness import integrated

    block = page.timeline.sample_rate_hz // 10
    return integrated(page.measured.energies[start // block : -(-end // block)])


def _spoken(page: Page) -> Iterator[str]:
    yield "<section><h2>Spoken in the last render</h2>"
    cues = page.timeline.cues
    if page.spoken is None:
        yield "<p>That is not known any more.</p></section>"
        return
    ids = set(page.spoken)
    new = [cue for cue in cues if cue.id in ids]
    if not new:
        yield "<p>Nothing: all sentences were reused.</p></section>"
        return
    if len(new) == len(cues):
        yield f"<p>All {len(cues)} sentences.</p></section>"
        return
    rate = page.timeline.sample_rate_hz
    rows = [
        (
            timecode(ms_from_samples(cue.start, rate)),
            str(page.lines.get(cue.id, "")),
            f'<span lang="{escape(page.language)}">{escape(cue.spoken or cue.id)}</span>',
        )
        for cue in new
    ]
    caption = f"{len(new)} of {len(cues)} sentences"
    yield f"{_table(caption, ('Begins', 'Line', 'Sentence'), rows, last_is_text=True)}</section>"


def _pauses(page: Page) -> Iterator[str]:
    timeline = page.timeline
    every = [
        ms_from_samples(after.start - before.end, timeline.sample_rate_hz) for before, after in pairwise(timeline.cues)
    ]
    yield "<section><h2>Pauses</h2>"
    if not every:
        yield "<p>None.</p></section>"
        return
    rows = []
    for low, high in pairwise((0, *PAUSES_MS, 10**9)):
        count = sum(low <= one < high for one in every)
        if count:
            name = f"{low}–{high}" if high < 10**9 else f"{low} and more"
            rows.append((name, str(count)))
    caption = f"Shortest {min(every)} ms, middle {median(every):.0f} ms, longest {max(every)} ms"
    yield f"{_table(caption, ('Length, ms', 'How many'), rows)}</section>"


def _minutes(page: Page) -> Iterator[str]:
    assert page.measured is not None
    rate, peaks = page.timeline.sample_rate_hz, page.measured.peaks
    rows = []
    for start in range(0, page.timeline.length, 60 * rate):
        minute = peaks[start * 10 // rate : (start + 60 * rate) * 10 // rate]
        peak = float(minute.max(initial=0.0))
        level = _between(page, start, min(start + 60 * rate, page.timeline.length))
        rows.append(
            (clock(start * 1000 // rate), _number(level), _number(20 * math.log10(peak) if peak else -math.inf))
        )
    table = _table("Each minute of the first audio file", ("From", "LUFS", "Sample peak, dBFS"), rows)
    yield f"<section><h2>Loudness by the minute</h2><details><summary>Table</summary>{table}</details></section>"


def _table(caption: str, names: Sequence[str], rows: Iterable[Sequence[str]], *, last_is_text: bool = False) -> str:
    """A table; the first column names the row where it is text, numbers stand to the right."""
    last = len(names) - 1

    def side(column: int, cell: str) -> str:
        text = (last_is_text and column == last) or not (cell[:1].isdigit() or cell.startswith("−"))
        return "" if text else ' class="n"'

    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td{side(column, cell)}>{cell}</td>" for column, cell in enumerate(cells)) + "</tr>"
        for cells in rows
    )
    table = f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(names[0])} table">{table}</div>'


def _number(value: float) -> str:
    """Two decimals with a true minus sign; nothing for what is not known or silence."""
    return f"{value:.2f}".replace("-", "−") if math.isfinite(value) else ""
