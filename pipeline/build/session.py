"""What a command works with: the show, its folders, the store."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import config, plugins
from pipeline.build.reserve import Reserve
from pipeline.errors import ScriptError, UsageError
from pipeline.model.limits import RATE_PERCENT, TIMEOUT_S
from pipeline.model.show import Show, Voice
from pipeline.speak import choose, wanted
from pipeline.store.store import Store
from pipeline.store.workspace import Workspace

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from pipeline.model.script import Script, Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a caller may choose; all of it has a default.

    Attributes:
        show: Path of ``show.toml``; None means ``show.toml`` in the current folder where there is one.
        output: Folder for episodes; None means ``output`` beside the show.
        scripts: Folder of narration scripts; None means ``scripts`` beside the show.
        store: Address of the store, ``""`` for the user's own.
        voice: ``engine[:voice]`` or the name of a voice of the show; ``""`` chooses by language.
        formats: Audio formats; empty means the show's.
        sidecars: Names, or ``("all",)``, or ``("none",)``; empty means the show's.
        executor: ``"inline"``, ``"processes"``, ``"auto"`` (processes where they pay), ``"dask"``, the address of a
            Dask scheduler, or any `concurrent.futures.Executor`.
        timeout_s: How long an utterance may take, and as long again for every 120 characters, before it is given up.
        title, authors, language, explicit: Said instead of what the article says.
        max_input_bytes: Larger articles are refused; None stands for 20 MB, and 200 MB for EPUB and DOCX.
        profile: Listening profile, ``"full"``, ``"article"`` or ``"brief"``; ``""`` is the show's.
        per_chapter: Whether a book gives one episode a chapter instead of one in all.
    """

    show: Path | None = None
    output: Path | None = None
    scripts: Path | None = None
    store: str = ""
    voice: str = ""
    formats: tuple[str, ...] = ()
    sidecars: tuple[str, ...] = ()
    executor: str | Executor = "inline"
    timeout_s: float = TIMEOUT_S
    title: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    explicit: bool | None = None
    max_input_bytes: int | None = None
    per_chapter: bool = False
    profile: str = ""


@dataclass(slots=True, kw_only=True)
class Session:
    """The show, its folders, the store, warnings that a person should see, and processes that wait for work.

    Attributes:
        today: Day of first publication (ISO 8601) of what is published now and states none itself; empty for no day.
    """

    options: Options
    show: Show
    workspace: Workspace
    store: Store
    today: str = ""
    warnings: list[str] = field(default_factory=list)
    reserve: Reserve = field(default_factory=Reserve)

    def take_warnings(self) -> tuple[str, ...]:
        """All warnings so far, which are then forgotten."""
        found = (*self.warnings, *self.store.warnings)
        self.warnings.clear()
        self.store.warnings.clear()
        return tuple(dict.fromkeys(found))

    def voices(self, script: Script, path: Path) -> dict[str, Voice]:
        """Voice by each key that the script's utterances use (`pipeline.speak.wanted`); ``""`` is the narrator.

        Raises:
            ScriptError: A line of the script, which is at ``path``, asks for a voice or a rate that is not there.
            UsageError: The caller names a voice that is not there.
        """
        named = {voice.name: voice for voice in self.show.voices}
        narrator = self.narrator(script.language)
        known = {**named, "": narrator, "narrator": narrator}
        used = {"": narrator}
        for utterance in script.utterances():
            for want in wanted(utterance):
                if want.name not in known:
                    have = ", ".join(sorted(named)) or "none but the narrator"
                    raise ScriptError(f"there is no voice {want.name!r}; show.toml has: {have}", _at(path, utterance))
                if want.key not in used:
                    used[want.key] = (
                        self._reader(want.language, known[want.name], _at(path, utterance))
                        if want.language
                        else known[want.name]
                    )
                rate_percent = used[want.key].rate_percent * utterance.rate_percent // 100
                if not RATE_PERCENT[0] <= rate_percent <= RATE_PERCENT[1]:
                    low, high = RATE_PERCENT
                    message = f"a rate of {rate_percent} % together with the voice's own; it must be {low} to {high} %"
                    raise ScriptError(message, _at(path, utterance))
        for voice in (*known.values(), *used.values()):
            plugins.load("engines", voice.engine)
        return dict(sorted(used.items()))

    def _reader(self, language: str, voice: Voice, where: str) -> Voice:
        """Who reads a piece in another language in ``voice``'s place: a voice of the show, else the usual one for it.

        Where there is none, ``voice`` reads on: an accent is better than silence.
        """
        if choose.speaks(voice, language):
            return voice
        ours = [one for one in self.show.voices if choose.speaks(one, language)]
        if ours:
            return next((one for one in ours if one.language.lower() == language.lower()), ours[0])
        try:
            found, warning = choose.follow(voice, language)
        except UsageError:
            found, warning = voice, f"{where}: no voice speaks {language!r}: the line's own voice reads it"
        if warning:
            self.warnings.append(warning)
        return found

    def narrator(self, language: str) -> Voice:
        """The voice that speaks unless a line says otherwise.

        Raises:
            UsageError: The caller names a voice that is not there.
        """
        named = {voice.name: voice for voice in self.show.voices}
        if self.options.voice in named:
            voice = named[self.options.voice]
        elif self.options.voice:
            voice = choose.parse(self.options.voice)
        elif "narrator" in named:
            voice = named["narrator"]
        else:
            voice, warning = choose.default(language)
            if warning:
                self.warnings.append(warning)
        return voice if voice.language else replace(voice, language=language)


def start(options: Options) -> Session:
    """A session for these options.

    Raises:
        ConfigError: ``show.toml`` holds mistakes, or the one named is not there.
        UsageError: An executor, a format or a sidecar is not known, or the store has no usable address.
    """
    from pipeline.build import executors  # all that speaks: not needed where nothing is to be done

    executors.known(options.executor)
    path = options.show
    if path is None and Path("show.toml").is_file():
        path = Path("show.toml")
    show = config.load(path) if path else Show()
    formats = tuple(dict.fromkeys(options.formats or show.formats))
    sidecars, warnings = _sidecars(options.sidecars or show.sidecars, formats)
    show = replace(
        show,
        formats=formats,
        sidecars=sidecars,
        explicit=options.explicit if options.explicit is not None else show.explicit,
    )
    for name in show.formats:
        plugins.load("encoders", name).codec(show.audio)
    base = path.parent if path else Path()
    scripts = options.scripts or base / "scripts"
    workspace = Workspace(
        scripts=scripts, output=options.output or base / "output", root=path.parent if path else scripts.parent
    )
    return Session(options=options, show=show, workspace=workspace, store=Store(options.store), warnings=warnings)


def _sidecars(names: tuple[str, ...], formats: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """The sidecars, each once, and which of ``"all"`` are left out since they are made from another format."""
    if names == ("all",):
        needs = {name: getattr(plugins.load("sidecars", name), "NEEDS", "") for name in plugins.names("sidecars")}
        lacking = {name: need for name, need in needs.items() if need and need not in formats}
        told = [f"the sidecar {name!r} is left out: it is made from {need!r}" for name, need in lacking.items()]
        return tuple(name for name in needs if name not in lacking), told
    if names == ("none",):
        return (), []
    for name in names:
        plugins.load("sidecars", name)
    return tuple(dict.fromkeys(names)), []


def _at(path: Path, utterance: Utterance) -> str:
    """``file:line`` of an utterance in its script, the file alone where the script is not written yet."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return str(path)
    numbers = [number for number, line in enumerate(lines, 1) if line.startswith(f"  | {utterance.id}")]
    return f"{path}:{numbers[0]}" if numbers else str(path)
