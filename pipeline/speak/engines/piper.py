"""Piper: neural voices for many languages, each a file or an installed package of its own.

A voice is named by its file's name or its package's, or by the path of an ``.onnx`` file with its ``.onnx.json``
beside it: as ``model``, or as ``speaker`` where no model is named (``--voice piper:NAME``). With a model, ``speaker``
is one of the model's speakers, by name or number.

The network draws its own noise, from a generator that goes on from call to call, and keeps for itself how long each
phoneme lasts. So its graph is rewired in memory (`pipeline.audio.voice_graph`): the noise comes in as an input, and
the durations go out. Hence the same call gives the same samples in every process, and words have exact times. A graph
of another make is used as it is, without both.
"""

from __future__ import annotations

import importlib
import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import file_digest
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.audio.trim import trimmed
from pipeline.audio.voice_graph import FIRST, rewired
from pipeline.audio.voice_settings import Settings, settings_of
from pipeline.contracts import Speech, VoiceInfo
from pipeline.errors import MissingDependency, SpeakError, UsageError
from pipeline.model.clip import Word
from pipeline.text.phoneme_words import word_phonemes
from pipeline.text.words import has_words, words
from pipeline.units import samples_from_ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from pipeline.model.show import Voice

LANGUAGES = ("*",)

_RULES = "1"
"""Raised when this file begins to make other sound of the same text."""
_INSTALL = "the engine 'piper' needs a package: pip install \"articlecast[piper]\""
_RATE_PERCENT = range(50, 201)
_MOST_PHONEMES = 800
"""Of one call: attention takes memory by their square. Longer sentences are cut at clauses."""
_CLAUSE_END = frozenset(",;:—")
_NOISE_FRAMES = 16, 400
"""Frames that a phoneme id may last, on average over a sentence, and some more; 2 are usual."""
_NOISE_CHANNELS = 192
"""Channels of the noise that Piper's networks draw for each frame."""
_SHORTEST_WORD_MS = 20
"""A word that is left with less than this has lost its place to its neighbour, and is not told."""


def fingerprint(voice: Voice) -> str:
    """Versions of Piper and of what computes with it, the digests of the voice's two files, and its speaker."""
    chosen = _chosen(voice)
    return f"piper {_RULES}; {_versions()}; model {chosen.digests}; speaker {chosen.number}"


def voices() -> tuple[VoiceInfo, ...]:
    """The voices in installed packages; voice files elsewhere are given by their path."""
    needs = _needs()
    listed = [
        VoiceInfo(
            speaker=one.name,
            language=one.settings.language,
            description=f"neural voice{one.settings.crowd}, from the package {one.package}",
            ready=not needs,
            needs=needs,
        )
        for one in _installed()
        if one.settings
    ]
    if not listed:
        needs = needs or 'a voice: pip install "articlecast[piper]" brings one; --voice piper:PATH takes any .onnx file'
        listed = [VoiceInfo(speaker="PATH", language="mul", description="neural voice", ready=False, needs=needs)]
    return tuple(listed)


def speak(text: str, voice: Voice, *, take: int = 1) -> Speech:
    """``text`` read by the network; ``take`` seeds its noise.

    Each sentence has the level that the network gives it (Piper's own program brings each to full scale): so a voice
    has one level, and a gain found for it once is right for all it says.
    """
    chosen = _chosen(voice)
    if voice.rate_percent not in _RATE_PERCENT:
        raise UsageError(f"piper speaks at {_RATE_PERCENT[0]} to {_RATE_PERCENT[-1]} %, not {voice.rate_percent} %")
    if not has_words(text):
        raise SpeakError("there is no word to speak")
    model = _model(chosen.model, chosen.digests)
    noise = np.random.default_rng(take)
    pieces: list[NDArray[np.float32]] = []
    said: list[str] = []
    starts: list[int] = []
    length = 0
    for phonemes in _calls(_phonemes(model, text), chosen.settings.plain["phoneme_id_map"]):
        samples, places = _synthesise(model, chosen, phonemes, voice.rate_percent, noise)
        said += [*phonemes, " "]
        starts += (length + places).tolist()
        pieces.append(samples)
        length += len(samples)
    if not pieces:
        raise SpeakError("piper knows no sounds for these words")
    sample_rate_hz = chosen.settings.sample_rate_hz
    heard = tuple(_words(model, text, said, [*starts, length])) if model.durations else ()
    samples, heard = trimmed(np.clip(np.concatenate(pieces), -1.0, 1.0), sample_rate_hz, heard)
    least = samples_from_ms(_SHORTEST_WORD_MS, sample_rate_hz)
    heard = tuple(word for word in heard if word.end_sample - word.start_sample >= least)
    return Speech(samples=samples, sample_rate_hz=sample_rate_hz, words=heard)


# ── which voice ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Installed:
    """A voice in a package; ``settings`` is None where they cannot be used."""

    name: str
    package: str
    model: Path
    settings: Settings | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """What a `Voice` comes to; ``number`` is its speaker's, None for a model of one speaker."""

    model: Path
    digests: str
    settings: Settings
    number: int | None


def _chosen(voice: Voice) -> _Chosen:
    if needs := _needs():
        raise MissingDependency(needs)
    model = _file(voice.model or voice.speaker, voice.language)
    beside = model.with_name(f"{model.name}.json")
    try:
        digests = f"{_digest_of(model)} settings {_digest_of(beside)}"
    except OSError as error:
        raise UsageError(
            f"a Piper voice is a file with its settings beside it: {error.strerror}", str(beside)
        ) from error
    settings = settings_of(beside)
    number = _speaker(voice.speaker if voice.model else "", settings, model)
    return _Chosen(model=model, digests=digests, settings=settings, number=number)


def _file(name: str, language: str) -> Path:
    """The voice's ``.onnx`` file."""
    if name.endswith((".onnx", ".onnx.json")):
        path = Path(name.removesuffix(".json")).expanduser()
        if not path.is_file():
            raise UsageError("there is no such Piper voice file", str(path))
        return path
    usable = [one for one in _installed() if one.settings]
    have = ", ".join(f"{one.name} ({one.settings.language})" for one in usable if one.settings) or "none"
    if name:
        found = [one for one in usable if name in {one.name, one.package}]
        what = f"the engine 'piper' has no voice {name!r}"
    else:
        # the best for the language that is wanted, of these the first; any where nobody says which
        wanted = language.lower()
        tags = [one.settings.language.lower() for one in usable if one.settings]
        near = [_nearness(tag, wanted) for tag in tags]
        best = max(near, default=0)
        found = [one for one, n in zip(usable, near, strict=True) if n == best and n]
        what = f"no installed Piper voice speaks {language!r}" if usable else "no Piper voice is installed"
    if not found:
        how = (
            'pip install "articlecast[piper]" brings an English one, and any .onnx voice file can be given by its path'
        )
        raise UsageError(f"{what}; there are: {have}; {how}")
    return found[0].model


def _nearness(tag: str, wanted: str) -> int:
    if wanted in {"", "und", tag}:
        return 2
    return int(tag.partition("-")[0] == wanted.partition("-")[0])


def _speaker(name: str, settings: Settings, model: Path) -> int | None:
    """The number of the speaker called ``name``; the settings' own choice where none is named."""
    count = settings.plain["num_speakers"]
    if count <= 1 and not name:
        return None
    number = settings.speakers.get(name, int(name) if name.isdecimal() and len(name) < 9 else -1)
    if not name:
        number = settings.plain.get("default_speaker_id", 0)
    if count <= 1 or not 0 <= number < count:
        some = ", ".join([*settings.speakers][:8]) or "it has but one"
        raise UsageError(f"this Piper voice has no speaker {name!r}; there are {count}: {some}", str(model))
    return int(number)


@cache
def _installed() -> tuple[_Installed, ...]:
    """Voices in packages, by name: their lists of files are searched, which takes 0.1 s, so it is done once."""
    found: dict[str, _Installed] = {}
    for package in metadata.distributions():
        record = package.read_text("RECORD") or ""
        if ".onnx.json" not in record:
            continue
        for line in record.splitlines():
            listed = line.rsplit(",", 2)[0].strip('"')
            model = Path(str(package.locate_file(listed.removesuffix(".json"))))
            if listed.endswith(".onnx.json") and model.is_file():
                one = _Installed(name=model.stem, package=package.name, model=model, settings=_usable(model))
                found.setdefault(one.name, one)
    return tuple(found[name] for name in sorted(found))


def _usable(model: Path) -> Settings | None:
    try:
        return settings_of(model.with_name(f"{model.name}.json"))
    except (UsageError, OSError):
        return None  # somebody else's model: kept out of the list


def _digest_of(path: Path) -> str:
    known = path.stat()
    return _digest(path, known.st_size, known.st_mtime_ns)


@lru_cache(maxsize=256)
def _digest(path: Path, *_: int) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@cache
def _needs() -> str:
    """What to do where Piper is not installed; empty where it is."""
    try:
        return "" if _versions() else _INSTALL
    except MissingDependency as error:
        return error.message


@cache
def _versions() -> str:
    try:
        return "; ".join(f"{name} {metadata.version(name)}" for name in ("piper-tts", "onnxruntime", "numpy"))
    except metadata.PackageNotFoundError as error:
        raise MissingDependency(_INSTALL) from error


# ── text → phonemes → samples ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """A loaded voice.

    Attributes:
        piper: Piper's voice, which knows its phonemes.
        noises: Names of the session's inputs for noise; empty where the network draws it itself.
        durations: Whether the session tells how long each id lasts.
    """

    piper: Any
    session: Any
    noises: tuple[str, ...]
    durations: bool


@lru_cache(maxsize=4)
def _model(path: Path, _: str) -> _Model:
    """The voice, loaded once for each content of its files."""
    try:
        import onnxruntime

        package = importlib.import_module("piper")
    except ImportError as error:
        raise MissingDependency(_INSTALL) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    settings = settings_of(path.with_name(f"{path.name}.json")).plain
    try:
        data, noises, durations = rewired(path.read_bytes())
        session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        inputs = {one.name for one in session.get_inputs()} - {*noises, FIRST}
    except Exception as error:  # onnxruntime's errors have no root of their own
        reason = str(error).strip().splitlines()[:1] or [type(error).__name__]
        raise UsageError(f"not the network of a Piper voice: {reason[0]}", str(path)) from error
    speakers = {"sid"} if settings["num_speakers"] > 1 else set()
    if inputs != {"input", "input_lengths", "scales"} | speakers:
        raise UsageError(f"not the network of a Piper voice: its inputs are {', '.join(sorted(inputs))}", str(path))
    piper = package.PiperVoice(config=package.PiperConfig.from_dict(settings), session=session)
    return _Model(piper=piper, session=session, noises=noises, durations=durations)


def _phonemes(model: _Model, text: str) -> list[list[str]]:
    """Phonemes by sentence; double brackets, within which Piper expects phonemes, are nothing special here."""
    plain = re.sub(r"\[(?=\[)", "[ ", text.replace("\0", " "))
    try:
        sentences: list[list[str]] = model.piper.phonemize(plain)
    except RuntimeError as error:  # espeak does not know the voice that the settings name
        raise SpeakError(f"piper cannot tell the sounds of the text: {error}") from error
    return sentences


def _calls(sentences: list[list[str]], ids: Mapping[str, Any]) -> Iterator[list[str]]:
    """The phonemes of each call of the network: a sentence, or as much of a long one, that holds a sound it knows."""
    for sentence in sentences:
        rest = sentence
        while rest:
            cut = len(rest)
            if cut > _MOST_PHONEMES:
                blanks = [n for n in range(1, _MOST_PHONEMES) if rest[n] == " "]
                clauses = [n for n in blanks if rest[n - 1] in _CLAUSE_END]
                cut = (clauses or blanks or [_MOST_PHONEMES])[-1]
            if any(one.isalpha() and one in ids for one in rest[:cut]):  # a stop alone would give a noise
                yield rest[:cut]
            rest = rest[cut:]


def _synthesise(
    model: _Model, chosen: _Chosen, phonemes: list[str], rate_percent: int, noise: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Samples, and the sample at which each phoneme begins, and the last one ends: int64, shape (phonemes + 1,)."""
    settings = chosen.settings.plain
    table, inference = settings["phoneme_id_map"], settings["inference"]
    ids = [*table["^"], *table["_"]]
    firsts = []
    for phoneme in phonemes:
        firsts.append(len(ids))
        if phoneme in table:  # as Piper does it, what the network has no id for is not said
            ids += [*table[phoneme], *table["_"]]
    firsts.append(len(ids))
    ids += table["$"]
    stretch = inference["length_scale"] * 100 / rate_percent
    scales = [inference["noise_scale"], stretch, inference["noise_w"]]
    inputs: dict[str, Any] = {
        "input": np.array([ids], np.int64),
        "input_lengths": np.array([len(ids)], np.int64),
        "scales": np.array(scales, np.float32),
    }
    if chosen.number is not None:
        inputs["sid"] = np.array([chosen.number], np.int64)
    if model.noises:
        inputs[FIRST] = np.zeros(1, np.int64)
        some = math.ceil((len(ids) * _NOISE_FRAMES[0] + _NOISE_FRAMES[1]) * max(1.0, stretch)) * _NOISE_CHANNELS
        for name in model.noises:
            inputs[name] = noise.standard_normal(some, np.float32)
    try:
        outputs = model.session.run(None, inputs)
    except Exception as error:  # onnxruntime's errors have no root of their own
        reason = str(error).strip().splitlines()[:1] or [type(error).__name__]
        raise SpeakError(f"piper's network failed: {reason[0]}") from error
    samples = np.asarray(outputs[0], np.float32).reshape(-1)
    if not model.durations:
        return samples, np.zeros(len(firsts), np.int64)
    lasts = np.asarray(outputs[-1]).reshape(-1) * settings.get("hop_length", 256)
    ends = np.concatenate([[0], np.cumsum(lasts)])
    return samples, np.minimum(ends[firsts], len(samples)).astype(np.int64)


def _words(model: _Model, text: str, said: Sequence[str], starts: Sequence[int]) -> Iterator[Word]:
    """The words of ``text`` whose phonemes are found among those that were said."""
    spans = words(text)
    alone = [
        "".join(phoneme for sentence in _phonemes(model, text[start:end]) for phoneme in sentence)
        for start, end in spans
    ]
    for (start, end), span in zip(spans, word_phonemes(said, alone), strict=True):
        if span and starts[span[1]] > starts[span[0]]:
            yield Word(start=start, end=end, start_sample=starts[span[0]], end_sample=starts[span[1]])
