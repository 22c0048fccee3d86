"""Which voice: what a person asks for as ``engine[:voice]``, and what a language gets without being asked."""

from __future__ import annotations

import importlib.util
from dataclasses import replace

from pipeline import plugins
from pipeline.errors import MissingDependency, UsageError
from pipeline.model.show import Voice


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
    return Voice(engine=engine, speaker=speaker, language="" if language in {"mul", "und"} else language)


def default(language: str) -> tuple[Voice, str]:
    """The voice for a text nobody chose one for, and a warning, empty where all is well.

    English is read by the neural voice that ships with articlecast, any other language by espeak-ng, or by the
    system's voices where its library cannot be loaded.

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
            return Voice(engine="hibari", speaker="heart", language=tag), "; ".join(warnings)
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
        engine.fingerprint(changed)  # refuses a language that it has not
        return changed, ""
    return default(language)


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]


def _installed(*packages: str) -> bool:
    return all(importlib.util.find_spec(package) for package in packages)


def _engines() -> str:
    return f"there are: {', '.join(plugins.names('engines'))}"
