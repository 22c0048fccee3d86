"""show.toml: every mistake at once, with its path."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from pipeline import config
from pipeline.errors import ConfigError, UsageError
from pipeline.model.show import ALLOWED, PROFILES, Profile, Show
from pipeline.narrate.profile import profile_of


def _load(tmp_path: Path, text: str) -> Show:
    path = tmp_path / "show.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def test_an_empty_file_is_a_show(tmp_path: Path) -> None:
    assert _load(tmp_path, "") == Show()


def test_everything_said_arrives(tmp_path: Path) -> None:
    show = _load(
        tmp_path,
        """
        [show]
        title = "Shore notes"
        authors = ["The shore desk"]
        explicit = false
        [voices.narrator]
        engine = "hibari"
        [voices.guide]
        engine = "espeak"
        speaker = "en-gb"
        rate = 110
        [audio]
        bit_rate_kbps = 96
        [pauses]
        chapter_ms = 2000
        [publish]
        formats = ["mp3", "wav"]
        sidecars = []
        [narration]
        chapter_level = 2
        """,
    )
    assert (show.title, show.authors, show.explicit) == ("Shore notes", ("The shore desk",), False)
    assert [voice.name for voice in show.voices] == ["narrator", "guide"]
    assert show.voices[1].rate_percent == 110
    assert (show.audio.bit_rate_kbps, show.pauses.chapter_ms) == (96, 2000)
    assert (show.formats, show.sidecars, show.chapter_level) == (("mp3", "wav"), (), 2)


def test_all_mistakes_of_type_are_told_at_once_with_paths(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(
            tmp_path,
            '[show]\ntitel = "x"\nauthors = "me"\n[voices.narrator]\nengine = 5\n[pauses]\nchapter_ms = "long"\n',
        )
    message = str(caught.value)
    for part in ("$.show", "titel", "did you mean title?", "$.voices['narrator'].engine", "$.pauses.chapter_ms"):
        assert part in message
    assert "\n" not in message


def test_all_mistakes_of_value_are_told_at_once(tmp_path: Path) -> None:
    text = '[voices.narrator]\nengine = "tone"\nrate = 900\n[pauses]\nsentence_ms = 20\n[audio]\ntarget_lufs = 3\n'
    with pytest.raises(ConfigError, match=r"sentence_ms.*rate must be.*target_lufs"):
        _load(tmp_path, text)


@pytest.mark.parametrize("text", ["[show", "title = \x00"])
def test_what_is_not_toml_is_told_with_the_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"show\.toml: is not TOML"):
        _load(tmp_path, text)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load(tmp_path / "nowhere.toml")


def test_what_a_show_wants_said_otherwise_arrives(tmp_path: Path) -> None:
    show = _load(
        tmp_path,
        """
        [narration]
        profile = "brief"
        signposts = "all"
        closing = "That was {title}."
        [narration.say]
        tables = "end"
        """,
    )
    profile = profile_of(show)
    assert (profile.tables, profile.signposts, profile.figures) == ("end", "all", "skip")
    assert (profile.closing, profile.closing_text) == ("read", "That was {title}.")
    assert profile_of(show, "full").tables == "end"
    assert profile_of(show, "full").figures == "read"


def test_every_profile_and_every_construct_has_allowed_values() -> None:
    for name, profile in PROFILES.items():
        for construct, allowed in ALLOWED.items():
            assert getattr(profile, construct) in allowed, f"{construct} in {name}"
    assert {key.name for key in fields(Profile)} == {*ALLOWED, "signposts", "opening_text", "closing_text"}
    assert {key.name for key in fields(config._SayTable)} == set(ALLOWED)


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        (
            'profile = "breif"',
            ["$.narration.profile must be full, article or brief, not 'breif' (did you mean brief?)"],
        ),
        ('signposts = "many"', ["$.narration.signposts must be all, few or none, not 'many'"]),
        (
            'opening = "{titel} {title!r}"',
            ["$.narration.opening names {titel}; it may name {title}, {authors}, {date}, {site}", "names {title}"],
        ),
        ('closing = "End of {title"', ["$.narration.closing: "]),
        (
            '[narration.say]\ntables = "loud"',
            ["$.narration.say.tables must be read, announce, skip or end, not 'loud'"],
        ),
        ('[narration.say]\nfootnots = "end"', ["unknown key footnots (did you mean footnotes?) @ $.narration.say"]),
        ("[narration.say]\ntables = 5", ["$.narration.say.tables"]),
        ('[narration.say]\nquotes = "voice"', ["$.narration.say.quotes is 'voice', but there is no [voices.quote]"]),
    ],
)
def test_mistakes_of_narration_are_told_with_their_paths(text: str, mistakes: list[str], tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, f"[narration]\n{text}\n")
    assert [mistake for mistake in mistakes if mistake not in str(caught.value)] == []


def test_a_voice_for_quotations_reads_them(tmp_path: Path) -> None:
    show = _load(tmp_path, '[voices.quote]\nengine = "tone"\n')
    assert profile_of(show).quotes == "voice"
    assert profile_of(replace(show, say=(("quotes", "skip"),))).quotes == "skip"


def test_an_unknown_profile_is_told_with_a_near_one() -> None:
    with pytest.raises(UsageError, match="did you mean full"):
        profile_of(Show(), "ful")
