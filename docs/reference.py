"""Writes the reference pages that the program itself can tell: commands, ``show.toml``, plug-ins.

``python docs/reference.py`` says which pages are stale and ends with 1; ``--write`` renews them.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import click  # noqa: E402 - the package is found by the line above, wherever this is run

from pipeline import config, plugins  # noqa: E402
from pipeline.cli import cli  # noqa: E402
from pipeline.model.script import Pause, Utterance  # noqa: E402
from pipeline.model.show import ALLOWED, PROFILES, AudioFormat, Pauses, Voice  # noqa: E402
from pipeline.narrate import narrate  # noqa: E402
from pipeline.narrate.normalise import DEFAULT_RULES  # noqa: E402
from pipeline.narrate.teller import DEFAULT_WORDINGS  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEAD = "<!-- Written by docs/reference.py from the code: change the code, then run `make docs WRITE=--write`. -->\n"

MEANINGS = {
    "show.title": (
        "The album in tags; where it is empty, the article's site or title stands in.",
        "",
    ),
    "show.language": ("BCP 47 tag for articles that do not tell their language.", ""),
    "show.link": ("The show's address on the web; part of what a new episode's guid is made from.", "an address"),
    "show.description": ("What the show is about; an episode's comment where its article has none.", ""),
    "show.authors": ("Authors of articles that name none.", ""),
    "show.category": (
        "Where podcast directories list the show, and the genre in tags; a subcategory follows `>`, as in "
        "`Society & Culture > Documentary`.",
        "[Apple's categories](https://podcasters.apple.com/support/1691)",
    ),
    "show.cover": (
        "A picture inside the folder of this file, for the feed and for articles without one; one is drawn where "
        "there is none.",
        "",
    ),
    "show.email": ("Of whoever answers for the show; directories ask for it.", "an e-mail address"),
    "show.licence": (
        "Of episodes that name none themselves: an SPDX identifier such as `CC-BY-4.0`, a name or an address.",
        "",
    ),
    "sources.folder": (
        "Every article in this folder and below it is an episode; relative to this file, and it may lie beside it "
        "(`../docs`).",
        "a folder that is there",
    ),
    "sources.feed": ("A feed whose entries are episodes.", "an address, or a file"),
    "sources.sitemap": ("A sitemap whose pages are episodes.", "an address, or a file"),
    "sources.urls": ("Articles on the web.", "addresses"),
    "destination.folder": (
        "The folder that the show is published to, relative to this file; it is made. Either this or `store`.",
        "",
    ),
    "destination.store": (
        "The object store or server that the show is published to. Its credentials come from where its own tools look "
        "for them (`AWS_…`, `~/.ssh`), better than from here.",
        "`s3://bucket/path`, `gs://bucket/path`, `sftp://user@host/path`",
    ),
    "destination.url": (
        "The address at which the world finds that place; the feed is `feed.xml` below it.",
        "an address without a query",
    ),
    "publish.review": ("Whether only scripts that a person has approved are rendered and published.", "true, false"),
    "publish.grace_days": (
        "Days for which files that the feed no longer names are kept for subscribers whose feed is older.",
        "0 to 3650",
    ),
    "publish.page_items": ("Episodes on a page of the feed; 0 puts all of them on one.", "0, or 10 and more"),
    "show.explicit": ("Whether the content is explicit, where neither article nor command says.", "true, false"),
    "audio.m4b_bit_rate_kbps": ("Bit rate of the M4B.", "16 up to 144 at 24 kHz"),
    "audio.opus_bit_rate_kbps": ("Mean bit rate of the Opus file.", "6 to 256"),
    "audio.quality": ("How hard the encoders try.", "fast, normal, best"),
    "voices.rate": ("Speed against the engine's own, in percent.", "50 to 200"),
    "audio.target_lufs": ("", "-40 to -8"),
    "audio.ceiling_dbfs": ("", "-12 to -0.5"),
    "audio.sample_rate_hz": ("", "what every format in `publish.formats` takes"),
    "audio.bit_rate_kbps": ("", "what MP3 has at that sample rate"),
    "pauses.sentence_ms": ("Silence after a sentence.", "200 to 60000"),
    "pauses.paragraph_ms": ("Between two blocks of the article; written into the script.", "200 to 60000"),
    "pauses.heading_ms": ("After a heading.", "200 to 60000"),
    "pauses.chapter_ms": ("In front of a chapter.", "200 to 60000"),
    "pauses.lead_ms": ("Before the first word.", "200 to 60000"),
    "pauses.close_ms": ("After the last word.", "200 to 60000"),
    "publish.formats": ("Audio formats, the first one being the enclosure whose times the sidecars carry.", "encoders"),
    "publish.sidecars": ("Files beside the audio; an empty list for none.", "sidecars"),
    "recordings.intro": ("Played before the first word of every episode.", "a sound file in the show's folder"),
    "recordings.outro": ("Played after the last word.", "a sound file in the show's folder"),
    "recordings.jingle": ("Played between two chapters.", "a sound file in the show's folder"),
    "credits.title": ("What the recording is called, and who made it.", ""),
    "credits.licence": ("Under which it may be heard.", ""),
    "credits.source": ("Where it was found: an address, or words.", ""),
    "narration.chapter_level": ("Headings down to this level make chapters; deeper ones are spoken inside.", "1 to 6"),
    "narration.profile": (
        "The listening profile: how much is said beside the running text; `--profile` takes its place.",
        "full, article, brief",
    ),
    "narration.signposts": (
        "How much is said for orientation, such as “a list of five items”; empty for the profile's: `all` in `full`, "
        "`few` in `article`, `none` in `brief`.",
        "all, few, none",
    ),
    "narration.opening": (
        "Said at the beginning, instead of the authors; may name `{title}`, `{authors}`, `{date}` and `{site}`. With "
        "`{title}` it is said instead of the title. A sentence that names what the article does not tell is left out.",
        "",
    ),
    "narration.closing": ("Said at the end, likewise.", ""),
    "narration.say.headings": ("Headings inside a chapter; a chapter's own title is always said.", ""),
    "narration.say.lists": ("Lists.", ""),
    "narration.say.definitions": ("Lists of terms and their meanings.", ""),
    "narration.say.tables": ("Tables; of more than ten rows only the size and the columns are said in any case.", ""),
    "narration.say.figures": ("Images; `announce` says the caption without the description.", ""),
    "narration.say.captions": ("Captions of figures and tables.", ""),
    "narration.say.embeds": ("Videos, recordings, posts and other pages shown in the article.", ""),
    "narration.say.quotes": (
        "Block quotations; `voice`: in the voice `[voices.quote]`, without “quote” and “end quote”. Where there is "
        "such a voice, `read` means `voice`.",
        "",
    ),
    "narration.say.pull_quotes": ("Sentences of the article, repeated in large letters.", ""),
    "narration.say.code": ("Blocks of code; `announce` says language and length.", ""),
    "narration.say.maths": ("Formulas; one that is too complex to follow by ear is “a formula”.", ""),
    "narration.say.links": ("Links in the text; `announce` adds where they lead.", ""),
    "narration.say.abbreviations": ("Whether an abbreviation is explained the first time, where the source tells.", ""),
    "narration.say.footnotes": ("Notes; `here`: behind the sentence that refers to them.", ""),
    "narration.say.asides": ("Boxes beside the text: notes, warnings, tips.", ""),
    "narration.say.breaks": ("Thematic breaks: a long pause.", ""),
    "narration.say.opening": ("What is said around the title: who made it, in `full` also where and when.", ""),
    "narration.say.closing": ("What is said at the end.", ""),
}
"""Meaning and allowed values of keys, where the docstrings do not tell them."""

TABLES = {"audio": AudioFormat, "pauses": Pauses, "voices": Voice}
"""Tables of ``show.toml`` that a value of the model tells about."""

REPEATED = {
    "voices": "One table a voice. `NAME` is what scripts say (`voice=NAME`) and what `--voice NAME` takes; "
    "`narrator` speaks wherever nothing else is said.",
    "credits": "One table a recording. `NAME` is its path relative to this file, in quotes: "
    '`[credits."sounds/gong.wav"]`. Recordings that scripts play may be told of here too.',
}
"""What the name of a table stands for that may be there several times."""

ORDERS = {"rules": DEFAULT_RULES, "wordings": DEFAULT_WORDINGS}
"""Kinds of plug-in of which the first that has something to say is heard."""


def main(arguments: Sequence[str]) -> int:
    """Compare, or with ``--write`` renew, all pages."""
    stale = [path for path, text in pages().items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if "--write" in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages()[path], encoding="utf-8", newline="\n")
        word = "written" if "--write" in arguments else "stale (renew it with: make docs WRITE=--write)"
        sys.stdout.write(f"{path.relative_to(ROOT).as_posix()}: {word}\n")
    return 1 if stale and "--write" not in arguments else 0


def pages() -> dict[Path, str]:
    """The text of every generated page by its path."""
    folder = ROOT / "docs" / "reference"
    made = {"cli.md": cli_page(), "show.md": show_page(), "plugins.md": plugins_page()}
    found = {folder / name: f"{HEAD}\n{text}" for name, text in made.items()}
    return {**found, ROOT / "docs" / "example.md": f"{HEAD}\n{example_page()}"}


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def cli_page() -> str:
    """Every command with its arguments and options."""
    root = click.Context(cli, info_name="articlecast", **cli.context_settings)
    blocks = ["# The command line", _help(cli), _options(cli, root)]
    for name, command in _commands(cli):
        context = click.Context(command, info_name=name, parent=root)
        usage = " ".join((f"articlecast {name}", *command.collect_usage_pieces(context)))
        blocks += [f"## {name}", f"    {usage}", _help(command), _options(command, context)]
    return "\n\n".join(blocks) + "\n"


def _commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """All commands with their names, those of a group behind it."""
    for name, command in group.commands.items():
        yield before + name, command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")


def _help(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "")


def _options(command: click.Command, context: click.Context) -> str:
    records = [
        record
        for param in command.get_params(context)
        if isinstance(param, click.Option) and (record := param.get_help_record(context))
    ]
    return _table(("option", "meaning"), [(f"`{names}`", text) for names, text in records])


# ── show.toml ────────────────────────────────────────────────────────────────────────────────────────────────────────


def show_page() -> str:
    """Every key of ``show.toml``."""
    blocks = [
        "# show.toml",
        "A show needs no file: every key has a default, or is left out. A file that is there is read whole, and all "
        "its mistakes are told at once, each with its path.",
    ]
    hints = get_type_hints(config._File)
    for table in fields(config._File):
        kind: Any = hints[table.name]
        repeated = not is_dataclass(kind)
        kind = get_args(kind)[1] if repeated else kind
        blocks.append(f"## [{table.name}.NAME]" if repeated else f"## [{table.name}]")
        if repeated:
            blocks.append(REPEATED[table.name])
        blocks.append(_table(("key", "type", "default", "allowed", "meaning"), list(_keys(table.name, kind))))
    blocks += [
        "## [narration.say]",
        "What the show wants otherwise than its profile, for each construct of an article; it holds in every profile. "
        "`read`: said in full. `announce`: one sentence tells that it is there. `skip`: left out and reported. `end`: "
        "read after the rest of the chapter. The last columns are what the profiles want.",
        _table(("construct", "may be", *PROFILES, "what it is"), list(_constructs())),
    ]
    return "\n\n".join(blocks) + "\n"


def _keys(table: str, kind: Any) -> Iterator[tuple[str, str, str, str, str]]:
    hints = get_type_hints(kind)
    told = _attributes(TABLES[table]) if table in TABLES else {}
    for key in fields(kind):
        if is_dataclass(hints[key.name]):
            continue  # a table of its own
        meaning, allowed = MEANINGS.get(f"{table}.{key.name}", ("", ""))
        meaning = meaning or told.get(key.name, "")
        if not meaning:
            raise SystemExit(f"docs/reference.py: say in MEANINGS what {table}.{key.name} means")
        yield f"`{key.name}`", _type(hints[key.name]), _default(key), allowed, meaning


def _constructs() -> Iterator[tuple[str, ...]]:
    """Each construct, what it may be, and what it is in each profile."""
    for name, allowed in ALLOWED.items():
        values = (f"`{getattr(profile, name)}`" for profile in PROFILES.values())
        yield f"`{name}`", ", ".join(allowed), *values, MEANINGS[f"narration.say.{name}"][0]


def _attributes(kind: type) -> dict[str, str]:
    """What the docstring of a value says under ``Attributes:``."""
    section = inspect.cleandoc(kind.__doc__ or "").partition("Attributes:\n")[2]
    found = re.findall(r"^ {4}(\w+): ((?:.+\n?(?: {5,}.*\n?)*))", section, re.MULTILINE)
    return {name: " ".join(text.replace("``", "`").split()) for name, text in found}


def _type(hint: Any) -> str:
    names = {str: "text", int: "whole number", float: "number", tuple[str, ...]: "list of texts"}
    return names.get(hint, "true or false" if bool in (hint, *get_args(hint)) else str(hint))


def _default(key: Any) -> str:
    if key.default is MISSING and key.default_factory is MISSING:
        return "(needed)"
    value = key.default
    if value in ("", (), None):
        return ""
    listed = ", ".join(f'"{one}"' for one in value) if isinstance(value, tuple) else ""
    return f"`[{listed}]`" if listed else f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


# ── the example, listened to ─────────────────────────────────────────────────────────────────────────────────────────

EXAMPLE = "examples/why-bread-rises.md"


def example_page() -> str:
    """What is said of the example, the narrator's own words in italics."""
    document = plugins.load("readers", "markdown").read((ROOT / EXAMPLE).read_bytes(), uri=EXAMPLE)
    script = narrate(document, language=document.language)
    blocks = [
        "# What a listener hears",
        f"What is said of [the example](../{EXAMPLE}) in the profile `article`, as `articlecast narrate` writes it. "
        "A line is a sentence, a blank line a longer pause. What is in italics is the narrator's own, and not the "
        "article's.",
    ]
    for chapter in script.chapters:
        blocks.append(f"## {chapter.title}")
        paragraph: list[str] = []
        for line in (*chapter.spoken_lines(), Pause(duration_ms=0)):
            if isinstance(line, Utterance) and line.spoken != chapter.title:
                paragraph.append(_heard(line))
            elif isinstance(line, Pause) and paragraph:
                blocks.append("  \n".join(paragraph))
                paragraph = []
    return "\n\n".join(blocks) + "\n"


def _heard(utterance: Utterance) -> str:
    """An utterance with the narrator's own words in italics."""
    spoken, spans = utterance.spoken, utterance.spans
    if not utterance.written:
        return f"*{spoken}*"
    first = spoken.rfind(" ", 0, spans[0].spoken_start) + 1 if spans else 0
    last = max((span.spoken_end for span in spans), default=len(spoken))
    last = spoken.find(" ", last) if " " in spoken[last:] else len(spoken)
    own = (f"*{text.strip()}*" if text.strip() else "" for text in (spoken[:first], spoken[last:]))
    before, after = own
    return f"{before} {spoken[first:last].strip()} {after}".strip()


# ── plug-ins ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def plugins_page() -> str:
    """Every plug-in that comes with articlecast."""
    blocks = [
        "# Plug-ins",
        "What comes with articlecast. `articlecast plugins` lists these and those of other installed packages. "
        "Rules and wordings stand in the order in which they are asked.",
    ]
    for kind, package in plugins.SHELVES.items():
        shelf = importlib.import_module(package)
        known = ORDERS.get(kind, ())
        names = {module.name for module in pkgutil.iter_modules(shelf.__path__) if not module.name.startswith("_")}
        ordered = [*(name for name in known if name in names), *sorted(names - set(known))]
        rows = [(f"`{name}`", _first_line(plugins.load(kind, name).__doc__)) for name in ordered]
        blocks += [f"## {kind}", _first_line(shelf.__doc__), _table(("name", "what it does"), rows)]
    return "\n\n".join(blocks) + "\n"


def _first_line(doc: str | None) -> str:
    return (doc or "").strip().splitlines()[0]


def _table(heads: tuple[str, ...], rows: list[Any]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
