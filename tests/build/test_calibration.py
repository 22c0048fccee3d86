"""What is measured of a voice once, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.build import calibration
from pipeline.build.job import Batch, Job
from pipeline.build.work import work
from pipeline.errors import SpeakError
from pipeline.model.show import AudioFormat, Voice
from pipeline.store import lock as locking
from pipeline.store.lock import Lock, LockedVoice
from pipeline.store.store import Store

AUDIO = AudioFormat()
VOICE = Voice(engine="tone", speaker="low", language="en")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(str(tmp_path / "store"))


def measured(voice: Voice, audio: AudioFormat, lock: Lock, store: Store, *, lost: int = 0) -> tuple[LockedVoice, Lock]:
    """What is measured where the first ``lost`` sentences cannot be spoken."""

    def speak(jobs: Sequence[Job]) -> None:
        work(Batch(store_url=store.url, audio=audio, jobs=tuple(jobs[lost:])), store)
        if lost:
            raise SpeakError("some were not spoken")

    return calibration.measured(voice, audio, lock, store, speak)


def test_level_and_pace_of_a_voice_are_measured_once(store: Store) -> None:
    known, lock = measured(VOICE, AUDIO, Lock(), store)
    assert lock.voices == {"tone:low": known}
    assert known.gain_db > 0
    assert 4.0 < known.syllables_per_s < 7.0
    again, same = measured(VOICE, AUDIO, lock, store)
    assert again == known
    assert same is lock


def test_the_pace_is_that_of_the_voice_at_its_own_rate(store: Store) -> None:
    known, _ = measured(VOICE, AUDIO, Lock(), store)
    quick, _ = measured(replace(VOICE, rate_percent=150), AUDIO, Lock(), store)
    assert quick.syllables_per_s == pytest.approx(known.syllables_per_s, rel=0.02)


def test_a_lock_without_paces_gets_them_and_keeps_its_levels(store: Store) -> None:
    known, lock = measured(VOICE, AUDIO, Lock(), store)
    older = lock.with_voice("tone:low", replace(known, gain_db=3.21, syllables_per_s=0.0))
    for place in (store, Store(str(Path(store.url.removeprefix("file://")).parent / "another"))):
        found, after = measured(VOICE, AUDIO, older, place)
        assert found == after.voices["tone:low"] == replace(known, gain_db=3.21)
    assert measured(VOICE, AUDIO, older, store, lost=16)[0] == found, "what was spoken once tells its pace"


@pytest.mark.parametrize("lost", [1, 8])
def test_a_sentence_that_is_not_spoken_is_done_without(store: Store, tmp_path: Path, lost: int) -> None:
    whole, _ = measured(VOICE, AUDIO, Lock(), store)
    some, _ = measured(VOICE, AUDIO, Lock(), Store(str(tmp_path / "another")), lost=lost)
    assert some.syllables_per_s == pytest.approx(whole.syllables_per_s, rel=0.05)


def test_a_voice_that_hardly_speaks_is_not_measured(store: Store) -> None:
    with pytest.raises(SpeakError):
        measured(VOICE, AUDIO, Lock(), store, lost=9)


def test_another_aim_or_engine_asks_for_a_new_level(store: Store) -> None:
    known, lock = measured(VOICE, AUDIO, Lock(), store)
    softer, _ = measured(VOICE, replace(AUDIO, target_lufs=-19.0), lock, store)
    assert known.gain_db - 6 < softer.gain_db < known.gain_db - 2.5
    aged = lock.with_voice("tone:low", replace(known, gain_db=1.0, fingerprint="of another version"))
    assert measured(VOICE, AUDIO, aged, store)[0] == known


def test_an_older_lock_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / locking.NAME
    path.write_text('[voices."tone:low"]\ngain_db = 3.5\nfingerprint = "f"\ntarget = "t"\n', encoding="utf-8")
    assert locking.load(path).voices["tone:low"].syllables_per_s == 0.0
