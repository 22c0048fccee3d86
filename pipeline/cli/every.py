"""Going through the articles that a command is given, one by one: what fails does not stop the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.api import Article, Options


def each(
    places: Sequence[Path | str], options: Options, act: Callable[[Path | Article], int | None], *, scripts: bool = True
) -> int:
    """Do something with every article in ``places``; feeds and books may hold several.

    Args:
        places: Paths and addresses.
        options: What the command was given.
        act: Given an article, or the path of a narration script; may answer an exit code.
        scripts: Whether narration scripts are taken as such.

    Returns:
        The exit code: of what failed, else of what was asked wrongly, else of what waits for a person.
    """
    from pipeline import api

    codes = [0]

    def attempt(source: Path | Article) -> None:
        try:
            codes.append(act(source) or 0)
        except PipelineError as error:
            complain(error)
            codes.append(error.exit_code)

    for place in places:
        if scripts and isinstance(place, Path) and api.is_script(place):
            attempt(place)
            continue
        try:
            for article in api.articles(place, options):
                attempt(article)
        except PipelineError as error:
            complain(error)
            codes.append(error.exit_code)
    return next((code for code in (1, 2, 3) if code in codes), 0)


def complain(error: PipelineError) -> None:
    """Print an error as its one line."""
    click.echo(f"articlecast: {' '.join(str(error).split())}", err=True)
