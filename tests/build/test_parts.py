"""An article with words in other languages, rendered: in the script, in the clips, in the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import plugins
from pipeline.audio.pcm import float_from_bytes
from pipeline.build import hall, narration, session
from pipeline.build.run import Tally
from pipeline.model.script import Utterance
from pipeline.text.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.build.hall import Prepared
    from pipeline.build.plan import Step
    from pipeline.build.session import Session
    from tests.conftest import Workbench

PAGE = """\
<html lang="en"><head><title>Bread and words</title></head><body><article><h1>Bread and words</h1>
<p>The baker had a feeling of <i lang="fr">déjà vu</i> when the oven went cold.</p>
<blockquote lang="de"><p>Der Teig braucht 12 Stunden Ruhe.</p></blockquote>
<p>That is why the shop of the town is still open.</p></article></body></html>
"""
SHOW = """\
[voices.narrator]
engine = "tone"
speaker = "low"
language = "en"
[voices.anna]
engine = "tone"
speaker = "high"
language = "fr"
[voices.bert]
engine = "tone"
speaker = "high"
language = "de-AT"
rate = 80
"""


@pytest.fixture
def shop(bench: Workbench) -> Workbench:
    """The bench with a show of three voices and an article in three languages."""
    bench.article = bench.root / "bread.html"
    bench.article.write_text(PAGE, encoding="utf-8")
    show = bench.root / "show.toml"
    show.write_text(SHOW, encoding="utf-8")
    return bench


def start(shop: Workbench, **changes: object) -> Session:
    from dataclasses import replace

    options = replace(shop.options, show=shop.root / "show.toml", voice="", **changes)  # type: ignore[arg-type]
    return session.start(options)


def prepared(ours: Session, source: Path) -> Prepared:
    return hall.speak(ours, narration.from_source(ours, source), Tally(), lambda _: None)


def step_of(plan: Prepared, words: str) -> Step:
    (found,) = [step for step in plan.plan.steps if words in getattr(step.line, "spoken", "")]
    return found


def samples_of(ours: Session, step: Step) -> NDArray[np.float32]:
    assert step.clip is not None
    pcm = ours.store.get(step.clip.pcm)
    assert pcm is not None
    return float_from_bytes(pcm)


def test_each_piece_is_said_by_a_voice_of_its_language(shop: Workbench) -> None:
    ours = start(shop)
    plan = prepared(ours, shop.article)
    assert sorted(plan.setting.voices) == ["", " de", " fr"]
    assert [plan.setting.voices[key].name for key in ("", " de", " fr")] == ["narrator", "bert", "anna"]
    text = (shop.root / "scripts/bread.txt").read_text(encoding="utf-8")
    assert "feeling of {fr: déjà vu} when" in text
    assert "Quote. {de: Der Teig braucht zwölf Stunden Ruhe.} End quote." in text

    french = step_of(plan, "déjà vu")
    spoken = french.line.spoken if isinstance(french.line, Utterance) else ""
    clip = french.clip
    assert clip is not None
    assert clip.timing == "engine"
    assert [(word.start, word.end) for word in clip.words] == list(words(spoken))
    first, last = (next(word for word in clip.words if spoken[word.start : word.end] == one) for one in ("déjà", "vu"))
    alone = plugins.load("engines", "tone").speak("déjà vu", plan.setting.voices[" fr"]).samples
    heard = samples_of(ours, french)[first.start_sample : last.end_sample]
    assert np.abs(heard - alone[: len(heard)]).max() < 1e-3

    german = step_of(plan, "Der Teig")
    assert german.clip is not None
    narrated = [one["speaker"] for one in german.speak.inputs["parts"]]
    assert narrated == ["low", "high", "low"]
    assert german.speak.inputs["parts"][1]["rate_percent"] == 8_000


def test_pieces_of_two_voices_are_equally_loud(shop: Workbench) -> None:
    ours = start(shop)
    plan = prepared(ours, shop.article)
    step = step_of(plan, "Der Teig")
    gains_db = plan.setting.gains_db
    assert gains_db[""] != gains_db[" de"]
    steps = step.encode["mp3"].inputs["gain_db"]
    assert [gain for _, gain in steps] == [gains_db[""], gains_db[" de"], gains_db[""]]
    samples = samples_of(ours, step)
    for start_sample, _ in steps[1:]:
        assert not np.any(samples[start_sample - 300 : start_sample + 300]), "a voice changes in silence"
    alone = step_of(plan, "still open").encode["mp3"].inputs
    assert alone["gain_db"] == gains_db[""]
    assert "target_lufs" in alone


def test_a_louder_voice_is_turned_down_to_the_gain_of_the_softest() -> None:
    from pipeline.build.work import _evened

    samples = np.full(300, 0.5, np.float32)
    evened, gain_db = _evened(samples, ((0, 10.0), (100, 4.0), (200, 10.0)))
    assert gain_db == 10.0
    assert np.allclose(20 * np.log10(evened[[0, 99, 100, 199, 200]] / 0.5), [0, 0, -6, -6, 0], atol=1e-3)
    assert samples[150] == np.float32(0.5), "the clip itself stays as it was spoken"


def test_a_new_target_speaks_nothing_and_encodes_all(shop: Workbench) -> None:
    show = shop.root / "show.toml"
    first = shop.render(show=show, voice="")
    assert first.spoken == first.utterances
    shop.edit("[voices.narrator]", "[audio]\ntarget_lufs = -18.0\n\n[voices.narrator]", show)
    second = shop.render(show=show, voice="")
    assert second.spoken == 0
    assert second.encoded == second.utterances
    assert second.episode.renditions[0].loudness_lufs == pytest.approx(-18, abs=1)


def test_a_changed_piece_speaks_one_line_again(shop: Workbench) -> None:
    show = shop.root / "show.toml"
    shop.render(show=show, voice="")
    script = shop.root / "scripts/bread.txt"
    shop.edit("{fr: déjà vu}", "{voice=narrator: déjà vu}", script)
    report = shop.render(show=show, voice="")
    assert (report.spoken, report.encoded) == (1, 1)
    shop.edit("{voice=narrator: déjà vu}", "déjà vu", script)
    assert shop.render(show=show, voice="").spoken == 0, "the narrator says it in one breath in both cases"
    vtt = (shop.root / "output/bread/bread.vtt").read_text(encoding="utf-8")
    assert "déjà vu" in vtt
    assert "{" not in vtt


def test_warm_equals_cold_and_every_executor_makes_the_same(shop: Workbench) -> None:
    show = shop.root / "show.toml"
    shop.render(show=show, voice="")
    cold = shop.files()
    warm = shop.render(show=show, voice="")
    assert (warm.spoken, warm.encoded) == (0, 0)
    assert shop.files() == cold
    other = shop.render(show=show, voice="", executor="processes", store=str(shop.root / "other"))
    assert other.spoken == other.utterances
    assert shop.files() == cold


def test_a_voice_that_is_not_there_names_the_line(shop: Workbench) -> None:
    from pipeline.errors import ScriptError

    show = shop.root / "show.toml"
    shop.render(show=show, voice="")
    script = shop.root / "scripts/bread.txt"
    shop.edit("{fr: déjà vu}", "{voice=clara: déjà vu}", script)
    number = next(n for n, line in enumerate(script.read_text(encoding="utf-8").split("\n"), 1) if "clara" in line)
    with pytest.raises(ScriptError, match="'clara'") as caught:
        shop.render(show=show, voice="")
    assert caught.value.where.endswith(f"bread.txt:{number + 1}")


def test_a_language_that_nobody_speaks_is_read_on_and_told(shop: Workbench) -> None:
    show = shop.root / "show.toml"
    shop.render(show=show, voice="")
    shop.edit("{fr: déjà vu}", "{tlh: déjà vu}", shop.root / "scripts/bread.txt")
    report = shop.render(show=show, voice="")
    assert any("no voice speaks 'tlh'" in warning and "bread.txt:" in warning for warning in report.warnings)


def test_without_a_voice_for_it_an_engine_of_many_languages_reads_on(shop: Workbench) -> None:
    ours = session.start(shop.options)
    plan = prepared(ours, shop.article)
    assert plan.setting.voices[" fr"].engine == plan.setting.voices[""].engine
    assert plan.setting.voices[" fr"].language == "fr"


def test_espeak_reads_each_piece_in_its_language(shop: Workbench) -> None:
    if not plugins.load("engines", "espeak").voices()[0].ready:
        pytest.skip("espeak is not installed")
    from dataclasses import replace

    ours = session.start(replace(shop.options, voice="espeak:en-gb"))
    plan = prepared(ours, shop.article)
    step = step_of(plan, "déjà vu")
    fingerprints = [part["fingerprint"].rpartition(" ")[2] for part in step.speak.inputs["parts"]]
    assert fingerprints[0] == fingerprints[2] != fingerprints[1]
    assert fingerprints[1] == "fr"
    assert step.clip is not None
    assert [(one.start, one.end) for one in step.clip.words] == list(words(getattr(step.line, "spoken", "")))
    loud = np.flatnonzero(np.abs(samples_of(ours, step)) > 0.003)
    longest_ms = np.diff(loud).max() * 1000 / step.clip.sample_rate_hz
    assert longest_ms < 250, "a foreign phrase makes no halt"
