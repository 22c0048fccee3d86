"""Commands that make sound."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.every import each
from pipeline.cli.progress import Reporter
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.api import Article, Options, Report
    from pipeline.model.episode import Rendition

EXAMPLE = Path("examples/why-bread-rises.md")


@click.command()
@options.articles
@click.option("--output", type=click.Path(path_type=Path), help="Folder for episodes [default: output].")
@click.option("--sidecars", default="", metavar="LIST", help="Files beside the audio: all, none, or their names.")
@click.option("--executor", default="auto", help="Where the work is done: auto, inline or processes.")
@click.option("--plain", is_flag=True, help="No progress bar: a line for every tenth.")
@options.rendering
@options.as_json
def render(articles: tuple[Path | str, ...], plain: bool, as_json: bool, **chosen: Any) -> int:
    """Render articles (files, addresses, books, feeds), or narration scripts, into episodes.

    Each becomes a folder with audio, transcript and chapters. Only what changed since the last time is spoken.
    """
    chosen_options = options.collect(**chosen)
    return each(articles, chosen_options, lambda article: _render_one(article, chosen_options, plain, as_json))


@click.command()
@click.option("--voice", default="", help="engine[:voice].")
@click.option("--plain", is_flag=True, help="No progress bar: a line for every tenth.")
def episode(voice: str, plain: bool) -> int:
    """Render the example article that comes with the source: a first episode to listen to."""
    root = Path(__file__).resolve().parent.parent.parent
    if not (root / EXAMPLE).exists():
        raise UsageError("the example comes with the source of articlecast; render an article of yours instead")
    chosen = options.collect(scripts=root / "scripts", output=root / "output", voice=voice)
    return _render_one(root / EXAMPLE, chosen, plain, as_json=False)


@click.command()
@click.argument("text")
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path), help="Audio file to write.")
@options.saying
def say(text: str, target: Path, **chosen: Any) -> None:
    """Speak TEXT into one audio file; its ending names the format."""
    from pipeline import api

    report = api.say(text, target, options.collect(**chosen))
    for warning in report.warnings:
        click.echo(f"note: {warning}", err=True)
    click.echo(f"{shown(target)}  {_duration(report.rendition)}")


def shown(path: Path) -> str:
    """``path`` relative to the current folder where that is possible, with forward slashes."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive on Windows
        return path.as_posix()


def _render_one(article: Path | Article, chosen: Options, plain: bool, as_json: bool) -> int:
    from pipeline import api

    reporter = Reporter(plain=plain, quiet=as_json)
    try:
        report = api.render(article, chosen, reporter)
    finally:
        reporter.close()
    if as_json:
        click.echo(json.dumps(_plain(report), ensure_ascii=False))
    else:
        _tell(report)
    return 0


def _plain(report: Report) -> dict[str, Any]:
    first = report.episode.renditions[0]
    files = [*(rendition.file for rendition in report.episode.renditions), *report.episode.sidecars]
    return {
        "episode": report.name,
        "directory": shown(report.directory),
        "script": shown(report.script),
        "duration_s": _seconds(first),
        "utterances": report.utterances,
        "spoken": report.spoken,
        "reused": report.utterances - report.spoken,
        "encoded": report.encoded,
        "files": [
            {
                "path": shown(report.directory / file.path),
                "media_type": file.media_type,
                "bytes": file.bytes,
                "sha256": file.sha256,
            }
            for file in files
        ],
        "loudness_lufs": _finite(first.loudness_lufs),
        "true_peak_dbtp": _finite(first.true_peak_dbtp),
        "seconds": report.seconds,
        "warnings": list(report.warnings),
    }


def _tell(report: Report) -> None:
    first = report.episode.renditions[0]
    chapters = len(first.timeline.chapters)
    click.echo(f"{report.episode.title}: {_duration(first)}, {chapters} chapter{'s' if chapters != 1 else ''}")
    for rendition in report.episode.renditions:
        level = f"{rendition.loudness_lufs:.1f} LUFS, peak {rendition.true_peak_dbtp:.1f} dBTP"
        click.echo(f"  {shown(report.directory / rendition.file.path)}  {_size(rendition.file.bytes)}, {level}")
    for file in report.episode.sidecars:
        click.echo(f"  {shown(report.directory / file.path)}")
    click.echo(f"  {shown(report.script)}  (edit it, run the same command again)")
    reused = report.utterances - report.spoken
    plural = "utterance" if report.spoken == 1 else "utterances"
    click.echo(f"{report.spoken} {plural} spoken, {reused} reused; {report.seconds:.1f} s")
    for warning in report.warnings:
        click.echo(f"note: {warning}", err=True)


def _seconds(rendition: Rendition) -> float:
    from pipeline.units import seconds_from_samples

    return seconds_from_samples(rendition.timeline.length, rendition.timeline.sample_rate_hz)


def _duration(rendition: Rendition) -> str:
    from pipeline.units import clock

    return clock(round(_seconds(rendition) * 1000))


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
