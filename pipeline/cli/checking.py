"""The command that checks finished episodes."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.every import complain
from pipeline.cli.rendering import problem, problem_line, shown
from pipeline.errors import PipelineError, UsageError
from pipeline.units import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.api import Checked, Listened, Lost
    from pipeline.build.checking import AudioFile
    from pipeline.model.progress import Listener, Progress


@click.command()
@click.argument("episodes", nargs=-1, required=True, metavar="EPISODE…", type=click.Path(exists=True, path_type=Path))
@click.option("--listen", "by_ear", is_flag=True, help="Let a speech recogniser hear the audio (extra check).")
@click.option("--fix", is_flag=True, help="With --listen: speak again what was not heard, as another take.")
@click.option("--deep", is_flag=True, help="Decode all audio files, and look for every clip in them.")
@click.option("--report", type=click.Path(path_type=Path), metavar="FILE.html", help="Draw the episode on a page.")
@click.option("--output", type=click.Path(path_type=Path), help="Folder of episodes [default: output].")
@click.option("--sidecars", default="", metavar="LIST", help="With --fix: files beside the audio, as for render.")
@options.rendering
@options.as_json
def check(
    episodes: tuple[Path, ...],
    by_ear: bool,
    fix: bool,
    deep: bool,
    report: Path | None,
    as_json: bool,
    **chosen: Any,
) -> int:
    """Check that finished episodes are what their last render made, and say and last what they should.

    EPISODE is the folder of an episode, its audio file, its narration script, or its article. Durations, chapters,
    tags, transcript, pauses, loudness and peaks are looked at in the files as they are; with --deep their sound is
    measured and compared with what was spoken; with --listen a recogniser hears whether every word is said. Exit code
    1 if anything was found.
    """
    from pipeline import api

    if fix and not by_ear:
        raise UsageError("--fix mends what --listen finds: give both")
    if report is not None and len(episodes) > 1:
        raise UsageError("a report draws one episode: name one")
    chosen_options = options.collect(**chosen)
    codes = [0]
    for place in episodes:
        try:
            found = api.check(
                place, chosen_options, by_ear=by_ear, fix=fix, deep=deep, report=report, listen=_reporter(as_json)
            )
        except PipelineError as error:
            complain(error)
            codes.append(error.exit_code)
            continue
        if as_json:
            click.echo(json.dumps(_plain(found), ensure_ascii=False))
        else:
            for line in _lines(found):
                click.echo(line)
            if report is not None:
                click.echo(shown(report))
        codes.append(int(bool(found.faults or found.problems or (found.listened and found.listened.lost))))
    return next((code for code in (1, 2, 3) if code in codes), 0)


def _reporter(quiet: bool) -> Listener:
    """Tells on standard error how much was heard or measured: a line for every tenth, or file."""
    told = 0

    def tell(event: Progress) -> None:
        nonlocal told
        tenth = 10 * event.done // event.total if event.total else 0
        if not quiet and event.stage == "listen" and tenth > told:
            click.echo(f"{event.article}: {tenth * 10} % heard", err=True)
        told = tenth if event.stage == "listen" else told
        if not quiet and event.stage == "measure" and event.done == event.total:
            click.echo(f"{event.article}: a file decoded", err=True)

    return tell


def _lines(found: Checked) -> Iterator[str]:
    if found.faults:
        yield f"{found.name}: {_count(len(found.faults), 'file')} of {found.files} not as rendered"
    else:
        yield f"{found.name}: {_count(found.files, 'file')} as rendered (sizes and digests)"
    for fault in found.faults:
        yield f"  {shown(found.directory / fault.path)} {fault.what}"
    for file in found.audio:
        yield f"  {shown(found.directory / file.path)}  {_figures(file)}"
    for one in found.problems:
        yield f"  problem: {problem_line(one, found.directory, found.script)}"
    for note in found.notes:
        yield f"  note: {note}"
    if found.listened:
        yield from _heard(found.listened, found.mended)


def _figures(one: AudioFile) -> str:
    """An audio file's figures on one line."""
    figures = [
        clock(round(one.duration_s * 1000)),
        f"{one.bytes / 1e6:.2f} MB",
        _count(len(one.timeline.chapters), "chapter"),
        f"{one.loudness_lufs:.2f} LUFS",
        f"peak {one.true_peak_dbtp:.2f} dBTP",
    ]
    if one.measured is not None:
        figures.append("decoded")
        if one.clips:
            figures.append(f"{_count(one.clips, 'clip')} at most {one.furthest_ms:.2f} ms off")
        peak = one.measured.quiet_peak
        figures.append(f"pauses under {20 * math.log10(peak):.0f} dBFS" if peak > 0 else "pauses silent")
    return ", ".join(figures)


def _heard(listened: Listened, mended: tuple[Lost, ...]) -> Iterator[str]:
    told = f"{_count(listened.sentences, 'sentence')} heard, {listened.again} of them twice"
    yield f"{told}: {_count(len(listened.lost), 'sentence')} with words missing or wrong"
    for lost in listened.lost:
        yield from _sentence(lost, listened)
    for lost in mended:
        yield f"mended: {_place(lost, listened)} {lost.finding.spoken}"
    for language, count in listened.unheard:
        yield f"{_count(count, 'sentence')} not heard: no model for {language}"


def _sentence(lost: Lost, listened: Listened) -> Iterator[str]:
    yield f"  {_place(lost, listened)}"
    yield f"    spoken:  {lost.finding.spoken}"
    yield f"    heard:   {lost.finding.heard or '(nothing)'}"
    yield f"    missing: {' '.join(lost.finding.missing)}"


def _place(lost: Lost, listened: Listened) -> str:
    where = f"{shown(listened.script)}:{lost.line}" if lost.line else shown(listened.script)
    times = f"{clock(round(lost.start_s * 1000))}–{clock(round(lost.end_s * 1000))}"
    return f"{times} {where} {lost.finding.id} (take {lost.take})"


def _count(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _plain(found: Checked) -> dict[str, Any]:
    listened = found.listened
    return {
        "episode": found.name,
        "directory": shown(found.directory),
        "files": found.files,
        "faults": [{"path": shown(found.directory / one.path), "what": one.what} for one in found.faults],
        "audio": [_audio(found, one) for one in found.audio],
        "problems": [problem(one, found.directory) for one in found.problems],
        "notes": list(found.notes),
        "listened": listened
        and {
            "audio": shown(listened.audio),
            "script": shown(listened.script),
            "sentences": listened.sentences,
            "heard_twice": listened.again,
            "lost": [_lost(one) for one in listened.lost],
            "mended": [_lost(one) for one in found.mended],
            "not_heard": dict(listened.unheard),
        },
    }


def _audio(found: Checked, one: AudioFile) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "path": shown(found.directory / one.path),
        "format": one.format,
        "bytes": one.bytes,
        "duration_s": one.duration_s,
        "chapters": len(one.timeline.chapters),
        "loudness_lufs": _finite(one.loudness_lufs),
        "true_peak_dbtp": _finite(one.true_peak_dbtp),
        "decoded": one.measured is not None,
    }
    if one.measured is not None:
        plain["clips_found"] = one.clips
        plain["clips_lost_by_cache"] = one.lost_clips
        plain["furthest_ms"] = one.furthest_ms
        plain["pauses_peak"] = one.measured.quiet_peak
    return plain


def _finite(value: float) -> float | None:
    return round(value, 2) if math.isfinite(value) else None


def _lost(lost: Lost) -> dict[str, Any]:
    return {
        "utterance": lost.finding.id,
        "start_s": lost.start_s,
        "end_s": lost.end_s,
        "line": lost.line,
        "take": lost.take,
        "spoken": lost.finding.spoken,
        "heard": lost.finding.heard,
        "missing": list(lost.finding.missing),
    }
