"""Lexicons of an article, a show and all shows: which word wins, and what is spoken again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import api
from pipeline.errors import ConfigError, UsageError, WriteError
from pipeline.text.lexicon import Entry
from tests.conftest import Workbench


@pytest.fixture(autouse=True)
def settings_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of a user who has none."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    return tmp_path / "settings" / "articlecast"


def write(path: Path, word: str, alias: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'[[word]]\ngrapheme = "{word}"\nalias = "{alias}"\n', encoding="utf-8")


def lines(bench: Workbench) -> str:
    return "\n".join(line.spoken for line in api.narrate(bench.article, bench.options).script.utterances())


def test_the_nearest_to_the_article_wins(bench: Workbench, settings_folder: Path) -> None:
    write(settings_folder / "lexicon.toml", "Bays", "sites")
    assert "Sites make tides larger." in lines(bench)
    write(bench.root / "lexicon.toml", "Bays", "shows")
    assert "Shows make tides larger." in lines(bench)
    write(bench.root / "scripts" / "tides.lexicon.toml", "Bays", "articles")
    assert "Articles make tides larger." in lines(bench)
    assert [layer.scope for layer in api.lexicon_layers("tides", bench.options)] == ["article", "show", "site"]
    assert [layer.scope for layer in api.lexicon_layers("", bench.options)] == ["show", "site"]


def test_an_entry_speaks_the_sentences_again_that_hold_its_word_and_no_other(bench: Workbench) -> None:
    first = bench.render()
    assert first.spoken == first.utterances
    write(bench.root / "lexicon.toml", "moon", "moooon")
    assert api.status(bench.article, bench.options).speak == 2  # the heading and the sentence
    assert bench.render().spoken == 2
    assert bench.render().spoken == 0
    write(bench.root / "lexicon.toml", "moon", "mooon")
    assert bench.render().spoken == 2
    (bench.root / "lexicon.toml").unlink()
    assert bench.render().spoken == 0, "the first sound is still in the store"


def test_sounds_alone_change_nothing_for_an_engine_that_takes_none(bench: Workbench) -> None:
    bench.render()
    api.lexicon_add((Entry(graphemes=("moon",), ipa="muːn"),), bench.options)
    assert "{ipa=muːn: moon}" in (api.narrate(bench.article, bench.options).script_path).read_text(encoding="utf-8")
    assert bench.render().spoken == 0


def test_a_line_that_a_person_edited_stays(bench: Workbench) -> None:
    bench.render()
    bench.edit("Bays make tides larger.\n  |", "Bays make them huge.\n  |", bench.script)
    write(bench.root / "lexicon.toml", "Bays", "coves")
    assert "Bays make them huge." in lines(bench)
    assert "# The shape of the coast" in bench.script.read_text(encoding="utf-8")


def test_say_knows_the_show_s_lexicon(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    def length(name: str) -> int:
        return (api.say("SQL", bench.root / name, bench.options).path).stat().st_size

    plain = length("a.wav")
    write(bench.root / "lexicon.toml", "SQL", "structured query language")
    assert length("b.wav") > plain


def test_a_script_is_spoken_as_it_stands(bench: Workbench) -> None:
    bench.render()
    write(bench.root / "lexicon.toml", "Bays", "coves")
    assert api.status(bench.script, bench.options).speak == 0


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"[[word]]\nalais = 1\n", r"lexicon\.toml: unknown key alais"),
        (b"\xff", "is not UTF-8"),
        (b" " * 8_000_001, "8,000,000 bytes"),
    ],
)
def test_a_lexicon_with_mistakes_is_refused(bench: Workbench, data: bytes, message: str) -> None:
    (bench.root / "lexicon.toml").write_bytes(data)
    with pytest.raises(ConfigError, match=message):
        api.narrate(bench.article, bench.options)


def test_a_folder_is_no_lexicon(bench: Workbench) -> None:
    (bench.root / "lexicon.toml").mkdir()
    with pytest.raises(ConfigError, match="is no file"):
        api.narrate(bench.article, bench.options)


# ── adding ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_words_are_added_behind_what_is_there(bench: Workbench) -> None:
    path = bench.root / "lexicon.toml"
    path.write_text('# mine\n[[word]]\ngrapheme = "a1"\nalias = "x"  # so\n', encoding="utf-8")
    new = (Entry(graphemes=("moon",), alias="moooon"), Entry(graphemes=("a1",), alias="x"))
    where, there = api.lexicon_add(new, bench.options)
    assert (where, [entry.graphemes for entry in there]) == (path, [("a1",)])
    assert path.read_text(encoding="utf-8").startswith(
        '# mine\n[[word]]\ngrapheme = "a1"\nalias = "x"  # so\n\n[[word]]'
    )
    assert [entry.graphemes for layer in api.lexicon_layers("", bench.options) for entry in layer.entries] == [
        ("a1",),
        ("moon",),
    ]


def test_a_word_cannot_be_said_in_two_ways(bench: Workbench) -> None:
    api.lexicon_add((Entry(graphemes=("moon",), alias="one"),), bench.options)
    with pytest.raises(UsageError, match="'moon' is said in another way already"):
        api.lexicon_add((Entry(graphemes=("sun", "moon"), alias="two"),), bench.options)
    api.lexicon_add((Entry(graphemes=("moon",), alias="two", context=("far",)),), bench.options)


def test_an_episode_s_name_is_no_path(bench: Workbench) -> None:
    with pytest.raises(UsageError, match="an episode's name"):
        api.lexicon_add((Entry(graphemes=("moon",), alias="x"),), bench.options, scope="article", name="../x")


def test_what_is_no_entry_is_not_added(bench: Workbench) -> None:
    with pytest.raises(UsageError, match="'moon' says nothing"):
        api.lexicon_add((Entry(graphemes=("moon",)),), bench.options)
    assert not (bench.root / "lexicon.toml").exists()


def test_a_file_in_another_form_is_left_alone(bench: Workbench) -> None:
    path = bench.root / "lexicon.toml"
    path.write_text('word = [{grapheme = "a1", alias = "x"}]\n', encoding="utf-8")
    with pytest.raises(WriteError, match="nothing can be added"):
        api.lexicon_add((Entry(graphemes=("moon",), alias="x"),), bench.options)


# ── words that no voice knows ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.model
def test_unknown_words(bench: Workbench) -> None:
    bench.edit("Bays make tides larger.", "Bays at Zzyzxville make tides larger. Zzyzxville’s own are huge.")
    options = replace(bench.options, voice="espeak:en-gb")
    found = api.lexicon_unknown(bench.article, options)
    assert [(one.word, one.count, one.engine) for one in found] == [
        ("Zzyzxville", 2, "espeak"),
        ("articlecast", 1, "espeak"),
    ]
    assert found[0].sentence == "Bays at Zzyzxville make tides larger."
    assert found[0].sounds
    write(bench.root / "lexicon.toml", "Zzyzxville", "Zizzixville")
    assert [one.word for one in api.lexicon_unknown(bench.article, options)] == ["articlecast"]


def test_without_a_dictionary_names_are_listed(bench: Workbench) -> None:
    article = bench.root / "fr.md"
    article.write_text(
        "---\ntitle: Les marées\nlanguage: fr\n---\n\nLa mer monte à Plouzané. Elle monte.\n", encoding="utf-8"
    )
    found = api.lexicon_unknown(article, bench.options)
    assert [(one.word, one.why, one.sounds) for one in found] == [("Plouzané", "looks like a name", "")]


# ── what has changed ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_difference_to_the_last_render(bench: Workbench) -> None:
    assert not api.diff(bench.article, bench.options).rendered
    bench.render()
    same = api.diff(bench.article, bench.options)
    assert (same.rendered, same.changes, same.sound) == (True, (), ())
    write(bench.root / "lexicon.toml", "Bays", "coves")
    (change,) = api.diff(bench.article, bench.options).changes
    assert (change.before, change.after) == ("Bays make tides larger.", "Coves make tides larger.")
    assert "Coves" not in bench.script.read_text(encoding="utf-8"), "nothing is written"
    bench.render()
    assert api.diff(bench.article, bench.options).changes == ()


def test_another_voice_is_told_once_for_all_lines(bench: Workbench) -> None:
    lines = bench.render().utterances
    found = api.diff(bench.article, replace(bench.options, voice="tone:high"))
    assert found.changes == ()
    assert found.sound == (("speaker:  → high", lines),)


def test_a_store_that_was_deleted_knows_nothing(bench: Workbench) -> None:
    bench.render()
    found = api.diff(bench.article, replace(bench.options, store=str(bench.root / "other")))
    assert not found.rendered
