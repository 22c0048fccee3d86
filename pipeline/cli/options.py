"""Options that several commands share, said once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.model.limits import MAX_ARCHIVE_BYTES, MAX_INPUT_BYTES

if TYPE_CHECKING:
    from pipeline.api import Options

F = TypeVar("F", bound=Callable[..., Any])


def places(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Path | str, ...]:
    """Paths as such; addresses stay as they are."""
    from pipeline.read import is_address

    return tuple(value if is_address(value) else Path(value) for value in values)


def _tag(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    from pipeline.errors import UsageError
    from pipeline.text.lexicon import is_tag

    value = _clean(value)
    if value and not is_tag(value):
        raise UsageError(f"--language must be a tag such as en or pt-BR, not {value!r}")
    return value


def language(told: str, default: str = "", *, show_default: bool = False) -> Callable[[F], F]:
    """Adds ``--language``, whose value must be made like a BCP 47 tag; ``told`` is the help."""
    return click.option(
        "--language", default=default, show_default=show_default, metavar="TAG", callback=_tag, help=told
    )


_PATH = click.Path(path_type=Path)
_SHOW = (
    click.option("--show", type=_PATH, help="show.toml of the show [default: the one in this folder]."),
    click.option("--scripts", type=_PATH, help="Folder of narration scripts [default: scripts beside show.toml]."),
)
_ARTICLE = (
    click.option("--title", default="", help="Title, instead of the article's."),
    click.option("--author", "authors", multiple=True, help="Author, instead of the article's; may be repeated."),
    language("Language as a BCP 47 tag, such as en-GB."),
    click.option("--explicit/--clean", default=None, help="Whether the content is explicit, instead of what it says."),
)
_PROFILE = click.option("--profile", default="", metavar="NAME", help="What is read: full, article or brief.")
_SPEAKING = (
    click.option("--voice", default="", help="engine[:voice], or the name of a voice in show.toml."),
    click.option("--store", default="", metavar="URL", help="Where results are cached [default: your cache folder]."),
)
articles = click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…", callback=places)
"""Adds the articles: paths and addresses."""
per_chapter = click.option("--per-chapter", is_flag=True, help="Take a book apart: one article for each chapter.")
"""Adds ``--per-chapter``."""
max_input = click.option(
    "--max-input",
    "max_input_bytes",
    type=click.IntRange(min=1),
    default=None,
    show_default=f"{MAX_INPUT_BYTES}; for EPUB and DOCX {MAX_ARCHIVE_BYTES}",
    metavar="BYTES",
    help="Refuse larger articles.",
)
"""Adds ``--max-input``."""
_FORMATS = click.option("--formats", default="", metavar="LIST", help="Audio formats, with commas [default: mp3].")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
"""Adds ``--json``."""


def reading(command: F) -> F:
    """Add the options of everything that only reads articles."""
    return _add(command, _SPEAKING[1], max_input, per_chapter)


def placing(command: F) -> F:
    """Add the options of everything that only needs to know where a show's files lie."""
    return _add(command, *_SHOW)


def narrating(command: F) -> F:
    """Add the options of everything that makes a narration script."""
    return _add(command, *_SHOW, _PROFILE, *_ARTICLE, max_input, per_chapter)


def rendering(command: F) -> F:
    """Add the options of everything that renders, or looks at what a render would do."""
    return _add(command, *_SHOW, *_SPEAKING, _FORMATS, _PROFILE, *_ARTICLE, max_input, per_chapter)


def saying(command: F) -> F:
    """Add the options of everything that speaks a text without an article."""
    return _add(command, _SHOW[0], *_SPEAKING, _ARTICLE[2])


def _add(command: F, *options: Callable[[F], F]) -> F:
    for option in reversed(options):
        command = option(command)
    return command


def collect(
    *, formats: str = "", sidecars: str = "", authors: tuple[str, ...] = (), executor: str = "auto", **others: Any
) -> Options:
    """The value that ``pipeline.api`` takes, from what click gives."""
    from pipeline.api import Options

    texts: dict[str, Any] = {name: _clean(value) if isinstance(value, str) else value for name, value in others.items()}
    return Options(
        formats=_listed(formats),
        sidecars=_listed(sidecars),
        authors=tuple(_clean(author) for author in authors),
        executor=executor,
        **texts,
    )


def _clean(text: str) -> str:
    """``text`` on one line, and without the stand-ins for bytes that were not UTF-8."""
    return " ".join(text.encode(errors="replace").decode().split())


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
