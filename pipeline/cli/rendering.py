"""Commands that make sound."""

from __future__ import annotations

import contextlib
import json
import math
import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.every import complain
from pipeline.cli.progress import Reporter
from pipeline.errors import PipelineError, SeveralArticles, UsageError
from pipeline.model.limits import TIMEOUT_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.api import Article, Estimate, Failed, Options, Report
    from pipeline.model.episode import Rendition
    from pipeline.publish.inspect import Problem

EXAMPLE = Path("examples/why-bread-rises.md")


@click.command()
@click.argument("articles", nargs=-1, metavar="[ARTICLE…]", callback=options.places)
@click.option("--list", "lists", type=click.Path(path_type=Path), multiple=True, help="File of articles, one a line.")
@click.option("--output", type=click.Path(path_type=Path), help="Folder for episodes [default: output].")
@click.option("--sidecars", default="", metavar="LIST", help="Files beside the audio: all, none, or their names.")
@click.option(
    "--executor", default="auto", help="Where the work is done: auto, inline, processes, dask, tcp://HOST:PORT."
)
@click.option(
    "--timeout",
    "timeout_s",
    type=click.FloatRange(min=0.1),
    default=TIMEOUT_S,
    show_default=True,
    metavar="SECONDS",
    help="Give an utterance up after so long, and as long again for every 120 characters.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would be done, and about how long it takes.")
@click.option("--plain", is_flag=True, help="No progress bar: a line for every tenth.")
@click.option("--no-check", "unchecked", is_flag=True, help="Do not read the finished files back.")
@options.rendering
@options.as_json
def render(
    articles: tuple[Path | str, ...],
    lists: tuple[Path, ...],
    dry_run: bool,
    plain: bool,
    unchecked: bool,
    as_json: bool,
    **chosen: Any,
) -> int:
    """Render articles (files, folders, addresses, books, feeds), or narration scripts, into episodes.

    Each becomes a folder with audio, transcript and chapters. Only what changed since the last time is spoken; what
    several articles share is spoken once. An article that fails does not stop the others.
    """
    from pipeline import api

    chosen_options = options.collect(**chosen)
    places = [*articles, *(place for path in lists for place in api.listed(path))]
    if not places:
        raise UsageError("name at least one article, folder, feed or --list")
    if len(places) == 1 and not dry_run:
        with contextlib.suppress(SeveralArticles):
            alone = _alone(places[0], chosen_options)
            if alone is not None:
                return _render_one(alone, chosen_options, plain, as_json, check=not unchecked)
    return _render_all(places, chosen_options, plain, as_json, dry_run, check=not unchecked)


def _alone(place: Path | str, chosen: Options) -> Path | Article | None:
    """The only article at a place; None where there are several."""
    from pipeline import api

    if isinstance(place, Path) and place.is_dir():
        return None
    if isinstance(place, Path) and place.is_file():
        return place  # whether it holds one article or several is found out when it is read for its render
    found = list(islice(api.articles(place, chosen), 2))
    return found[0] if len(found) == 1 else None


def _render_all(
    places: Sequence[Path | str], chosen: Options, plain: bool, as_json: bool, dry_run: bool, *, check: bool
) -> int:
    from pipeline import api

    reporter = Reporter(plain=plain, quiet=as_json)
    codes = [0]

    def complain_of(failed: Failed) -> None:
        codes.append(failed.error.exit_code)
        where = "" if failed.error.where else f"{failed.source}: "
        complain(PipelineError(f"{where}{failed.error}"))

    try:
        looked = api.survey(places, chosen, reporter, keep=not dry_run)
        if dry_run and as_json:
            click.echo(json.dumps(_told(looked.estimate)))
        elif looked.sources and not as_json:
            click.echo(_foreseen(looked.estimate), err=not dry_run)
        if dry_run:
            for failed in looked.failed:
                complain_of(failed)
            return _code(codes)
        made = 0
        for one in api.render_all(looked, chosen, reporter, check=check):
            reporter.close()
            if isinstance(one, api.Failed):
                complain_of(one)
                continue
            made += 1
            codes.append(int(bool(one.problems)))
            if as_json:
                click.echo(json.dumps(_plain(one), ensure_ascii=False))
            else:
                _tell(one)
    finally:
        reporter.close()
    if looked.sources and not as_json:
        click.echo(f"{made} of {len(codes) - 1} articles rendered", err=True)
    return _code(codes)


def _code(codes: Sequence[int]) -> int:
    """Of what failed, else of what was asked wrongly, else of what waits for a person."""
    return next((code for code in (1, 2, 3) if code in codes), 0)


def _told(estimate: Estimate) -> dict[str, Any]:
    return {name: getattr(estimate, name) for name in estimate.__dataclass_fields__}


def _foreseen(estimate: Estimate) -> str:
    """The estimate as a line for people."""
    count = f"{estimate.articles} article{'s' if estimate.articles != 1 else ''}"
    if not estimate.speak and not estimate.encode:
        return f"{count}: nothing to speak or encode"
    from pipeline.units import clock

    work = [f"{estimate.speak} utterances to speak ({estimate.characters:,} characters)"]
    if estimate.encode:
        work.append(f"{estimate.encode} to encode")
    minutes = "time not known for this voice yet" if estimate.seconds is None else f"about {_while(estimate.seconds)}"
    sound = f"about {clock(round(estimate.audio_s * 1000))} of sound, {_size(estimate.bytes)}; {minutes}"
    return f"{count}, {estimate.fresh} unchanged: {', '.join(work)}; {sound}"


def _while(seconds: float) -> str:
    return f"{max(1, round(seconds))} s" if seconds < 90 else f"{seconds / 60:.0f} min"


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


def _render_one(article: Path | Article, chosen: Options, plain: bool, as_json: bool, *, check: bool = True) -> int:
    from pipeline import api

    reporter = Reporter(plain=plain, quiet=as_json)
    try:
        report = api.render(article, chosen, reporter, check=check)
    finally:
        reporter.close()
    if as_json:
        click.echo(json.dumps(_plain(report), ensure_ascii=False))
    else:
        _tell(report)
    return int(bool(report.problems))


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
        "problems": [problem(one, report.directory) for one in report.problems],
    }


def problem(one: Problem, folder: Path) -> dict[str, Any]:
    """A problem of a finished file, as plain data."""
    place = {"at_s": one.at_s, "utterance": one.utterance, "line": one.line}
    return {"path": shown(folder / one.path), "what": one.what, **place}


def problem_line(one: Problem, folder: Path, script: Path) -> str:
    """A problem of a finished file, as a line for people."""
    from pipeline.units import timecode

    time = "" if one.at_s is None else f" {timecode(round(1000 * one.at_s))}"
    line = f"{shown(script)}:{one.line} " if one.line else ""
    return f"{shown(folder / one.path)}{time}: {line}{one.what}"


def _tell(report: Report) -> None:
    first = report.episode.renditions[0]
    chapters = len(first.timeline.chapters)
    click.echo(f"{report.episode.title}: {_duration(first)}, {chapters} chapter{'s' if chapters != 1 else ''}")
    for rendition in report.episode.renditions:
        level = f"{rendition.loudness_lufs:.1f} LUFS, peak {rendition.true_peak_dbtp:.1f} dBTP"
        click.echo(f"  {shown(report.directory / rendition.file.path)}  {_size(rendition.file.bytes)}, {level}")
    for file in report.episode.sidecars:
        if not file.media_type.startswith("image/"):  # they are the pages'
            click.echo(f"  {shown(report.directory / file.path)}")
    click.echo(f"  {shown(report.script)}  (edit it, run the same command again)")
    reused = report.utterances - report.spoken
    plural = "utterance" if report.spoken == 1 else "utterances"
    click.echo(f"{report.spoken} {plural} spoken, {reused} reused; {report.seconds:.1f} s")
    for warning in report.warnings:
        click.echo(f"note: {warning}", err=True)
    for one in report.problems:
        click.echo(f"problem: {problem_line(one, report.directory, report.script)}", err=True)


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
