"""Hibari: the neural voice that ships with articlecast, for English.

The package is young, so it is held on a short lead (decision 0004): its version is pinned, its models known by digest,
and all use of it is in this file. It may read no file outside its own folder and has no way to the network: of its
modules we use the phoneme dictionary, the signal processing and the sentence splitter, but never the code that picks
a voice, since that downloads what is missing. Voices that are not in the package come by `fetch`, which nothing but a
person's wish calls (decision 0017), and lie in the user's data folder.

How exact word times come about: the network knows how long each phoneme lasts, but keeps it on an inner wire. A
serialized protobuf message may be followed by more of its fields, which are merged when it is read; so a few bytes
behind the model's own make that wire one more output, in memory, without another package.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import re
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.audio.trim import trimmed
from pipeline.contracts import Speech, VoiceInfo
from pipeline.errors import MissingDependency, SpeakError, UsageError
from pipeline.model.clip import Word
from pipeline.speak.engines._hibari_sounds import IPA, MUTE, Guesser, ending, from_ipa
from pipeline.speak.engines._hibari_voices import FETCHABLE, fetched, place_of
from pipeline.text.spelling import spelled
from pipeline.text.words import has_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    from pipeline.model.show import Voice
    from pipeline.text.ipa import Sound

LANGUAGES = ("en",)
SOUNDS = "ipa"
"""`speak` takes the sounds of words."""
STABLE = True
"""It can be trusted to run in the calling process."""
SAMPLE_RATE_HZ = 24_000

_RULES = "2"
"""Raised when this file begins to make other sound of the same text."""
_SPEAKER = "heart"
_KNOWN_MODEL = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
_DURATIONS = b"/Cast_32_output_0"
"""The inner tensor of the known model, and of those built like it, with one whole number a phoneme id."""
_DURATION_SAMPLES = 600
"""What a duration counts in: two frames of 300 samples; all of them together are the sound's length."""
_MOST_PHONEMES = 400
"""The network's limit; longer sentences are cut at clauses."""
_RATE_PERCENT = range(50, 201)
_SILENT = frozenset(' ;:,.!?—…"()“”')
_CLAUSE_END = tuple(",;:—")
_POSSESSIVE = re.compile(r"['’]s\b")
_IMPORT = threading.Lock()
_GIVEN, _GUESSED = 5, 2
"""How sure hibari is of phonemes that somebody gave it, and of those that it guesses from the letters."""


def fingerprint(voice: Voice) -> str:
    """Version and model of hibari, and of what computes with it."""
    return _fingerprint(_checked(voice))


def voices() -> tuple[VoiceInfo, ...]:
    """The one voice inside the package, and those that can be fetched."""
    there = importlib.util.find_spec("hibari") is not None
    needs = "" if there else "pip install hibari-tts"
    heart = VoiceInfo(speaker=_SPEAKER, language="en-US", description="neural voice, female", ready=there, needs=needs)
    fetchable = (
        VoiceInfo(
            speaker=speaker,
            language=one.language,
            description=f"neural voice, {one.gender}",
            ready=there and place_of(speaker).is_file(),
            needs=needs or ("" if place_of(speaker).is_file() else f"articlecast voices --get hibari:{speaker}"),
        )
        for speaker, one in FETCHABLE.items()
    )
    return (heart, *fetchable)


def fetch(speaker: str, *, address: str = "") -> Path:
    """Get a voice that is not included, and the file it lies in; only ``articlecast voices --get`` calls this.

    Args:
        speaker: Its name; nothing is asked of the network for one that is there.
        address: Of the folder of voices, where it is not hibari's own.

    Raises:
        UsageError: There is no such voice.
        PipelineError: It cannot be had, or is another file than the one that is known.
    """
    if speaker == _SPEAKER:
        return _model_file(speaker)
    _fingerprint.cache_clear()
    return fetched(speaker, address)


def speak(text: str, voice: Voice, *, take: int = 1, sounds: tuple[Sound, ...] = ()) -> Speech:
    """``text`` read by the network; ``take`` seeds its noise, so the same call gives the same samples.

    Sounds that English does not have are left to the dictionary.

    Raises:
        SpeakError: A word would go missing, since English has no sounds for its letters; the message names it.
    """
    speaker = _checked(voice)
    if not has_words(text):
        raise SpeakError("there is no word to speak")
    noise = np.random.default_rng(take)
    pieces: list[NDArray[np.float32]] = []
    tokens: list[_Token] = []
    place = 0
    chunks = list(_chunks(text, sounds, speaker))
    if lost := tuple(dict.fromkeys(_lost(chunks))):
        raise SpeakError(
            f"hibari knows no English sounds for {', '.join(lost)}: write it in Latin letters at the margin, "
            "or say its language there, as in {ja: …}"
        )
    for chunk in chunks:
        sound, starts = _synthesise("".join(phonemes for _, phonemes in chunk), voice.rate_percent, noise, speaker)
        tokens += _timed(chunk, starts, place)
        pieces.append(sound)
        place += len(sound)
    if not any(token.end_sample > token.start_sample for token in tokens):
        raise SpeakError("hibari knows no English sounds for these words")
    samples = np.clip(np.concatenate(pieces), -1.0, 1.0)
    timed = _model(speaker).timed
    samples, heard = trimmed(samples, SAMPLE_RATE_HZ, tuple(_words(text, tokens)) if timed else ())
    return Speech(samples=samples, sample_rate_hz=SAMPLE_RATE_HZ, words=heard)


def load(voice: Voice) -> None:
    """Load the network and the dictionary."""
    _model(_checked(voice))


def knows(word: str, voice: Voice) -> bool:
    """Whether the dictionary has ``word``, or a word that it is a form of; the sounds of others are guessed."""
    return all(token.rating is None or token.rating != _GUESSED for token in _looked_up(word, voice))


def pronounce(word: str, voice: Voice) -> str:
    """The sounds of ``word`` in IPA, as this engine says it."""
    phonemes = "".join((token.phonemes or "") + (" " if token.whitespace else "") for token in _looked_up(word, voice))
    return "".join(IPA.get(one, one) for one in phonemes.replace(MUTE, "").strip())


def _looked_up(word: str, voice: Voice) -> list[Any]:
    g2p = _model(_checked(voice)).g2p
    tokens: list[Any] = g2p.phonemize_tokens(g2p.tokenize(word))
    return tokens


# ── the package ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _checked(voice: Voice) -> str:
    """The speaker, who is there."""
    speaker = voice.speaker or _SPEAKER
    if speaker != _SPEAKER and speaker not in FETCHABLE:
        ready = [one for one in FETCHABLE if place_of(one).is_file()]
        others = ", ".join(one for one in FETCHABLE if one not in ready)
        text = f"the engine 'hibari' has no voice {speaker!r}; there is: {', '.join([_SPEAKER, *ready])}"
        raise UsageError(f"{text} (not included, but to be had: {others})" if others else text)
    _model_file(speaker)
    if voice.rate_percent not in _RATE_PERCENT:
        raise UsageError(f"hibari speaks at {_RATE_PERCENT[0]} to {_RATE_PERCENT[-1]} %, not {voice.rate_percent} %")
    return speaker


def _model_file(speaker: str) -> Path:
    if speaker == _SPEAKER:
        return _assets() / "hibari.onnx"
    path = place_of(speaker)
    if not path.is_file():
        get = f"articlecast voices --get hibari:{speaker}"
        raise UsageError(f"hibari's voice {speaker!r} is not included: {get} (there is: {_SPEAKER})")
    return path


def _assets() -> Path:
    """Hibari's own data folder, found without importing anything."""
    spec = importlib.util.find_spec("hibari")
    if spec is None or not spec.submodule_search_locations:
        raise MissingDependency("the engine 'hibari' needs a package: pip install hibari-tts")
    return Path(spec.submodule_search_locations[0]) / "assets"


@cache
def _fingerprint(speaker: str) -> str:
    digest = hashlib.sha256(_model_data(speaker)).hexdigest()
    try:
        versions = "; ".join(f"{name} {metadata.version(name)}" for name in ("hibari-tts", "onnxruntime", "numpy"))
    except metadata.PackageNotFoundError as error:
        raise MissingDependency(f"the engine 'hibari' needs a package: pip install {error.name}") from error
    return f"hibari {_RULES}; {versions}; model {digest}"


def _model_data(speaker: str) -> bytes:
    """A voice's network; of those that were fetched, nothing but the one that is known."""
    path = _model_file(speaker)
    data = path.read_bytes()
    if speaker != _SPEAKER and hashlib.sha256(data).hexdigest() != FETCHABLE[speaker].sha256:
        raise UsageError(f"the file is damaged: articlecast voices --get hibari:{speaker}", str(path))
    return data


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """What is loaded once: onnxruntime's session, hibari's modules; ``timed`` when the session tells durations."""

    session: Any
    vocabulary: dict[str, int]
    timed: bool
    british: bool
    g2p: Any
    token: Any
    normalise: Any
    split: Any
    synth: Any


@cache
def _model(speaker: str = _SPEAKER) -> _Model:
    assets = _assets()
    british = speaker != _SPEAKER and FETCHABLE[speaker].language == "en-GB"
    try:
        with _IMPORT, _WithoutScipy():
            g2p = importlib.import_module("hibari.g2p")
            tts = importlib.import_module("hibari.tts")
            dsp = _dsp()
    except ImportError as error:
        raise MissingDependency(f"the engine 'hibari' needs a package: pip install {error.name}") from error
    data = _model_data(speaker)
    vocabulary = json.loads((assets / "vocab.json").read_text(encoding="utf-8"))
    with ThreadPoolExecutor(1) as beside:  # the network is loaded while the dictionary is: a quarter of the time
        loading = beside.submit(_timed_session, data, vocabulary, dsp.synth)
        dictionary = _g2p(british)
        timed = loading.result()
    return _Model(
        session=timed or _session(data),
        vocabulary=vocabulary,
        timed=timed is not None,
        british=british,
        g2p=dictionary,
        token=g2p.Tok,
        normalise=g2p.normalize,
        split=tts.Hibari.split_sentences,
        synth=dsp.synth,
    )


def _session(data: bytes) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise MissingDependency(f"the engine 'hibari' needs a package: pip install {error.name}") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def _timed_session(data: bytes, vocabulary: dict[str, int], synth: Any) -> Any | None:
    """A session with the durations as its last output; None where the network has them not, or not there.

    What a wire of an unknown network holds is tried out: a whole number a phoneme id, together the sound's length.
    """
    digest = hashlib.sha256(data).hexdigest()
    if digest not in {_KNOWN_MODEL, *(one.sha256 for one in FETCHABLE.values())}:
        return None
    try:
        session = _session(data + _one_more_output(_DURATIONS))
        if digest == _KNOWN_MODEL:
            return session
        ids = np.array([[0, *sorted(vocabulary.values()), 0]], np.int64)
        outputs = session.run(None, {"ids": ids, "speed": np.ones(1, np.float32)})
    except MissingDependency:
        raise
    except Exception:  # whatever onnxruntime says of a network without that wire: its errors have no common root
        return None
    sound = synth(*(output[0] for output in outputs[:6]), np.random.default_rng(1))
    fits = outputs[6].size == ids.size and int(outputs[6].sum()) * _DURATION_SAMPLES == len(sound)
    return session if fits else None


@cache
def _guessing(path: Path) -> Any:
    return importlib.import_module("hibari.g2p.oov").OOV(str(path))


@cache
def _g2p(british: bool) -> Any:
    """Hibari's dictionary, which several voices may share."""
    guesser = Guesser(partial(_guessing, _assets() / ("oov_gb.onnx" if british else "oov.onnx")))
    return importlib.import_module("hibari.g2p").G2P(oov=guesser, british=british)


def _dsp() -> ModuleType:
    """Hibari's signal processing on numpy's transforms: scipy's give other bits, and take a second to import."""
    dsp = importlib.import_module("hibari.dsp")
    if dsp.FFT_BACKEND == "numpy":
        return dsp
    # somebody imported it before us, with scipy: leave theirs alone and take a copy of our own
    assert dsp.__spec__ is not None
    spec = importlib.util.spec_from_file_location("hibari.dsp", dsp.__spec__.origin)
    assert spec is not None
    assert spec.loader is not None
    own = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(own)
    return own


class _WithoutScipy:
    """Within it ``import scipy.fft`` fails as if scipy were not installed."""

    def __enter__(self) -> None:
        self._kept = {name: sys.modules.get(name) for name in ("scipy", "scipy.fft")}
        sys.modules.update(dict.fromkeys(self._kept))  # type: ignore[arg-type]  # None halts an import

    def __exit__(self, *_: object) -> None:
        for name, module in self._kept.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


def _one_more_output(name: bytes) -> bytes:
    """Fields that make the int64 tensor ``name`` an output when they follow a serialized ONNX ModelProto."""

    def field(number: int, content: bytes) -> bytes:
        assert len(content) < 128  # so that its length is one byte
        return bytes((number << 3 | 2, len(content))) + content

    int64 = field(1, bytes((1 << 3, 7)))  # TypeProto.tensor_type.elem_type = INT64
    return field(7, field(12, field(1, name) + field(2, int64)))  # ModelProto.graph.output: name, type


# ── text → phonemes → samples ────────────────────────────────────────────────────────────────────────────────────────


def _chunks(text: str, sounds: tuple[Sound, ...] = (), speaker: str = _SPEAKER) -> Iterator[list[tuple[str, str]]]:
    """Pairs of token and phonemes, a run for each call of the network; the phonemes keep the space behind them."""
    model = _model(speaker)
    given = [(one, phonemes) for one in sounds if (phonemes := from_ipa(one.ipa, model.british))]
    for sentence in (text,) if given else model.split(text):
        tokens = model.g2p.phonemize_tokens(_tokens(model, sentence, given))
        run: list[tuple[str, str]] = []
        for token in tokens:
            run.append((token.text, (token.phonemes or "") + (" " if token.whitespace else "")))
            while sum(len(phonemes) for _, phonemes in run) > _MOST_PHONEMES + 1:
                cut = _cut(run)
                yield run[:cut]
                run = run[cut:]
        # "…" alone would give noise; a word without sounds is handed on, so that it is missed
        if any(has_words(token) or not _SILENT.issuperset(phonemes) for token, phonemes in run):
            yield run


def _lost(chunks: list[list[tuple[str, str]]]) -> Iterator[str]:
    """The tokens that would not be heard, or not all of them."""
    for token, phonemes in (pair for chunk in chunks for pair in chunk):
        if MUTE in phonemes or (has_words(token) and _SILENT.issuperset(phonemes)):
            spans = words(token)
            yield token[spans[0][0] : spans[-1][1]] if spans else token


def _tokens(model: _Model, sentence: str, given: Sequence[tuple[Sound, str]]) -> list[Any]:
    """The tokens of a sentence; places with phonemes of their own are one token each."""
    tokens: list[Any] = []
    place = 0
    for sound, phonemes in (*given, (None, "")):
        start, end = (sound.start, sound.end) if sound else (len(sentence), len(sentence))
        between = sentence[place:start]
        if tokens and (possessive := _POSSESSIVE.match(between)):
            tokens[-1].text += possessive[0]
            tokens[-1].phonemes += ending(tokens[-1].phonemes, model.british)
            between = between[possessive.end() :]
        if tokens and between[:1].isspace():
            tokens[-1].whitespace = " "
        some = model.g2p.tokenize(model.normalise(between)) if between.strip() else []
        if some and between[-1:].isspace():
            some[-1].whitespace = " "
        tokens += some
        if sound:
            tokens.append(model.token(sentence[start:end], "NN", "", phonemes=phonemes, rating=_GIVEN))
        place = end
    return tokens


def _cut(run: list[tuple[str, str]]) -> int:
    """How many tokens of a run that is too long go into a call: to the last clause, else to the last word."""
    ends = [n for n in range(1, len(run)) if run[n - 1][1].endswith(" ")]
    clauses = [n for n in ends if run[n - 1][1].rstrip().endswith(_CLAUSE_END)]
    return (clauses or ends or [max(1, len(run) - 1)])[-1]


def _synthesise(
    phonemes: str, rate_percent: int, noise: np.random.Generator, speaker: str
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Samples, and the sample at which each character of ``phonemes`` begins: int64, shape (characters + 1,)."""
    model = _model(speaker)
    # as hibari does it: no space at the ends, a pad before and behind; what has no id is not said and takes no time
    blank = len(phonemes) - len(phonemes.lstrip())
    said = [n for n, one in enumerate(phonemes.rstrip()) if n >= blank and one in model.vocabulary]
    ids = [0, *(model.vocabulary[phonemes[n]] for n in said), 0]
    inputs = {"ids": np.array([ids], np.int64), "speed": np.array([rate_percent / 100], np.float32)}
    outputs = model.session.run(None, inputs)
    sound = model.synth(*(output[0] for output in outputs[:6]), noise)
    if not model.timed:
        return sound, np.linspace(0, len(sound), len(phonemes) + 1).astype(np.int64)
    ends = np.cumsum(outputs[6].reshape(-1)) * _DURATION_SAMPLES
    return sound, ends[np.searchsorted(said, np.arange(len(phonemes) + 1))].astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """A piece of the text as hibari split it; where nothing of it sounds, ``end_sample`` is ``start_sample``."""

    text: str
    start_sample: int
    end_sample: int


def _timed(chunk: list[tuple[str, str]], starts: NDArray[np.int64], offset: int) -> Iterator[_Token]:
    """The tokens of a chunk whose phonemes begin at ``starts``, without the punctuation around them."""
    at = 0
    for text, phonemes in chunk:
        sounding_at = [at + n for n, one in enumerate(phonemes) if one not in _SILENT]
        first, last = (sounding_at[0], sounding_at[-1] + 1) if sounding_at else (0, 0)
        yield _Token(text=text, start_sample=offset + int(starts[first]), end_sample=offset + int(starts[last]))
        at += len(phonemes)


def _words(text: str, tokens: list[_Token]) -> Iterator[Word]:
    """The words whose time is known exactly: those that hibari's normaliser left as they are, which is the rule."""
    tokens_of = spelled(text, [token.text for token in tokens])
    for (start, end), span in zip(words(text), tokens_of, strict=True):
        sound = [token for token in tokens[slice(*span)] if token.end_sample > token.start_sample] if span else []
        if sound:
            yield Word(start=start, end=end, start_sample=sound[0].start_sample, end_sample=sound[-1].end_sample)
