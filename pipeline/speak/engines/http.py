"""Any server that speaks OpenAI's way: hosted voices, or a machine with a GPU (Kokoro-FastAPI, Speaches, vLLM …).

It asks ``POST {base}/audio/speech``. The address stands in ``ARTICLECAST_SPEECH_URL`` (else ``OPENAI_BASE_URL``), the
key in ``ARTICLECAST_SPEECH_KEY``; ``OPENAI_API_KEY`` is used too, but is sent nowhere but to OpenAI and to where
``OPENAI_BASE_URL`` points. Keys are read when they are sent and are part of nothing else: no message, no fingerprint.

A voice's model is the server's model, its speaker the server's voice. Such voices are not deterministic: the store
keeps the first take, and another take is asked for with the same words.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.audio.trim import trimmed
from pipeline.contracts import Speech, VoiceInfo
from pipeline.errors import ReadError, SpeakError, UsageError
from pipeline.speak.engines._patience import Later, Patience, wait_of
from pipeline.speak.engines._wire import Limits, Unanswered, ask, parsed, shown
from pipeline.text.words import has_words, syllables, words

if TYPE_CHECKING:
    from urllib.parse import SplitResult

    from pipeline.model.show import Voice

LANGUAGES = ("*",)
NETWORK = True
"""It speaks by asking another machine."""

_RULES = "1"
"""Raised when this file begins to ask for other sound of the same text."""
_MODEL, _SPEAKER = "tts-1", "alloy"
_RATE_PERCENT = range(25, 401)
_SAMPLE_RATES_HZ = range(8_000, 192_001)
_OPENAI = "api.openai.com"
_LONGEST_S, _SPARE_S = 1.2, 4.0
"""A syllable at the slowest, and what a line may take besides."""
_BYTES_PER_S = 48_000 * 2 * 4
"""Of the largest sound that any server would send: float32 in stereo."""
_RETRIED = frozenset((408, 409, 425, 429))
_QUOTED = 200
"""Characters of a server's own words that a message may have."""
_LEAKED = 6
"""So many characters of a key in a row, and a server's words are not repeated."""
_UNKNOWN_SIZE = 0x7FFF0000
"""Sizes from here on, and 0, stand in headers of WAV that were sent before the end of the sound was known."""

_patience = Patience()


def fingerprint(voice: Voice) -> str:
    """Where the sound comes from; what the server changes behind its address nobody can know."""
    return f"http {_RULES}; {shown(_base())}; model {voice.model or _MODEL}; voice {_checked(voice)}"


def voices() -> tuple[VoiceInfo, ...]:
    """The server's usual voice; which others it has, is not asked."""
    needs = ""
    try:
        _base()
    except UsageError as error:
        needs = error.message
    told = "the speech server's; any other that it has is http:NAME"
    return (VoiceInfo(speaker=_SPEAKER, language="mul", description=told, ready=not needs, needs=needs),)


def speak(text: str, voice: Voice, *, take: int = 1) -> Speech:
    """``text`` read by the server; which words when, it does not tell.

    Raises:
        UsageError: No server is named, or it takes neither key nor address nor voice.
        SpeakError: It failed for good, or its answer is no speech.
    """
    speaker = _checked(voice)
    if voice.rate_percent not in _RATE_PERCENT:
        raise UsageError(f"speech servers speak at 25 to 400 %, not {voice.rate_percent} %")
    base = _base()
    if not has_words(text):
        raise SpeakError("there is no word to speak")
    wish: dict[str, Any] = {"model": voice.model or _MODEL, "input": text, "voice": speaker, "response_format": "wav"}
    if voice.rate_percent != 100:  # some models refuse to be told of it
        wish["speed"] = voice.rate_percent / 100
    slowest_s = _SPARE_S + _LONGEST_S * sum(syllables(text[start:end]) for start, end in words(text))
    slowest_s *= max(1.0, 100 / voice.rate_percent)
    call = _Call(base=base, body=json.dumps(wish).encode(), max_bytes=int(slowest_s * _BYTES_PER_S))
    try:
        answer = _patience.persist(call.answer, per_minute=_per_minute())
    except Unanswered as error:
        raise SpeakError(f"{call.host} is of no help: {error}") from None
    return _heard(answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """A request, which may be made several times."""

    base: SplitResult
    body: bytes = field(repr=False)
    max_bytes: int

    def answer(self) -> bytes:
        """The body of a good answer.

        Raises:
            Unanswered: There was none, or the server asks to come back later.
            UsageError: None will ever come.
            SpeakError: None will come for this text.
        """
        key = _key(self.base)
        place = self.base._replace(path=self.base.path + "/audio/speech")
        headers = {"Content-Type": "application/json", "Accept": "audio/*", "Connection": "close"}
        if key:
            headers["Authorization"] = f"Bearer {key}"

        def approve(exposed: bool) -> None:
            if exposed and key:
                raise UsageError(f"the key is not sent to {self.host} in the open: give an address with https")

        out = io.BytesIO()
        limits = Limits(max_bytes=self.max_bytes)
        answer = ask(place, limits, out, body=self.body, headers=headers, approve=approve)
        body, status = out.getvalue(), answer.status
        if status == 200:
            media_type = answer.headers.get_content_type()
            if media_type.startswith("text/") or media_type == "application/json":
                raise SpeakError(f"{self.host} answers with {media_type}, not with sound: is its address right?")
            if _is_cut(body):
                raise Unanswered("the connection broke off")
            return body
        said = _quoted(body, key)
        if status in _RETRIED or status >= 500:
            wait_s = wait_of(answer.headers.get("Retry-After", ""))
            raise Later(f"it answers {status}{said}", wait_s=wait_s, everybody=status == 429)
        raise self._refusal(status, said)

    @property
    def host(self) -> str:
        """The server, for messages."""
        return f"the speech server {self.base.hostname}"

    def _refusal(self, status: int, said: str) -> SpeakError | UsageError:
        if status in {401, 403}:
            return UsageError(f"{self.host} wants a key that it knows: set ARTICLECAST_SPEECH_KEY")
        if 300 <= status < 400:
            return UsageError(f"{self.host} sends us elsewhere: set ARTICLECAST_SPEECH_URL to the address that answers")
        if status == 404:
            return UsageError(f"{self.host} has no such model or no such address{said}")
        return SpeakError(f"{self.host} refuses the text, its voice or its model ({status}){said}")


# ── settings ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _base() -> SplitResult:
    """The address that the server's paths begin with."""
    for name in ("ARTICLECAST_SPEECH_URL", "OPENAI_BASE_URL"):
        if address := os.environ.get(name, "").strip():
            try:
                parts = parsed(address)
            except UsageError as error:
                raise UsageError(f"{name} {error.message}") from None
            return parts._replace(path=parts.path.rstrip("/").removesuffix("/audio/speech"), fragment="")
    raise UsageError("set ARTICLECAST_SPEECH_URL to the address of a speech server, such as https://api.openai.com/v1")


def _key(base: SplitResult) -> str:
    """The key for the server at ``base``; empty where none is set. OpenAI's own is nothing for others."""
    trusted = base[:2] == ("https", _OPENAI) or not os.environ.get("ARTICLECAST_SPEECH_URL", "").strip()
    for name in ("ARTICLECAST_SPEECH_KEY", "OPENAI_API_KEY") if trusted else ("ARTICLECAST_SPEECH_KEY",):
        if key := os.environ.get(name, "").strip():
            if not key.isascii() or not key.isprintable() or " " in key:
                raise UsageError(f"{name} holds signs that are in no key")
            return key
    return ""


def _per_minute() -> float:
    """How many requests a process may make in a minute; 0 for any number."""
    value = os.environ.get("ARTICLECAST_SPEECH_PER_MINUTE", "").strip()
    if not value:
        return 0
    if not value.isdecimal() or not int(value):
        raise UsageError(f"ARTICLECAST_SPEECH_PER_MINUTE must be a whole number from 1 on, not {value[:20]!r}")
    return int(value)


def _checked(voice: Voice) -> str:
    """The server's name of the voice."""
    for name in (voice.speaker, voice.model):
        if not name.isprintable() or len(name) > _QUOTED:
            raise UsageError(f"no speech server has a voice or a model called {name[:40]!r}")
    return voice.speaker or _SPEAKER


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _heard(data: bytes) -> Speech:
    """The speech in an answer, whatever its format."""
    import numpy as np

    from pipeline.audio.decode import decode_file

    with tempfile.TemporaryDirectory(prefix="articlecast-") as folder:
        path = Path(folder) / "speech"
        path.write_bytes(data)
        try:
            samples, sample_rate_hz = decode_file(path)
        except ReadError as error:
            raise SpeakError(f"the speech server's answer is no sound: {error.message}") from None
    if sample_rate_hz not in _SAMPLE_RATES_HZ:
        raise SpeakError(f"the speech server's answer has {sample_rate_hz} Hz; speech needs 8000 or more")
    if not np.isfinite(samples).all():
        raise SpeakError("the speech server's answer holds numbers that are no sound")
    samples, _ = trimmed(np.clip(samples, -1.0, 1.0), sample_rate_hz)
    if not len(samples):
        raise SpeakError("the speech server's answer is silent")
    return Speech(samples=samples, sample_rate_hz=sample_rate_hz)


def _is_cut(data: bytes) -> bool:
    """Whether this is WAV that announces more sound than there is; a server that streams may announce none."""
    place = 12
    while data[:4] == b"RIFF" and place + 8 <= len(data):
        size = int.from_bytes(data[place + 4 : place + 8], "little")
        place += 8
        if data[place - 8 : place - 4] == b"data":
            return 0 < size < _UNKNOWN_SIZE and place + size > len(data)
        place += size + size % 2
    return False


def _quoted(body: bytes, key: str) -> str:
    """What a server says of an error, as the end of a sentence; nothing of it where it repeats the key."""
    text = body[:20_000].decode("utf-8", "replace")
    try:
        told = json.loads(text)
        for name in ("error", "detail", "message"):
            while isinstance(told, dict) and name in told:
                told = told[name]
        while isinstance(told, list) and told:
            told = told[0].get("msg", "") if isinstance(told[0], dict) else told[0]
        text = told if isinstance(told, str) else ""
    except (ValueError, RecursionError):
        if text.lstrip().startswith("<"):  # a page for browsers
            text = ""
    text = "".join(c if c.isprintable() else " " for c in text)
    text = " ".join(text.split())
    parts = {key[n : n + _LEAKED].casefold() for n in range(max(1, len(key) - _LEAKED + 1))} if key else set()
    if any(part in text.casefold() for part in parts):
        return " (its words hold the key and are not repeated)"
    if len(text) > _QUOTED:
        text = f"{text[: _QUOTED - 1]}…"
    return f": {text}" if text else ""
