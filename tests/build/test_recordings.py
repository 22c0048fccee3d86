"""What people record, heard in an episode: beds, takes, what the show plays; and what an edit then costs."""

from __future__ import annotations

import wave
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline import plugins
from pipeline.audio.decode import decode_file
from pipeline.audio.loudness import energies, integrated
from pipeline.audio.resample import resample
from pipeline.build import hall, narration
from pipeline.build.session import start
from pipeline.errors import ConfigError, PipelineError, ReadError, ScriptError
from pipeline.model.timeline import Cue, Timeline
from tests.conftest import Workbench

RATE_HZ = 24_000
MOON = "The moon pulls at the water beneath it."
FORMATS = ("mp3", "m4b", "opus", "flac")


def sound(path: Path, seconds: float, pitch_hz: float = 330.0, level: float = 0.3, rate_hz: int = 22_050) -> Path:
    """A tone that beats, so that every place in it sounds otherwise."""
    time_s = np.arange(int(seconds * rate_hz)) / rate_hz
    samples = level * np.sin(2 * np.pi * pitch_hz * time_s) * (0.6 + 0.4 * np.sin(2 * np.pi * 0.37 * time_s))
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.round(samples * 32767).astype("<i2").tobytes())
    return path


def _under_a_bed(bench: Workbench, level: str = " -18 dB") -> None:
    """A bed under the second chapter's first three sentences."""
    bench.render()
    sound(bench.root / "scripts/music.wav", 5)
    bench.edit(f"\n{MOON}\n", f"\n(bed music.wav{level})\n\n{MOON}\n", bench.script)
    bench.edit("\nA second heap surprises", "\n(bed end)\n\nA second heap surprises", bench.script)


def note(bench: Workbench, words: str, line: str = MOON) -> None:
    """Write something into the note of a line."""
    text = bench.script.read_text(encoding="utf-8")
    note = text.split(f"\n{line}\n")[1].split("\n")[0]
    id = note.split()[1]
    bench.script.write_text(text.replace(note, note.replace(id, f"{id} {words}", 1)), encoding="utf-8")


def _timeline(bench: Workbench) -> Timeline:
    return bench.reports[-1].episode.renditions[0].timeline


def _cue(timeline: Timeline, spoken: str) -> Cue:
    (cue,) = [cue for cue in timeline.cues if cue.spoken == spoken]
    return cue


def _heard(bench: Workbench, suffix: str = "flac") -> NDArray[np.float32]:
    samples, rate_hz = decode_file(bench.root / f"output/tides/tides.{suffix}")
    return resample(samples, rate_hz, RATE_HZ)  # Opus is always decoded at 48 kHz


def _lufs(samples: NDArray[np.float32]) -> float:
    return float(integrated(energies(samples, RATE_HZ)))


# ── beds ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_under_a_bed_nothing_is_spoken_again_and_one_clip_is_encoded(bench: Workbench) -> None:
    _under_a_bed(bench)
    before = _timeline(bench)
    report = bench.render()
    assert (report.spoken, report.encoded) == (0, 1)
    after = _timeline(bench)
    old, new = _cue(before, MOON), _cue(after, MOON)
    assert new.start - old.start == pytest.approx(2.0 * RATE_HZ, abs=576)  # music alone, on the next frame
    assert new.words == old.words
    music = [cue for cue in after.cues if cue.id.startswith("bed:")]
    assert [cue.id for cue in after.cues if cue not in music] == [cue.id for cue in before.cues]
    assert [(cue.end, cue.role, cue.spoken) for cue in music] == [(new.start, "recording", "")]
    assert "[music]" in bench.files()["tides/tides.vtt"].decode()
    assert [(mark.title, mark.level) for mark in after.chapters] == [(one.title, one.level) for one in before.chapters]
    warm = bench.render()
    assert (warm.spoken, warm.encoded) == (0, 0)


def test_an_edit_under_a_bed_speaks_one_sentence_and_encodes_one_bed_a_format(bench: Workbench) -> None:
    bench.options = replace(bench.options, formats=FORMATS)
    _under_a_bed(bench)
    bench.render()
    bench.edit("The water heaps up there.", "The water piles up there, right below it.")
    report = bench.render()
    runs = len({plugins.load("encoders", name).codec(start(bench.options).show.audio).fingerprint for name in FORMATS})
    assert report.spoken == 1
    assert report.encoded == runs
    warm = bench.files()
    cold = bench.elsewhere("cold")
    cold.options = replace(cold.options, formats=FORMATS)
    (cold.root / "scripts/.base").mkdir(parents=True)
    for name in ("tides.txt", "music.wav", ".base/tides.txt"):
        (cold.root / "scripts" / name).write_bytes((bench.root / "scripts" / name).read_bytes())
    cold.render()
    assert cold.files() == warm


def test_sentences_under_a_bed_are_where_their_cues_say_in_every_format(bench: Workbench) -> None:
    bench.options = replace(bench.options, formats=FORMATS)
    _under_a_bed(bench)
    plain = _heard(bench)
    cue = _cue(_timeline_of(bench, 3), MOON)
    said = plain[cue.start : cue.end]
    bench.render()
    for number, suffix in enumerate(FORMATS):
        now = _cue(_timeline_of(bench, number), MOON)
        sound = _heard(bench, suffix)[now.start - 480 : now.end + 480]
        lag = int(np.argmax(np.correlate(sound, said, "valid"))) - 480
        assert abs(lag) <= 48, suffix  # 2 ms


def _timeline_of(bench: Workbench, number: int) -> Timeline:
    return bench.reports[-1].episode.renditions[number].timeline


def test_the_level_of_the_music_is_the_one_asked_for(bench: Workbench) -> None:
    bench.options = replace(bench.options, formats=("flac",))
    _under_a_bed(bench, " -24 dB")
    bench.render()
    first, second = _cue(_timeline(bench), MOON), _cue(_timeline(bench), "The water heaps up there.")
    quiet = _heard(bench)[first.end : second.start]
    loud = _heard(bench)[first.start - int(1.2 * RATE_HZ) : first.start - int(0.5 * RATE_HZ)]
    assert 20 * np.log10(np.std(loud) / np.std(quiet)) == pytest.approx(8, abs=4)
    assert np.std(quiet) > 1e-4


def test_every_executor_mixes_the_same_bytes(bench: Workbench) -> None:
    _under_a_bed(bench)
    bench.render()
    for name, executor in (("processes", "processes"), ("threads", ThreadPoolExecutor(2))):
        other = bench.elsewhere(name)
        (other.root / "scripts").mkdir()
        sound(other.root / "scripts/music.wav", 5)
        (other.root / "scripts/.base").mkdir()
        for file in ("tides.txt", ".base/tides.txt"):
            (other.root / "scripts" / file).write_bytes((bench.root / "scripts" / file).read_bytes())
        report = other.render(executor=executor)
        assert report.spoken == report.utterances
        assert other.files() == bench.files()


def test_a_bed_whose_sound_was_lost_is_mixed_again_as_it_was(bench: Workbench) -> None:
    _under_a_bed(bench)
    bench.render()
    before = bench.files()
    for path in (bench.root / "store").rglob("*"):
        if path.is_file() and "blobs" in path.parts:
            path.unlink()
    bench.edit("Bays make tides larger.", "Bays often make tides larger.")
    bench.edit("Bays often make tides larger.", "Bays make tides larger.")
    bench.render()
    assert bench.files() == before


def test_a_long_bed_is_warned_of_and_a_longer_one_refused(bench: Workbench) -> None:
    _under_a_bed(bench)
    bench.edit("\nThe water heaps up there.", "\n(pause 200000 ms)\n\nThe water heaps up there.", bench.script)
    line = bench.script.read_text(encoding="utf-8").split("\n").index("(bed music.wav -18 dB)") + 1
    report = bench.render()
    (warning,) = [one for one in report.warnings if "bed" in one]
    assert f"tides.txt:{line}: the bed lasts 3:" in warning
    bench.edit("(pause 200000 ms)", "(pause 595000 ms)", bench.script)
    with pytest.raises(ScriptError, match=r"may last 10 minutes") as caught:
        bench.render()
    assert caught.value.where.endswith(f"tides.txt:{line}")


def test_a_bed_survives_a_change_of_the_article(bench: Workbench) -> None:
    _under_a_bed(bench)
    note(bench, "take=moon.wav")
    sound(bench.root / "scripts/moon.wav", 2)
    bench.render()
    bench.edit("On the far side it heaps up as well.", "It heaps up on the far side too.")
    bench.edit("Bays make tides larger.", "Bays often make tides larger.")
    assert bench.render().spoken == 2
    text = bench.script.read_text(encoding="utf-8")
    assert text.count("(bed music.wav -18 dB)") == text.count("(bed end)") == text.count("take=moon.wav") == 1


# ── a person's own takes ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_persons_take_of_a_sentence_is_heard_at_the_shows_level(bench: Workbench) -> None:
    bench.options = replace(bench.options, formats=("flac",))
    bench.render()
    sound(bench.root / "scripts/takes/moon.wav", 3, level=0.05)
    note(bench, "take=takes/moon.wav")
    report = bench.render()
    assert (report.spoken, report.encoded) == (0, 1)
    cue = _cue(_timeline(bench), MOON)
    assert (cue.timing, cue.role) == ("recording", "body")
    assert [MOON[word.start : word.end] for word in cue.words] == MOON.rstrip(".").split()
    assert cue.words[-1].end_sample == cue.length == pytest.approx(3 * RATE_HZ, abs=RATE_HZ // 5)
    assert _lufs(_heard(bench)[cue.start : cue.end]) == pytest.approx(-16, abs=0.5)
    assert bench.render().encoded == 0


def test_a_recorded_chapter_keeps_its_transcript(bench: Workbench) -> None:
    first = bench.render()
    sound(bench.root / "scripts/coast.mp3.wav", 20)
    note(bench, "take=coast.mp3.wav", "# The shape of the coast")
    report = bench.render()
    assert (report.spoken, report.encoded) == (0, 1)
    timeline = _timeline(bench)
    mark = timeline.chapters[-1]
    cues = [cue for cue in timeline.cues if cue.chapter == len(timeline.chapters) - 1]
    assert [cue.id for cue in timeline.cues] == [cue.id for cue in first.episode.renditions[0].timeline.cues]
    assert {cue.timing for cue in cues} == {"recording"}
    assert cues[0].start == mark.start
    assert cues[-1].end - cues[0].start == pytest.approx(20 * RATE_HZ, abs=RATE_HZ // 5)
    assert "Bays make tides larger." in bench.files()["tides/tides.vtt"].decode()
    bench.edit("On the far side it heaps up as well.", "It heaps up on the far side too.")
    assert bench.render().encoded == 1


@pytest.mark.parametrize("words", ["take=../tides.md", "take=nowhere.wav", "take=/etc/host.name", "take=.base/x.wav"])
def test_a_take_that_is_not_there_is_told_with_its_line(bench: Workbench, words: str) -> None:
    bench.render()
    note(bench, words)
    number = bench.script.read_text(encoding="utf-8").split("\n").index(MOON) + 2
    with pytest.raises(ReadError) as caught:
        bench.render()
    assert caught.value.where.endswith(f"tides.txt:{number}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("stage", ["(play nowhere.wav)", "(bed nowhere.wav -20 dB)", "(bed ../tides.md)"])
def test_a_recording_that_is_not_there_is_told_with_its_line(bench: Workbench, stage: str) -> None:
    bench.render()
    bench.edit(f"\n{MOON}\n", f"\n{stage}\n\n{MOON}\n", bench.script)
    number = bench.script.read_text(encoding="utf-8").split("\n").index(stage) + 1
    with pytest.raises(ReadError) as caught:
        bench.render()
    assert caught.value.where.endswith(f"tides.txt:{number}")


def test_an_article_read_by_people_alone_names_no_synthetic_voice(bench: Workbench) -> None:
    bench.render()
    text = bench.script.read_text(encoding="utf-8")
    for number in range(3):
        sound(bench.root / f"scripts/take{number}.wav", 6)
    number = 0
    lines = []
    for line in text.split("\n"):
        head = line.split("level=")[0].rstrip()
        if line.startswith("  | c"):
            lines.append(line.replace(head, f"{head} take=take{number}.wav"))
            number += 1
        else:
            lines.append(line)
    bench.script.write_text("\n".join(lines), encoding="utf-8")
    bench.render()
    import mutagen

    tags = mutagen.File(bench.root / "output/tides/tides.mp3").tags
    assert "synthetic" not in " ".join(str(value) for value in tags.values())


# ── what the show plays ──────────────────────────────────────────────────────────────────────────────────────────────

SHOW = """
[recordings]
intro = "sounds/intro.wav"
outro = "sounds/outro.wav"
jingle = "sounds/gong.wav"

[credits."sounds/gong.wav"]
title = "Bronze gong"
licence = "CC0 1.0"
source = "https://example.org/gong"
"""
MUSIC = """
[credits."scripts/music.wav"]
licence = "CC BY 4.0"
"""


def _show(bench: Workbench, text: str = SHOW) -> None:
    path = bench.root / "show.toml"
    path.write_text(text, encoding="utf-8")
    for number, name in enumerate(("intro", "outro", "gong")):
        sound(bench.root / f"sounds/{name}.wav", 1 + number, 300 + 200 * number)
    bench.options = replace(bench.options, show=path)


def test_the_show_plays_its_recordings_in_every_episode(bench: Workbench) -> None:
    cues = len(bench.render().episode.renditions[0].timeline.cues)
    spoken = bench.script.read_text(encoding="utf-8")
    _show(bench)
    report = bench.render()
    assert report.encoded == 3
    timeline = _timeline(bench)
    played = [cue.id.removeprefix("show:sounds/") for cue in timeline.cues if cue.id.startswith("show:")]
    assert played == ["intro.wav", "gong.wav", "gong.wav", "outro.wav"]
    assert len(timeline.cues) == cues + 4
    assert timeline.cues[0].id.endswith("intro.wav")
    assert timeline.cues[-1].id.endswith("outro.wav")
    assert bench.script.read_text(encoding="utf-8") == spoken
    for index, mark in enumerate(timeline.chapters[1:], 1):
        assert mark.start == next(cue.start for cue in timeline.cues if cue.chapter == index and cue.spoken)
    assert bench.render().encoded == 0
    sound(bench.root / "sounds/gong.wav", 1, 700)
    assert bench.render().encoded == 1


def test_credits_name_each_recording_once_in_the_order_of_hearing(bench: Workbench) -> None:
    _under_a_bed(bench)
    sound(bench.root / "scripts/moon.wav", 2)
    note(bench, "take=moon.wav")
    _show(bench, SHOW + MUSIC)
    session = start(bench.options)
    from pipeline.build.dress import credited
    from pipeline.build.run import Tally

    narrated = narration.from_source(session, bench.article)
    plan = hall.speak(session, narrated, Tally(), lambda _: None).plan
    found = credited(session, plan)
    assert [(one.path, one.licence) for one in found] == [
        ("sounds/intro.wav", ""),
        ("sounds/gong.wav", "CC0 1.0"),
        ("scripts/music.wav", "CC BY 4.0"),
        ("sounds/outro.wav", ""),
    ]
    assert (found[1].title, found[1].source) == ("Bronze gong", "https://example.org/gong")


def test_every_mistake_in_what_the_show_plays_is_told_at_once(bench: Workbench) -> None:
    _show(bench, SHOW.replace("intro.wav", "entrance.wav") + MUSIC + '[credits."../tides.md"]\ntitle = "x"\n')
    with pytest.raises(ConfigError) as caught:
        bench.render()
    for mistake in ("$.recordings.intro 'sounds/entrance.wav'", "$.credits.'../tides.md'", "scripts/music.wav"):
        assert mistake in str(caught.value)
    assert "gong" not in str(caught.value)


def test_say_plays_nothing_of_the_show(bench: Workbench) -> None:
    from pipeline.build.speech import say

    _show(bench)
    speech = say(start(bench.options), "High water comes.", bench.root / "said.mp3")
    assert [cue.spoken for cue in speech.rendition.timeline.cues] == ["High water comes."]


# ── several voices ───────────────────────────────────────────────────────────────────────────────────────────────────

VOICES = """
[voices.narrator]
engine = "tone"
[voices.low]
engine = "tone"
speaker = "low"
[voices.high]
engine = "tone"
speaker = "high"
[voices.loud]
engine = "espeak"
speaker = "en-gb"
"""
SENTENCES = (
    "The moon pulls at the water beneath it, and the water follows it slowly around the whole of the earth.",
    "Nobody in the harbour looked up when the bell rang.",
    "A narrow bay lifts the water far above the level that is usual on an open coast.",
    "Why does high water come nearly an hour later on each day?",
    "Fishermen knew the answer long before anyone wrote it down, and they planned their weeks by it.",
    "In spring the flats lie dry for miles, and birds feed there until the sea comes back.",
)


def _measured(bench: Workbench, voices: tuple[str, ...]) -> dict[str, float]:
    """Loudness of what each voice says, sentences and the pauses behind them, when all say the same in turn."""
    said = [(sentence, voice) for sentence in SENTENCES for voice in voices]
    body = "\n\n".join(sentence for sentence, _ in said)
    bench.article.write_text(f"---\ntitle: Tides\nlanguage: en-GB\n---\n\n{body}\n", encoding="utf-8")
    bench.options = replace(bench.options, show=bench.root / "show.toml", voice="", formats=("flac",))
    narration.from_source(start(bench.options), bench.article)
    text = bench.script.read_text(encoding="utf-8").split("\n")
    for sentence, voice in said:
        number = next(n for n, line in enumerate(text) if line.endswith(f"  {sentence}") and "voice=" not in line)
        id = text[number].split()[1]
        text[number] = text[number].replace(id, f"{id} voice={voice}", 1)
    bench.script.write_text("\n".join(text), encoding="utf-8")
    bench.render()
    sound, heard = _heard(bench), {}
    for voice in voices:
        cues = [cue for cue in _timeline(bench).cues if cue.voice == voice]
        assert len(cues) == len(SENTENCES)
        heard[voice] = _lufs(np.concatenate([sound[cue.start : cue.end + 400 * RATE_HZ // 1000] for cue in cues]))
    return heard


def test_low_and_high_voices_are_equally_loud(bench: Workbench) -> None:
    (bench.root / "show.toml").write_text(VOICES.partition("[voices.loud]")[0], encoding="utf-8")
    heard = _measured(bench, ("low", "high", "narrator"))
    assert max(heard.values()) - min(heard.values()) < 0.5, heard


@pytest.mark.model
def test_engines_of_all_kinds_are_equally_loud_in_one_episode(bench: Workbench) -> None:
    (bench.root / "show.toml").write_text(VOICES + '[voices.heart]\nengine = "hibari"\n', encoding="utf-8")
    heard = _measured(bench, ("low", "high", "loud", "heart"))
    assert max(heard.values()) - min(heard.values()) < 0.5, heard


def test_a_hostile_folder_of_links_is_not_followed(bench: Workbench) -> None:
    bench.render()
    outside = sound(bench.root / "secret.wav", 1)
    (bench.root / "scripts/link.wav").symlink_to(outside)
    note(bench, "take=link.wav")
    with pytest.raises(PipelineError, match="must lie in the folder"):
        bench.render()
