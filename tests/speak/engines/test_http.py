"""Voices of a speech server, against real servers on loopback: good ones, slow ones, broken ones, and a curious one."""

from __future__ import annotations

import io
import json
import pickle
import socket
import ssl
import time
import traceback
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from pipeline import plugins
from pipeline.errors import PipelineError, SpeakError, UsageError
from pipeline.model.show import Voice
from pipeline.speak.check import fault

ENGINE = plugins.load("engines", "http")
VOICE = Voice(engine="http")
KEY = "sk-proj-Zq7Wm2Xk9Lr4"
TEXT = "Twelve boats left the harbour."
PEM = Path(__file__).parents[2] / "read" / "loopback.pem"
"""Key and certificate of ``tides.example.org``, signed by itself."""

Answer = tuple[int, dict[str, str], bytes]
Act = Callable[["_Handler"], None]


def wav(seconds: float = 2.0, rate: int = 24_000, *, announced: int | None = None, level: float = 0.5) -> bytes:
    """A buzz with silence around it; ``announced`` stands in the header in place of the true size."""
    t = np.arange(int(seconds * rate)) / rate
    sound = level * np.sin(2 * np.pi * 180 * t) * np.minimum(1, 8 * np.minimum(t, seconds - t))
    samples = np.concatenate([np.zeros(rate // 2), sound, np.zeros(rate // 2)])
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
    data = out.getvalue()
    return data if announced is None else data[:40] + announced.to_bytes(4, "little") + data[44:]


def good(data: bytes = b"", **headers: str) -> Answer:
    return 200, {"Content-Type": "audio/wav", **headers}, data or wav()


@dataclass(slots=True)
class Server:
    """Answers with what it was told, the last one for ever."""

    url: str
    answers: list[Answer | Act] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def wishes(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, _, body in self.asked]


class _Handler(BaseHTTPRequestHandler):
    told: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.told.asked.append((self.path, dict(self.headers), body))
        answers = self.told.answers
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(answer):
            answer(self)
            return
        status, headers, content = answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that leaves in the middle is what some tests are about."""


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server(url="")
    handler = type("Handler", (_Handler,), {"told": told})
    with _Server(("127.0.0.1", 0), handler) as running:
        told.url = f"http://127.0.0.1:{running.server_port}/v1"
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield told
        running.shutdown()
        thread.join()


@dataclass(slots=True)
class Clock:
    """Time that passes when somebody sleeps."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.now += seconds

    def read(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    module = __import__(ENGINE.Patience.__module__, fromlist=["_"])
    told = Clock()
    monkeypatch.setattr(module, "_sleep", told.sleep)
    monkeypatch.setattr(module, "_clock", told.read)
    monkeypatch.setattr(ENGINE, "_patience", ENGINE.Patience())
    return told


@pytest.fixture(autouse=True)
def _environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "ARTICLECAST_SPEECH_PER_MINUTE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ARTICLECAST_SPEECH_URL", server.url)
    monkeypatch.setenv("ARTICLECAST_SPEECH_KEY", KEY)


def failure(text: str = TEXT, voice: Voice = VOICE) -> PipelineError:
    """The error of a call, from which nobody learns the key: not by its words, its causes, nor its pickle."""
    with pytest.raises(PipelineError) as caught:
        ENGINE.speak(text, voice)
    error = caught.value
    told = "".join(traceback.format_exception(error)) + repr(error) + str(pickle.dumps(error))
    assert not [part for n in range(len(KEY) - 5) if (part := KEY[n : n + 6]) in told]
    assert len(str(error)) < 400
    assert str(error).isprintable()
    return error


# ── good answers ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_asks_as_openai_wants_it_and_gives_the_speech_without_the_silence(server: Server) -> None:
    server.answers = [good()]
    speech = ENGINE.speak(TEXT, Voice(engine="http", model="kokoro", speaker="af_heart", rate_percent=125))
    ((path, headers, _),) = server.asked
    assert path == "/v1/audio/speech"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert server.wishes() == [
        {"model": "kokoro", "input": TEXT, "voice": "af_heart", "response_format": "wav", "speed": 1.25}
    ]
    assert (speech.samples.dtype, speech.sample_rate_hz, speech.words) == (np.float32, 24_000, ())
    assert 1.9 < len(speech.samples) / 24_000 < 2.1
    assert fault(speech, TEXT) is None


def test_without_anything_else_it_asks_for_the_usual_voice_and_leaves_the_speed_alone(server: Server) -> None:
    server.answers = [good()]
    ENGINE.speak(TEXT, VOICE, take=2)
    assert server.wishes() == [{"model": "tts-1", "input": TEXT, "voice": "alloy", "response_format": "wav"}]


@pytest.mark.parametrize("announced", [0, 0xFFFFFFFF, 0x7FFFFFFF, 0xFFFFFFFF - 36])
def test_wav_that_was_sent_before_its_size_was_known(server: Server, announced: int) -> None:
    server.answers = [good(wav(announced=announced))]
    assert 1.9 < len(ENGINE.speak(TEXT, VOICE).samples) / 24_000 < 2.1


@pytest.mark.parametrize("encoding", ["mp3", "flac"])
def test_other_formats_than_the_one_asked_for(server: Server, encoding: str, capfd: pytest.CaptureFixture[str]) -> None:
    import av

    out = io.BytesIO()
    with av.open(out, "w", format=encoding) as container:
        stream = container.add_stream(encoding, rate=24_000)
        tone = (8000 * np.sin(np.arange(48_000) / 20)).astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(tone, format="s16", layout="mono")
        frame.sample_rate = 24_000
        assert isinstance(stream, av.AudioStream)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    capfd.readouterr()
    server.answers = [(200, {"Content-Type": "audio/mpeg"}, out.getvalue())]
    assert 1.9 < len(ENGINE.speak(TEXT, VOICE).samples) / 24_000 < 2.2
    assert capfd.readouterr() == ("", "")


def test_another_rate_is_told_and_one_that_is_no_speech_refused(server: Server) -> None:
    server.answers = [good(wav(rate=48_000)), good(wav(rate=4_000))]
    speech = ENGINE.speak(TEXT, VOICE)
    assert (speech.sample_rate_hz, 1.9 < len(speech.samples) / 48_000 < 2.1) == (48_000, True)
    assert "4000 Hz" in str(failure())


def test_a_rate_that_is_not_the_sounds_own_is_found_by_the_check_of_every_take(server: Server) -> None:
    data = bytearray(wav(seconds=0.8))
    data[24:28] = (192_000).to_bytes(4, "little")
    server.answers = [good(bytes(data))]
    assert "too short" in str(fault(ENGINE.speak(TEXT, VOICE), TEXT))


@pytest.mark.parametrize(
    ("url", "path"),
    [("/v1", "/v1/audio/speech"), ("/v1/audio/speech", "/v1/audio/speech"), ("/v1/?v=2", "/v1/audio/speech?v=2")],
)
def test_ways_to_write_the_address(server: Server, url: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLECAST_SPEECH_URL", server.url.removesuffix("/v1") + url)
    server.answers = [good()]
    ENGINE.speak(TEXT, VOICE)
    assert server.asked[0][0] == path


# ── bad answers ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_server_that_is_busy_is_asked_again_when_it_says(server: Server, clock: Clock) -> None:
    server.answers = [(429, {"Retry-After": "7"}, b"{}"), good()]
    ENGINE.speak(TEXT, VOICE)
    assert len(server.asked) == 2
    assert 7 <= clock.slept[0] < 8


def test_nobody_asks_while_the_server_wants_to_be_left_alone(server: Server, clock: Clock) -> None:
    server.answers = [(429, {"Retry-After": "30"}, b"{}")]
    failure()
    before, server.answers = clock.now, [good()]
    ENGINE.speak(TEXT, VOICE)
    assert clock.now - before >= 30, "the last answer of the call before was a 429"


@pytest.mark.parametrize("header", ["100000", "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_no_server_makes_us_wait_for_ever(server: Server, clock: Clock, header: str) -> None:
    server.answers = [(503, {"Retry-After": header}, b""), good()]
    ENGINE.speak(TEXT, VOICE)
    assert 0 < sum(clock.slept) <= 60


@pytest.mark.parametrize("header", ["soon", "", "-5"])
def test_a_wish_to_wait_that_is_none(server: Server, clock: Clock, header: str) -> None:
    server.answers = [(503, {"Retry-After": header}, b""), good()]
    ENGINE.speak(TEXT, VOICE)
    assert 0.5 <= sum(clock.slept) <= 1


@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
def test_a_server_that_always_fails_is_asked_five_times_and_told_of(server: Server, clock: Clock, status: int) -> None:
    server.answers = [(status, {}, b'{"error": {"message": "the GPU is on fire"}}')]
    error = failure()
    assert isinstance(error, SpeakError)
    assert len(server.asked) == 5
    assert f"it answers {status}: the GPU is on fire (asked 5 times)" in str(error)
    assert 7 <= sum(clock.slept) <= 31
    assert clock.slept == sorted(clock.slept), "each wait is longer than the one before"


def test_a_dead_server_does_not_cost_the_patience_for_every_line(server: Server) -> None:
    server.answers = [(500, {}, b"")]
    for _ in range(5):
        failure()
    assert len(server.asked) == 5 + 5 + 5 + 1 + 1
    server.answers = [good(), (500, {}, b""), good()]
    ENGINE.speak(TEXT, VOICE)
    ENGINE.speak(TEXT, VOICE)
    assert len(server.asked) == 17 + 1 + 2, "a server that is back is trusted again"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Length": "999999"}, wav()[:5000]),  # less than announced
        ({"Content-Length": "5000"}, wav()[:5000]),  # as announced, but the sound is not whole
        ({"Transfer-Encoding": "chunked"}, b"2000\r\nRIFF"),
    ],
)
def test_an_answer_that_breaks_off_is_asked_for_again(server: Server, headers: dict[str, str], body: bytes) -> None:
    def hang_up(handler: _Handler) -> None:
        handler.send_response(200)
        for name, value in {"Content-Type": "audio/wav", **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    server.answers = [hang_up, good()]
    assert 1.9 < len(ENGINE.speak(TEXT, VOICE).samples) / 24_000 < 2.1
    server.answers = [hang_up]
    assert "broke off (asked 5 times)" in str(failure())


def test_a_server_that_hangs_up_at_once(server: Server) -> None:
    def hang_up(handler: _Handler) -> None:
        handler.close_connection = True

    server.answers = [hang_up]
    assert "broke off (asked 5 times)" in str(failure())


@pytest.mark.parametrize("drip", [False, True])
def test_a_slow_server_costs_its_time_and_no_more(server: Server, drip: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = ENGINE.Limits
    monkeypatch.setattr(ENGINE, "Limits", lambda max_bytes: limits(max_bytes=max_bytes, read_s=0.3))

    def slow(handler: _Handler) -> None:
        if drip:  # always something, never all
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\n\r\n")
            for byte in wav()[:100]:
                handler.wfile.write(bytes((byte,)))
                time.sleep(0.02)
        else:
            time.sleep(1)

    server.answers = [slow]
    start = time.monotonic()
    assert "does not answer in time (asked 5 times)" in str(failure())
    assert time.monotonic() - start < 4


@pytest.mark.parametrize("body", [b"\x00\x01garbage" * 500, b"", b"RIFF", wav()[:44]])
def test_what_is_no_sound_is_an_error(server: Server, body: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    server.answers = [good(body) if body else (200, {"Content-Type": "audio/wav"}, b"")]
    error = failure()
    assert isinstance(error, SpeakError)
    assert capfd.readouterr() == ("", "")


def test_silence_is_an_error(server: Server) -> None:
    server.answers = [good(wav(level=0.0))]
    assert "silent" in str(failure())


@pytest.mark.parametrize("media_type", ["text/html; charset=utf-8", "application/json"])
def test_a_page_in_place_of_sound_is_an_error(server: Server, media_type: str) -> None:
    server.answers = [(200, {"Content-Type": media_type}, b"<html>Welcome to the hotel</html>")]
    assert "not with sound: is its address right?" in str(failure())
    assert len(server.asked) == 1


def test_a_huge_answer_is_refused_announced_or_not(server: Server) -> None:
    def endless(handler: _Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\n\r\n")
        for _ in range(10_000):
            handler.wfile.write(b"\0" * 65_536)

    for answer in (endless, good(b"x", **{"Content-Length": "900000000"})):
        server.answers = [answer]
        assert "is larger than" in str(failure())
    assert len(server.asked) == 2, "it would be as large the next time"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(server: Server, status: int) -> None:
    server.answers = [(status, {"Location": f"http://127.0.0.1:9/{KEY}"}, b"")]
    error = failure()
    assert isinstance(error, UsageError)
    assert "sends us elsewhere: set ARTICLECAST_SPEECH_URL" in str(error)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("status", "body", "kind", "message"),
    [
        (401, f'{{"error": {{"message": "Incorrect key: {KEY}"}}}}', UsageError, "set ARTICLECAST_SPEECH_KEY"),
        (403, "", UsageError, "set ARTICLECAST_SPEECH_KEY"),
        (404, '{"error": {"message": "no model tts-9"}}', UsageError, "no such model.*: no model tts-9$"),
        (
            400,
            '{"error": {"message": "voice\\u001b[31m must\\nbe one of a, b"}}',
            SpeakError,
            "voice \\[31m must be one",
        ),
        (422, '{"detail": [{"loc": ["voice"], "msg": "unknown voice"}]}', SpeakError, r"\(422\): unknown voice$"),
        (422, '{"detail": "too long"}', SpeakError, ": too long$"),
        (400, "<html><h1>Bad request</h1></html>", SpeakError, r"\(400\)$"),
        (400, "plain words", SpeakError, ": plain words$"),
        (400, '{"error": {"message": 5}}', SpeakError, r"\(400\)$"),
        (400, "[" * 5000, SpeakError, r"\[\[…$"),
        (400, "very " * 500, SpeakError, "very…$"),
        (400, f'{{"error": "Bearer {KEY} is no good"}}', SpeakError, "hold the key and are not repeated"),
        (400, f'{{"error": "{KEY[:9]}****{KEY[-3:]} is no good"}}', SpeakError, "are not repeated"),
        (400, "x" * 198 + KEY, SpeakError, "are not repeated"),
        (500, f"<!-- {KEY} -->", SpeakError, "it answers 500 "),
    ],
)
def test_refusals_are_one_line_that_says_what_to_do(
    server: Server, status: int, body: str, kind: type[PipelineError], message: str
) -> None:
    server.answers = [(status, {"Content-Type": "application/json"}, body.encode())]
    error = failure()
    assert type(error) is kind
    with pytest.raises(kind, match=message):
        raise error
    assert len(server.asked) == (5 if status == 500 else 1)


def test_a_status_line_that_repeats_the_key(server: Server) -> None:
    def echo(handler: _Handler) -> None:
        handler.wfile.write(f"{KEY}\r\n\r\n".encode())

    server.answers = [echo]
    assert "broke off" in str(failure())


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("ARTICLECAST_SPEECH_URL", f"http://127.0.0.1:{port}/v1")
    assert "the speech server 127.0.0.1 is of no help: it takes no connection (asked 5 times)" in str(failure())


def test_nothing_to_say_is_not_asked_for(server: Server) -> None:
    with pytest.raises(SpeakError, match="no word"):
        ENGINE.speak("…", VOICE)
    with pytest.raises(UsageError, match="25 to 400"):
        ENGINE.speak(TEXT, Voice(engine="http", rate_percent=500))
    assert server.asked == []


# ── how often ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_more_requests_a_minute_than_were_allowed(
    server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLECAST_SPEECH_PER_MINUTE", "20")
    server.answers = [good()]
    start = clock.now
    for _ in range(5):
        ENGINE.speak(TEXT, VOICE)
    assert clock.now - start == pytest.approx(12)


@pytest.mark.parametrize("value", ["0", "-3", "many", "1.5"])
def test_a_limit_that_is_none(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLECAST_SPEECH_PER_MINUTE", value)
    assert "ARTICLECAST_SPEECH_PER_MINUTE must be a whole number" in str(failure())


# ── keys and addresses ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_key_is_in_nothing_that_is_kept(server: Server) -> None:
    server.answers = [good()]
    speech = ENGINE.speak(TEXT, VOICE)
    kept = repr(speech) + ENGINE.fingerprint(VOICE) + repr(ENGINE.voices()) + repr(vars(ENGINE))
    assert KEY not in kept
    assert KEY.encode() not in server.asked[0][2]
    assert KEY not in server.asked[0][0]


def test_the_fingerprint_tells_server_model_and_voice(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ENGINE.fingerprint(VOICE) == f"http 1; {server.url}; model tts-1; voice alloy"
    monkeypatch.setenv("ARTICLECAST_SPEECH_URL", f"{server.url}/?api-key={KEY}#x")
    assert ENGINE.fingerprint(VOICE) == f"http 1; {server.url}; model tts-1; voice alloy"
    other = Voice(engine="http", model="kokoro", speaker="af_sky")
    assert ENGINE.fingerprint(other).endswith("; model kokoro; voice af_sky")


def test_openais_own_key_goes_to_openai_alone(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers = [good()]
    monkeypatch.delenv("ARTICLECAST_SPEECH_KEY")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    ENGINE.speak(TEXT, VOICE)
    assert "Authorization" not in server.asked[-1][1]
    monkeypatch.delenv("ARTICLECAST_SPEECH_URL")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    ENGINE.speak(TEXT, VOICE)
    assert server.asked[-1][1]["Authorization"] == f"Bearer {KEY}"
    monkeypatch.setenv("ARTICLECAST_SPEECH_KEY", "another-key")
    ENGINE.speak(TEXT, VOICE)
    assert server.asked[-1][1]["Authorization"] == "Bearer another-key"


def test_a_server_that_wants_no_key(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers = [good()]
    monkeypatch.setenv("ARTICLECAST_SPEECH_KEY", " ")
    ENGINE.speak(TEXT, VOICE)
    assert "Authorization" not in server.asked[0][1]


def test_the_key_is_not_sent_in_the_open_to_the_public(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers = [good()]
    wire = __import__(ENGINE.ask.__module__, fromlist=["_"])
    monkeypatch.setattr(wire, "_is_public", lambda _: True)
    error = failure()
    assert isinstance(error, UsageError)
    assert "the key is not sent to the speech server 127.0.0.1 in the open: give an address with https" in str(error)
    assert server.asked == []
    monkeypatch.delenv("ARTICLECAST_SPEECH_KEY")
    ENGINE.speak(TEXT, VOICE)  # without a key there is nothing to hide


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("127.0.0.1", False), ("::1", False), ("10.1.2.3", False), ("192.168.0.7", False), ("172.16.0.1", False),
        ("fe80::1%eth0", False), ("fd00::5", False), ("100.64.0.9", False), ("::ffff:10.0.0.1", False),
        ("8.8.8.8", True), ("2606:4700::1111", True), ("::ffff:8.8.8.8", True),
    ],
)  # fmt: skip
def test_what_is_public(address: str, public: bool) -> None:
    wire = __import__(ENGINE.ask.__module__, fromlist=["_"])
    assert wire._is_public(address) is public


@pytest.mark.parametrize("key", ["a\nb: c", "schlüssel", "two words"])
def test_a_key_that_is_none_is_not_repeated(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLECAST_SPEECH_KEY", key)
    assert str(failure()) == "ARTICLECAST_SPEECH_KEY holds signs that are in no key"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("", "set ARTICLECAST_SPEECH_URL to the address of a speech server"),
        ("gpu:8880/v1", "ARTICLECAST_SPEECH_URL must be an address such as https://host/v1"),
        ("ftp://gpu/v1", "must be an address"),
        ("http://", "must be an address"),
        ("http://gpu:99999/v1", "is no address"),
        ("http://gp u/v1", "must be an address"),
        (f"https://me:{KEY}@gpu/v1", "must not hold a user name or a password"),
    ],
)
def test_an_address_that_is_none(address: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTICLECAST_SPEECH_URL", address)
    error = failure()
    assert isinstance(error, UsageError)
    assert message in str(error)
    with pytest.raises(UsageError):
        ENGINE.fingerprint(VOICE)
    (voice,) = ENGINE.voices()
    assert (voice.ready, voice.needs) == (False, error.message)


def test_a_server_that_is_set_is_a_voice_that_is_ready() -> None:
    (voice,) = ENGINE.voices()
    assert (voice.speaker, voice.ready, voice.needs) == ("alloy", True, "")


def test_a_voice_that_no_server_has() -> None:
    for voice in (Voice(engine="http", speaker="a\nb"), Voice(engine="http", model="m" * 300)):
        with pytest.raises(UsageError, match="no speech server has"):
            ENGINE.fingerprint(voice)


# ── https ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def secure(server: Server) -> Iterator[str]:
    """The same answers under TLS, with a certificate of ``tides.example.org``; the answer is the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    handler = type("Handler", (_Handler,), {"told": server})
    with _Server(("127.0.0.1", 0), handler) as running:
        running.socket = context.wrap_socket(running.socket, server_side=True)
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield str(running.server_port)
        running.shutdown()
        thread.join()


def test_certificates_are_checked(server: Server, secure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers = [good()]
    wire = __import__(ENGINE.ask.__module__, fromlist=["_"])
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: resolve("127.0.0.1", *rest, **more))
    monkeypatch.setenv("ARTICLECAST_SPEECH_URL", f"https://tides.example.org:{secure}/v1")
    assert "its certificate is not valid" in str(failure())
    assert server.asked == []
    monkeypatch.setenv("SSL_CERT_FILE", str(PEM))
    wire._context.cache_clear()
    try:
        ENGINE.speak(TEXT, VOICE)
        assert server.asked[0][1]["Authorization"] == f"Bearer {KEY}"
        monkeypatch.setenv("ARTICLECAST_SPEECH_URL", f"https://waves.example.org:{secure}/v1")
        assert "its certificate is not valid" in str(failure())
    finally:
        wire._context.cache_clear()
    assert len(server.asked) == 1
