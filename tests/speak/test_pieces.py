"""Which voice says which part of an utterance, and in how many calls."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline import plugins
from pipeline.build import actions
from pipeline.errors import UsageError
from pipeline.model.script import Part, Utterance
from pipeline.model.show import Voice
from pipeline.speak import Wanted, pieces, wanted
from pipeline.text.ipa import Sound
from pipeline.text.parts import text_of

NARRATOR, GUIDE, FRENCH = (
    Voice(engine="tone", speaker="low", language="en"),
    Voice(name="guide", engine="tone", speaker="high", language="en"),
    Voice(name="anna", engine="espeak", language="fr"),
)
VOICES = {"": NARRATOR, "narrator": NARRATOR, "guide": GUIDE, " fr": FRENCH, "guide fr": FRENCH}


def line(*parts: Part, **changes: Any) -> Utterance:
    return Utterance(id="u1", written="", spoken=text_of(parts), parts=parts, **changes)


def heard(utterance: Utterance) -> list[tuple[str, str]]:
    return [(piece.text, piece.key) for piece in pieces(utterance, VOICES)]


DEJA_VU = (Part(text="A “"), Part(text="déjà vu", language="fr"), Part(text="”, he said."))


def test_a_part_in_another_language_goes_to_a_voice_of_it() -> None:
    assert heard(line(*DEJA_VU)) == [("A", ""), ("déjà vu,", " fr"), ("he said.", "")]


def test_the_places_of_the_pieces_are_those_of_the_line() -> None:
    utterance = line(*DEJA_VU)
    for piece in pieces(utterance, VOICES):
        words = piece.text.rstrip(",")
        assert utterance.spoken[piece.start : piece.start + len(words)] == words


def test_a_voice_that_is_named_speaks_whatever_it_is() -> None:
    utterance = line(Part(text="Oui, "), Part(text="bonjour", voice="guide", language="fr"), Part(text="."))
    first, second = pieces(utterance, VOICES)
    assert (first.key, second.key, second.voice.speaker, second.voice.language) == ("", "guide", "high", "fr")


def test_the_voice_of_a_line_says_what_is_in_the_lines_language() -> None:
    assert heard(line(Part(text="Bonjour.", language="fr"), voice="guide")) == [("Bonjour.", "guide")]
    assert heard(line(*DEJA_VU, voice="guide")) == [("A", "guide"), ("déjà vu,", "guide fr"), ("he said.", "guide")]


def test_wanted_names_what_the_hall_must_find() -> None:
    assert wanted(line(*DEJA_VU)) == (Wanted(key="", name=""), Wanted(key=" fr", name="", language="fr"))
    with pytest.raises(UsageError, match="nobody"):
        pieces(line(Part(text="Hello."), Part(text="You.", voice="nobody")), VOICES)


def test_parts_of_one_voice_are_one_call() -> None:
    utterance = line(Part(text="In "), Part(text="SQL", ipa="ˈsiːkwəl"), Part(text=", of "), Part(text="course."))
    assert heard(utterance) == [("In SQL, of course.", "")]
    plain = Utterance(id="u1", written="", spoken="In SQL, of course.")
    assert actions.speak(utterance, VOICES).key() == actions.speak(plain, VOICES).key()


def test_an_engine_that_takes_sounds_is_told_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins.load("engines", "tone"), "SOUNDS", "ipa", raising=False)
    utterance = line(Part(text="  In "), Part(text="SQL ", ipa="ˈsiːkwəl"), Part(text="it is."))
    (piece,) = pieces(utterance, VOICES)
    assert piece.text == "In SQL it is."
    assert piece.sounds == (Sound(start=3, end=6, ipa="ˈsiːkwəl"),)
    plain = Utterance(id="u1", written="", spoken="In SQL it is.")
    assert actions.speak(utterance, VOICES).key() != actions.speak(plain, VOICES).key()


def test_a_language_that_the_same_voice_reads_on_cuts_nothing() -> None:
    voices = {"": NARRATOR, " la": NARRATOR}
    (piece,) = pieces(line(Part(text="Say "), Part(text="ave", language="la"), Part(text=" twice.")), voices)
    assert (piece.text, piece.changed) == ("Say ave twice.", False)


def test_every_part_is_in_the_key() -> None:
    def key(*parts: Part, **voices: Voice) -> str:
        return actions.speak(line(*parts), {**VOICES, **{k.replace("_", " "): v for k, v in voices.items()}}).key()

    keys = [
        key(*DEJA_VU),
        key(DEJA_VU[0], Part(text="déjà lu", language="fr"), DEJA_VU[2]),
        key(DEJA_VU[0], Part(text="déjà vu", voice="guide"), DEJA_VU[2]),
        key(*DEJA_VU, _fr=Voice(engine="espeak", language="fr-CA")),
        key(*DEJA_VU, _fr=Voice(engine="tone", speaker="high", language="fr")),
    ]
    assert len(set(keys)) == len(keys)


def test_a_line_in_one_voice_has_the_key_it_always_had() -> None:
    plain = Utterance(id="u1", written="", spoken="The sea breathes.")
    (part,) = actions.speak(plain, VOICES).inputs["parts"]
    assert sorted(part) == ["engine", "fingerprint", "model", "rate_percent", "speaker", "text"]
