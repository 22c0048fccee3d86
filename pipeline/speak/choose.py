"""Which voice: what there is, what a person asks for as ``engine[:voice]``, and what a language gets unasked."""

from __future__ import annotations

import contextlib
import importlib.util
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.contracts import VoiceInfo
from pipeline.errors import MissingDependency, PipelineError, UsageError
from pipeline.model.show import Voice

if TYPE_CHECKING:
    from pathlib import Path

_FIRST = ("hibari", "espeak", "system")
"""The engines in the order in which `default` asks them."""
_BRITISH = ("emma", "fable")
"""Hibari's British voices, the one to take first in front."""
_ANY = frozenset({"mul", "und"})
"""What engines call the language of a voice that speaks any, and of one of which they do not know it."""


def offered(engine: str = "", language: str = "", *, ready: bool = False) -> tuple[tuple[str, VoiceInfo], ...]:
    """Engine and voice for all that there is, the engines in the order in which they are chosen from.

    Args:
        engine: Only those of this engine.
        language: Only those that speak it (BCP 47; a region is looked at where the tag has one).
        ready: Only those that can speak now.

    Raises:
        UsageError: There is no such engine.
    """
    if engine and engine not in plugins.names("engines"):
        raise UsageError(f"no engine is called {engine!r}; {_engines()}")
    names = sorted(plugins.names("engines"), key=lambda name: (*(name != first for first in _FIRST), name))
    found = [(name, voice) for name in names if engine in {"", name} for voice in _voices(name)]
    return tuple(
        (name, voice)
        for name, voice in found
        if (voice.ready or not ready) and (not language or _is_of(voice.language, language))
    )


def fetch(value: str) -> Path:
    """Get the voice ``engine:voice``, which is not included, and tell where it lies.

    Raises:
        UsageError: There is no such voice, or it is none that can be fetched.
        PipelineError: It cannot be had.
    """
    engine, _, speaker = value.strip().partition(":")
    if not engine or not speaker:
        raise UsageError(f"a voice to get is given as engine:voice, not {value!r}")
    if engine not in plugins.names("engines"):
        raise UsageError(f"no engine is called {engine!r}; {_engines()}")
    get = getattr(plugins.load("engines", engine), "fetch", None)
    if get is None:
        raise UsageError(f"the engine {engine!r} has no voices to get")
    path: Path = get(speaker)
    return path


def parse(value: str) -> Voice:
    """The voice that ``engine[:voice]`` asks for (``tone``, ``hibari:heart``, ``espeak:en-gb``).

    An engine of one language gets its default speaker; of any other, the speaker is left to the text's language.
    The voice's language is that of the speaker, and empty where none is named or where it speaks any.

    Raises:
        UsageError: There is no such engine or voice; the message names those there are.
    """
    engine, colon, speaker = value.strip().partition(":")
    if not engine or (colon and not speaker):
        raise UsageError(f"a voice is given as engine or engine:voice, not {value!r}; {_engines()}")
    if engine not in plugins.names("engines"):
        raise UsageError(f"no engine is called {engine!r}; {_engines()}")
    module = plugins.load("engines", engine)
    module.fingerprint(Voice(engine=engine, speaker=speaker))  # refuses a speaker that it has not
    if not speaker and "*" in module.LANGUAGES:
        return Voice(engine=engine)
    listed = module.voices()
    speaker = speaker or listed[0].speaker
    language = next((one.language for one in listed if one.speaker == speaker), "")
    return Voice(engine=engine, speaker=speaker, language="" if language in _ANY else language)


def default(language: str) -> tuple[Voice, str]:
    """The voice for a text nobody chose one for, and a warning, empty where all is well.

    English is read by the neural voice that ships with articlecast, British English by a British one once it was
    fetched; any other language by espeak-ng, or by the system's voices where its library cannot be loaded.

    Args:
        language: BCP 47 tag; ``""`` and ``"und"`` (nobody knows) are read as English.

    Raises:
        UsageError: No engine speaks the language.
    """
    unknown = language in {"", "und"}
    tag = "en" if unknown else language
    warnings = ["the article does not say its language: it is read as English"] if unknown else []
    if _primary(tag) == "en":
        if _installed("hibari", "onnxruntime"):
            speaker = _british() if tag.lower() == "en-gb" else "heart"
            if tag.lower() == "en-gb" and speaker == "heart":
                warnings.append("heart has an American accent; a British voice: articlecast voices --get hibari:emma")
            return Voice(engine="hibari", speaker=speaker, language=tag), "; ".join(warnings)
        warnings.append("hibari, the neural voice, is not installed: espeak reads instead (pip install hibari-tts)")
    voice = Voice(engine="espeak", language=tag)
    try:
        plugins.load("engines", "espeak").fingerprint(voice)
    except MissingDependency as error:
        warnings.append(f"{error.message}: the system's voice reads instead")
        voice = Voice(engine="system", language=tag)
        plugins.load("engines", "system").fingerprint(voice)
    return voice, "; ".join(warnings)


def speaks(voice: Voice, language: str) -> bool:
    """Whether ``voice`` is one of ``language`` (BCP 47), whatever the region."""
    return _primary(voice.language) == _primary(language)


def follow(voice: Voice, language: str) -> tuple[Voice, str]:
    """The voice for a piece in another language of a text that ``voice`` reads, and a warning, empty for none.

    An engine of many languages changes its language; a voice that is made for one gives way to the `default`.

    Raises:
        UsageError: No engine speaks the language.
    """
    engine = plugins.load("engines", voice.engine)
    if "*" in engine.LANGUAGES and not voice.speaker:
        changed = replace(voice, language=language)
        with contextlib.suppress(UsageError):  # it has not this one of its many
            engine.fingerprint(changed)
            return changed, ""
    return default(language)


def _british() -> str:
    """The hibari voice for British English: a British one that was fetched, else the one that is always there."""
    there = {voice.speaker for voice in plugins.load("engines", "hibari").voices() if voice.ready}
    return next((speaker for speaker in _BRITISH if speaker in there), "heart")


def _voices(engine: str) -> tuple[VoiceInfo, ...]:
    try:
        listed: tuple[VoiceInfo, ...] = plugins.load("engines", engine).voices()
    except PipelineError as error:
        return (VoiceInfo(speaker="", language="und", description="", ready=False, needs=str(error)),)
    return listed


def _is_of(tag: str, language: str) -> bool:
    """Whether a voice of ``tag`` speaks ``language``; where that has no region, in any."""
    tag, language = tag.lower(), language.lower()
    return tag in {"mul", language} or _primary(tag) == language or tag == _primary(language)


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]


def _installed(*packages: str) -> bool:
    return all(importlib.util.find_spec(package) for package in packages)


def _engines() -> str:
    return f"there are: {', '.join(plugins.names('engines'))}"
