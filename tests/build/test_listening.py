"""The hall's part of the listening check, with a listener that knows speech from silence but no words."""

from __future__ import annotations

import wave
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import api
from pipeline.build import finished as episodes
from pipeline.build.listening import listen
from pipeline.build.mending import MOST_TAKES, fix
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.build.finished import Finished
    from pipeline.model.progress import Progress
    from pipeline.model.timeline import Cue
    from tests.conftest import Workbench

LOST = "A second heap surprises many readers."


@dataclass(slots=True)
class Deaf:
    """Writes nothing down, and finds every word likely where there is sound, but for those in ``never``.

    What is in ``never`` is heard after it was weighed so often.
    """

    never: dict[str, int] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    asked: list[str] = field(default_factory=list)

    def knows(self, language: str) -> bool:
        return language.split("-")[0] in self.languages

    def hear(self, samples: NDArray[np.float32], sample_rate_hz: int, language: str, *, beam: int = 1) -> str:
        return ""

    def support(
        self, samples: NDArray[np.float32], sample_rate_hz: int, language: str, text: str
    ) -> tuple[tuple[int, int, float], ...]:
        self.asked.append(text)
        left = self.never.get(text, 0)
        self.never[text] = left - 1
        loud = float(np.abs(samples).max(initial=0.0)) > 0.01
        return ((0, len(text), 1000.0),) if loud and left <= 0 else ()


def found(bench: Workbench) -> Finished:
    return episodes.find(bench.options, bench.root / "output" / "tides")


def cue_of(bench: Workbench, spoken: str, format: str = "wav") -> Cue:
    return next(cue for cue in episodes.timeline(found(bench), format).cues if cue.spoken == spoken)


def overwrite(path: Path, start: int, samples: NDArray[np.int16]) -> None:
    """Other samples in a WAV file from ``start`` on."""
    with wave.open(str(path), "rb") as file:
        parameters, data = file.getparams(), np.frombuffer(file.readframes(file.getnframes()), "<i2").copy()
    data[start : start + len(samples)] = samples[: len(data) - start]
    with wave.open(str(path), "wb") as file:
        file.setparams(parameters)
        file.writeframes(data.tobytes())


@pytest.fixture
def wav(bench: Workbench) -> Workbench:
    bench.options = replace(bench.options, formats=("wav",))
    bench.render()
    return bench


def test_a_good_episode_passes_and_every_sentence_is_heard(wav: Workbench) -> None:
    ears = Deaf()
    events: list[Progress] = []
    heard = listen(found(wav), ears, events.append)
    assert (heard.lost, heard.unheard) == ((), ())
    assert heard.sentences == heard.again == wav.reports[0].utterances
    assert (events[0].done, events[-1].stage) == (0, "listen")
    assert 0 < events[-1].done <= events[-1].total


def test_times_are_those_of_the_rendered_file(wav: Workbench) -> None:
    assert episodes.timeline(found(wav), "wav").length == wav.reports[0].episode.renditions[0].timeline.length
    starts = [cue.start for cue in episodes.timeline(found(wav), "wav").cues]
    assert starts == [cue.start for cue in wav.reports[0].episode.renditions[0].timeline.cues]


def test_a_silenced_sentence_is_found_with_its_place(wav: Workbench) -> None:
    cue = cue_of(wav, LOST)
    path = wav.root / "output" / "tides" / "tides.wav"
    overwrite(path, cue.start, np.zeros(cue.length, np.int16))
    (lost,) = listen(found(wav), Deaf()).lost
    assert lost.finding.spoken == LOST
    assert lost.finding.missing == ("A", "second", "heap", "surprises", "many", "readers")
    assert lost.start_s == pytest.approx(cue.start / 24_000, abs=0.001)
    assert lost.take == 1
    assert wav.script.read_text(encoding="utf-8").splitlines()[lost.line - 1] == LOST


def test_mp3_lies_on_its_own_frames(bench: Workbench) -> None:
    bench.render()
    assert listen(found(bench), Deaf()).lost == ()
    assert episodes.timeline(found(bench), "mp3") != episodes.timeline(found(bench), "wav")


def test_a_damaged_file_is_written_anew_without_another_take(wav: Workbench) -> None:
    cue = cue_of(wav, LOST)
    path = wav.root / "output" / "tides" / "tides.wav"
    good, script = path.read_bytes(), wav.script.read_bytes()
    overwrite(path, cue.start, np.zeros(cue.length, np.int16))
    ears = Deaf()
    done = fix(wav.options, path, listen(found(wav), ears), ears)
    assert [one.finding.spoken for one in done.mended] == [LOST]
    assert done.listened.lost == ()
    assert (path.read_bytes(), wav.script.read_bytes()) == (good, script)


def test_a_lost_sentence_gets_another_take_and_only_it_is_spoken_and_heard(wav: Workbench) -> None:
    ears = Deaf(never={LOST: 1})
    first = listen(found(wav), ears)
    ears.asked.clear()
    done = fix(wav.options, wav.article, first, ears)
    assert ([one.take for one in done.mended], done.listened.lost) == ([1], ())
    assert ears.asked == [LOST]
    assert wav.script.read_text(encoding="utf-8").count("take=") == 1
    assert "take=2" in wav.script.read_text(encoding="utf-8")
    assert wav.render().spoken == 0


def test_what_no_take_mends_is_told(wav: Workbench) -> None:
    ears = Deaf(never={LOST: 100})
    done = fix(wav.options, wav.script, listen(found(wav), ears), ears)
    assert done.mended == ()
    assert [one.take for one in done.listened.lost] == [1 + MOST_TAKES]


def test_nothing_else_is_spoken_anew(wav: Workbench) -> None:
    ears = Deaf(never={LOST: 1})
    first = listen(found(wav), ears)
    before = wav.script.read_bytes()
    with pytest.raises(UsageError, match="options of its render"):
        fix(replace(wav.options, voice="espeak"), wav.article, first, ears)
    assert wav.script.read_bytes() == before


def test_formats_of_the_render_are_kept(wav: Workbench) -> None:
    ears = Deaf(never={LOST: 1})
    fix(replace(wav.options, formats=()), wav.article, listen(found(wav), ears), ears)
    assert {path.suffix for path in (wav.root / "output" / "tides").iterdir()} == {
        *(".wav", ".vtt", ".json", ".html", ".txt")
    }


def test_a_language_that_the_model_does_not_know_is_not_heard(bench: Workbench) -> None:
    bench.render(language="de")
    with pytest.raises(UsageError, match="not heard: no model for de"):
        listen(found(bench), Deaf())


def test_sentences_in_another_language_are_counted_and_not_judged(bench: Workbench) -> None:
    bench.render()
    note = next(line for line in bench.script.read_text(encoding="utf-8").splitlines() if line.endswith("  " + LOST))
    bench.edit(note, note.replace("  " + LOST, " lang=fr  " + LOST), bench.script)
    bench.render(bench.script)
    heard = listen(found(bench), Deaf(never={LOST: 100}))
    assert (heard.lost, heard.unheard) == ((), (("fr", 1),))


def test_pauses_are_those_of_the_render_and_where_it_is_forgotten_others_are_refused(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.render()
    (bench.root / "show.toml").write_text("[pauses]\nsentence_ms = 900\n", encoding="utf-8")
    options = replace(bench.options, show=bench.root / "show.toml")
    assert listen(episodes.find(options, bench.root / "output" / "tides"), Deaf()).lost == ()
    monkeypatch.setattr(episodes, "told", lambda *_: None)
    with pytest.raises(UsageError, match="render it again"):
        listen(episodes.find(options, bench.root / "output" / "tides"), Deaf())


@pytest.mark.parametrize("name", ["output/tides", "output/tides/tides.mp3", "scripts/tides.txt", "tides.md"])
def test_an_episode_is_found_by_any_of_its_names(name: str, bench: Workbench) -> None:
    bench.render()
    checked = api.check(bench.root / name, bench.options)
    assert (checked.name, checked.files, checked.faults) == ("tides", 3, ())


def test_an_episode_that_was_never_rendered_is_not_known(bench: Workbench) -> None:
    with pytest.raises(UsageError, match="nothing is known"):
        api.check(bench.article, bench.options)


def test_files_that_changed_are_named(bench: Workbench) -> None:
    bench.render()
    folder = bench.root / "output" / "tides"
    audio = bytearray((folder / "tides.mp3").read_bytes())
    audio[-1] ^= 1
    (folder / "tides.mp3").write_bytes(audio)
    (folder / "tides.vtt").unlink()
    with (folder / "tides.chapters.json").open("a") as file:
        file.write(" ")
    faults = {one.path: one.what for one in api.check(folder, bench.options).faults}
    assert faults["tides.mp3"] == "holds other bytes than the last render wrote"
    assert faults["tides.vtt"] == "is not there"
    assert "bytes, not" in faults["tides.chapters.json"]
