"""The command that checks finished episodes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.every import complain
from pipeline.cli.rendering import shown
from pipeline.errors import PipelineError, UsageError
from pipeline.units import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.api import Checked, Listened, Lost
    from pipeline.model.progress import Listener, Progress


@click.command()
@click.argument("episodes", nargs=-1, required=True, metavar="EPISODE…", type=click.Path(exists=True, path_type=Path))
@click.option("--listen", "by_ear", is_flag=True, help="Let a speech recogniser hear the audio (extra check).")
@click.option("--fix", is_flag=True, help="With --listen: speak again what was not heard, as another take.")
@click.option("--output", type=click.Path(path_type=Path), help="Folder of episodes [default: output].")
@click.option("--sidecars", default="", metavar="LIST", help="With --fix: files beside the audio, as for render.")
@options.rendering
@options.as_json
def check(episodes: tuple[Path, ...], by_ear: bool, fix: bool, as_json: bool, **chosen: Any) -> int:
    """Check that finished episodes are what their last render made; with --listen, that every word is heard.

    EPISODE is the folder of an episode, its audio file, its narration script, or its article. Sentences whose words
    are missing or wrong are listed with their time, their line in the script, and what was heard. Exit code 1 if
    anything was found.
    """
    from pipeline import api

    if fix and not by_ear:
        raise UsageError("--fix mends what --listen finds: give both")
    chosen_options = options.collect(**chosen)
    codes = [0]
    for place in episodes:
        try:
            found = api.check(place, chosen_options, by_ear=by_ear, fix=fix, listen=_reporter(as_json))
        except PipelineError as error:
            complain(error)
            codes.append(error.exit_code)
            continue
        if as_json:
            click.echo(json.dumps(_plain(found), ensure_ascii=False))
        else:
            for line in _lines(found):
                click.echo(line)
        codes.append(int(bool(found.faults or (found.listened and found.listened.lost))))
    return next((code for code in (1, 2, 3) if code in codes), 0)


def _reporter(quiet: bool) -> Listener:
    """Tells on standard error how much was heard: a line for every tenth."""
    told = 0

    def tell(event: Progress) -> None:
        nonlocal told
        tenth = 10 * event.done // event.total if event.total else 0
        if not quiet and event.stage == "listen" and tenth > told:
            click.echo(f"{event.article}: {tenth * 10} % heard", err=True)
        told = tenth if event.stage == "listen" else told

    return tell


def _lines(found: Checked) -> Iterator[str]:
    if found.faults:
        yield f"{found.name}: {_count(len(found.faults), 'file')} of {found.files} not as rendered"
    else:
        yield f"{found.name}: {_count(found.files, 'file')} as rendered (sizes and digests)"
    for fault in found.faults:
        yield f"  {shown(found.directory / fault.path)} {fault.what}"
    if found.listened:
        yield from _heard(found.listened, found.mended)


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
