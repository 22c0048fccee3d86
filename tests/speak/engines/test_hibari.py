"""Hibari: the same samples as the package gives by itself, and word times from its durations."""

from __future__ import annotations

import hashlib
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import plugins
from pipeline.errors import PipelineError, SpeakError, UsageError, WriteError
from pipeline.model.show import Voice
from pipeline.speak.calibration_texts import text_for
from pipeline.text.ipa import Sound
from pipeline.text.words import words

if TYPE_CHECKING:
    from pipeline.contracts import Speech

pytestmark = pytest.mark.model

ENGINE = plugins.load("engines", "hibari")
SOUNDS = importlib.import_module("pipeline.speak.engines._hibari_sounds")
VOICE = Voice(engine="hibari", speaker="heart")


def speak(text: str, take: int = 1) -> Speech:
    speech: Speech = ENGINE.speak(text, VOICE, take=take)
    return speech


def timed(text: str) -> list[str]:
    return [text[word.start : word.end] for word in speak(text).words]


def test_the_samples_are_hibaris_own_without_the_padding() -> None:
    from hibari import Hibari

    text = "In nineteen thirty-five, the Library of Congress began shipping talking books. They were heavy."
    whole = Hibari()(text, seed=1)
    samples = speak(text).samples
    start = int(np.correlate(whole, samples[:4000], "valid").argmax())
    assert np.array_equal(whole[start : start + len(samples)], samples)
    assert start > 5000, "the silence in front is gone"


@pytest.mark.parametrize("text", text_for("en"))
def test_plain_prose_has_every_word_timed(text: str) -> None:
    assert timed(text) == [text[start:end] for start, end in words(text)]


def test_curly_quotes_contractions_and_dashes_have_every_word_timed() -> None:
    text = "“She said: don’t stop,” they’ve answered—twice, in the half-light."
    assert timed(text) == [
        "She", "said", "don’t", "stop", "they’ve", "answered", "twice", "in", "the", "half-light",
    ]  # fmt: skip


def test_what_hibari_reads_in_other_words_has_no_time_but_its_neighbours_do() -> None:
    assert timed("They paid at 3:30 sharp, by the clock.") == ["They", "paid", "at", "sharp", "by", "the", "clock"]


def test_a_word_behind_a_pause_begins_with_its_sound() -> None:
    text = "Tea, coffee, cake, bread, pie: all of it tastes better here."
    speech = speak(text)
    for before, word in zip(speech.words, speech.words[1:], strict=False):
        if text[before.end] in ",:":
            gap = speech.samples[before.end_sample : word.start_sample]
            assert len(gap) == 0 or np.abs(gap).max() < 0.02
            onset = speech.samples[word.start_sample : word.start_sample + 2400]
            assert np.abs(onset).max() > 0.02


def test_a_very_long_sentence_is_split_where_hibari_splits_it_and_loses_no_word() -> None:
    from hibari import Hibari

    text = " ".join(["the tide rises, and the tide falls"] * 40) + "."
    chunks = ["".join(phonemes for _, phonemes in chunk).strip() for chunk in ENGINE._chunks(text)]
    assert chunks == Hibari().phonemize(text)
    speech = speak(text)
    assert len(speech.words) == len(words(text))
    assert len(speech.samples) - speech.words[-1].end_sample < 2400


def test_a_long_sentence_without_any_comma_is_split_between_words() -> None:
    text = " ".join(["under the bridge and over the hill"] * 30) + "."
    assert all(sum(len(phonemes) for _, phonemes in chunk) <= 401 for chunk in ENGINE._chunks(text))
    assert len(speak(text).words) == len(words(text))


def test_what_is_not_said_in_front_shifts_no_time() -> None:
    plain, decorated = speak("Good morning to you."), speak("😀 Good morning to you.")
    assert np.array_equal(plain.samples, decorated.samples)
    assert [word.end_sample for word in plain.words] == [word.end_sample for word in decorated.words]


def test_an_ellipsis_behind_a_sentence_makes_no_noise() -> None:
    assert len(speak("Well then. …").samples) == len(speak("Well then.").samples)


def test_takes_differ_and_repeat() -> None:
    first, second = speak("Once more.", 1).samples, speak("Once more.", 2).samples
    assert np.array_equal(first, speak("Once more.", 1).samples)
    assert len(first) != len(second) or not np.array_equal(first, second)


def test_words_without_english_sounds_are_an_error() -> None:
    with pytest.raises(SpeakError, match="no English sounds for 你好: write it in Latin letters"):
        speak("你好")


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("The word 北京 means northern capital.", "北京"),
        ("It is a 北京-based firm.", "北京-based"),
        ("They say “서울” and “ありがとう” there.", "서울, ありがとう"),
        ("All is well. 你好. Good night.", "你好"),
    ],
)
def test_no_word_goes_missing_without_a_word(text: str, lost: str) -> None:
    with pytest.raises(SpeakError, match=f"no English sounds for {lost}: "):
        speak(text)


@pytest.mark.parametrize(
    "text", ["He smiled :D at us :-) again.", "Well … yes — no; “so?” 😀 * # done.", "① Take US$5 & go, C++ or .NET."]
)
def test_signs_are_no_words_that_go_missing(text: str) -> None:
    assert len(speak(text).samples)


def test_letters_that_the_network_was_not_taught_lose_their_accents_and_not_their_sound() -> None:
    assert ENGINE.pronounce("Nẵng", VOICE) == ENGINE.pronounce("Nang", VOICE)
    assert ENGINE.pronounce("Đặng", VOICE)
    assert ENGINE.knows("서울", VOICE) is False
    assert ENGINE.pronounce("서울", VOICE) == ""


def test_a_word_is_read_to_its_end_however_long_it_is() -> None:
    long = "rindfleischetikettierungsüberwachung"
    whole, half = (ENGINE.pronounce(word, VOICE) for word in (long, long[:24]))
    assert len(whole) > 1.3 * len(half)
    parts = list(SOUNDS._parts("a" * 49, 24))
    assert ("".join(parts), [len(part) for part in parts]) == ("a" * 49, [16, 16, 17])
    assert list(SOUNDS._parts("abc", 24)) == ["abc"]


def test_rates_out_of_reach_are_refused() -> None:
    with pytest.raises(UsageError, match="50 to 200"):
        ENGINE.speak("Hello.", Voice(engine="hibari", rate_percent=300))


def test_another_model_has_another_fingerprint_and_no_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = ENGINE.fingerprint(VOICE)
    real = ENGINE._assets()
    for name in ("hibari.onnx", "vocab.json"):
        (tmp_path / name).write_bytes((real / name).read_bytes())
    with (tmp_path / "hibari.onnx").open("ab") as model:
        model.write(bytes((2 << 3 | 2, 1)) + b"x")  # ModelProto.producer_name = "x"
    monkeypatch.setattr(ENGINE, "_assets", lambda: tmp_path)
    ENGINE._fingerprint.cache_clear()
    ENGINE._model.cache_clear()
    try:
        assert ENGINE.fingerprint(VOICE) != known
        speech = speak("Good morning.")
        assert speech.words == ()
        assert len(speech.samples)
    finally:
        ENGINE._fingerprint.cache_clear()
        ENGINE._model.cache_clear()


def test_scipy_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "scipy").mkdir()
    (tmp_path / "scipy" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "scipy" / "fft.py").write_text("raise SystemExit('scipy was used')", encoding="utf-8")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r});"
        "from pipeline import plugins; from pipeline.model.show import Voice;"
        "plugins.load('engines', 'hibari').speak('Hello.', Voice(engine='hibari'));"
        "import scipy; assert 'scipy.fft' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


# ── sounds ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ipa", "phonemes"),
    [
        ("ˈsiːkwəl", "sˈikwəl"),
        ("ˈtʃʌm.li", "ʧˈʌmli"),
        ("ˌɔːstənˈsɪbli", "ˌɔstənsˈɪbli"),
        ("ʒɑ̃", "ʒɑn"),
        ("ˈneɪʃn̩", "nˈAʃᵊn"),
        ("nəʊ", "nO"),
        ("kǃʼoo", ""),
    ],
)
def test_sounds_of_ipa_in_hibaris_own_alphabet(ipa: str, phonemes: str) -> None:
    assert SOUNDS.from_ipa(ipa) == phonemes
    assert all(one in ENGINE._model().vocabulary for one in phonemes)


def test_every_letter_that_ipa_becomes_is_one_that_the_network_knows() -> None:
    for table in (SOUNDS._FROM_IPA, SOUNDS._FROM_IPA_BRITISH):
        assert {one for said in table.values() for one in said} <= set(ENGINE._model().vocabulary)


@pytest.mark.parametrize(
    ("ipa", "word"),
    [
        ("ˈbɑːθ", "bath"), ("ˈɡəʊt", "goat"), ("ˈlɒt", "lot"), ("ˈθɔːt", "thought"), ("ˈfliːs", "fleece"),
        ("ˈtræp", "trap"), ("ˈnɜːs", "nurse"), ("ˈskweə", "square"), ("ˈkɒmə", "comma"),
    ],
)  # fmt: skip
def test_sounds_of_british_english_are_those_of_the_british_dictionary(ipa: str, word: str) -> None:
    assert SOUNDS.from_ipa(ipa.replace("r", "ɹ"), british=True) == ENGINE._g2p(True)(word)


def test_given_sounds_are_spoken_and_words_stay_timed() -> None:
    text = "We ask Cholmondeley, and Cholmondeley’s kin."
    places = [text.index("Chol"), text.rindex("Chol")]
    sounds = tuple(Sound(start=place, end=place + len("Cholmondeley"), ipa="ˈtʃʌmli") for place in places)
    said = ENGINE.speak(text, VOICE, sounds=sounds)
    assert [text[word.start : word.end] for word in said.words] == [text[a:b] for a, b in words(text)]
    assert len(said.samples) < len(speak(text).samples), "two syllables instead of four"
    chunks = [token for chunk in ENGINE._chunks(text, sounds) for token in chunk]
    assert ("Cholmondeley’s", "ʧˈʌmliz ") in chunks


def test_sounds_that_english_has_not_are_left_to_the_dictionary() -> None:
    text = "We ask Cholmondeley now."
    sounds = (Sound(start=7, end=19, ipa="kǃʼoo"),)
    assert np.array_equal(ENGINE.speak(text, VOICE, sounds=sounds).samples, speak(text).samples)


def test_what_the_dictionary_knows() -> None:
    assert [ENGINE.knows(word, VOICE) for word in ("harbour", "boats", "don't", "BBC")] == [True] * 4
    assert [ENGINE.knows(word, VOICE) for word in ("Cholmondeley", "kubernetes")] == [False] * 2
    assert ENGINE.pronounce("boats", VOICE) == "bˈoʊts"


# ── voices that are not in the package ───────────────────────────────────────────────────────────────────────────────

VOICES = importlib.import_module("pipeline.speak.engines._hibari_voices")
EMMA = Voice(engine="hibari", speaker="emma")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of one's own, and heart's network, a little longer, in the place of emma's."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    data = (ENGINE._assets() / "hibari.onnx").read_bytes() + bytes((2 << 3 | 2, 1)) + b"x"  # producer_name = "x"
    known = VOICES.Fetchable(
        file="bf_emma.int8.onnx",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        language="en-GB",
        gender="female",
    )
    monkeypatch.setitem(VOICES.FETCHABLE, "emma", known)
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / known.file).write_bytes(data)
    _forget()
    return tmp_path


def _forget() -> None:
    ENGINE._fingerprint.cache_clear()
    ENGINE._model.cache_clear()


class _Handler(SimpleHTTPRequestHandler):
    asked: list[str]
    elsewhere: str

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.startswith("/moved/"):
            self.send_response(302)
            self.send_header("Location", self.elsewhere or self.path.removeprefix("/moved"))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that does not want all of a file leaves."""


@pytest.fixture
def web(home: Path) -> Iterator[tuple[str, type[_Handler]]]:
    """Address of a server with the voice, and its handler."""
    handler = type("Handler", (_Handler,), {"asked": [], "elsewhere": ""})
    with _Server(("127.0.0.1", 0), partial(handler, directory=str(home / "web"))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", handler
        server.shutdown()
        thread.join()


def test_the_voices_known_are_those_of_the_package() -> None:
    listed = json.loads((ENGINE._assets() / "voices.json").read_text(encoding="utf-8"))
    ours = {
        name: (one.file, one.size, one.sha256, one.language, one.gender, one.language == "en-GB")
        for name, one in VOICES.FETCHABLE.items()
    }
    theirs = ("file", "bytes", "sha256", "language", "gender", "british")
    assert ours == {name: tuple(one[key] for key in theirs) for name, one in listed.items() if not one["bundled"]}
    assert listed["heart"]["sha256"] == ENGINE._KNOWN_MODEL
    import hibari.voices

    assert hibari.voices.BASE_URL == VOICES._ADDRESS


@pytest.mark.parametrize("way", ["", "moved/"])
def test_a_voice_is_fetched_once_and_speaks_from_then_on(way: str, home: Path, web: tuple[str, type[_Handler]]) -> None:
    address, handler = web
    with pytest.raises(UsageError, match="'emma' is not included: articlecast voices --get hibari:emma"):
        ENGINE.speak("Good morning.", EMMA)
    assert next(one for one in ENGINE.voices() if one.speaker == "emma").needs.endswith("--get hibari:emma")
    path = ENGINE.fetch("emma", address=address + way)
    assert path.is_relative_to(home / "data" / "articlecast")
    assert [file.name for file in path.parent.iterdir()] == [path.name], "no part is left"
    assert len(handler.asked) == (2 if way else 1)
    assert ENGINE.fetch("emma", address="http://127.0.0.1:1/") == path, "nothing is asked for what is there"
    assert next(one for one in ENGINE.voices() if one.speaker == "emma").ready
    assert VOICES.FETCHABLE["emma"].sha256 in ENGINE.fingerprint(EMMA)
    assert ENGINE.fingerprint(EMMA) != ENGINE.fingerprint(VOICE)
    text = "A lot of people take a bath before they dress."
    speech = ENGINE.speak(text, EMMA)
    assert [text[word.start : word.end] for word in speech.words] == text[:-1].split()
    assert not np.array_equal(speech.samples, speak(text).samples), "its dictionary is the British one"
    assert ENGINE.pronounce("lot", EMMA) == "lˈɒt"


def test_another_file_than_the_one_that_is_known_is_not_kept(home: Path, web: tuple[str, type[_Handler]]) -> None:
    path = home / "web" / "bf_emma.int8.onnx"
    data = path.read_bytes()
    for wrong, message in ((data[:-1] + b"y", "another file"), (data[:-1], "another file"), (data + b"y", "larger")):
        path.write_bytes(wrong)
        with pytest.raises(PipelineError, match=message):
            ENGINE.fetch("emma", address=web[0])
    assert list((home / "data").rglob("*.*")) == []


def test_a_damaged_voice_is_refused_and_can_be_fetched_again(home: Path, web: tuple[str, type[_Handler]]) -> None:
    path = ENGINE.fetch("emma", address=web[0])
    path.write_bytes(path.read_bytes()[:-1] + b"y")
    _forget()
    with pytest.raises(UsageError, match="damaged: articlecast voices --get hibari:emma"):
        ENGINE.fingerprint(EMMA)
    ENGINE.fetch("emma", address=web[0])
    assert ENGINE.fingerprint(EMMA)


def test_what_cannot_be_had_says_how_to_do_without_us(home: Path, web: tuple[str, type[_Handler]]) -> None:
    address, handler = web
    (home / "web" / "bf_emma.int8.onnx").unlink()
    place = home / "data" / "articlecast" / "voices" / "hibari" / "bf_emma.int8.onnx"
    with pytest.raises(
        PipelineError, match=r"127\.0\.0\.1 does not give the file: it answers 404; you can save"
    ) as caught:
        ENGINE.fetch("emma", address=address)
    assert str(place) in str(caught.value)
    handler.elsewhere = "/moved/round"
    with pytest.raises(PipelineError, match="only leads elsewhere"):
        ENGINE.fetch("emma", address=address + "moved/")
    handler.elsewhere = "file:///etc/passwd"
    with pytest.raises(PipelineError, match="leads nowhere"):
        ENGINE.fetch("emma", address=address + "moved/")
    with pytest.raises(PipelineError, match="takes no connection"):
        ENGINE.fetch("emma", address="http://127.0.0.1:1/")


def test_a_folder_that_cannot_be_written(home: Path, web: tuple[str, type[_Handler]]) -> None:
    (home / "data").write_text("no folder", encoding="utf-8")
    with pytest.raises(WriteError, match="cannot be written"):
        ENGINE.fetch("emma", address=web[0])


def test_a_network_without_the_wire_speaks_without_times(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = VOICES.place_of("emma")
    place.parent.mkdir(parents=True)
    place.write_bytes((home / "web" / place.name).read_bytes())
    for wire in (b"/no/such/wire", b"/Cast_31_output_0"):
        monkeypatch.setattr(ENGINE, "_DURATIONS", wire)
        _forget()
        speech = ENGINE.speak("Good morning.", EMMA)
        assert (speech.words, len(speech.samples) > 10_000) == ((), True)
    _forget()


def test_what_is_in_the_package_need_not_be_fetched() -> None:
    assert ENGINE.fetch("heart") == ENGINE._assets() / "hibari.onnx"
