"""The command line: a command parses, calls one function of ``pipeline.api``, and prints."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

import pipeline
from pipeline.cli import (
    approving,
    cache,
    changes,
    checking,
    inspecting,
    lexicon,
    newshow,
    rendering,
    serving,
    syncing,
    texts,
)
from pipeline.cli.every import complain
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(pipeline.__version__, prog_name="articlecast", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn articles into narrated, chaptered, tagged audio that stays in step with its text.

    An article's sections become a narration script (a text file that you may edit), the script is spoken, and the
    sound is joined into an episode. Run it again after an edit: only what changed is spoken.

    Exit codes: 0 done, 1 failed, 2 wrong use, 3 a person is needed.
    """


for command in (
    rendering.render,
    rendering.episode,
    rendering.say,
    texts.outline,
    texts.read,
    texts.narrate,
    texts.normalise,
    lexicon.lexicon,
    inspecting.status,
    inspecting.why,
    changes.diff,
    approving.approve,
    newshow.new,
    syncing.sync,
    syncing.watch,
    serving.serve,
    checking.check,
    inspecting.voices,
    inspecting.plugins,
    cache.cache,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the answer is the exit code."""
    _open_streams()
    try:
        code = cli.main(args=arguments, prog_name="articlecast", standalone_mode=False)
        sys.stdout.flush()  # a full disk behind it is heard here, not after the last line of the program
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except PipelineError as error:
        complain(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; what was spoken is kept, the same command goes on from here", err=True)
        return 130
    except BrokenPipeError:
        # whoever read our output has gone; Python would complain at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (OSError, UnicodeError, MemoryError) as error:
        # the machine's trouble, not ours: no room of the program knew what to say of it
        complain(PipelineError(f"the system refused: {error or type(error).__name__}"))
        return 1
    return code if isinstance(code, int) else 0


def _open_streams() -> None:
    """Speak UTF-8 whatever the system thinks, and do without a stream that the caller has closed."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as we run
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stdin else None)
