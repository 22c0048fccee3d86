"""espeak-ng: a hundred languages, small, quick and robotic; library and data come from the wheel espeakng-loader.

It is driven through pyttsx3's low-level binding in synchronous mode, where the library hands back samples and word
events and returns when all is said. (pyttsx3's public way loses text and may wait for ever: see the `system` engine.)
espeak-ng carries state from one utterance to the next, so two readings differ by a few samples; the first one is kept
by the store.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import re
import threading
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.audio.trim import trimmed
from pipeline.contracts import Speech, VoiceInfo
from pipeline.errors import MissingDependency, SpeakError, UsageError
from pipeline.model.clip import Word
from pipeline.text.words import has_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.show import Voice

LANGUAGES = ("*",)

_RULES = "2"
"""Raised when this file begins to make other sound of the same text."""
_WORDS_PER_MINUTE = 175
"""espeak's own speed, our 100 %."""
_RATE_PERCENT = range(46, 258)
"""What keeps espeak between its limits of 80 and 450 words a minute."""
_PITCHES = (50, 53, 47, 56, 44)
"""espeak's own pitch, and those of further takes."""
_SILENT_PRIORITY = 5
"""Priority of a ``language`` line that gives none; lower is better."""
_IN_IPA = 2
"""``phonememode`` of espeak_TextToPhonemes."""
_ONE_AT_A_TIME = threading.Lock()


def fingerprint(voice: Voice) -> str:
    """Version of library and data, of the binding, and the voice file that language and speaker come to."""
    return f"espeak {_RULES}; {_versions()}; voice {_chosen(voice).file}"


def voices() -> tuple[VoiceInfo, ...]:
    """One voice a language or dialect, British English first."""
    try:
        files = _files()
    except MissingDependency as error:
        needs = error.message
        return (VoiceInfo(speaker="en-gb", language="en-GB", description="English", ready=False, needs=needs),)
    listed = sorted(files, key=lambda one: (one.speaker != "en-gb", one.speaker))
    return tuple(
        VoiceInfo(speaker=one.speaker, language=_bcp47(one.tags[0][0]), description=one.name) for one in listed
    )


def speak(text: str, voice: Voice, *, take: int = 1) -> Speech:
    """``text`` read by espeak-ng; another take has another pitch."""
    chosen = _chosen(voice)
    if voice.rate_percent not in _RATE_PERCENT:
        raise UsageError(f"espeak speaks at {_RATE_PERCENT[0]} to {_RATE_PERCENT[-1]} %, not {voice.rate_percent} %")
    if not has_words(text):
        raise SpeakError("there is no word to speak")
    with _ONE_AT_A_TIME:
        library = _library()
        library.heard.clear()
        library.events.clear()
        binding = library.binding
        if binding.SetVoiceByName(chosen.file.encode()) != binding.EE_OK:
            raise SpeakError(f"espeak does not accept its own voice {chosen.file!r}")
        binding.SetParameter(binding.RATE, _WORDS_PER_MINUTE * voice.rate_percent // 100, 0)
        binding.SetParameter(binding.PITCH, _PITCHES[(take - 1) % len(_PITCHES)], 0)
        # a zero byte would end the text; positions are counted in characters, so it becomes one
        if binding.Synth(text.replace("\0", " "), flags=binding.CHARS_UTF8) != binding.EE_OK:
            raise SpeakError("espeak refused the text")
        binding.Synchronize()
        samples = np.frombuffer(bytes(library.heard), np.int16).astype(np.float32) / np.float32(32768)
        heard = tuple(_words(text, library.events, len(samples)))
    samples, heard = trimmed(samples, library.sample_rate_hz, heard)
    return Speech(samples=samples, sample_rate_hz=library.sample_rate_hz, words=heard)


def pronounce(word: str, voice: Voice) -> str:
    """The sounds of ``word`` in IPA, as this engine says it."""
    chosen = _chosen(voice)
    with _ONE_AT_A_TIME:
        library = _library()
        if library.binding.SetVoiceByName(chosen.file.encode()) != library.binding.EE_OK:
            raise SpeakError(f"espeak does not accept its own voice {chosen.file!r}")
        tell = _wheel()[0].espeak_TextToPhonemes
        tell.restype = ctypes.c_char_p
        text = ctypes.c_char_p(word.replace("\0", " ").encode())
        clauses = []
        while text.value:  # a clause at a time; the library moves the pointer on, to null at the end
            clauses.append(tell(ctypes.byref(text), library.binding.CHARS_UTF8, _IN_IPA) or b"")
    return " ".join(clause.decode(errors="replace").strip() for clause in clauses).replace("_", "")


def _words(text: str, events: list[tuple[int, int]], length: int) -> Iterator[Word]:
    """Words from (character, sample) events; each lasts until the next one's event.

    A number gives several events, a quotation mark may have the one of its word, and a lone symbol has its own.
    """
    spans = words(text)
    starts: dict[int, int] = {}
    for character, sample in events:
        space = re.search(r"\s|$", text[character:])
        token_end = character + (space.start() if space else 0)
        word = next((n for n, (start, end) in enumerate(spans) if character < end and start < token_end), None)
        if word is not None:
            starts.setdefault(word, sample)
    known = sorted(starts.items())
    for (word, begins), ends in zip(known, [*(sample for _, sample in known[1:]), length], strict=True):
        if ends > begins:
            yield Word(start=spans[word][0], end=spans[word][1], start_sample=begins, end_sample=ends)


# ── voices ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _VoiceFile:
    """A voice of espeak-ng's data.

    Attributes:
        file: What the library knows it by.
        speaker: What we call it.
        tags: Language tags it serves, in lower case, with their priority (lower is better).
    """

    file: str
    name: str
    speaker: str
    tags: tuple[tuple[str, int], ...]


@cache
def _files() -> tuple[_VoiceFile, ...]:
    """All voices, read from the data folder: nothing is loaded for it."""
    found = []
    taken: set[str] = set()
    for path in sorted(_wheel()[1].glob("lang/**/*")):
        if not path.is_file():
            continue
        name, tags = path.stem, []
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            key, *values = line.split()[:3] or [""]
            if key == "name":
                name = line.split(maxsplit=1)[1]
            elif key == "language" and values:
                tags.append((values[0].lower(), int(values[1]) if values[1:] else _SILENT_PRIORITY))
        if tags:
            speaker = tags[0][0] if tags[0][0] not in taken else path.stem.lower()
            taken.add(speaker)
            found.append(_VoiceFile(file=path.stem, name=name, speaker=speaker, tags=tuple(tags)))
    return tuple(found)


def _chosen(voice: Voice) -> _VoiceFile:
    """The voice file for a speaker, which may be any tag of one (``fr``), else for a language."""
    files = _files()
    if voice.speaker:
        wanted = voice.speaker.lower()
        exact = next((one for one in files if one.speaker == wanted), None)
        chosen = exact or _serving(wanted)
        what = f"the engine 'espeak' has no voice {voice.speaker!r}"
    else:
        wanted = voice.language.lower() or "en-gb"
        chosen = _serving(wanted)
        while chosen is None and "-" in wanted:
            wanted = wanted.rpartition("-")[0]
            chosen = _serving(wanted)
        what = f"espeak does not speak the language {voice.language!r}"
    if chosen is None:
        raise UsageError(f"{what}; there are {len(files)}, such as en-gb, en-us, de, fr, es, pt-br, cmn")
    return chosen


def _serving(tag: str) -> _VoiceFile | None:
    """The voice that serves exactly ``tag`` best."""
    serving = [(priority, one.file, one) for one in _files() for name, priority in one.tags if name == tag]
    return min(serving)[2] if serving else None


def _bcp47(tag: str) -> str:
    """``tag`` in the usual letter case: ``en-gb`` → ``en-GB``, ``cmn-latn-pinyin`` → ``cmn-Latn-pinyin``."""
    first, *rest = tag.split("-")
    return "-".join([first, *({2: one.upper(), 4: one.title()}.get(len(one), one) for one in rest)])


# ── the library ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Library:
    """The loaded library; its callback fills ``heard`` (int16 bytes) and ``events`` (character, sample)."""

    binding: Any
    sample_rate_hz: int
    heard: bytearray
    events: list[tuple[int, int]]


@cache
def _wheel() -> tuple[ctypes.CDLL, Path]:
    """The library, which takes a millisecond or two to load, and its data folder."""
    try:
        loader = importlib.import_module("espeakng_loader")
        return ctypes.CDLL(loader.get_library_path()), Path(loader.get_data_path())
    except ImportError as error:
        raise MissingDependency("the engine 'espeak' needs a package: pip install espeakng-loader") from error
    except (OSError, RuntimeError) as error:
        raise MissingDependency("espeak-ng cannot be loaded on this machine (--voice system takes its own)") from error


@cache
def _versions() -> str:
    return "; ".join(f"{name} {metadata.version(name)}" for name in ("espeakng-loader", "pyttsx3"))


@cache
def _library() -> _Library:
    binding = _binding()
    heard = bytearray()
    events: list[tuple[int, int]] = []

    def take(samples: Any, count: int, event: Any) -> int:
        if count > 0 and samples:
            heard.extend(ctypes.string_at(samples, count * 2))
        n = 0
        while event[n].type != binding.EVENT_LIST_TERMINATED:
            if event[n].type == binding.EVENT_WORD:
                events.append((event[n].text_position - 1, event[n].sample))
            n += 1
        return 0

    rate = binding.Initialize(binding.AUDIO_OUTPUT_SYNCHRONOUS, 0, os.fsencode(_wheel()[1]), 0)
    if rate <= 0:
        raise SpeakError(f"espeak cannot read its data in {_wheel()[1]}")
    binding.SetSynthCallback(take)
    return _Library(binding=binding, sample_rate_hz=rate, heard=heard, events=events)


def _binding() -> Any:
    """pyttsx3's binding on the wheel's library, whatever espeak the system has (their data would not fit)."""
    library, _ = _wheel()

    class Ours:
        """Stands in for `ctypes.cdll` while the binding looks for a library by names that differ by system."""

        @staticmethod
        def LoadLibrary(_: str) -> ctypes.CDLL:  # noqa: N802 - ctypes' own name
            return library

    real = ctypes.cdll
    ctypes.cdll = Ours  # type: ignore[assignment]
    try:
        return importlib.import_module("pyttsx3.drivers._espeak")
    except ModuleNotFoundError as error:
        raise MissingDependency("the engine 'espeak' needs a package: pip install pyttsx3") from error
    finally:
        ctypes.cdll = real
